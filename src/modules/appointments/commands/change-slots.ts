import { refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import {
  decideSlotChange,
  type ChangeableSlot,
  type SlotChange,
  type SlotChangeRefusal,
} from '../domain/slot-change.ts'
import type { SlotId } from '../domain/slot.ts'

type Changed = Result<readonly SlotId[], SlotChangeRefusal>
type Publishing = Tx<StaffActing<'publish-slots'>>

/** Puts slots online for patients to book from `releasedAt` on. All of them or none. */
export function publishSlots(
  tx: Publishing,
  slotIds: readonly SlotId[],
  releasedAt: Date,
): Promise<Changed> {
  return changeSlots(tx, slotIds, { action: 'publish', releasedAt })
}

/** Takes slots offline; who booked one keeps the appointment. All of them or none. */
export function withdrawSlots(tx: Publishing, slotIds: readonly SlotId[]): Promise<Changed> {
  return changeSlots(tx, slotIds, { action: 'withdraw' })
}

/** Keeps free slots for nobody. Refused where one is booked. All of them or none. */
export function blockSlots(tx: Publishing, slotIds: readonly SlotId[]): Promise<Changed> {
  return changeSlots(tx, slotIds, { action: 'block' })
}

/** Gives blocked slots back. Those that are not blocked stay as they are. */
export function unblockSlots(tx: Publishing, slotIds: readonly SlotId[]): Promise<Changed> {
  return changeSlots(tx, slotIds, { action: 'unblock' })
}

async function changeSlots(
  tx: Publishing,
  slotIds: readonly SlotId[],
  change: SlotChange,
): Promise<Changed> {
  const slots = await lockSlots(tx, slotIds)
  const missing = slotIds.filter((slotId) => !slots.some((slot) => slot.slotId === slotId))
  if (missing.length > 0) return refuse({ reason: 'not-found', slotIds: missing })

  const decision = decideSlotChange(slots, change, tx.now)
  if (!decision.ok) return decision
  await writeChange(tx, decision.value, change)
  await recordEvent(tx, {
    type: eventTypes[change.action],
    details: {
      slotIds: decision.value,
      ...(change.action === 'publish' && { releasedAt: change.releasedAt.toISOString() }),
    },
  })
  return decision
}

const eventTypes = {
  publish: 'appointments.slots-published',
  withdraw: 'appointments.slots-withdrawn',
  block: 'appointments.slots-blocked',
  unblock: 'appointments.slots-unblocked',
} as const

/**
 * Locks in one order, so that two members of staff cannot wait for each other. Slots of a session
 * that was cancelled are not there any more.
 */
function lockSlots(tx: Publishing, slotIds: readonly SlotId[]): Promise<readonly ChangeableSlot[]> {
  return tx.many<ChangeableSlot>(sql`
    select slot_id, starts_at, minutes, state, bookable_online, national_category,
      delivery_channel, released_at, overbooked_by is not null as is_overbooked
    from appointments.slot
    where practice = ${tx.acting.practice}
      and slot_id = any(${slotIds}::uuid[])
      and not exists (
        select
        from appointments.session
        where session.practice = slot.practice
          and session.session_id = slot.session_id
          and session.cancelled_at is not null)
    order by slot_id
    limit 2000
    for update
  `)
}

async function writeChange(
  tx: Publishing,
  slotIds: readonly SlotId[],
  change: SlotChange,
): Promise<void> {
  switch (change.action) {
    case 'publish':
    case 'withdraw':
      await tx.run(sql`
        update appointments.slot
        set bookable_online = ${change.action === 'publish'},
          released_at = coalesce(
            ${change.action === 'publish' ? change.releasedAt : undefined}, released_at)
        where practice = ${tx.acting.practice}
          and slot_id = any(${slotIds}::uuid[])
      `)
      return
    case 'block':
      await setState(tx, slotIds, 'free', 'blocked')
      return
    case 'unblock':
      await setState(tx, slotIds, 'blocked', 'free')
  }
}

async function setState(
  tx: Publishing,
  slotIds: readonly SlotId[],
  from: 'free' | 'blocked',
  to: 'free' | 'blocked',
): Promise<void> {
  await tx.run(sql`
    update appointments.slot
    set state = ${to}
    where practice = ${tx.acting.practice}
      and slot_id = any(${slotIds}::uuid[])
      and state = ${from}
  `)
}
