import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import {
  decideOverbooking,
  type OverbookableSession,
  type Overbooking,
  type OverbookingRefusal,
} from '../../domain/desk/overbooking.ts'
import type { SessionId, SlotId } from '../../domain/slot.ts'

type Booking = Tx<StaffActing<'book-for-patients'>>

/**
 * Adds a slot beside the others of a session, of the type of the one nearest in time, with the name
 * of who adds it and why. Patients are never offered it. The same id again adds nothing.
 */
export async function overbook(
  tx: Booking,
  sessionId: SessionId,
  asked: Overbooking & { readonly slotId: SlotId },
): Promise<Result<SlotId, OverbookingRefusal>> {
  const { slotId } = asked
  const session = await lockSession(tx, sessionId)
  if (!session) return refuse('session-not-found')
  if (await slotExists(tx, slotId)) return accept(slotId)

  const startsAt = decideOverbooking(session, asked, tx.now)
  if (!startsAt.ok) {
    await note(tx, 'refused', { sessionId, reason: startsAt.refusal })
    return startsAt
  }
  await insertSlot(tx, sessionId, asked, startsAt.value)
  await note(tx, 'done', { sessionId, slotId })
  return accept(slotId)
}

/** Locked, so that it is not cancelled or moved meanwhile. */
function lockSession(tx: Booking, sessionId: SessionId): Promise<OverbookableSession | undefined> {
  return tx.maybe<OverbookableSession>(sql`
    select starts_at, ends_at, cancelled_at
    from appointments.session
    where practice = ${tx.acting.practice}
      and session_id = ${sessionId}
    for share
  `)
}

async function slotExists(tx: Booking, slotId: SlotId): Promise<boolean> {
  const found = await tx.maybe<{ readonly slotId: SlotId }>(sql`
    select slot_id
    from appointments.slot
    where practice = ${tx.acting.practice}
      and slot_id = ${slotId}
  `)
  return found !== undefined
}

async function insertSlot(
  tx: Booking,
  sessionId: SessionId,
  asked: Overbooking & { readonly slotId: SlotId },
  startsAt: Date,
): Promise<void> {
  await tx.run(sql`
    insert into appointments.slot
      (practice, slot_id, session_id, starts_at, minutes, slot_type, slot_type_id,
       national_category, service_setting, delivery_channel, bookable_online, state, overbooked_by,
       overbook_reason)
    select session.practice, ${asked.slotId}::uuid, session.session_id, ${startsAt}::timestamptz,
      ${asked.minutes}::integer, coalesce(near.slot_type, 'Extra'), near.slot_type_id,
      near.national_category, near.service_setting,
      coalesce(${asked.deliveryChannel}::text, near.delivery_channel), false, 'free',
      ${tx.acting.staffId}::uuid, ${asked.reason}::text
    from appointments.session
    left join lateral (
      select slot.slot_type, slot.slot_type_id, slot.national_category, slot.service_setting,
        slot.delivery_channel
      from appointments.slot
      where slot.practice = session.practice
        and slot.session_id = session.session_id
        and slot.overbooked_by is null
      order by abs(extract(epoch from slot.starts_at - ${startsAt}::timestamptz)), slot.slot_id
      limit 1
    ) near on true
    where session.practice = ${tx.acting.practice}
      and session.session_id = ${sessionId}
    on conflict (practice, slot_id) do nothing
  `)
}

function note(
  tx: Booking,
  outcome: 'done' | 'refused',
  details: Readonly<Record<string, string>>,
): Promise<void> {
  return recordEvent(tx, { type: 'appointments.slot-overbooked', outcome, details })
}
