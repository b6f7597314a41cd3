import { newId, type Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Database, type Tx } from '#platform/db'
import { permissionsOf, type Acting } from '#modules/access'
import type { DecidedBooking } from '../domain/booking.ts'
import { decideMoving, type MovingRefusal } from '../domain/moving.ts'
import type { Eligibility } from '../domain/slot-type.ts'
import type { AppointmentId, BookingRules, SlotId } from '../domain/slot.ts'
import { bookingFacts } from '../queries/booking-facts.ts'
import { ownAppointment, type OwnAppointment } from '../queries/own-appointments.ts'
import { Overtaken, untilNotOvertaken } from './overtaken.ts'

/** Which appointment goes to which slot. Sending the same key again is asking for the same again. */
export interface Moving {
  readonly appointmentId: AppointmentId
  readonly slotId: SlotId
  /** For this appointment alone; the old one's where not given. */
  readonly phone?: string
  readonly idempotencyKey: Id<'Booking'>
}

type Outcome = Result<AppointmentId, MovingRefusal | { readonly reason: 'not-found' }>

/**
 * Moves an appointment of the patient acted for to another slot: the new one is booked and the old
 * one given back in one statement, or nothing happens and the old one stands. Gives the new
 * appointment. Opens its own transaction, as booking does.
 *
 * Source: DOMAIN BK-9. Hazard: H-006 (a lost booking).
 */
export function moveAppointment(
  db: Database,
  acting: Acting<'appointments'>,
  moving: Moving,
): Promise<Outcome> {
  return untilNotOvertaken(db, acting, (tx) => moveOrSayWhyNot(tx, moving))
}

async function moveOrSayWhyNot(tx: Tx<Acting<'appointments'>>, moving: Moving): Promise<Outcome> {
  const [permissions, found, facts] = await Promise.all([
    permissionsOf(tx),
    ownAppointment(tx, moving.appointmentId),
    bookingFacts(tx, moving.slotId, moving.idempotencyKey),
  ])
  if (!found) return refuse({ reason: 'not-found' })
  if (permissions.appointments !== 'manage') return noteRefusal(tx, moving, { reason: 'view-only' })
  const { slot, first, held, rules, patient } = facts
  if (first) {
    if (first.slotId !== moving.slotId) {
      return noteRefusal(tx, moving, { reason: 'key-used-for-another' })
    }
    return accept(first.appointmentId)
  }
  if (!slot) return noteRefusal(tx, moving, { reason: 'slot-not-found' })

  const { appointment } = found
  const answers = answersOf(appointment, moving, rules)
  const asked = { slot, answers, patient: stillInvited(patient, appointment) }
  const decision = decideMoving(appointment, asked, held, rules, tx.now)
  if (!decision.ok) return noteRefusal(tx, moving, decision.refusal)
  return accept(await write(tx, moving, decision.value, { ...answers, rules }))
}

/** The invitation that the old appointment used is free again for the new one. */
function stillInvited(patient: Eligibility, { slotTypeId }: OwnAppointment): Eligibility {
  return slotTypeId ? { ...patient, invitedTo: [...patient.invitedTo, slotTypeId] } : patient
}

/** The old appointment's words go along, as far as the practice's limit on them still allows. */
function answersOf(appointment: OwnAppointment, moving: Moving, rules: BookingRules) {
  const phone = moving.phone ?? appointment.phone
  return {
    reason: appointment.reason.slice(0, rules.reasonMax),
    ...(phone !== undefined && { phone }),
  }
}

/**
 * Leaves the old slot and takes the new one as one statement. Where any part of it finds that what
 * was decided on has changed, none of it holds: it is decided again.
 */
async function write(
  tx: Tx<Acting<'appointments'>>,
  moving: Moving,
  { slot, place }: DecidedBooking,
  given: { readonly reason: string; readonly phone?: string; readonly rules: BookingRules },
): Promise<AppointmentId> {
  const { practice, patientId, actor, as } = tx.acting
  const appointmentId = newId<'Appointment'>(tx.now)
  const by = as === 'proxy' ? 'proxy' : 'patient'
  const details = { appointmentId, from: moving.appointmentId, slotId: slot.slotId, as }
  const row = await tx.maybe<{ readonly appointmentId?: AppointmentId }>(sql`
    with left_behind as (
      update appointments.appointment
      set cancelled_at = greatest(booked_at, ${tx.now}::timestamptz), cancelled_by = ${by},
        moved_to = ${appointmentId}
      where practice = ${practice}
        and appointment_id = ${moving.appointmentId}
        and patient_id = ${patientId}
        and cancelled_at is null
        and arrived_at is null
        and started_at is null
        and missed_at is null
      returning practice, slot_id
    ), claimed as (
      update appointments.slot
      set state = 'booked'
      from left_behind
      where slot.practice = ${practice}
        and slot.practice = left_behind.practice
        and slot.slot_id = ${slot.slotId}
        and slot.state = 'free'
        and slot.bookable_online
        and slot.released_at <= ${tx.now}
        and slot.starts_at = ${slot.startsAt}
        and slot.minutes = ${slot.minutes}
        and slot.slot_type_id is not distinct from ${slot.slotTypeId}::uuid
      returning slot.practice, slot.slot_id, slot.starts_at, slot.minutes, slot.slot_type_id
    ), booked as (
      insert into appointments.appointment
        (practice, appointment_id, slot_id, patient_id, starts_at, ends_at, place, reason, phone,
         booked_at, booked_by, idempotency_key)
      select practice, ${appointmentId}::uuid, slot_id, ${patientId}::uuid, starts_at,
        starts_at + minutes * interval '1 minute', ${place}::integer, ${given.reason}::text,
        ${given.phone}::text, ${tx.now}::timestamptz, ${by}::text, ${moving.idempotencyKey}::uuid
      from claimed
      on conflict do nothing
      returning practice, appointment_id
    ), freed as (
      update appointments.slot
      set state = case
        when slot.bookable_online and slot.released_at <= ${tx.now}::timestamptz
          and slot.starts_at > ${tx.now}::timestamptz
          and ${given.rules.waitlistOpen}::boolean then 'held'
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
        'appointments.appointment-moved', ${actor.kind}::text, ${actor.id}::uuid,
        ${patientId}::uuid, 'done', ${JSON.stringify(details)}::jsonb
      from booked
    ), offered as (
      insert into jobs.job (practice, job_id, kind, payload, run_at)
      select practice, ${newId(tx.now)}::uuid, 'appointments.offer-slot',
        jsonb_build_object('slotId', slot_id), ${tx.now}::timestamptz
      from freed
      where state = 'held'
    ), told as (
      insert into jobs.job (practice, job_id, kind, payload, run_at)
      select practice, ${newId(tx.now)}::uuid, 'appointments.send-moved',
        ${JSON.stringify({ appointmentId, patientId })}::jsonb, ${tx.now}::timestamptz
      from booked
    )
    select (select appointment_id from booked) as appointment_id
  `)
  if (!row?.appointmentId) throw new Overtaken()
  return row.appointmentId
}

async function noteRefusal(
  tx: Tx<Acting<'appointments'>>,
  moving: Moving,
  refusal: MovingRefusal,
): Promise<Outcome> {
  if (refusal.reason === 'answers-missing') return refuse(refusal)
  await recordEvent(tx, {
    type: 'appointments.appointment-moved',
    outcome: 'refused',
    details: {
      appointmentId: moving.appointmentId,
      slotId: moving.slotId,
      reason: refusal.reason,
      as: tx.acting.as,
    },
  })
  return refuse(refusal)
}
