import type { Id } from '#kernel/id'
import { minutesBefore } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { StaffId } from '#modules/directory'
import type { DeliveryChannel, SlotId } from '../../domain/slot.ts'

/** A free slot as staff choose from a list, put online or not. */
export interface FreeSlot {
  readonly slotId: SlotId
  readonly startsAt: Date
  readonly minutes: number
  readonly slotType: string
  readonly deliveryChannel?: DeliveryChannel
  readonly bookableOnline: boolean
  readonly releasedAt?: Date
  readonly sessionName: string
  readonly clinician?: string
  readonly room?: string
  readonly site?: string
}

/** What to look for; what is absent is any. `from` is included, `until` is not. */
export interface FreeSlotFilter {
  readonly from: Date
  readonly until: Date
  readonly staffId?: StaffId
  readonly siteId?: Id<'Site'>
  readonly deliveryChannel?: DeliveryChannel
  readonly slotType?: string
  readonly after?: SlotId
}

/** How many free slots a page of the desk shows. */
export const freeSlotsOnPage = 50

/** Free slots to come of sessions that go ahead, soonest first; one more than a page shows. */
export function freeSlots(
  tx: Tx<StaffActing>,
  filter: FreeSlotFilter,
): Promise<readonly FreeSlot[]> {
  return tx.many<FreeSlot>(sql`
    select slot.slot_id, slot.starts_at, slot.minutes, slot.slot_type, slot.delivery_channel,
      slot.bookable_online, slot.released_at, session.name as session_name,
      staff.name as clinician, room.name as room, site.name as site
    from appointments.session
    join appointments.slot
      on slot.practice = session.practice
      and slot.session_id = session.session_id
    left join directory.staff
      on staff.practice = session.practice
      and staff.staff_id = session.staff_id
    left join directory.room
      on room.practice = session.practice
      and room.room_id = session.room_id
    left join directory.site
      on site.practice = session.practice
      and site.site_id = session.site_id
    where session.practice = ${tx.acting.practice}
      and session.starts_at >= ${minutesBefore(filter.from, 24 * 60)}
      and session.starts_at < ${filter.until}
      and session.cancelled_at is null
      and slot.state = 'free'
      and slot.starts_at > ${tx.now}
      and slot.starts_at >= ${filter.from}
      and slot.starts_at < ${filter.until}
      and (${filter.staffId}::uuid is null or session.staff_id = ${filter.staffId})
      and (${filter.siteId}::uuid is null or session.site_id = ${filter.siteId})
      and (${filter.deliveryChannel}::text is null or slot.delivery_channel = ${filter.deliveryChannel})
      and (${filter.slotType}::text is null or slot.slot_type = ${filter.slotType})
      and (${filter.after}::uuid is null or (slot.starts_at, slot.slot_id) > (
        select passed.starts_at, passed.slot_id
        from appointments.slot passed
        where passed.practice = ${tx.acting.practice}
          and passed.slot_id = ${filter.after}))
    order by slot.starts_at, slot.slot_id
    limit ${freeSlotsOnPage + 1}
  `)
}

/** Names of the types that slots to come have, by name, at most 200. */
export async function slotTypeNames(tx: Tx<StaffActing>): Promise<readonly string[]> {
  const rows = await tx.many<{ readonly slotType: string }>(sql`
    select distinct slot.slot_type
    from appointments.session
    join appointments.slot
      on slot.practice = session.practice
      and slot.session_id = session.session_id
    where session.practice = ${tx.acting.practice}
      and session.starts_at >= ${tx.now}
      and session.cancelled_at is null
    order by slot.slot_type
    limit 200
  `)
  return rows.map((row) => row.slotType)
}
