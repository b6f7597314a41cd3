import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import type { StaffId } from '#modules/directory'
import { whyNotOffered } from '../domain/offering.ts'
import {
  defaultRules,
  type BookingRules,
  type DeliveryChannel,
  type Slot,
  type SlotId,
} from '../domain/slot.ts'
import { rulesOf, type StoredRules } from './stored-rules.ts'

/** A slot with what a patient chooses by. */
export interface BookableSlot extends Slot {
  readonly slotType: string
  readonly staffId?: StaffId
  readonly clinician?: string
  readonly jobTitle?: string
  readonly room?: string
}

interface SlotRow extends BookableSlot, StoredRules {}

/** What to look for. `from` is included, `until` is not; slots come after `after`, if given. */
export interface SlotFilter {
  readonly from: Date
  readonly until: Date
  readonly deliveryChannel?: DeliveryChannel
  readonly staffId?: StaffId
  readonly after?: SlotId
}

/** Slots that this patient may book now, soonest first, at most 200. */
export async function bookableSlots(
  tx: Tx<Acting<'appointments'>>,
  filter: SlotFilter,
): Promise<readonly BookableSlot[]> {
  const rows = await tx.many<SlotRow>(sql`
    select slot.slot_id, slot.starts_at, slot.minutes, slot.state, slot.bookable_online,
      slot.national_category, slot.delivery_channel, slot.released_at, slot.slot_type,
      staff.staff_id, staff.name as clinician, staff.job_title, room.name as room,
      rule.max_held, rule.closes_minutes_before, rule.cancel_minutes_before, rule.horizon_days,
      rule.reason_required
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
    left join appointments.booking_rule rule on rule.practice = slot.practice
    where slot.practice = ${tx.acting.practice}
      and slot.bookable_online
      and slot.state = 'free'
      and slot.released_at <= ${tx.now}
      and slot.starts_at >= ${filter.from}
      and slot.starts_at < ${filter.until}
      and slot.starts_at > ${tx.now}::timestamptz + interval '1 minute'
        * coalesce(rule.closes_minutes_before, ${defaultRules.closesMinutesBefore}::integer)
      and slot.starts_at < ${tx.now}::timestamptz + interval '1 day'
        * (coalesce(rule.horizon_days, ${defaultRules.horizonDays}::integer) + 2)
      and (${filter.deliveryChannel}::text is null or slot.delivery_channel = ${filter.deliveryChannel})
      and (${filter.staffId}::uuid is null or session.staff_id = ${filter.staffId})
      and (${filter.after}::uuid is null or (slot.starts_at, slot.slot_id) > (
        select passed.starts_at, passed.slot_id
        from appointments.slot passed
        where passed.practice = ${tx.acting.practice}
          and passed.slot_id = ${filter.after}))
    order by slot.starts_at, slot.slot_id
    limit 200
  `)
  return offered(rows, tx.now)
}

/** The offered slots that start nearest to `at`, before or after it; nearest first, at most `count`. */
export async function slotsNear(
  tx: Tx<Acting<'appointments'>>,
  at: Date,
  count: number,
): Promise<readonly BookableSlot[]> {
  const rows = await tx.many<SlotRow>(sql`
    with near as (
      (select slot_id
        from appointments.slot
        where practice = ${tx.acting.practice}
          and bookable_online
          and state = 'free'
          and released_at <= ${tx.now}
          and starts_at >= ${at}
          and starts_at > ${tx.now}
        order by starts_at, slot_id
        limit 20)
      union all
      (select slot_id
        from appointments.slot
        where practice = ${tx.acting.practice}
          and bookable_online
          and state = 'free'
          and released_at <= ${tx.now}
          and starts_at < ${at}
          and starts_at > ${tx.now}
        order by starts_at desc, slot_id
        limit 20)
    )
    select slot.slot_id, slot.starts_at, slot.minutes, slot.state, slot.bookable_online,
      slot.national_category, slot.delivery_channel, slot.released_at, slot.slot_type,
      staff.staff_id, staff.name as clinician, staff.job_title, room.name as room,
      rule.max_held, rule.closes_minutes_before, rule.cancel_minutes_before, rule.horizon_days,
      rule.reason_required
    from near
    join appointments.slot
      on slot.practice = ${tx.acting.practice}
      and slot.slot_id = near.slot_id
    join appointments.session
      on session.practice = slot.practice
      and session.session_id = slot.session_id
    left join directory.staff
      on staff.practice = session.practice
      and staff.staff_id = session.staff_id
    left join directory.room
      on room.practice = session.practice
      and room.room_id = session.room_id
    left join appointments.booking_rule rule on rule.practice = slot.practice
    order by abs(extract(epoch from slot.starts_at - ${at}::timestamptz)), slot.slot_id
    limit 40
  `)
  return offered(rows, tx.now).slice(0, count)
}

/** One slot of the practice, offered or not, with the rules it would be booked under. */
export async function slotById(
  tx: Tx<Acting<'appointments'>>,
  slotId: SlotId,
): Promise<{ readonly slot: BookableSlot; readonly rules: BookingRules } | undefined> {
  const row = await tx.maybe<SlotRow>(sql`
    select slot.slot_id, slot.starts_at, slot.minutes, slot.state, slot.bookable_online,
      slot.national_category, slot.delivery_channel, slot.released_at, slot.slot_type,
      staff.staff_id, staff.name as clinician, staff.job_title, room.name as room,
      rule.max_held, rule.closes_minutes_before, rule.cancel_minutes_before, rule.horizon_days,
      rule.reason_required
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
    left join appointments.booking_rule rule on rule.practice = slot.practice
    where slot.practice = ${tx.acting.practice}
      and slot.slot_id = ${slotId}
  `)
  return row && { slot: row, rules: rulesOf(row) }
}

/** When the next slots that nobody can book yet are released, or `undefined` if none are waiting. */
export async function nextRelease(tx: Tx<Acting<'appointments'>>): Promise<Date | undefined> {
  const row = await tx.maybe<{ readonly releasedAt?: Date }>(sql`
    select min(released_at) as released_at
    from appointments.slot
    where practice = ${tx.acting.practice}
      and bookable_online
      and state = 'free'
      and released_at > ${tx.now}
      and starts_at > released_at
  `)
  return row?.releasedAt
}

/** The statement narrows by index; which slots are offered is the domain's to say, as at booking. */
function offered(rows: readonly SlotRow[], now: Date): readonly BookableSlot[] {
  return rows.filter((row) => whyNotOffered(row, rulesOf(row), now) === undefined)
}
