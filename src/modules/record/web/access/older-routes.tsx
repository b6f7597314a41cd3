import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import type { Fault } from '#platform/html'
import { NotFound, parseForm, sendPage } from '#platform/http'
import { mayDo, requireStaff, rolesOf, type StaffActing } from '#modules/access'
import { grantOlder, refuseOlder } from '../../commands/reading/decide-older.ts'
import type { GrantRefusal, OlderRequestId } from '../../domain/reading/older.ts'
import { recordAccess } from '../../queries/access-facts.ts'
import {
  olderCounts,
  olderEntries,
  waitingRequest,
  waitingRequests,
} from '../../queries/reading/older-requests.ts'
import { OlderRequestPage, OlderRequestsPage, type OlderModel } from './older-page.tsx'

type Deciding = StaffActing<'authorise-access'>

const params = z.object({ requestId: z.string() })
const grantForm = z.object({
  level: z.enum(['summary', 'detailed', 'documents', 'full'], {
    error: 'Choose how much of the older record to open',
  }),
  sample: z.literal('read').optional().catch(undefined),
})
const refuseForm = z.object({
  answer: z
    .string('Say why, in words for the patient')
    .trim()
    .min(1, 'Say why, in words for the patient')
    .max(1000, 'Why must be 1,000 characters or fewer'),
})
const heldShown = 100
const sampleSize = 20

/** Working through older records that patients asked for. Source: DOMAIN RD-3, RD-10. */
export function registerOlderWork(app: FastifyInstance): void {
  app.get('/practice/older-records', async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const waiting = await app.db.transaction(acting, async (tx) => {
      const found = await waitingRequests(tx)
      const patientIds = [...new Set(found.map((one) => one.patientId))]
      await recordEvent(tx, { type: 'record.older-requests-viewed', details: { patientIds } })
      return found
    })
    return sendPage(reply, <OlderRequestsPage waiting={waiting} />)
  })

  app.get('/practice/older-records/:requestId', async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const model = await app.db.transaction(acting, (tx) => modelOf(tx, requestIdOf(request)))
    return sendPage(reply, <OlderRequestPage model={model} />)
  })

  app.post('/practice/older-records/:requestId/grant', async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const requestId = requestIdOf(request)
    const form = parseForm(grantForm, request.body)
    if (!form.ok) return again(app, acting, request, reply, form.refusal)
    const { level, sample } = form.value
    const granted = await app.db.transaction(acting, (tx) =>
      grantOlder(tx, { requestId, level, hasReadSample: sample === 'read' }),
    )
    if (granted.ok) return reply.redirect('/practice/older-records', 303)
    return refused(app, acting, request, reply, granted.refusal, { level })
  })

  app.post('/practice/older-records/:requestId/refuse', async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const requestId = requestIdOf(request)
    const form = parseForm(refuseForm, request.body)
    if (!form.ok) return again(app, acting, request, reply, form.refusal)
    const { answer } = form.value
    const done = await app.db.transaction(acting, (tx) => refuseOlder(tx, { requestId, answer }))
    if (!done.ok) throw new NotFound()
    return reply.redirect('/practice/older-records', 303)
  })
}

async function again(
  app: FastifyInstance,
  acting: Deciding,
  request: FastifyRequest,
  reply: FastifyReply,
  kept: { readonly faults: readonly Fault[]; readonly typed: Readonly<Record<string, string>> },
): Promise<FastifyReply> {
  const model = await app.db.transaction(acting, (tx) => modelOf(tx, requestIdOf(request)))
  return sendPage(reply, <OlderRequestPage model={model} {...kept} />, 400)
}

async function refused(
  app: FastifyInstance,
  acting: Deciding,
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: GrantRefusal,
  typed: Readonly<Record<string, string>>,
): Promise<FastifyReply> {
  switch (refusal.reason) {
    case 'not-waiting':
      throw new NotFound()
    case 'sample-not-read': {
      const message = 'Read the sample, and say that all of it may be shown'
      return again(app, acting, request, reply, { faults: [{ field: 'sample', message }], typed })
    }
    case 'no-level':
    case 'not-higher': {
      const message = 'Choose more than they see now'
      return again(app, acting, request, reply, { faults: [{ field: 'level', message }], typed })
    }
    case 'still-held': {
      const model = await app.db.transaction(acting, (tx) => modelOf(tx, requestIdOf(request)))
      const notice = 'Not opened: something older is held again. Decide it first.'
      return sendPage(reply, <OlderRequestPage model={model} notice={notice} />, 409)
    }
  }
}

async function modelOf(tx: Tx<Deciding>, requestId: OlderRequestId): Promise<OlderModel> {
  const request = await waitingRequest(tx, requestId)
  if (!request) throw new NotFound()
  const accountId = parseId<'Account'>(request.accountId)
  const access = await recordAccess(tx, request.patientId, accountId)
  if (!access) throw new NotFound()
  const { patientId } = request
  const before = access.grant.effectiveFrom
  const [work, held, sample, roles] = await Promise.all([
    olderCounts(tx, patientId, before),
    olderEntries(tx, patientId, before, 'held', heldShown),
    olderEntries(tx, patientId, before, 'sample', sampleSize),
    rolesOf(tx, tx.acting),
    recordEvent(tx, { type: 'record.older-worked-through', about: patientId }),
  ])
  return { request, access, work, held, sample, mayDecide: mayDo(roles, 'decide-disclosure') }
}

function requestIdOf(request: FastifyRequest): OlderRequestId {
  const requestId = parseId<'OlderRequest'>(params.parse(request.params).requestId)
  if (!requestId) throw new NotFound()
  return requestId
}
