import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { localDateOf, minutesBefore } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { parseForm, sendPage } from '#platform/http'
import {
  associationsOfPatient,
  decidePermissions,
  requireStaff,
  type PatientAssociation,
  type RecordLevel,
  type StaffActing,
} from '#modules/access'
import { setDisclosure } from '../../commands/deciding/set-disclosure.ts'
import { gains } from '../../domain/deciding/trial.ts'
import type { RecordGrant } from '../../domain/disclosure.ts'
import { doneTotals, lateTotals, overturns, waitingTimes } from '../../queries/review/figures.ts'
import { disclosureSettings } from '../../queries/review/settings.ts'
import { kindCounts, patientsByName } from '../../queries/review/trial.ts'
import { workCounts } from '../../queries/review/work.ts'
import { FiguresPage } from './figures-page.tsx'
import { SettingsPage } from './settings-page.tsx'
import { TrialPage, type Trial } from './trial-page.tsx'

type Decider = Tx<StaffActing<'decide-disclosure'>>

const pageSize = 25
const daysOf = z.object({
  days: z.coerce
    .number()
    .pipe(z.literal([7, 30, 90]))
    .catch(30)
    .default(30),
})
const trialOf = z.object({
  level: z.enum(['summary', 'detailed', 'documents', 'full']).catch('full').default('full'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
})
const settingsForm = z.object({
  entries: z.enum(['parts', 'whole'], { error: 'Choose how entries are shown' }),
  texts: z.enum(['person', 'rules'], { error: 'Choose who reads free text' }),
  percent: z.coerce
    .number({ error: 'How many of a hundred must be a number' })
    .int('How many of a hundred must be a whole number')
    .min(1, 'How many of a hundred must be 1 or more')
    .max(100, 'How many of a hundred must be 100 or fewer'),
})

/** The figures of disclosure, what switching on would show, and the practice's own settings. */
export function registerFigures(app: FastifyInstance): void {
  app.get('/practice/disclosure/figures', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const { days } = daysOf.parse(request.query)
    const model = await app.db.transaction(acting, async (tx) => {
      const since = minutesBefore(tx.now, days * 24 * 60)
      const today = localDateOf(tx.now)
      const [done, late, waits, rules, counts] = await Promise.all([
        doneTotals(tx, since),
        lateTotals(tx, today),
        waitingTimes(tx, since),
        overturns(tx, since),
        workCounts(tx, today),
      ])
      return { done, late, waits, rules, counts }
    })
    return sendPage(reply, <FiguresPage {...model} days={days} />)
  })

  app.get('/practice/disclosure/trial', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const { level, page } = trialOf.parse(request.query)
    const model = await app.db.transaction(acting, (tx) => trialAt(tx, level, page))
    return sendPage(reply, <TrialPage {...model} level={level} page={page} />)
  })

  app.get('/practice/disclosure/settings', async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const settings = await app.db.transaction(acting, disclosureSettings)
    return sendPage(reply, <SettingsPage settings={settings} />)
  })

  app.post('/practice/disclosure/settings', async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const form = parseForm(settingsForm, request.body)
    if (!form.ok) {
      const settings = await app.db.transaction(acting, disclosureSettings)
      return sendPage(reply, <SettingsPage settings={settings} faults={form.refusal} />, 400)
    }
    const { entries, texts, percent } = form.value
    await app.db.transaction(acting, (tx) =>
      setDisclosure(tx, {
        wholeEntriesOnly: entries === 'whole',
        samplePercent: percent,
        clearsText: texts === 'rules',
      }),
    )
    return reply.redirect('/practice/disclosure/settings', 303)
  })
}

/** What each reader of a page of patients would see more of, were the practice to show `level`. */
async function trialAt(tx: Decider, level: RecordLevel, page: number) {
  const found = await patientsByName(tx, { page, size: pageSize })
  const patients = found.slice(0, pageSize)
  const [counts, ...associations] = await Promise.all([
    workCounts(tx, localDateOf(tx.now)),
    ...patients.map((patient) => associationsOfPatient(tx, patient.patientId)),
  ])
  const readers = patients.flatMap((patient, place) =>
    (associations[place] ?? []).map((association) => ({ patient, association })),
  )
  const kinds = await Promise.all(
    readers.map(({ patient, association }) =>
      kindCounts(tx, [{ patientId: patient.patientId, from: association.effectiveFrom }]),
    ),
  )
  await recordEvent(tx, {
    type: 'record.trial-viewed',
    details: { patientIds: patients.map((patient) => patient.patientId), level },
  })
  const trials = readers.map(({ patient, association }, place): Trial => {
    const counted = kinds[place] ?? []
    return {
      patient,
      relation: association.relation,
      gains: gains(counted, grantAt(association), grantAt(association, level)),
      held: counted.reduce((so, one) => so + one.held, 0),
      isPaused: association.recordPause !== undefined,
    }
  })
  return { trials, counts, patients: patients.length, hasMore: found.length > pageSize }
}

function grantAt(association: PatientAssociation, level?: RecordLevel): RecordGrant {
  const { recordCurrent, recordHistorical, effectiveFrom, withheldAreas } = decidePermissions({
    ...association,
    ...(level && { practiceRecordLevel: level }),
  })
  return {
    current: recordCurrent,
    historical: recordHistorical,
    effectiveFrom,
    withheld: withheldAreas.map(({ area }) => area),
  }
}
