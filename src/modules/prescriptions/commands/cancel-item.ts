import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { sql, type Tx } from '#platform/db'
import { permissionsOf, type Acting } from '#modules/access'
import { decideMove, type ItemId, type ItemState, type OrderId } from '../domain/item.ts'
import { ownItem } from '../queries/orders.ts'

/** Why an item was not cancelled; `already-decided` with where it stands now. */
export type CancelRefusal =
  | { readonly reason: 'not-found' | 'view-only' }
  | { readonly reason: 'already-decided'; readonly state: ItemState; readonly orderId: OrderId }

/** Takes one medicine out of an order that nobody has decided yet. Cancelling twice is once. */
export async function cancelItem(
  tx: Tx<Acting<'prescriptions'>>,
  itemId: ItemId,
): Promise<Result<OrderId, CancelRefusal>> {
  const permissions = await permissionsOf(tx)
  if (permissions.prescriptions !== 'manage') return refuse({ reason: 'view-only' })

  const item = await ownItem(tx, itemId)
  if (!item) return refuse({ reason: 'not-found' })
  const { orderId } = item
  if (item.state === 'cancelled') return accept(orderId)
  const move = decideMove(item.state, 'cancel')
  if (!move.ok) return refuse({ ...move.refusal, orderId })

  if (!(await writeCancellation(tx, item, move.value))) {
    return refuse(await decidedMeanwhile(tx, itemId, orderId))
  }
  return accept(orderId)
}

async function writeCancellation(
  tx: Tx<Acting<'prescriptions'>>,
  item: { readonly itemId: ItemId; readonly orderId: OrderId },
  to: ItemState,
): Promise<boolean> {
  const { practice, patientId, actor } = tx.acting
  const { itemId, orderId } = item
  const written = await tx.run(sql`
    with cancelled as (
      update prescriptions.order_item
      set state = ${to}, version = version + 1, decided_at = ${tx.now}
      where practice = ${practice}
        and patient_id = ${patientId}
        and item_id = ${itemId}
        and state = 'requested'
      returning practice, item_id, version, patient_id, state, decided_at
    ), stepped as (
      insert into prescriptions.item_step (practice, item_id, version, patient_id, state, at)
      select practice, item_id, version, patient_id, state, decided_at
      from cancelled
    ), noted as (
      insert into audit.event
        (practice, event_id, at, type, actor_kind, actor_id, patient_id, outcome, details)
      select practice, ${newId(tx.now)}::uuid, decided_at, 'prescriptions.item-cancelled',
        ${actor.kind}::text, ${actor.id}::uuid, patient_id, 'done',
        ${JSON.stringify({ orderId, itemId })}::jsonb
      from cancelled
    )
    insert into jobs.job (practice, job_id, kind, payload, run_at)
    select practice, ${newId(tx.now)}::uuid, 'prescriptions.send-cancellation',
      ${JSON.stringify({ patientId, orderId, itemId })}::jsonb, decided_at
    from cancelled
  `)
  return written === 1
}

async function decidedMeanwhile(
  tx: Tx<Acting<'prescriptions'>>,
  itemId: ItemId,
  orderId: OrderId,
): Promise<CancelRefusal> {
  const item = await ownItem(tx, itemId)
  if (!item) return { reason: 'not-found' }
  return { reason: 'already-decided', state: item.state, orderId }
}
