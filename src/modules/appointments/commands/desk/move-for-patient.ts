import { newId, type Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Database, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import {
  decideAtDesk,
  type DecidedAtDesk,
  type DeskPatient,
  type DeskRefusal,
} from '../../domain/desk/booking.ts'
import { whyNotChangeable, type ChangingRefusal } from '../../domain/desk/changing.ts'
import type { AppointmentId, SlotId, SlotState } from '../../domain/slot.ts'
import { bookedByKey, deskPatient, deskSlot, heldBy } from '../../queries/desk/desk-facts.ts'
import {
  patientAppointment,
  type PatientAppointment,
} from '../../queries/desk/patient-appointments.ts'
import { practiceSettings } from '../../queries/stored-rules.ts'
import { Overtaken, untilNotOvertaken } from '../overtaken.ts'
import { reopenInvitation, takeUpInvitation } from '../invitations.ts'

type Booking = Tx<StaffActing<'book-for-patients'>>

/** Which appointment of a patient staff move to which slot. The same key moves once. */
export interface DeskMoving {
  readonly patientId: PatientId
  readonly appointmentId: AppointmentId
  readonly slotId: SlotId
  /** For the new appointment alone; the old one's where not given. */
  readonly phone?: string
  /** Names of the alerts that staff had before them when they confirmed. */
  readonly seen: readonly string[]
  readonly idempotencyKey: Id<'Booking'>
}

/** Why an appointment was not moved. Whatever the reason, it is as it was. */
export type DeskMovingRefusal =
  | DeskRefusal
  | { readonly reason: 'cannot-leave'; readonly because: ChangingRefusal }

type Outcome = Result<AppointmentId, DeskMovingRefusal>

/**
 * Moves a patient's appointment to any free slot: the new one is booked and the old one given back
 * in one statement, or nothing happens and the old one stands. Gives the new appointment.
 *
 * Source: DOMAIN BK-9. Hazard: H-006 (a lost booking).
 */
export function moveForPatient(
  db: Database,
  acting: StaffActing<'book-for-patients'>,
  moving: DeskMoving,
): Promise<Outcome> {
  return untilNotOvertaken(db, acting, (tx) => moveOrSayWhyNot(tx, moving))
}

async function moveOrSayWhyNot(tx: Booking, moving: DeskMoving): Promise<Outcome> {
  const { patientId, appointmentId, slotId } = moving
  const [appointment, patient, slot, live, first, settings] = await Promise.all([
    patientAppointment(tx, patientId, appointmentId),
    deskPatient(tx, patientId),
    deskSlot(tx, slotId),
    heldBy(tx, patientId),
    bookedByKey(tx, patientId, moving.idempotencyKey),
    practiceSettings(tx),
  ])
  if (!appointment || !patient) {
    return refuse({ reason: 'cannot-leave', because: { reason: 'not-found' } })
  }
  if (first) {
    return first.slotId === slotId
      ? accept(first.appointmentId)
      : noteRefusal(tx, moving, { reason: 'key-used-for-another' })
  }
  const because = whyNotChangeable(appointment, tx.now)
  if (because) return noteRefusal(tx, moving, { reason: 'cannot-leave', because })
  if (!slot) return noteRefusal(tx, moving, { reason: 'slot-not-found' })
  if (slot.slotId === appointment.slotId) {
    return noteRefusal(tx, moving, { reason: 'already-theirs', appointmentId })
  }
  const held = live.filter((one) => one.appointmentId !== appointmentId)
  const phone = moving.phone ?? appointment.phone
  const answers = { seen: moving.seen, ...(phone !== undefined && { phone }) }
  const facts = { slot, patient: stillInvited(patient, appointment), held, settings }
  const decision = decideAtDesk(facts, answers, tx.now)
  if (!decision.ok) return noteRefusal(tx, moving, decision.refusal)
  const { waitlistOpen } = settings
  return accept(await write(tx, appointment, decision.value, { ...moving, phone, waitlistOpen }))
}

/** The invitation that the old appointment used is free again for the new one. */
function stillInvited(patient: DeskPatient, { slotTypeId }: PatientAppointment): DeskPatient {
  return slotTypeId ? { ...patient, invitedTo: [...patient.invitedTo, slotTypeId] } : patient
}

interface Given {
  readonly phone: string | undefined
  readonly idempotencyKey: string
  readonly waitlistOpen: boolean
}

/** What a swap did; without an appointment, what was decided on has changed and none of it holds. */
interface Swapped {
  readonly appointmentId?: AppointmentId
  readonly freedState?: SlotState
}

/** Everything that moving writes, in one transaction: the swap, then what follows from it. */
async function write(
  tx: Booking,
  old: PatientAppointment,
  decided: DecidedAtDesk,
  given: Given,
): Promise<AppointmentId> {
  const { patientId } = old
  const { slot } = decided
  const swapped = await swap(tx, old, decided, given)
  const appointmentId = swapped?.appointmentId
  if (!appointmentId) throw new Overtaken()
  if (old.slotTypeId !== slot.slotTypeId) await reopenInvitation(tx, patientId, old.slotTypeId)
  await takeUpInvitation(tx, patientId, slot.slotTypeId)
  await recordEvent(tx, {
    type: 'appointments.appointment-moved',
    about: patientId,
    details: { appointmentId, from: old.appointmentId, slotId: slot.slotId },
  })
  if (swapped.freedState === 'held') {
    await enqueue(tx, 'appointments.offer-slot', { slotId: old.slotId })
  }
  await enqueue(tx, 'appointments.send-moved', { appointmentId, patientId })
  return appointmentId
}

/**
 * Leaves the old slot and takes the new one as one statement, the reason and the way it was booked
 * carried over.
 */
function swap(
  tx: Booking,
  old: PatientAppointment,
  { slot, place }: DecidedAtDesk,
  given: Given,
): Promise<Swapped | undefined> {
  const { practice, staffId } = tx.acting
  const newAppointmentId = newId<'Appointment'>(tx.now)
  return tx.maybe<Swapped>(sql`
    with left_behind as (
      update appointments.appointment
      set cancelled_at = greatest(booked_at, ${tx.now}::timestamptz), cancelled_by = 'staff',
        cancelled_by_staff = ${staffId}, moved_to = ${newAppointmentId}
      where practice = ${practice} and appointment_id = ${old.appointmentId}
        and patient_id = ${old.patientId}
        and cancelled_at is null
        and coalesce(arrived_at, started_at, missed_at) is null
      returning practice, slot_id, patient_id, reason, method
    ), claimed as (
      update appointments.slot
      set state = 'booked'
      from left_behind
      where slot.practice = ${practice} and slot.practice = left_behind.practice
        and slot.slot_id = ${slot.slotId}
        and slot.state = 'free'
        and slot.starts_at = ${slot.startsAt} and slot.minutes = ${slot.minutes}
        and slot.slot_type_id is not distinct from ${slot.slotTypeId}::uuid
        and exists (
          select from appointments.session
          where session.practice = slot.practice and session.session_id = slot.session_id
            and session.cancelled_at is null)
      returning slot.practice, slot.slot_id, slot.starts_at, slot.minutes,
        left_behind.patient_id, left_behind.reason, left_behind.method
    ), booked as (
      insert into appointments.appointment
        (practice, appointment_id, slot_id, patient_id, starts_at, ends_at, place, reason, phone,
         booked_at, booked_by, booked_by_staff, method, idempotency_key)
      select practice, ${newAppointmentId}::uuid, slot_id, patient_id, starts_at,
        starts_at + minutes * interval '1 minute', ${place}::integer, reason,
        ${given.phone}::text, ${tx.now}::timestamptz, 'staff', ${staffId}::uuid, method,
        ${given.idempotencyKey}::uuid
      from claimed
      on conflict do nothing
      returning appointment_id
    ), freed as (
      update appointments.slot
      set state = case when slot.bookable_online and slot.starts_at > ${tx.now}::timestamptz
        and slot.released_at <= ${tx.now}::timestamptz
        and ${given.waitlistOpen}::boolean then 'held' else 'free' end
      from left_behind
      where slot.practice = ${practice} and slot.practice = left_behind.practice
        and slot.slot_id = left_behind.slot_id
        and slot.state = 'booked'
      returning slot.state
    )
    select (select appointment_id from booked) as appointment_id,
      (select state from freed) as freed_state
  `)
}

async function noteRefusal(
  tx: Booking,
  moving: DeskMoving,
  refusal: DeskMovingRefusal,
): Promise<Outcome> {
  if (refusal.reason === 'phone-needed' || refusal.reason === 'alerts-unseen') {
    return refuse(refusal)
  }
  await recordEvent(tx, {
    type: 'appointments.appointment-moved',
    about: moving.patientId,
    outcome: 'refused',
    details: {
      appointmentId: moving.appointmentId,
      slotId: moving.slotId,
      reason: refusal.reason,
    },
  })
  return refuse(refusal)
}
