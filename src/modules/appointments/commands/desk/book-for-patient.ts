import { newId, type Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Database, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import {
  decideAtDesk,
  type DecidedAtDesk,
  type DeskMethod,
  type DeskRefusal,
} from '../../domain/desk/booking.ts'
import type { AppointmentId, SlotId } from '../../domain/slot.ts'
import { bookedByKey, deskPatient, deskSlot, heldBy } from '../../queries/desk/desk-facts.ts'
import { practiceSettings } from '../../queries/stored-rules.ts'
import { Overtaken, untilNotOvertaken } from '../overtaken.ts'
import { takeUpInvitation } from '../invitations.ts'

type Booking = Tx<StaffActing<'book-for-patients'>>

/** What staff book for a patient. Sending the same key again is asking for the same again. */
export interface DeskBooking {
  readonly patientId: PatientId
  readonly slotId: SlotId
  readonly method: DeskMethod
  /** In few words, up to 150 characters; '' for none. */
  readonly reason: string
  /** For this appointment alone. */
  readonly phone?: string
  /** Names of the alerts that staff had before them when they confirmed. */
  readonly seen: readonly string[]
  readonly idempotencyKey: Id<'Booking'>
}

type Outcome = Result<AppointmentId, DeskRefusal | { readonly reason: 'patient-not-found' }>

/**
 * Books any free slot for a patient, with its audit event and its confirmation, or none of them.
 * Opens its own transaction: where others were quicker it is decided again, knowing what they did.
 *
 * Source: DOMAIN AP-2, AP-8. Hazard: H-006 (two patients in one slot, a lost booking).
 */
export function bookForPatient(
  db: Database,
  acting: StaffActing<'book-for-patients'>,
  booking: DeskBooking,
): Promise<Outcome> {
  return untilNotOvertaken(db, acting, (tx) => bookOrSayWhyNot(tx, booking))
}

async function bookOrSayWhyNot(tx: Booking, booking: DeskBooking): Promise<Outcome> {
  const { patientId, slotId } = booking
  const [patient, slot, held, first, settings] = await Promise.all([
    deskPatient(tx, patientId),
    deskSlot(tx, slotId),
    heldBy(tx, patientId),
    bookedByKey(tx, patientId, booking.idempotencyKey),
    practiceSettings(tx),
  ])
  if (!patient) return refuse({ reason: 'patient-not-found' })
  if (first) {
    return first.slotId === slotId
      ? accept(first.appointmentId)
      : noteRefusal(tx, booking, { reason: 'key-used-for-another' })
  }
  if (!slot) return noteRefusal(tx, booking, { reason: 'slot-not-found' })

  const decision = decideAtDesk({ slot, patient, held, settings }, booking, tx.now)
  if (!decision.ok) return noteRefusal(tx, booking, decision.refusal)
  return accept(await write(tx, booking, decision.value))
}

/**
 * Claims the slot and writes what follows from it as one statement. Where the slot, the patient's
 * time or place or the key was taken meanwhile, none of it holds and it is decided again.
 */
async function write(
  tx: Booking,
  booking: DeskBooking,
  { slot, place }: DecidedAtDesk,
): Promise<AppointmentId> {
  const { practice, staffId } = tx.acting
  const { patientId } = booking
  const appointmentId = newId<'Appointment'>(tx.now)
  const details = { appointmentId, slotId: slot.slotId, method: booking.method }
  const row = await tx.maybe<{ readonly appointmentId?: AppointmentId }>(sql`
    with claimed as (
      update appointments.slot
      set state = 'booked'
      where practice = ${practice}
        and slot_id = ${slot.slotId}
        and state = 'free'
        and starts_at = ${slot.startsAt}
        and minutes = ${slot.minutes}
        and slot_type_id is not distinct from ${slot.slotTypeId}::uuid
        and exists (
          select
          from appointments.session
          where session.practice = slot.practice
            and session.session_id = slot.session_id
            and session.cancelled_at is null)
      returning practice, slot_id, starts_at, minutes
    ), booked as (
      insert into appointments.appointment
        (practice, appointment_id, slot_id, patient_id, starts_at, ends_at, place, reason, phone,
         booked_at, booked_by, booked_by_staff, method, idempotency_key)
      select practice, ${appointmentId}::uuid, slot_id, ${patientId}::uuid, starts_at,
        starts_at + minutes * interval '1 minute', ${place}::integer, ${booking.reason}::text,
        ${booking.phone}::text, ${tx.now}::timestamptz, 'staff', ${staffId}::uuid,
        ${booking.method}::text, ${booking.idempotencyKey}::uuid
      from claimed
      on conflict do nothing
      returning practice, appointment_id
    ), noted as (
      insert into audit.event
        (practice, event_id, at, type, actor_kind, actor_id, patient_id, outcome, details)
      select practice, ${newId(tx.now)}::uuid, ${tx.now}::timestamptz,
        'appointments.appointment-booked', 'staff', ${staffId}::uuid, ${patientId}::uuid, 'done',
        ${JSON.stringify(details)}::jsonb
      from booked
    ), queued as (
      insert into jobs.job (practice, job_id, kind, payload, run_at)
      select practice, ${newId(tx.now)}::uuid, 'appointments.send-confirmation',
        ${JSON.stringify({ appointmentId, patientId })}::jsonb, ${tx.now}::timestamptz
      from booked
    )
    select (select appointment_id from booked) as appointment_id
  `)
  if (!row?.appointmentId) throw new Overtaken()
  await takeUpInvitation(tx, patientId, slot.slotTypeId)
  return row.appointmentId
}

async function noteRefusal(
  tx: Booking,
  booking: DeskBooking,
  refusal: DeskRefusal,
): Promise<Outcome> {
  if (refusal.reason === 'phone-needed' || refusal.reason === 'alerts-unseen') {
    return refuse(refusal)
  }
  await recordEvent(tx, {
    type: 'appointments.appointment-booked',
    about: booking.patientId,
    outcome: 'refused',
    details: { slotId: booking.slotId, reason: refusal.reason },
  })
  return refuse(refusal)
}
