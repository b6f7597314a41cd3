import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseId, type Id } from '#kernel/id'
import type { Result } from '#kernel/result'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { brokenConstraint, type Tx } from '#platform/db'
import { NotFound, parseForm, sendPage, type FormFaults } from '#platform/http'
import { associationsOfPatient, requireStaff, type StaffActing } from '#modules/access'
import { patientById } from '#modules/directory'
import { holdEntry, releaseEntry, withholdEntry } from '../commands/decide-entry.ts'
import type { Decided, Refusal } from '../commands/deciding/decider.ts'
import type { EntryKind } from '../domain/entry.ts'
import { recordAccess } from '../queries/access-facts.ts'
import { entryInContext } from '../queries/entry-in-context.ts'
import {
  decisionsOf,
  documentForStaff,
  dueForReview,
  heldCount,
  heldQueue,
  type QueueFilter,
} from '../queries/review.ts'
import { releaseForm, withholdForm } from './decision-forms.ts'
import { fileKind } from './reading/document-page.tsx'
import { NotDecidedPage } from './not-decided-page.tsx'
import { filterQuery, QueuePage, queueKinds } from './queue-page.tsx'
import type { ReviewModel } from './review-model.ts'
import { ReviewPage } from './review-page.tsx'

type Deciding = StaffActing<'decide-disclosure'>

const pageSize = 50
const params = z.object({ entryId: z.string() })
const most = 1000
const filterOf = z.object({
  kind: z.string().catch('').default(''),
  rule: z.string().max(60).catch('').default(''),
  page: z.coerce.number().int().min(1).max(1000).catch(1).default(1),
})

/** The queue of what waits for a person, and deciding about one entry. */
export function registerDisclosure(app: FastifyInstance): void {
  app.get('/practice/disclosure', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const { page } = filterOf.parse(request.query)
    const filter = parseFilter(request.query)
    const model = await app.db.transaction(acting, async (tx) => {
      const rows = await heldQueue(tx, filter, {
        limit: pageSize + 1,
        offset: (page - 1) * pageSize,
      })
      const due = await dueForReview(tx, localDateOf(tx.now), 20)
      const shown = rows.slice(0, pageSize)
      const patientIds = [...new Set([...shown, ...due].map((row) => row.patientId))]
      await recordEvent(tx, { type: 'record.queue-viewed', details: { patientIds } })
      return {
        rows: shown,
        hasMore: rows.length > pageSize,
        now: tx.now,
        count: await heldCount(tx, filter, most),
        due,
      }
    })
    return sendPage(reply, <QueuePage {...model} filter={filter} page={page} most={most} />)
  })

  app.get('/practice/disclosure/:entryId', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const model = await app.db.transaction(acting, async (tx) => {
      const found = await reviewOf(tx, entryIdOf(request), parseFilter(request.query))
      await recordEvent(tx, {
        type: 'record.entry-reviewed',
        about: found.patient.patientId,
        details: { entryId: found.found.subject.entryId },
      })
      return found
    })
    return sendPage(reply, <ReviewPage {...model} />)
  })

  app.get('/practice/disclosure/:entryId/file', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const entryId = entryIdOf(request)
    const file = await app.db.transaction(acting, async (tx) => {
      const stored = await documentForStaff(tx, entryId)
      if (!stored) throw new NotFound()
      await recordEvent(tx, {
        type: 'record.document-reviewed',
        about: stored.patientId,
        details: { entryId },
      })
      return stored
    })
    const { contentType, ending } = fileKind(file.contentType)
    return reply
      .header('content-disposition', `attachment; filename="document.${ending}"`)
      .header('content-security-policy', "default-src 'none'; sandbox")
      .type(contentType)
      .send(file.bytes)
  })

  registerDecisions(app)
}

