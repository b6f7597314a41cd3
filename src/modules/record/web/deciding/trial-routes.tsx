import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { sendPage } from '#platform/http'
import { requireStaff, type RecordLevel, type StaffActing } from '#modules/access'
import { beginTrial } from '../../commands/deciding/count-trial.ts'
import { gains } from '../../domain/deciding/trial.ts'
import { grantAt, patientsByName, trialReaders } from '../../queries/review/trial.ts'
import { latestTrialRun, trialTotals } from '../../queries/review/trial-totals.ts'
import { workCounts } from '../../queries/review/work.ts'
import { TrialPage, type Trial } from './trial-page.tsx'

type Decider = Tx<StaffActing<'decide-disclosure'>>

const pageSize = 25
const asked = z.object({
  level: z.enum(['summary', 'detailed', 'documents', 'full']).catch('full').default('full'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
})

/** What switching on would show: patient by patient, and for the whole practice. */
export function registerTrial(app: FastifyInstance): void {
  app.get('/practice/disclosure/trial', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const { level, page } = asked.parse(request.query)
    const model = await app.db.transaction(acting, (tx) => trialAt(tx, level, page))
    return sendPage(reply, <TrialPage {...model} level={level} page={page} />)
  })

  app.post('/practice/disclosure/trial', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    // One that runs already is what was asked for.
    await app.db.transaction(acting, beginTrial)
    return reply.redirect('/practice/disclosure/trial', 303)
  })
}

/** What each reader of a page of patients would see more of, were the practice to show `level`. */
async function trialAt(tx: Decider, level: RecordLevel, page: number) {
  const [found, counts, run] = await Promise.all([
    patientsByName(tx, { page, size: pageSize }),
    workCounts(tx, localDateOf(tx.now)),
    latestTrialRun(tx),
  ])
  const patients = new Map(found.slice(0, pageSize).map((one) => [one.patientId, one]))
  const [readers, totals] = await Promise.all([
    trialReaders(tx, [...patients.keys()]),
    run ? trialTotals(tx, run.runId) : [],
  ])
  await recordEvent(tx, {
    type: 'record.trial-viewed',
    details: { patientIds: [...patients.keys()], level },
  })
  const trials = readers.flatMap(
    ({ patientId, association, counts: counted }): readonly Trial[] => {
      const patient = patients.get(patientId)
      if (!patient) return []
      return [
        {
          patient,
          relation: association.relation,
          gains: gains(counted, grantAt(association), grantAt(association, level)),
          held: counted.reduce((so, one) => so + one.held, 0),
          isPaused: association.recordPause !== undefined,
        },
      ]
    },
  )
  return {
    trials,
    counts,
    patients: patients.size,
    hasMore: found.length > pageSize,
    whole: run && { run, totals },
  }
}
