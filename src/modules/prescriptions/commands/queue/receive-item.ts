import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { DecideRefusal } from '../decide-item.ts'
import type { StaffItem } from '../../queries/queue.ts'
import { itemToMove, lostTo, type ShownItem } from './write-step.ts'

/**
 * Takes one requested item in hand, so that others see who has it and the patient can no longer
 * cancel it unnoticed. Taking it twice is once.
 */
export async function receiveItem(
  tx: Tx<StaffActing<'triage-prescriptions'>>,
  shown: ShownItem,
): Promise<Result<StaffItem, DecideRefusal>> {
  const { practice, actor, staffId } = tx.acting
  const found = await itemToMove(
    tx,
    shown,
    'receive',
    (now) => now.state === 'received' && now.receivedBy === staffId,
  )
  if (!found.ok) return found
  const { item, to } = found.value
  if (to === undefined) return accept(item)
  const { itemId, orderId } = item
  const written = await tx.run(sql`
    with received as (
      update prescriptions.order_item
      set state = ${to}, version = version + 1, received_at = ${tx.now}, received_by = ${staffId}
      where practice = ${practice}
        and item_id = ${itemId}
        and state = 'requested'
        and version = ${shown.version}
      returning practice, item_id, version, patient_id, state, received_at
    ), stepped as (
      insert into prescriptions.item_step (practice, item_id, version, patient_id, state, at)
      select practice, item_id, version, patient_id, state, received_at
      from received
    )
    insert into audit.event
      (practice, event_id, at, type, actor_kind, actor_id, patient_id, outcome, details)
    select practice, ${newId(tx.now)}::uuid, received_at, 'prescriptions.item-received',
      ${actor.kind}::text, ${actor.id}::uuid, patient_id, 'done',
      ${JSON.stringify({ orderId, itemId })}::jsonb
    from received
  `)
  if (written === 0) return refuse(await lostTo(tx, itemId))
  return accept({ ...item, state: to, version: item.version + 1 })
}
