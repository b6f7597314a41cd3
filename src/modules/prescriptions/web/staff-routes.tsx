import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, parseForm, Refused, sendPage } from '#platform/http'
import { mayDo, requireStaff, rolesOf, type StaffActing } from '#modules/access'
import { formatName } from '#modules/directory'
import { decideItem, type DecideRefusal } from '../commands/decide-item.ts'
import type { ItemId } from '../domain/item.ts'
import { medicinesForStaff } from '../queries/medicines.ts'
import { itemForStaff, patientsOnPage, waitingPatients, type StaffItem } from '../queries/queue.ts'
import { practiceRules } from '../queries/rules.ts'
import { NotDecidedPage } from './not-decided-page.tsx'
import { parsePage } from './paging.tsx'
import { QueuePage } from './queue-page.tsx'
import { decideForm, rejectForm } from './reject-form.ts'
import { RejectPage } from './reject-page.tsx'
import { requireId } from './require-id.ts'
import { formatState } from './words.ts'

const query = z.object({ decided: z.string().optional().catch(undefined) })

/** The queue of requests, and deciding them. */
export function registerStaffRoutes(app: FastifyInstance): void {
  app.get('/practice/prescriptions', async (request, reply) => {
    const acting = await requireStaff(request, 'triage-prescriptions')
    const page = parsePage(request.query)
    const { decided } = query.parse(request.query)
    const shown = await app.db.transaction(acting, async (tx) => ({
      page,
      ...(await readQueue(tx, page)),
      done: await doneNotice(tx, decided),
    }))
    return sendPage(reply, <QueuePage {...shown} />)
  })

  app.post('/practice/prescriptions/items/:id/approve', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-prescriptions')
    const itemId = requireId<'OrderItem'>(request.params)
    const { version, page } = decideForm.parse(request.body ?? {})
    const decided = await app.db.transaction(acting, (tx) =>
      decideItem(tx, { itemId, version, decision: { move: 'approve' } }),
    )
    if (!decided.ok) throw leaveFor(decided.refusal, page)
    return reply.redirect(backToQueue(page, itemId), 303)
  })

  registerRejecting(app)
}

function registerRejecting(app: FastifyInstance): void {
  app.get('/practice/prescriptions/items/:id/reject', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-prescriptions')
    const itemId = requireId<'OrderItem'>(request.params)
    const page = parsePage(request.query)
    const shown = await app.db.transaction(acting, (tx) => readItem(tx, itemId))
    if (shown.item.state !== 'requested') throw leaveFor(alreadyDecided(shown.item), page)
    return sendPage(reply, <RejectPage {...shown} version={shown.item.version} page={page} />)
  })

  app.post('/practice/prescriptions/items/:id/reject', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-prescriptions')
    const itemId = requireId<'OrderItem'>(request.params)
    const shownAs = decideForm.parse(request.body ?? {})
    const form = parseForm(rejectForm, request.body)
    if (!form.ok) {
      const shown = await app.db.transaction(acting, (tx) => readItem(tx, itemId))
      return sendPage(reply, <RejectPage {...shown} {...shownAs} faults={form.refusal} />, 400)
    }
    const { version, page, reason, patientText } = form.value
    const decided = await app.db.transaction(acting, (tx) =>
      decideItem(tx, {
        itemId,
        version,
        decision: { move: 'reject', reason, patientText: patientText || undefined },
      }),
    )
    if (!decided.ok) throw leaveFor(decided.refusal, page)
    return reply.redirect(backToQueue(page, itemId), 303)
  })
}

async function readQueue(tx: Tx<StaffActing<'triage-prescriptions'>>, page: number) {
  const { rules } = await practiceRules(tx)
  const patients = await waitingPatients(tx, page)
  for (const { patientId } of patients.slice(0, patientsOnPage)) {
    await recordEvent(tx, { type: 'prescriptions.requests-viewed', about: patientId })
  }
  const mayDecide = mayDo(await rolesOf(tx, tx.acting), 'decide-prescriptions')
  return { rules, patients, mayDecide, today: localDateOf(tx.now) }
}

/** Says what the person just decided, on the queue that they come back to. */
async function doneNotice(
  tx: Tx<StaffActing<'triage-prescriptions'>>,
  decided: string | undefined,
): Promise<string | undefined> {
  const itemId = decided === undefined ? undefined : parseId<'OrderItem'>(decided)
  const item = itemId && (await itemForStaff(tx, itemId))
  if (!item || item.decidedBy !== tx.acting.staffId) return undefined
  const name = await nameOf(tx, item)
  return `You ${formatState(item.state)} ${name} for ${formatName(item)}`
}

async function readItem(tx: Tx<StaffActing<'decide-prescriptions'>>, itemId: ItemId) {
  const item = await itemForStaff(tx, itemId)
  if (!item) throw new NotFound()
  await recordEvent(tx, { type: 'prescriptions.requests-viewed', about: item.patientId })
  return { item, name: await nameOf(tx, item) }
}

async function nameOf(tx: Tx<StaffActing>, item: StaffItem): Promise<string> {
  const { patientId, medicationId } = item
  const found = await medicinesForStaff(tx, {
    patientIds: [patientId],
    medicationIds: [medicationId],
  })
  return found.get(medicationId)?.name ?? 'a medicine that is no longer in the record'
}

function alreadyDecided(item: StaffItem): DecideRefusal {
  return {
    reason: 'already-decided',
    state: item.state,
    by: item.deciderName,
    at: item.decidedAt,
  }
}

function leaveFor(refusal: DecideRefusal, page: number): NotFound | Refused {
  if (refusal.reason === 'not-found') return new NotFound()
  return new Refused(<NotDecidedPage refusal={refusal} page={page} />, 409)
}

function backToQueue(page: number, itemId: ItemId): string {
  return `/practice/prescriptions?page=${page}&decided=${itemId}`
}
