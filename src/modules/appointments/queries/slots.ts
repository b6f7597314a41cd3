import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import type { StaffId } from '#modules/directory'
import type { Id } from '#kernel/id'
import { localDateOf } from '#kernel/time'
import type { Eligibility, SlotTypeId } from '../domain/slot-type.ts'
import { whyNotEligible } from '../domain/eligibility.ts'
import { ownEligibility, ownTerms, type OwnTerms } from './eligibility.ts'
import { bookableOf, slotsById, type BookableSlot, type SlotUnderRules } from './slot-details.ts'
import type { SlotColumns } from './slot-rows.ts'
import { whyNotOffered } from '../domain/offering.ts'
import { defaultRules, type DeliveryChannel, type SlotId } from '../domain/slot.ts'

/** What to look for. `from` is included, `until` is not; slots come after `after`, if given. */
export interface SlotFilter {
  readonly from: Date
  readonly until: Date
  readonly deliveryChannel?: DeliveryChannel
  readonly staffId?: StaffId
  readonly slotTypeId?: SlotTypeId
  readonly siteId?: Id<'Site'>
  /** Only at the practice's own address, which is none of its sites. */
  readonly atMainSite?: boolean
  /** Counts as an invitation to this type: that of an appointment which is to be moved. */
  readonly invitedTo?: SlotTypeId
  readonly after?: SlotId
  /** How many are enough; 100 where it is not given. */
  readonly atMost?: number
}

const slotsAtMost = 100

interface OfferedRow extends SlotColumns {
  readonly slotType: string
  readonly publicName?: string
  readonly clinician?: string
  readonly site?: string
}

/**
 * Slots that this patient may book now, soonest first, at most 100 or `atMost`, without rooms,
 * addresses and job titles.
 */
export async function bookableSlots(
  tx: Tx<Acting<'appointments'>>,
  filter: SlotFilter,
  terms: Promise<OwnTerms> = ownTerms(tx),
): Promise<readonly BookableSlot[]> {
  const [rows, { patient, rules }] = await Promise.all([slotsFound(tx, filter), terms])
  const slots = rows.map((row) => ({ slot: bookableOf(row), rules }))
  return offered(slots, alsoInvitedTo(patient, filter.invitedTo), tx.now)
}

/**
 * Walks the free slots in their order and leaves off once it has enough: nothing here may need them
 * all sorted. What a kind of slot asks of the patient is found once for each kind, and what a session
 * is called once for each session shown.
 */