function registerDecisions(app: FastifyInstance): void {
  app.post('/practice/disclosure/:entryId/release', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const entryId = entryIdOf(request)
    const form = parseForm(releaseForm, request.body)
    if (!form.ok) throw new NotFound()
    return decide(app, acting, request, reply, (tx) => releaseEntry(tx, { entryId, ...form.value }))
  })

  app.post('/practice/disclosure/:entryId/hold', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const entryId = entryIdOf(request)
    const form = parseForm(releaseForm, request.body)
    if (!form.ok) throw new NotFound()
    return decide(app, acting, request, reply, (tx) =>
      holdEntry(tx, { entryId, seen: form.value.seen }),
    )
  })

  app.post('/practice/disclosure/:entryId/withhold', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-disclosure')
    const entryId = entryIdOf(request)
    const form = parseForm(withholdForm(localDateOf(app.db.now())), request.body)
    if (!form.ok) return sendFaults(app, acting, request, reply, form.refusal)
    return decide(app, acting, request, reply, (tx) =>
      withholdEntry(tx, { entryId, ...form.value }),
    )
  })
}

async function sendFaults(
  app: FastifyInstance,
  acting: Deciding,
  request: FastifyRequest,
  reply: FastifyReply,
  faults: FormFaults,
) {
  const model = await app.db.transaction(acting, (tx) =>
    reviewOf(tx, entryIdOf(request), parseFilter(request.body)),
  )
  return sendPage(reply, <ReviewPage {...model} faults={faults} />, 400)
}

/** Takes a decision and leads to what waits next; two at the same moment are told apart by trying again. */
async function decide(
  app: FastifyInstance,
  acting: Deciding,
  request: FastifyRequest,
  reply: FastifyReply,
  take: (tx: Tx<Deciding>) => Promise<Result<Decided, Refusal>>,
): Promise<FastifyReply> {
  const entryId = entryIdOf(request)
  const filter = parseFilter(request.body)
  const attempt = () =>
    app.db.transaction(acting, async (tx) => {
      const before = await entryInContext(tx, entryId)
      const taken = await take(tx)
      if (!taken.ok) return { refusal: taken.refusal, latest: (await decisionsOf(tx, entryId))[0] }
      const after = before?.decidedAt && { decidedAt: before.decidedAt, entryId }
      const next = await heldQueue(tx, filter, { limit: 1, ...(after && { after }) })
      return { next: next[0] ?? (await heldQueue(tx, filter, { limit: 1 }))[0] }
    })
  const outcome = await attempt().catch((fault: unknown) => {
    if (brokenConstraint(fault) !== 'disclosure_decision_pkey') throw fault
    return attempt()
  })
  if ('refusal' in outcome) {
    const { refusal, latest } = outcome
    if (refusal.reason === 'not-there') throw new NotFound()
    return sendPage(
      reply,
      <NotDecidedPage refusal={refusal} latest={latest} href={`/practice/disclosure/${entryId}`} />,
      409,
    )
  }
  const query = filterQuery(filter).slice(0, -1)
  const path = outcome.next
    ? `/practice/disclosure/${outcome.next.entryId}`
    : '/practice/disclosure'
  return reply.redirect(query === '' ? path : `${path}?${query}`, 303)
}

async function reviewOf(
  tx: Tx<Deciding>,
  entryId: Id<'Entry'>,
  filter: QueueFilter,
): Promise<ReviewModel> {
  const found = await entryInContext(tx, entryId)
  const patient = found && (await patientById(tx, found.patientId))
  if (!found || !patient) throw new NotFound()
  const associations = await associationsOfPatient(tx, found.patientId)
  return {
    patient,
    found,
    filter,
    now: tx.now,
    history: await decisionsOf(tx, entryId),
    access: await recordAccess(tx, found.patientId),
    hasProxy: associations.some((one) => one.relation === 'proxy'),
  }
}

function entryIdOf(request: FastifyRequest): Id<'Entry'> {
  const entryId = parseId<'Entry'>(params.parse(request.params).entryId)
  if (!entryId) throw new NotFound()
  return entryId
}

function parseFilter(given: unknown): QueueFilter {
  const { kind, rule } = filterOf.parse(given ?? {})
  const known = queueKinds.find((one): one is EntryKind => one === kind)
  return { ...(known && { kind: known }), ...(rule && { rule }) }
}
