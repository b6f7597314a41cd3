import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import { whyNotChangeable, type ChangingRefusal } from '../../domain/desk/changing.ts'
import type { SlotTypeId } from '../../domain/slot-type.ts'
import type { AppointmentId, SlotId, SlotState } from '../../domain/slot.ts'
import { patientAppointment } from '../../queries/desk/patient-appointments.ts'
import { practiceSettings } from '../../queries/stored-rules.ts'
import { reopenInvitation } from '../invitations.ts'

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

  const freed = await write(tx, cancelling, settings.waitlistOpen)
  if (freed) {
    await tellAndOffer(tx, cancelling, freed)
    return accept(appointmentId)
  }
  const later = await patientAppointment(tx, patientId, appointmentId)
  if (later?.cancelledAt) return accept(appointmentId)
  return noteRefusal(tx, cancelling, { reason: 'came-already' })
}

interface FreedSlot {
  readonly slotId: SlotId
  readonly slotTypeId?: SlotTypeId
  readonly state: SlotState
}

/** Cancels and gives the slot back in one statement, or nothing where it is no longer to be. */
function write(
  tx: Booking,
  cancelling: DeskCancelling,
  waitlistOpen: boolean,
): Promise<FreedSlot | undefined> {
  const { practice, staffId } = tx.acting
  const { patientId, appointmentId, wishedBy } = cancelling
  return tx.maybe<FreedSlot>(sql`
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
    )
    update appointments.slot
    set state = case
      when slot.bookable_online and slot.starts_at > ${tx.now}::timestamptz
        and slot.released_at <= ${tx.now}::timestamptz and ${waitlistOpen}::boolean then 'held'
      else 'free' end
    from cancelled
    where slot.practice = ${practice}
      and slot.practice = cancelled.practice
      and slot.slot_id = cancelled.slot_id
    returning slot.slot_id, slot.slot_type_id, slot.state
  `)
}

async function tellAndOffer(
  tx: Booking,
  { patientId, appointmentId, wishedBy }: DeskCancelling,
  freed: FreedSlot,
): Promise<void> {
  await reopenInvitation(tx, patientId, freed.slotTypeId)
  await recordEvent(tx, {
    type: 'appointments.appointment-cancelled',
    about: patientId,
    details: { appointmentId, wishedBy },
  })
  if (freed.state === 'held') {
    await enqueue(tx, 'appointments.offer-slot', { slotId: freed.slotId })
  }
  await enqueue(tx, 'appointments.send-cancellation', { appointmentId, patientId })
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
