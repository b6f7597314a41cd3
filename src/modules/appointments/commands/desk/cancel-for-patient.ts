import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import { whyNotChangeable, type ChangingRefusal } from '../../domain/desk/changing.ts'
import type { AppointmentId } from '../../domain/slot.ts'
import { patientAppointment } from '../../queries/desk/patient-appointments.ts'
import { practiceSettings } from '../../queries/stored-rules.ts'

type Booking = Tx<StaffActing<'book-for-patients'>>

/** Which appointment staff cancel, on whose wish, and why, in words that the patient may read. */
export interface DeskCancelling {
  readonly patientId: PatientId
  readonly appointmentId: AppointmentId
  readonly wishedBy: 'patient' | 'staff'
  /** Up to 150 characters. */
  readonly reason: string
}

/**
 * Cancels an appointment for a patient, tells them, and gives the slot back: to those who wait, or
 * to everyone. What is cancelled already stays so, and asking again writes nothing more.
 */
export async function cancelForPatient(
  tx: Booking,
  cancelling: DeskCancelling,
): Promise<Result<AppointmentId, ChangingRefusal>> {
  const { patientId, appointmentId } = cancelling
  const [appointment, settings] = await Promise.all([
    patientAppointment(tx, patientId, appointmentId),
    practiceSettings(tx),
  ])
  if (!appointment) return refuse({ reason: 'not-found' })
  const refusal = whyNotChangeable(appointment, tx.now)
  if (refusal?.reason === 'cancelled-already') return accept(appointmentId)
  if (refusal) return noteRefusal(tx, cancelling, refusal)

  const cancelled = await write(tx, cancelling, settings.waitlistOpen)
  if (cancelled > 0) return accept(appointmentId)
  const later = await patientAppointment(tx, patientId, appointmentId)
  if (later?.cancelledAt) return accept(appointmentId)
  return noteRefusal(tx, cancelling, { reason: 'came-already' })
}

async function write(
  tx: Booking,
  cancelling: DeskCancelling,
  waitlistOpen: boolean,
): Promise<number> {
  const { practice, staffId } = tx.acting
  const { patientId, appointmentId, wishedBy } = cancelling
  return tx.run(sql`
    with cancelled as (
      update appointments.appointment
      set cancelled_at = greatest(booked_at, ${tx.now}::timestamptz), cancelled_by = ${wishedBy},
        cancelled_by_staff = ${staffId}, cancel_reason = ${cancelling.reason}
      where practice = ${practice}
        and appointment_id = ${appointmentId}
        and patient_id = ${patientId}
        and cancelled_at is null
        and arrived_at is null
        and started_at is null
        and missed_at is null
      returning practice, slot_id
    ), freed as (
      update appointments.slot
      set state = case
        when slot.bookable_online and slot.starts_at > ${tx.now}::timestamptz
          and slot.released_at <= ${tx.now}::timestamptz and ${waitlistOpen}::boolean then 'held'
        else 'free' end
      from cancelled
      where slot.practice = ${practice}
        and slot.practice = cancelled.practice
        and slot.slot_id = cancelled.slot_id
        and slot.state = 'booked'
      returning slot.practice, slot.slot_id, slot.slot_type_id, slot.state
    ), invited as (
      update appointments.invitation
      set used_at = null
      from freed
      where invitation.practice = ${practice}
        and invitation.practice = freed.practice
        and invitation.patient_id = ${patientId}
        and invitation.slot_type_id = freed.slot_type_id
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
    ), noted as (
      insert into audit.event
        (practice, event_id, at, type, actor_kind, actor_id, patient_id, outcome, details)
      select practice, ${newId(tx.now)}::uuid, ${tx.now}::timestamptz,
        'appointments.appointment-cancelled', 'staff', ${staffId}::uuid, ${patientId}::uuid,
        'done', ${JSON.stringify({ appointmentId, wishedBy })}::jsonb
      from cancelled
    ), offered as (
      insert into jobs.job (practice, job_id, kind, payload, run_at)
      select practice, ${newId(tx.now)}::uuid, 'appointments.offer-slot',
        jsonb_build_object('slotId', slot_id), ${tx.now}::timestamptz
      from freed
      where state = 'held'
    )
    insert into jobs.job (practice, job_id, kind, payload, run_at)
    select practice, ${newId(tx.now)}::uuid, 'appointments.send-cancellation',
      ${JSON.stringify({ appointmentId, patientId })}::jsonb, ${tx.now}::timestamptz
    from cancelled
  `)
}

async function noteRefusal(
  tx: Booking,
  { patientId, appointmentId }: DeskCancelling,
  refusal: ChangingRefusal,
): Promise<Result<AppointmentId, ChangingRefusal>> {
  await recordEvent(tx, {
    type: 'appointments.appointment-cancelled',
    about: patientId,
    outcome: 'refused',
    details: { appointmentId, reason: refusal.reason },
  })
  return refuse(refusal)
}
