import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { StaffId } from '#modules/directory'
import { isOpen } from '../../domain/item.ts'
import { itemForStaff, type StaffItem } from '../../queries/queue.ts'
import { colleagues } from '../../queries/queue/notes.ts'
import { overtakenBy, type DecideRefusal } from '../decide-item.ts'
import { lostTo, type ShownItem } from './write-step.ts'

/** To whom, and what they should know: up to 500 characters, which patients never read. */
export interface PassingOn {
  readonly to: StaffId
  readonly note: string
}

/** As for a decision, or that the colleague cannot take it. */
export type PassOnRefusal = DecideRefusal | { readonly reason: 'no-such-colleague' }

/**
 * Gives one waiting item to a colleague who may at least triage. Where nobody had it, it is in hand
 * from then on. The one who had it open meanwhile is told that it changed.
 */
export async function passOn(
  tx: Tx<StaffActing<'triage-prescriptions'>>,
  shown: ShownItem,
  passing: PassingOn,
): Promise<Result<StaffItem, PassOnRefusal>> {
  const item = await itemForStaff(tx, shown.itemId)
  if (!item) return refuse({ reason: 'not-found' })
  if (item.assignedTo === passing.to && item.version === shown.version + 1) return accept(item)
  if (!isOpen(item.state) || item.version !== shown.version) return refuse(overtakenBy(item))
  const able = await colleagues(tx)
  if (!able.some(({ staffId }) => staffId === passing.to)) {
    return refuse({ reason: 'no-such-colleague' })
  }
  const to = item.state === 'requested' ? 'received' : item.state
  if (!(await writePassing(tx, item, { ...passing, state: to }))) {
    return refuse(await lostTo(tx, item.itemId))
  }
  return accept({ ...item, state: to, version: item.version + 1 })
}

async function writePassing(
  tx: Tx<StaffActing<'triage-prescriptions'>>,
  item: StaffItem,
  passing: PassingOn & { readonly state: StaffItem['state'] },
): Promise<boolean> {
  const { practice, actor, staffId } = tx.acting
  const { itemId, orderId } = item
  const { note, state, to } = passing
  const written = await tx.run(sql`
    with passed as (
      update prescriptions.order_item
      set state = ${state}, version = version + 1, assigned_to = ${to},
        received_at = coalesce(received_at, ${tx.now}),
        received_by = coalesce(received_by, ${staffId})
      where practice = ${practice}
        and item_id = ${itemId}
        and state = ${item.state}
        and version = ${item.version}
      returning practice, item_id, version, patient_id, state
    ), stepped as (
      insert into prescriptions.item_step (practice, item_id, version, patient_id, state, at)
      select practice, item_id, version, patient_id, state, ${tx.now}::timestamptz
      from passed
      where ${state !== item.state}::boolean
    ), told as (
      insert into prescriptions.item_note
        (practice, note_id, item_id, patient_id, written_at, written_by, assigned_to, note)
      select practice, ${newId(tx.now)}::uuid, item_id, patient_id, ${tx.now}::timestamptz,
        ${staffId}::uuid, ${to}::uuid, ${note}::text
      from passed
      where ${note !== ''}::boolean
    )
    insert into audit.event
      (practice, event_id, at, type, actor_kind, actor_id, patient_id, outcome, details)
    select practice, ${newId(tx.now)}::uuid, ${tx.now}::timestamptz,
      'prescriptions.item-passed-on', ${actor.kind}::text, ${actor.id}::uuid, patient_id, 'done',
      ${JSON.stringify({ orderId, itemId, to })}::jsonb
    from passed
  `)
  return written === 1
}
