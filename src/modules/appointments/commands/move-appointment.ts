import { newId, type Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Database, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import { permissionsOf, type Acting } from '#modules/access'
import type { DecidedBooking, HeldAppointment } from '../domain/booking.ts'
import { decideMoving, type MovingRefusal } from '../domain/moving.ts'
import type { Eligibility, SlotTypeId } from '../domain/slot-type.ts'
import type { AppointmentId, BookingRules, SlotId } from '../domain/slot.ts'
import { bookingFacts } from '../queries/booking-facts.ts'
import { ownAppointment, writtenReason, type OwnAppointment } from '../queries/own-appointments.ts'
import { reopenInvitation, takeUpInvitation } from './invitations.ts'
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
  const [permissions, found, reason, facts] = await Promise.all([
    permissionsOf(tx),
    ownAppointment(tx, moving.appointmentId),
    writtenReason(tx, moving.appointmentId),
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
  if (changedBetween(appointment, held, tx.now)) throw new Overtaken()
  const answers = answersOf({ ...appointment, reason }, moving, rules)
  const asked = { slot, answers, patient: stillInvited(patient, appointment) }
  const decision = decideMoving(appointment, asked, held, rules, tx.now)
  if (!decision.ok) return noteRefusal(tx, moving, decision.refusal)
  const { appointmentId, heldSlotId } = await write(tx, moving, decision.value, {
    ...answers,
    rules,
  })
  if (!appointmentId) throw new Overtaken()
  const types = { from: appointment.slotTypeId, to: slot.slotTypeId }
  await followUp(tx, moving, { appointmentId, ...(heldSlotId && { heldSlotId }) }, types)
  return accept(appointmentId)
}

/** The two reads saw the appointment live and then gone: what was decided on them would be neither. */
function changedBetween(
  { appointmentId, cancelledAt, endsAt }: OwnAppointment,
  held: readonly HeldAppointment[],
  now: Date,
): boolean {
  const isLive = !cancelledAt && endsAt > now
  return isLive && !held.some((one) => one.appointmentId === appointmentId)
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

/** `heldSlotId` is the old slot, where it is held to be offered to those who wait. */
interface Swapped {
  readonly appointmentId?: AppointmentId
  readonly heldSlotId?: SlotId
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
): Promise<Swapped> {
  const { practice, patientId } = tx.acting
  const appointmentId = newId<'Appointment'>(tx.now)
  const by = tx.acting.as === 'proxy' ? 'proxy' : 'patient'
  const row = await tx.maybe<Swapped>(sql`
    with left_behind as (
      update appointments.appointment
      set cancelled_at = greatest(booked_at, ${tx.now}::timestamptz), cancelled_by = ${by},
        moved_to = ${appointmentId}
      where practice = ${practice}
        and appointment_id = ${moving.appointmentId}
        and patient_id = ${patientId}
        and coalesce(cancelled_at, arrived_at, started_at, missed_at) is null
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
      returning slot.practice, slot.slot_id, slot.starts_at, slot.minutes
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
        when slot.bookable_online and ${given.rules.waitlistOpen}::boolean
          and ${tx.now}::timestamptz between slot.released_at and slot.starts_at then 'held'
        else 'free' end
      from left_behind
      where slot.practice = ${practice}
        and slot.slot_id = left_behind.slot_id
        and slot.state = 'booked'
      returning slot.slot_id, slot.state
    )
    select (select appointment_id from booked) as appointment_id,
      (select slot_id from freed where state = 'held') as held_slot_id
  `)
  return row ?? {}
}

/** What follows from a move, in its transaction: the invitations, the trail, and who is told. */
async function followUp(
  tx: Tx<Acting<'appointments'>>,
  moving: Moving,
  { appointmentId, heldSlotId }: Required<Pick<Swapped, 'appointmentId'>> & Swapped,
  types: { readonly from: SlotTypeId | undefined; readonly to: SlotTypeId | undefined },
): Promise<void> {
  const { patientId, as } = tx.acting
  if (types.from !== types.to) {
    await reopenInvitation(tx, patientId, types.from)
    await takeUpInvitation(tx, patientId, types.to)
  }
  const { slotId } = moving
  await recordEvent(tx, {
    type: 'appointments.appointment-moved',
    details: { appointmentId, from: moving.appointmentId, slotId, as },
  })
  await enqueue(tx, 'appointments.send-moved', { appointmentId, patientId })
  if (heldSlotId) await enqueue(tx, 'appointments.offer-slot', { slotId: heldSlotId })
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
