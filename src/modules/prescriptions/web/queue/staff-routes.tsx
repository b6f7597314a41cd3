import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { parseForm, sendPage } from '#platform/http'
import { mayDo, requireStaff, rolesOf, type StaffActing } from '#modules/access'
import { formatName } from '#modules/directory'
import { decideItem } from '../../commands/decide-item.ts'
import { keepTelling } from '../../commands/queue/tell-late.ts'
import { isOpen } from '../../domain/item.ts'
import { outboxCounts } from '../../queries/eps/outbox.ts'
import { lateNow } from '../../queries/queue/late.ts'
import { itemForStaff } from '../../queries/queue.ts'
import { queueViews } from '../../queries/queue/ranked.ts'
import { patientsOnPage, waitingPatients } from '../../queries/queue/waiting.ts'
import { practiceRules } from '../../queries/rules.ts'
import { parsePage } from '../paging.tsx'
import { requireId } from '../require-id.ts'
import { formatState } from '../words.ts'
import { alreadyDecided, leaveFor, nameOf, readItem } from './item-model.tsx'
import { QueuePage } from './queue-page.tsx'
import { decideForm, queuePath, rejectForm, type BackTo } from './reject-form.ts'
import { RejectPage } from './reject-page.tsx'

const query = z.object({
  decided: z.string().optional().catch(undefined),
  view: z.enum(queueViews).catch('waiting'),
})

/** The queue of requests, and deciding them one by one. */
export function registerStaffRoutes(app: FastifyInstance): void {
  app.get('/practice/prescriptions', async (request, reply) => {
    const acting = await requireStaff(request, 'triage-prescriptions')
    const page = parsePage(request.query)
    const { decided, view } = query.parse(request.query)
    const shown = await app.db.transaction(acting, async (tx) => ({
      ...(await readQueue(tx, { page, view })),
      done: await doneNotice(tx, decided),
    }))
    return sendPage(reply, <QueuePage {...shown} page={page} view={view} />)
  })

  app.post('/practice/prescriptions/items/:id/approve', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-prescriptions')
    const itemId = requireId<'OrderItem'>(request.params)
    const { version, seen, ...back } = decideForm.parse(request.body ?? {})
    const decided = await app.db.transaction(acting, (tx) =>
      decideItem(tx, { itemId, version, decision: { move: 'approve', seen } }),
    )
    if (!decided.ok) throw leaveFor(decided.refusal, back)
    return reply.redirect(queuePath(back, `&decided=${itemId}`), 303)
  })

  registerRejecting(app)
}

function registerRejecting(app: FastifyInstance): void {
  app.get('/practice/prescriptions/items/:id/reject', async (request, reply) => {
    const acting = await requireStaff(request, 'decide-prescriptions')
    const itemId = requireId<'OrderItem'>(request.params)
    const back = decideForm.parse(request.query)
    const shown = await app.db.transaction(acting, (tx) => readItem(tx, itemId))
    if (!isOpen(shown.item.state)) throw leaveFor(alreadyDecided(shown.item), back)
    return sendPage(reply, <RejectPage {...shown} {...back} version={shown.item.version} />)
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
    const { version, reason, patientText } = form.value
    const decided = await app.db.transaction(acting, (tx) =>
      decideItem(tx, {
        itemId,
        version,
        decision: { move: 'reject', reason, patientText: patientText || undefined },
      }),
    )
    if (!decided.ok) throw leaveFor(decided.refusal, shownAs)
    return reply.redirect(queuePath(shownAs, `&decided=${itemId}`), 303)
  })
}

async function readQueue(tx: Tx<StaffActing<'triage-prescriptions'>>, { page, view }: BackTo) {
  const { rules } = await practiceRules(tx)
  const queue = await waitingPatients(tx, page, { rules, view })
  await Promise.all(
    queue.patients
      .slice(0, patientsOnPage)
      .map(({ patientId }) =>
        recordEvent(tx, { type: 'prescriptions.requests-viewed', about: patientId }),
      ),
  )
  const mayDecide = mayDo(await rolesOf(tx, tx.acting), 'decide-prescriptions')
  const { late } = await lateNow(tx, rules)
  await keepTelling(tx)
  const { staffId } = tx.acting
  const { needsYou, alerts } = await outboxCounts(tx)
  const unsent = needsYou + alerts
  return { rules, queue, mayDecide, late, unsent, staffId, today: localDateOf(tx.now) }
}

/** Says what the person just did, on the queue that they come back to. */
async function doneNotice(
  tx: Tx<StaffActing<'triage-prescriptions'>>,
  decided: string | undefined,
): Promise<string | undefined> {
  const itemId = decided === undefined ? undefined : parseId<'OrderItem'>(decided)
  const item = itemId && (await itemForStaff(tx, itemId))
  if (!item) return undefined
  const what = `${await nameOf(tx, item)} for ${formatName(item)}`
  if (item.decidedBy === tx.acting.staffId) {
    const quantity = item.approvedQuantity === undefined ? '' : `, ${item.approvedQuantity}`
    return `You ${formatState(item.state)} ${what}${quantity}`
  }
  if (item.state === 'asked') return `The patient is asked about ${what}`
  if (item.assigneeName !== undefined) return `${item.assigneeName} now has ${what}`
  return item.receivedBy === tx.acting.staffId ? `You have ${what} in hand` : undefined
}
