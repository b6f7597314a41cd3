import { sql, type SystemProof, type Tx } from '#platform/db'
import type { LiveOffer } from '../../domain/waitlist/settling.ts'
import type { Slot, SlotId } from '../../domain/slot.ts'
import { slotOf, type SlotColumns } from '../slot-rows.ts'

interface LockedRow extends SlotColumns {
  readonly waitsForDraw: boolean
}

/**
 * A slot, locked until the transaction ends. `waitsForDraw` while a draw that is not over has it:
 * then it is not the waitlist's to give.
 */
export async function lockSlot(
  tx: Tx<SystemProof>,
  slotId: SlotId,
): Promise<{ readonly slot: Slot; readonly waitsForDraw: boolean } | undefined> {
  const row = await tx.maybe<LockedRow>(sql`
    select slot.slot_id, slot.starts_at, slot.minutes, slot.state, slot.bookable_online,
      slot.national_category, slot.delivery_channel, slot.released_at, slot.slot_type_id,
      session.staff_id, session.site_id,
      type.min_age, type.max_age, type.sex as type_sex, type.own_site_only,
      type.own_clinician_only, type.invited_only, type.horizon_days as type_horizon_days,
      type.closes_minutes_before as type_closes_minutes_before,
      draw.draw_id is not null and draw.drawn_at is null and draw.cancelled_at is null
        as waits_for_draw
    from appointments.slot
    join appointments.session
      on session.practice = slot.practice
      and session.session_id = slot.session_id
    left join appointments.slot_type type
      on type.practice = slot.practice
      and type.slot_type_id = slot.slot_type_id
    left join appointments.draw
      on draw.practice = slot.practice
      and draw.draw_id = slot.draw_id
    where slot.practice = ${tx.acting.practice}
      and slot.slot_id = ${slotId}
    for update of slot
  `)
  return row && { slot: slotOf(row), waitsForDraw: row.waitsForDraw }
}

/** Offers of a slot that nobody has answered, oldest first. */
export function liveOffers(tx: Tx, slotId: SlotId): Promise<readonly LiveOffer[]> {
  return tx.many<LiveOffer>(sql`
    select offer_id, waitlist_id, patient_id, expires_at
    from appointments.slot_offer
    where practice = ${tx.acting.practice}
      and slot_id = ${slotId}
      and closed_at is null
    order by offered_at, offer_id
    limit 50
  `)
}
