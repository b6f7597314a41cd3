import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { localDateOf } from '#kernel/time'
import { eventsByPatient, recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, parseForm, sendPage, type FormFaults } from '#platform/http'
import { requireStaff, type StaffActing } from '#modules/access'
import { closeRecall } from '../../commands/deciding/close-recall.ts'
import { recallEntry } from '../../commands/deciding/recall-entry.ts'
import { maxExplanation } from '../../domain/deciding.ts'
import { entryInContext } from '../../queries/entry-in-context.ts'
import { decisionsOf } from '../../queries/review.ts'
import { recalls } from '../../queries/review/recalls.ts'
import { workCounts } from '../../queries/review/work.ts'
import { NotDecidedPage } from '../not-decided-page.tsx'
import { ReviewPage } from '../review-page.tsx'
import { entryIdOf, parseFilter, reviewOf } from './model.ts'
import { RecallPage, RecallsPage } from './recall-page.tsx'

type Decider = Tx<StaffActing<'decide-disclosure'>>

const params = z.object({ recallId: z.string() })
const causeForm = z.object({
  decisionNo: z.coerce.number().int().min(0).catch(-1).default(-1),
  contentHash: z.string().catch('').default(''),
  cause: z.enum(
    ['harm', 'third-party', 'safeguarding', 'wrong-patient', 'too-early', 'patient-asked', 'other'],
    { error: 'Choose why it has to be recalled' },
  ),
})
const closeForm = z.object({
  conclusion: z.enum(['no-harm', 'patient-told', 'reported', 'not-needed'], {
    error: 'Choose what came of it',
  }),
  note: z
    .string()
    .trim()
    .max(maxExplanation, `Note must be ${maxExplanation} characters or fewer`)
    .catch('')
    .default(''),
})

/** Recalling what is shown, and the incident that it opens. */
export function registerRecalls(app: FastifyInstance): void {
  app.post('/practice/disclosure/:entryId/recall', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const entryId = entryIdOf(request)
    const form = parseForm(causeForm, request.body)
    if (!form.ok) {
      const filter = parseFilter(request.body)
      const model = await app.db.transaction(acting, (tx) => reviewOf(tx, entryId, filter))
      return sendPage(reply, <ReviewPage {...model} faults={form.refusal} />, 400)
    }
    const { cause, ...seen } = form.value
    const outcome = await app.db.transaction(acting, async (tx) => {
      const recalled = await recallEntry(tx, { entryId, seen, cause })
      return recalled.ok
        ? { recallId: recalled.value.recallId }
        : { refusal: recalled.refusal, latest: (await decisionsOf(tx, entryId))[0] }
    })
    if ('recallId' in outcome)
      return reply.redirect(`/practice/disclosure/recalls/${outcome.recallId}`, 303)
    const { refusal, latest } = outcome
    if (refusal.reason === 'not-there') throw new NotFound()
    const href = `/practice/disclosure/${entryId}`
    return sendPage(reply, <NotDecidedPage refusal={refusal} latest={latest} href={href} />, 409)
  })

  app.get('/practice/disclosure/recalls', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const model = await app.db.transaction(acting, async (tx) => {
      const rows = await recalls(tx)
      const patientIds = [...new Set(rows.map((row) => row.patientId))]
      await recordEvent(tx, { type: 'record.queue-viewed', details: { patientIds } })
      return { rows, counts: await workCounts(tx, localDateOf(tx.now)) }
    })
    return sendPage(reply, <RecallsPage {...model} />)
  })

  app.get('/practice/disclosure/recalls/:recallId', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const model = await app.db.transaction(acting, (tx) => oneRecall(tx, request.params))
    return sendPage(reply, <RecallPage {...model} />)
  })

  app.post('/practice/disclosure/recalls/:recallId', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const form = parseForm(closeForm, request.body)
    if (!form.ok) {
      const model = await app.db.transaction(acting, (tx) =>
        oneRecall(tx, request.params, form.refusal),
      )
      return sendPage(reply, <RecallPage {...model} />, 400)
    }
    const recallId = recallIdOf(request.params)
    const closed = await app.db.transaction(acting, (tx) =>
      closeRecall(tx, { recallId, ...form.value }),
    )
    if (!closed.ok) throw new NotFound()
    return reply.redirect('/practice/disclosure/recalls', 303)
  })
}

/** An incident with who had looked at the record while the entry was shown, from the audit trail. */
async function oneRecall(tx: Decider, given: unknown, faults?: FormFaults) {
  const recallId = recallIdOf(given)
  const [row] = await recalls(tx, recallId)
  if (!row) throw new NotFound()
  const found = await entryInContext(tx, row.entryId)
  const own = new Set<unknown>([row.entryId, ...(found?.family.map((one) => one.entryId) ?? [])])
  const events = await eventsByPatient(tx, {
    patientId: row.patientId,
    capability: 'record',
    from: row.releasedAt,
    until: row.recalledAt,
  })
  await recordEvent(tx, {
    type: 'record.recall-viewed',
    about: row.patientId,
    details: { recallId },
  })
  return {
    row,
    now: tx.now,
    opened: events.filter((event) => own.has(event.details['entryId'])),
    looked: events.filter((event) => !own.has(event.details['entryId'])),
    ...(faults && { faults }),
  }
}

function recallIdOf(given: unknown) {
  const recallId = parseId<'Recall'>(params.parse(given).recallId)
  if (!recallId) throw new NotFound()
  return recallId
}
