import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, parseForm, sendPage } from '#platform/http'
import { requireStaff, type StaffActing } from '#modules/access'
import { readAgain } from '../../commands/deciding/read-again.ts'
import { decisionsOf } from '../../queries/review.ts'
import { nextSecondReading } from '../../queries/review/second-readings.ts'
import { workCounts } from '../../queries/review/work.ts'
import { NotDecidedPage } from '../not-decided-page.tsx'
import { entryIdOf, reviewOf } from './model.ts'
import { ReadingPage } from './reading-page.tsx'

const verdictForm = z.object({
  decisionNo: z.coerce.number().int().min(0).catch(-1).default(-1),
  contentHash: z.string().catch('').default(''),
  verdict: z.enum([
    'safe',
    'harm',
    'third-party',
    'safeguarding',
    'wrong-patient',
    'too-early',
    'other',
  ]),
})

/** Reading again what was released: a sample of what rules released, and what new rules doubt. */
export function registerReadings(app: FastifyInstance): void {
  app.get('/practice/disclosure/readings', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const model = await app.db.transaction(acting, (tx) => nextReading(tx))
    return sendPage(reply, <ReadingPage {...model} />)
  })

  app.post('/practice/disclosure/readings/:entryId', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const entryId = entryIdOf(request)
    const form = parseForm(verdictForm, request.body)
    if (!form.ok) {
      const model = await app.db.transaction(acting, (tx) => nextReading(tx))
      return sendPage(reply, <ReadingPage {...model} problem="Choose what you found" />, 400)
    }
    const { verdict, ...seen } = form.value
    const recallFor = verdict === 'safe' ? undefined : verdict
    const outcome = await app.db.transaction(acting, async (tx) => {
      const read = await readAgain(tx, { entryId, seen, ...(recallFor && { recallFor }) })
      return read.ok
        ? { recallId: read.value.recallId }
        : { refusal: read.refusal, latest: (await decisionsOf(tx, entryId))[0] }
    })
    if ('refusal' in outcome) {
      const { refusal, latest } = outcome
      if (refusal.reason === 'not-there') throw new NotFound()
      const href = '/practice/disclosure/readings'
      return sendPage(reply, <NotDecidedPage refusal={refusal} latest={latest} href={href} />, 409)
    }
    const { recallId } = outcome
    const path = recallId ? `recalls/${recallId}` : 'readings#decide'
    return reply.redirect(`/practice/disclosure/${path}`, 303)
  })
}

async function nextReading(tx: Tx<StaffActing<'decide-disclosure'>>) {
  const counts = await workCounts(tx, localDateOf(tx.now))
  const next = await nextSecondReading(tx)
  if (!next) return { counts }
  await recordEvent(tx, {
    type: 'record.entry-reviewed',
    about: next.patientId,
    details: { entryId: next.entryId },
  })
  return { counts, next, review: await reviewOf(tx, next.entryId, {}) }
}
