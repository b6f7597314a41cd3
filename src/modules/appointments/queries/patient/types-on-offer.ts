import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import { whyNotEligible } from '../../domain/eligibility.ts'
import { defaultRules } from '../../domain/slot.ts'
import type { SlotTypeId } from '../../domain/slot-type.ts'
import type { OwnTerms } from '../eligibility.ts'
import { termsOf, type TermsColumns } from '../slot-rows.ts'

/** A kind of appointment as patients choose it. */
export interface TypeOnOffer {
  readonly slotTypeId: SlotTypeId
  /** What patients read. */
  readonly name: string
  /** How far ahead it can be booked, where that is not what the practice has set. */
  readonly typeHorizonDays?: number
}

interface OnOfferRow extends TypeOnOffer, TermsColumns {
  /** The first and the last of its free slots. */
  readonly soonest: Date
  readonly latest: Date
}

/**
 * Kinds of which something is free for this patient, by name, at most 50. Somebody who comes of age
 * between the first and the last free slot of a kind is shown it.
 */
export async function typesOnOffer(
  tx: Tx<Acting<'appointments'>>,
  terms: Promise<Pick<OwnTerms, 'patient'>>,
): Promise<readonly TypeOnOffer[]> {
  const [found, { patient }] = await Promise.all([typesWithSlots(tx), terms])
  return found.filter((row) => {
    const terms = termsOf(row)
    // The statement has seen to site and clinician of each slot, which a kind as a whole has not.
    const rest = terms && { ...terms, ownSiteOnly: false, ownClinicianOnly: false }
    const asSlot = { slotTypeId: row.slotTypeId, ...(rest && { terms: rest }) }
    return [row.soonest, row.latest].some(
      (startsAt) => whyNotEligible({ ...asSlot, startsAt }, patient) === undefined,
    )
  })
}

/** Kinds of which something is free where this patient may go, and with whom. */
function typesWithSlots(tx: Tx<Acting<'appointments'>>): Promise<readonly OnOfferRow[]> {
  return tx.many<OnOfferRow>(sql`
    select type.slot_type_id, coalesce(nullif(type.public_name, ''), type.name) as name,
      type.min_age, type.max_age, type.sex as type_sex, type.own_site_only,
      type.own_clinician_only, type.invited_only, type.horizon_days as type_horizon_days,
      type.closes_minutes_before as type_closes_minutes_before,
      soonest.starts_at as soonest, latest.starts_at as latest
    from appointments.slot_type type
    left join appointments.booking_rule rule on rule.practice = type.practice
    join directory.patient own
      on own.practice = type.practice
      and own.patient_id = ${tx.acting.patientId}
    join lateral (
      select slot.practice, slot.starts_at
      from appointments.slot
      join appointments.session
        on session.practice = slot.practice
        and session.session_id = slot.session_id
      where slot.practice = type.practice
        and slot.slot_type_id = type.slot_type_id
        and slot.bookable_online
        and slot.state = 'free'
        and slot.released_at <= ${tx.now}
        and slot.starts_at > ${tx.now}::timestamptz + interval '1 minute'
          * coalesce(type.closes_minutes_before, rule.closes_minutes_before,
              ${defaultRules.closesMinutesBefore}::integer)
        and slot.starts_at < ${tx.now}::timestamptz + interval '1 day'
          * (coalesce(type.horizon_days, rule.horizon_days, ${defaultRules.horizonDays}::integer) + 1)
        and (not type.own_site_only or session.site_id is not distinct from own.site_id)
        and (not type.own_clinician_only or session.staff_id = own.usual_staff_id)
      order by slot.starts_at, slot.slot_id
      limit 1
    ) soonest on soonest.practice = type.practice
    join lateral (
      select slot.practice, slot.starts_at
      from appointments.slot
      join appointments.session
        on session.practice = slot.practice
        and session.session_id = slot.session_id
      where slot.practice = type.practice
        and slot.slot_type_id = type.slot_type_id
        and slot.bookable_online
        and slot.state = 'free'
        and slot.released_at <= ${tx.now}
        and slot.starts_at > ${tx.now}::timestamptz + interval '1 minute'
          * coalesce(type.closes_minutes_before, rule.closes_minutes_before,
              ${defaultRules.closesMinutesBefore}::integer)
        and slot.starts_at < ${tx.now}::timestamptz + interval '1 day'
          * (coalesce(type.horizon_days, rule.horizon_days, ${defaultRules.horizonDays}::integer) + 1)
        and (not type.own_site_only or session.site_id is not distinct from own.site_id)
        and (not type.own_clinician_only or session.staff_id = own.usual_staff_id)
      order by slot.starts_at desc, slot.slot_id desc
      limit 1
    ) latest on latest.practice = type.practice
    where type.practice = ${tx.acting.practice}
    order by lower(coalesce(nullif(type.public_name, ''), type.name)), type.slot_type_id
    limit 50
  `)
}

/** What patients read of one kind of appointment, or `undefined` where the practice has no such. */
export async function typeName(
  tx: Tx<Acting<'appointments'>>,
  slotTypeId: SlotTypeId,
): Promise<string | undefined> {
  const row = await tx.maybe<{ readonly name: string }>(sql`
    select coalesce(nullif(public_name, ''), name) as name
    from appointments.slot_type
    where practice = ${tx.acting.practice}
      and slot_type_id = ${slotTypeId}
  `)
  return row?.name
}
