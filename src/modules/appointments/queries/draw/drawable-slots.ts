import type { StaffId } from '#modules/directory'
import { sql, type Tx } from '#platform/db'
import type { Slot, SlotId } from '../../domain/slot.ts'
import type { DrawnSlot } from './draws.ts'

/** A slot that could be drawn, and whether patients can book it now. */
export interface DrawableSlot extends DrawnSlot {
  readonly bookableOnline: boolean
  readonly releasedAt?: Date
}

/** Free slots to come, described for patients and in no draw; soonest first, at most 300. */
export function drawableSlots(
  tx: Tx,
  filter: {
    readonly from: Date
    readonly until: Date
    readonly slotType?: string
    readonly staffId?: StaffId
  },
): Promise<readonly DrawableSlot[]> {
  return tx.many<DrawableSlot>(sql`
    select slot.slot_id, slot.starts_at, slot.minutes, slot.slot_type, slot.delivery_channel,
      slot.bookable_online, slot.released_at, session.staff_id, staff.name as clinician
    from appointments.slot
    join appointments.session
      on session.practice = slot.practice
      and session.session_id = slot.session_id
    left join directory.staff
      on staff.practice = session.practice
      and staff.staff_id = session.staff_id
    where slot.practice = ${tx.acting.practice}
      and slot.state = 'free'
      and slot.draw_id is null
      and slot.overbooked_by is null
      and slot.national_category is not null
      and slot.delivery_channel is not null
      and slot.starts_at > ${tx.now}
      and slot.starts_at >= ${filter.from}
      and slot.starts_at < ${filter.until}
      and session.cancelled_at is null
      and (${filter.slotType}::text is null or slot.slot_type = ${filter.slotType})
      and (${filter.staffId}::uuid is null or session.staff_id = ${filter.staffId})
    order by slot.starts_at, slot.slot_id
    limit 300
  `)
}

/** Names of the types of free slots to come, in order, at most 100. */
export async function drawableTypes(tx: Tx): Promise<readonly string[]> {
  const rows = await tx.many<{ readonly slotType: string }>(sql`
    select distinct slot.slot_type
    from appointments.slot
    where slot.practice = ${tx.acting.practice}
      and slot.state = 'free'
      and slot.draw_id is null
      and slot.starts_at > ${tx.now}
    order by slot.slot_type
    limit 100
  `)
  return rows.map((row) => row.slotType)
}

type Lockable = Slot & { readonly isInADraw: boolean }

/** These slots, as far as the practice has them in sessions that stand, locked. */
export function lockSlotsForDraw(tx: Tx, slotIds: readonly SlotId[]): Promise<readonly Lockable[]> {
  return tx.many<Lockable>(sql`
    select slot.slot_id, slot.starts_at, slot.minutes, slot.state, slot.bookable_online,
      slot.national_category, slot.delivery_channel, slot.released_at,
      slot.draw_id is not null and exists (
        select
        from appointments.draw
        where draw.practice = slot.practice
          and draw.draw_id = slot.draw_id
          and draw.drawn_at is null
          and draw.cancelled_at is null
      ) as is_in_a_draw
    from appointments.slot
    join appointments.session
      on session.practice = slot.practice
      and session.session_id = slot.session_id
    where slot.practice = ${tx.acting.practice}
      and slot.slot_id = any (${slotIds}::uuid[])
      and session.cancelled_at is null
      and slot.overbooked_by is null
    order by slot.slot_id
    for update of slot
  `)
}
