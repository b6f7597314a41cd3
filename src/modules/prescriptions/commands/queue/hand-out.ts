import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import { itemMoves, type ItemState } from '../../domain/item.ts'
import type { StaffItem } from '../../queries/queue.ts'
import type { DecideRefusal } from '../decide-item.ts'
import { itemToMove, lostTo, type ShownItem } from './write-step.ts'

/** What staff do with an approved item that is handed out at the practice. */
export type HandOutMove = 'make-ready' | 'hand-over' | 'give-up'

/** As for a decision, or that a pharmacy has it, which says itself how it goes on. */
export type HandOutRefusal = DecideRefusal | { readonly reason: 'with-a-pharmacy' }

/** Whether an item is handed out at the practice: on paper, or by its own dispensary. */
function isHandedOutHere(item: Pick<StaffItem, 'destinationKind' | 'paperReason'>): boolean {
  const { destinationKind, paperReason } = item
  return (
    destinationKind === 'paper' ||
    destinationKind === 'dispensing-practice' ||
    paperReason !== undefined
  )
}

/**
 * Marks an approved item that is handed out at the practice: ready at the desk, of which the patient
 * is told; fetched; or never fetched.
 */
export async function handOut(
  tx: Tx<StaffActing<'triage-prescriptions'>>,
  shown: ShownItem,
  move: HandOutMove,
): Promise<Result<StaffItem, HandOutRefusal>> {
  const found = await itemToMove(tx, shown, move, (now) => now.state === itemMoves[move].to)
  if (!found.ok) return found
  const { item, to } = found.value
  if (to === undefined) return accept(item)
  if (!isHandedOutHere(item)) return refuse({ reason: 'with-a-pharmacy' })
  if (!(await writeHandOut(tx, item, to))) return refuse(await lostTo(tx, item.itemId))
  return accept({ ...item, state: to, version: item.version + 1 })
}

async function writeHandOut(
  tx: Tx<StaffActing<'triage-prescriptions'>>,
  item: StaffItem,
  to: ItemState,
): Promise<boolean> {
  const { practice, actor } = tx.acting
  const { itemId, orderId, patientId } = item
  const written = await tx.run(sql`
    with moved as (
      update prescriptions.order_item
      set state = ${to}, version = version + 1, status_at = ${tx.now}
      where practice = ${practice}
        and item_id = ${itemId}
        and state = ${item.state}
        and version = ${item.version}
      returning practice, item_id, version, patient_id, state, status_at
    ), stepped as (
      insert into prescriptions.item_step (practice, item_id, version, patient_id, state, at)
      select practice, item_id, version, patient_id, state, status_at
      from moved
    ), told as (
      insert into jobs.job (practice, job_id, kind, payload, run_at)
      select practice, ${newId(tx.now)}::uuid,
        case state when 'ready' then 'prescriptions.send-ready'
          else 'prescriptions.send-pharmacy-news' end,
        ${JSON.stringify({ patientId, orderId, itemId })}::jsonb, status_at
      from moved
      where state in ('ready', 'not-dispensed')
    )
    insert into audit.event
      (practice, event_id, at, type, actor_kind, actor_id, patient_id, outcome, details)
    select practice, ${newId(tx.now)}::uuid, status_at, ${`prescriptions.item-${to}`}::text,
      ${actor.kind}::text, ${actor.id}::uuid, patient_id, 'done',
      ${JSON.stringify({ orderId, itemId })}::jsonb
    from moved
  `)
  return written === 1
}
