import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import type { BookingRules, Slot, SlotId } from '../domain/slot.ts'
import { slotOf, type SlotColumns } from './slot-rows.ts'
import { rulesOf, type StoredRules } from './stored-rules.ts'

/** What a patient reads of a slot beside its time. */
interface SlotWords {
  readonly slotType: string
  /** What its type is called for patients; '' or absent where that is `slotType`. */
  readonly publicName?: string
  readonly clinician?: string
  readonly jobTitle?: string
  readonly room?: string
  /** Absent where it is at the practice's own address. */
  readonly site?: string
  readonly siteAddressLines?: readonly string[]
  readonly sitePostcode?: string
}

/** A slot with what a patient chooses by. */
export interface BookableSlot extends Slot, SlotWords {}

interface SlotRow extends SlotColumns, SlotWords, StoredRules {}

/** A slot with the rules that it would be booked under. */
export interface SlotUnderRules {
  readonly slot: BookableSlot
  readonly rules: BookingRules
}

/** These slots of the practice, offered or not, soonest first, at most 200. */
export async function slotsById(
  tx: Tx<Acting<'appointments'>>,
  slotIds: readonly SlotId[],
): Promise<readonly SlotUnderRules[]> {
  const rows = await tx.many<SlotRow>(sql`
    select slot.slot_id, slot.starts_at, slot.minutes, slot.state, slot.bookable_online,
      slot.national_category, slot.delivery_channel, slot.released_at, slot.slot_type,
      slot.slot_type_id, session.staff_id, session.site_id,
      staff.name as clinician, staff.job_title, room.name as room,
      site.name as site, site.address_lines as site_address_lines,
      site.postcode as site_postcode, type.public_name,
      type.min_age, type.max_age, type.sex as type_sex, type.own_site_only,
      type.own_clinician_only, type.invited_only, type.horizon_days as type_horizon_days,
      type.closes_minutes_before as type_closes_minutes_before,
      rule.max_held, rule.closes_minutes_before, rule.cancel_minutes_before, rule.horizon_days,
      rule.reason_required, rule.reason_max, rule.cancel_online, rule.waitlist_open
    from appointments.slot
    join appointments.session
      on session.practice = slot.practice
      and session.session_id = slot.session_id
    left join directory.staff
      on staff.practice = session.practice
      and staff.staff_id = session.staff_id
    left join directory.room
      on room.practice = session.practice
      and room.room_id = session.room_id
    left join directory.site
      on site.practice = session.practice
      and site.site_id = session.site_id
    left join appointments.slot_type type
      on type.practice = slot.practice
      and type.slot_type_id = slot.slot_type_id
    left join appointments.booking_rule rule on rule.practice = slot.practice
    where slot.practice = ${tx.acting.practice}
      and slot.slot_id = any(${slotIds}::uuid[])
    order by slot.starts_at, slot.slot_id
    limit 200
  `)
  return rows.map((row) => ({ slot: bookableOf(row), rules: rulesOf(row) }))
}

/** One slot of the practice, offered or not, with the rules it would be booked under. */
export async function slotById(
  tx: Tx<Acting<'appointments'>>,
  slotId: SlotId,
): Promise<SlotUnderRules | undefined> {
  return (await slotsById(tx, [slotId]))[0]
}

/** The slot of a row, with what patients read of it as far as the row has it. */
export function bookableOf(row: SlotColumns & SlotWords): BookableSlot {
  const { slotType, publicName, clinician, jobTitle, room, site } = row
  const { siteAddressLines, sitePostcode } = row
  return {
    ...slotOf(row),
    slotType,
    ...(publicName !== undefined && { publicName }),
    ...(clinician !== undefined && { clinician }),
    ...(jobTitle !== undefined && { jobTitle }),
    ...(room !== undefined && { room }),
    ...(site !== undefined && { site }),
    ...(siteAddressLines && { siteAddressLines }),
    ...(sitePostcode !== undefined && { sitePostcode }),
  }
}
