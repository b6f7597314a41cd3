import type { Id } from '#kernel/id'
import { sql, type Tx } from '#platform/db'
import type { OfferFacts } from '../../domain/waitlist/accepting.ts'
import type { OfferId, WaitlistId } from '../../domain/waitlist/line.ts'
import type { OfferOutcome } from '../../domain/waitlist/settling.ts'
import type { SlotTypeId } from '../../domain/slot-type.ts'
import type { AppointmentId, SlotId } from '../../domain/slot.ts'
import { slotOf, type SlotColumns } from '../slot-rows.ts'
import { rulesOf, type StoredRules } from '../stored-rules.ts'
import { patientFacts, type PatientFacts } from './patient-facts.ts'
import { replacedOf, stillInvited } from './places.ts'

/** An offer with what accepting it depends on, and what the patient wrote when they joined. */
export interface StoredOffer extends OfferFacts {
  readonly offerId: OfferId
  readonly waitlistId: WaitlistId
  readonly patientId: Id<'Patient'>
  /** In the patient's own words; '' where nothing was written. */
  readonly reason: string
  readonly phone?: string
  /** The type of the slot that it would leave. */
  readonly replacedSlotTypeId?: SlotTypeId
}

interface OfferRow extends SlotColumns, StoredRules {
  readonly offerId: OfferId
  readonly waitlistId: WaitlistId
  readonly patientId: Id<'Patient'>
  readonly expiresAt: Date
  readonly outcome?: OfferOutcome
  readonly appointmentId?: AppointmentId
  readonly reason: string
  readonly phone?: string
  readonly replaces?: AppointmentId
  readonly replacedSlotId?: SlotId
  readonly replacedSlotTypeId?: SlotTypeId
  readonly replacedStartsAt?: Date
  readonly replacedCancelledAt?: Date
  readonly replacedArrivedAt?: Date
  readonly replacedStartedAt?: Date
  readonly replacedMissedAt?: Date
  readonly replacedMovedTo?: AppointmentId
}

/** Whose offer is asked for: of one patient, or for staff, anybody's. */
export interface OfferAsked {
  readonly offerId: OfferId
  readonly patientId?: Id<'Patient'>
}

/** Locks the place on the waitlist that an offer was made to, before anything else of it is. */
export async function lockPlaceOf(tx: Tx, asked: OfferAsked): Promise<void> {
  await tx.many<{ readonly waitlistId: WaitlistId }>(sql`
    select entry.waitlist_id
    from appointments.waitlist_entry entry
    where entry.practice = ${tx.acting.practice}
      and entry.waitlist_id in (
        select offer.waitlist_id
        from appointments.slot_offer offer
        where offer.practice = ${tx.acting.practice}
          and offer.offer_id = ${asked.offerId}
          and (${asked.patientId}::uuid is null or offer.patient_id = ${asked.patientId}))
    for update
  `)
}

/** An offer as it is now, or `undefined` where there is none such. */
export async function offerById(tx: Tx, asked: OfferAsked): Promise<StoredOffer | undefined> {
  const row = await offerRow(tx, asked)
  const facts = row && (await patientFacts(tx, [row.patientId])).get(row.patientId)
  return row && facts && offerOf(row, facts)
}

function offerRow(tx: Tx, asked: OfferAsked): Promise<OfferRow | undefined> {
  return tx.maybe<OfferRow>(sql`
    select offer.offer_id, offer.waitlist_id, offer.patient_id, offer.expires_at, offer.outcome,
      taken.appointment_id,
      slot.slot_id, slot.starts_at, slot.minutes, slot.state, slot.bookable_online,
      slot.national_category, slot.delivery_channel, slot.released_at, slot.slot_type_id,
      session.staff_id, session.site_id,
      type.min_age, type.max_age, type.sex as type_sex, type.own_site_only,
      type.own_clinician_only, type.invited_only, type.horizon_days as type_horizon_days,
      type.closes_minutes_before as type_closes_minutes_before,
      rule.max_held, rule.closes_minutes_before, rule.cancel_minutes_before, rule.horizon_days,
      rule.reason_required, rule.reason_max, rule.cancel_online, rule.waitlist_open,
      coalesce(nullif(entry.reason, ''), replaced.reason, '') as reason,
      coalesce(entry.phone, replaced.phone) as phone,
      replaced.appointment_id as replaces, replaced.slot_id as replaced_slot_id,
      left_slot.slot_type_id as replaced_slot_type_id, replaced.starts_at as replaced_starts_at,
      replaced.cancelled_at as replaced_cancelled_at, replaced.arrived_at as replaced_arrived_at,
      replaced.started_at as replaced_started_at, replaced.missed_at as replaced_missed_at,
      replaced.moved_to as replaced_moved_to
    from appointments.slot_offer offer
    join appointments.waitlist_entry entry
      on entry.practice = offer.practice
      and entry.waitlist_id = offer.waitlist_id
    join appointments.slot
      on slot.practice = offer.practice
      and slot.slot_id = offer.slot_id
    join appointments.session
      on session.practice = slot.practice
      and session.session_id = slot.session_id
    left join appointments.slot_type type
      on type.practice = slot.practice
      and type.slot_type_id = slot.slot_type_id
    left join appointments.booking_rule rule on rule.practice = offer.practice
    left join appointments.appointment replaced
      on replaced.practice = entry.practice
      and replaced.appointment_id = entry.replaces
      and (replaced.cancelled_by is distinct from 'staff' or replaced.moved_to is not null)
    left join appointments.slot left_slot
      on left_slot.practice = replaced.practice
      and left_slot.slot_id = replaced.slot_id
    left join appointments.appointment taken
      on taken.practice = offer.practice
      and taken.patient_id = offer.patient_id
      and taken.idempotency_key = offer.offer_id
    where offer.practice = ${tx.acting.practice}
      and offer.offer_id = ${asked.offerId}
      and (${asked.patientId}::uuid is null or offer.patient_id = ${asked.patientId})
  `)
}

function offerOf(row: OfferRow, facts: PatientFacts): StoredOffer {
  const replaced = replacedOf(row)
  return {
    offerId: row.offerId,
    waitlistId: row.waitlistId,
    patientId: row.patientId,
    expiresAt: row.expiresAt,
    slot: slotOf(row),
    rules: rulesOf(row),
    patient: stillInvited(facts.patient, row.replacedSlotTypeId),
    held: facts.held,
    reason: row.reason,
    ...(row.phone !== undefined && { phone: row.phone }),
    ...(row.outcome && { outcome: row.outcome }),
    ...(row.appointmentId && { appointmentId: row.appointmentId }),
    ...(replaced && { replaced }),
    ...(row.replacedSlotTypeId && { replacedSlotTypeId: row.replacedSlotTypeId }),
  }
}
