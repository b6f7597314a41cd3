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
  const { after, staffId, siteId, slotTypeId, deliveryChannel, atMainSite = false } = filter
  const { closesMinutesBefore, horizonDays } = defaultRules
  return tx.many<OfferedRow>(sql`
    with chosen as materialized (
      select slot.session_id, slot.slot_id, slot.starts_at, slot.minutes, slot.state,
        slot.bookable_online, slot.national_category, slot.delivery_channel, slot.released_at,
        slot.slot_type, kind.slot_type_id, kind.public_name, kind.min_age, kind.max_age,
        kind.type_sex, kind.own_site_only, kind.own_clinician_only, kind.invited_only,
        kind.type_horizon_days, kind.type_closes_minutes_before
      from (
        select practice, session_id, slot_id, starts_at, minutes, state, bookable_online,
          national_category, delivery_channel, released_at, slot_type, slot_type_id
        from appointments.slot
        where practice = ${tx.acting.practice} and bookable_online and state = 'free'
          and released_at <= ${tx.now}
          and starts_at >= greatest(${filter.from}::timestamptz, ${tx.now})
          and starts_at < ${filter.until}
          and (${slotTypeId}::uuid is null or slot_type_id = ${slotTypeId})
          and (${deliveryChannel}::text is null or delivery_channel = ${deliveryChannel})
          and (${after}::uuid is null or (starts_at, slot_id) > (
            select passed.starts_at, passed.slot_id
            from appointments.slot passed
            where passed.practice = ${tx.acting.practice} and passed.slot_id = ${after}))
        order by starts_at, slot_id
      ) slot
      join appointments.own_kinds(${tx.now}, ${localDateOf(tx.now)}, ${closesMinutesBefore},
        ${horizonDays}, ${filter.invitedTo}) kind
        on kind.slot_type_id is not distinct from slot.slot_type_id
      where slot.practice = ${tx.acting.practice}
        and slot.starts_at > kind.after and slot.starts_at < kind.before
        and appointments.is_of_age(kind.born_on, slot.starts_at, kind.min_age, kind.max_age)
        and (not (${asksSession(filter)} or kind.asks_session) or exists (
          select
          from appointments.session
          where session.practice = slot.practice and session.session_id = slot.session_id
            and (kind.own_site_only is not true or session.site_id is not distinct from kind.site_id)
            and (kind.own_clinician_only is not true or session.staff_id = kind.staff_id)
            and (${siteId}::uuid is null or session.site_id = ${siteId})
            and (not ${atMainSite}::boolean or session.site_id is null)
            and (${staffId}::uuid is null or session.staff_id = ${staffId})))
      order by slot.starts_at, slot.slot_id
      limit ${filter.atMost ?? slotsAtMost}
    )
    select chosen.slot_id, chosen.starts_at, chosen.minutes, chosen.state, chosen.bookable_online,
      chosen.national_category, chosen.delivery_channel, chosen.released_at, chosen.slot_type,
      chosen.slot_type_id, held.staff_id, held.site_id, held.clinician, held.site,
      chosen.public_name, chosen.min_age, chosen.max_age, chosen.type_sex, chosen.own_site_only,
      chosen.own_clinician_only, chosen.invited_only, chosen.type_horizon_days,
      chosen.type_closes_minutes_before
    from chosen
    join appointments.session_words(array(select distinct session_id from chosen)) held
      on held.session_id = chosen.session_id
    order by chosen.starts_at, chosen.slot_id
  `)
}

/** Whether a search cannot be answered without the sessions of its slots. */
export function asksSession({ staffId, siteId, atMainSite }: Partial<SlotFilter>): boolean {
  return staffId !== undefined || siteId !== undefined || atMainSite === true
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