function slotsFound(
  tx: Tx<Acting<'appointments'>>,
  filter: SlotFilter,
): Promise<readonly OfferedRow[]> {
  const { staffId, siteId, atMainSite = false } = filter
  const asksSession = staffId !== undefined || siteId !== undefined || atMainSite
  return tx.many<OfferedRow>(sql`
    with own as materialized (
      select patient.born_on, patient.sex, patient.site_id, patient.usual_staff_id,
        ${tx.now}::timestamptz + interval '1 minute' * coalesce(rule.closes_minutes_before,
          ${defaultRules.closesMinutesBefore}::integer) as after,
        ${tx.now}::timestamptz + interval '1 day' * (coalesce(rule.horizon_days,
          ${defaultRules.horizonDays}::integer) + 2) as before
      from directory.patient
      left join appointments.booking_rule rule on rule.practice = patient.practice
      where patient.practice = ${tx.acting.practice}
        and patient.patient_id = ${tx.acting.patientId}
    ),
    kind as materialized (
      select type.slot_type_id, type.public_name, type.min_age, type.max_age, type.sex,
        type.own_site_only, type.own_clinician_only, type.invited_only, type.horizon_days,
        type.closes_minutes_before,
        coalesce(${tx.now}::timestamptz + interval '1 minute' * type.closes_minutes_before,
          own.after) as after,
        coalesce(${tx.now}::timestamptz + interval '1 day' * (type.horizon_days + 2),
          own.before) as before
      from appointments.slot_type type
      cross join own
      where type.practice = ${tx.acting.practice}
        and (${filter.slotTypeId}::uuid is null or type.slot_type_id = ${filter.slotTypeId})
        and (type.sex is null or type.sex = own.sex)
        and (not type.invited_only or type.slot_type_id = ${filter.invitedTo} or exists (
          select
          from appointments.invitation
          where invitation.practice = ${tx.acting.practice}
            and invitation.patient_id = ${tx.acting.patientId}
            and invitation.slot_type_id = type.slot_type_id
            and invitation.used_at is null
            and invitation.withdrawn_at is null
            and invitation.expires_on >= ${localDateOf(tx.now)}))
      union all
      select null, null, null, null, null, null, null, null, null, null, own.after, own.before
      from own
      where ${filter.slotTypeId}::uuid is null
    ),
    chosen as materialized (
      select slot.session_id, slot.slot_id, slot.starts_at, slot.minutes, slot.state,
        slot.bookable_online, slot.national_category, slot.delivery_channel, slot.released_at,
        slot.slot_type, kind.slot_type_id, kind.public_name, kind.min_age, kind.max_age, kind.sex,
        kind.own_site_only, kind.own_clinician_only, kind.invited_only, kind.horizon_days,
        kind.closes_minutes_before
      from (
        select free.practice, free.session_id, free.slot_id, free.starts_at, free.minutes,
          free.state, free.bookable_online, free.national_category, free.delivery_channel,
          free.released_at, free.slot_type, free.slot_type_id
        from appointments.slot free
        where free.practice = ${tx.acting.practice}
          and free.bookable_online
          and free.state = 'free'
          and free.released_at <= ${tx.now}
          and free.starts_at >= ${filter.from}
          and free.starts_at < ${filter.until}
          and free.starts_at > ${tx.now}
          and (${filter.deliveryChannel}::text is null
            or free.delivery_channel = ${filter.deliveryChannel})
          and (${filter.after}::uuid is null or (free.starts_at, free.slot_id) > (
            select passed.starts_at, passed.slot_id
            from appointments.slot passed
            where passed.practice = ${tx.acting.practice}
              and passed.slot_id = ${filter.after}))
        order by free.starts_at, free.slot_id
      ) slot
      join kind on kind.slot_type_id is not distinct from slot.slot_type_id
      cross join own
      left join lateral (
        select session.staff_id, session.site_id
        from appointments.session
        where session.practice = slot.practice
          and session.session_id = slot.session_id
          and (${asksSession} or kind.own_site_only or kind.own_clinician_only)
        limit 1
      ) session on true
      where slot.starts_at > kind.after
        and slot.starts_at < kind.before
        and (kind.own_site_only is not true or session.site_id is not distinct from own.site_id)
        and (kind.own_clinician_only is not true or session.staff_id = own.usual_staff_id)
        and (kind.min_age is null or kind.min_age <= extract(year from age(
          (slot.starts_at at time zone 'Europe/London')::date, own.born_on)))
        and (kind.max_age is null or kind.max_age >= extract(year from age(
          (slot.starts_at at time zone 'Europe/London')::date, own.born_on)))
        and (${siteId}::uuid is null or session.site_id = ${siteId})
        and (not ${atMainSite}::boolean or session.site_id is null)
        and (${staffId}::uuid is null or session.staff_id = ${staffId})
      order by slot.starts_at, slot.slot_id
      limit ${filter.atMost ?? slotsAtMost}
    ),
    held_in as materialized (
      select session.session_id, session.staff_id, session.site_id, staff.name as clinician,
        site.name as site
      from appointments.session
      left join directory.staff
        on staff.practice = session.practice
        and staff.staff_id = session.staff_id
      left join directory.site
        on site.practice = session.practice
        and site.site_id = session.site_id
      where session.practice = ${tx.acting.practice}
        and session.session_id = any(array(select distinct chosen.session_id from chosen))
    )
    select chosen.slot_id, chosen.starts_at, chosen.minutes, chosen.state, chosen.bookable_online,
      chosen.national_category, chosen.delivery_channel, chosen.released_at, chosen.slot_type,
      chosen.slot_type_id, held_in.staff_id, held_in.site_id, held_in.clinician, held_in.site,
      chosen.public_name, chosen.min_age, chosen.max_age, chosen.sex as type_sex,
      chosen.own_site_only, chosen.own_clinician_only, chosen.invited_only,
      chosen.horizon_days as type_horizon_days,
      chosen.closes_minutes_before as type_closes_minutes_before
    from chosen
    join held_in on held_in.session_id = chosen.session_id
    order by chosen.starts_at, chosen.slot_id
  `)
}

/** The offered slots that start nearest to `at`, before or after it; nearest first, at most `count`. */
export async function slotsNear(
  tx: Tx<Acting<'appointments'>>,
  at: Date,
  count: number,
): Promise<readonly BookableSlot[]> {
  const near = tx.many<{ readonly slotId: SlotId }>(sql`
    (select slot_id
      from appointments.slot
      where practice = ${tx.acting.practice}
        and bookable_online
        and state = 'free'
        and released_at <= ${tx.now}
        and starts_at >= ${at}
        and starts_at > ${tx.now}
      order by starts_at, slot_id
      limit 60)
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
      limit 60)
  `)
  const [rows, patient] = await Promise.all([near, ownEligibility(tx)])
  const slots = await slotsById(
    tx,
    rows.map((row) => row.slotId),
  )
  const away = (slot: BookableSlot) => Math.abs(Number(slot.startsAt) - Number(at))
  return offered(slots, patient, tx.now)
    .toSorted((a, b) => away(a) - away(b))
    .slice(0, count)
}

/** The same patient as if invited to this type, where one is given. */
export function alsoInvitedTo(patient: Eligibility, type: SlotTypeId | undefined): Eligibility {
  return type ? { ...patient, invitedTo: [...patient.invitedTo, type] } : patient
}

/**
 * The statement narrows by index; which slots are offered to this patient is the domain's to say, as
 * at booking.
 */
function offered(
  slots: readonly SlotUnderRules[],
  patient: Eligibility,
  now: Date,
): readonly BookableSlot[] {
  return slots.flatMap(({ slot, rules }) => {
    const isOffered =
      whyNotOffered(slot, rules, now) === undefined && whyNotEligible(slot, patient) === undefined
    return isOffered ? [slot] : []
  })
}
