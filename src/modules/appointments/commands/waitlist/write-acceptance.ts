import { newId, type Id } from '#kernel/id'
import { sql, type Tx } from '#platform/db'
import type { DecidedBooking } from '../../domain/booking.ts'
import type { AppointmentId } from '../../domain/slot.ts'
import type { StoredOffer } from '../../queries/waitlist/offer-facts.ts'

/** Who takes an offer. `patientId` where they may only take that patient's. */
export interface TakenBy {
  readonly by: 'patient' | 'proxy' | 'staff'
  readonly staffId?: Id<'Staff'>
  readonly patientId?: Id<'Patient'>
}

interface DecidedAcceptance extends DecidedBooking {
  readonly appointmentId: AppointmentId
  readonly offer: StoredOffer
  readonly taker: TakenBy
  readonly reason: string
  readonly phone?: string
}

/**
 * Closes the offer, leaves the appointment that it replaces, claims the held slot, writes the
 * appointment and ends the wait, as one statement. `false` where any part found that what was
 * decided on has changed: then none of it may hold. Others who were offered the slot are told by
 * the job that settles it.
 */
export async function writeAcceptance(tx: Tx, decided: DecidedAcceptance): Promise<boolean> {
  const { appointmentId, offer, taker, slot } = decided
  const { practice, actor } = tx.acting
  const { patientId } = offer
  const replaces = offer.replaced?.appointmentId
  const details = {
    appointmentId,
    offerId: offer.offerId,
    slotId: slot.slotId,
    ...(replaces && { from: replaces }),
  }
  const told = replaces ? 'appointments.send-moved' : 'appointments.send-confirmation'
  const row = await tx.maybe<{ readonly appointmentId?: AppointmentId }>(sql`
    with taken as (
      update appointments.slot_offer
      set closed_at = greatest(offered_at, ${tx.now}::timestamptz), outcome = 'accepted'
      where practice = ${practice}
        and offer_id = ${offer.offerId}
        and patient_id = ${patientId}
        and closed_at is null
        and expires_at > ${tx.now}
      returning practice, slot_id, waitlist_id
    ), left_behind as (
      update appointments.appointment
      set cancelled_at = greatest(booked_at, ${tx.now}::timestamptz), cancelled_by = ${taker.by},
        moved_to = ${appointmentId}
      from taken
      where appointment.practice = ${practice}
        and appointment.practice = taken.practice
        and appointment.appointment_id = ${replaces}
        and appointment.patient_id = ${patientId}
        and appointment.cancelled_at is null
        and appointment.arrived_at is null
        and appointment.started_at is null
        and appointment.missed_at is null
      returning appointment.practice, appointment.slot_id
    ), claimed as (
      update appointments.slot
      set state = 'booked'
      from taken
      where slot.practice = ${practice}
        and slot.practice = taken.practice
        and slot.slot_id = taken.slot_id
        and slot.slot_id = ${slot.slotId}
        and slot.state = 'held'
        and slot.bookable_online
        and slot.released_at <= ${tx.now}
        and slot.starts_at = ${slot.startsAt}
        and slot.minutes = ${slot.minutes}
        and slot.slot_type_id is not distinct from ${slot.slotTypeId}::uuid
        and (${replaces}::uuid is null or exists (select from left_behind))
      returning slot.practice, slot.slot_id, slot.starts_at, slot.minutes, slot.slot_type_id
    ), booked as (
      insert into appointments.appointment
        (practice, appointment_id, slot_id, patient_id, starts_at, ends_at, place, reason, phone,
         booked_at, booked_by, booked_by_staff, method, idempotency_key)
      select practice, ${appointmentId}::uuid, slot_id, ${patientId}::uuid, starts_at,
        starts_at + minutes * interval '1 minute', ${decided.place}::integer,
        ${decided.reason}::text, ${decided.phone}::text, ${tx.now}::timestamptz, ${taker.by}::text,
        ${taker.staffId}::uuid, 'waitlist', ${offer.offerId}::uuid
      from claimed
      on conflict do nothing
      returning practice, appointment_id, slot_id
    ), placed as (
      update appointments.waitlist_entry
      set ended_at = greatest(joined_at, ${tx.now}::timestamptz), ended_by = 'placed'
      from taken
      where waitlist_entry.practice = ${practice}
        and waitlist_entry.practice = taken.practice
        and waitlist_entry.waitlist_id = taken.waitlist_id
        and waitlist_entry.ended_at is null
      returning waitlist_entry.practice
    ), freed as (
      update appointments.slot
      set state = case
        when slot.bookable_online and slot.starts_at > ${tx.now}::timestamptz
          and ${offer.rules.waitlistOpen}::boolean then 'held'
        else 'free' end
      from left_behind
      where slot.practice = ${practice}
        and slot.practice = left_behind.practice
        and slot.slot_id = left_behind.slot_id
        and slot.state = 'booked'
      returning slot.practice, slot.slot_id, slot.slot_type_id, slot.state
    ), invited as (
      update appointments.invitation
      set used_at = null
      from freed
      join claimed on claimed.practice = freed.practice
      where invitation.practice = ${practice}
        and invitation.practice = freed.practice
        and invitation.patient_id = ${patientId}
        and invitation.slot_type_id = freed.slot_type_id
        and claimed.slot_type_id is distinct from freed.slot_type_id
        and invitation.used_at is not null
        and invitation.withdrawn_at is null
        and not exists (
          select
          from appointments.invitation other
          where other.practice = invitation.practice
            and other.patient_id = invitation.patient_id
            and other.slot_type_id = invitation.slot_type_id
            and other.invitation_id <> invitation.invitation_id
            and other.withdrawn_at is null
            and (other.used_at is null or other.invitation_id > invitation.invitation_id))
    ), used as (
      update appointments.invitation
      set used_at = greatest(invited_at, ${tx.now}::timestamptz)
      from claimed
      where invitation.practice = ${practice}
        and invitation.practice = claimed.practice
        and invitation.patient_id = ${patientId}
        and invitation.slot_type_id = claimed.slot_type_id
        and invitation.used_at is null
        and invitation.withdrawn_at is null
    ), noted as (
      insert into audit.event
        (practice, event_id, at, type, actor_kind, actor_id, patient_id, outcome, details)
      select practice, ${newId(tx.now)}::uuid, ${tx.now}::timestamptz,
        'appointments.offer-accepted', ${actor.kind}::text, ${actor.id}::uuid,
        ${patientId}::uuid, 'done', ${JSON.stringify(details)}::jsonb
      from booked
    ), told as (
      insert into jobs.job (practice, job_id, kind, payload, run_at)
      select practice, ${newId(tx.now)}::uuid, ${told}::text,
        ${JSON.stringify({ appointmentId, patientId })}::jsonb, ${tx.now}::timestamptz
      from booked
    ), settled as (
      insert into jobs.job (practice, job_id, kind, payload, run_at)
      select practice, ${newId(tx.now)}::uuid, 'appointments.offer-slot',
        jsonb_build_object('slotId', slot_id), ${tx.now}::timestamptz
      from booked
    ), offered as (
      insert into jobs.job (practice, job_id, kind, payload, run_at)
      select practice, ${newId(tx.now)}::uuid, 'appointments.offer-slot',
        jsonb_build_object('slotId', slot_id), ${tx.now}::timestamptz
      from freed
      where state = 'held'
    )
    select (
      select booked.appointment_id
      from booked
      join placed on placed.practice = booked.practice
    ) as appointment_id
  `)
  return row?.appointmentId !== undefined
}
