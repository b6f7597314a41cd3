import { newId, type Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, wasRaised, type Database, type Statement, type Tx } from '#platform/db'
import { permissionsOf, type Acting } from '#modules/access'
import { decideBooking, type BookingRefusal, type DecidedBooking } from '../domain/booking.ts'
import { decideFirst } from '../domain/first/first-booking.ts'
import type { AppointmentId, SlotId } from '../domain/slot.ts'
import { firstStanding } from '../queries/first-standing.ts'
import { bookingFacts } from '../queries/booking-facts.ts'
import { takeUpInvitation } from './invitations.ts'
import { Overtaken, untilNotOvertaken } from './overtaken.ts'

/** What a patient asks for. Sending the same key again is asking for the same again. */
export interface Booking {
  readonly slotId: SlotId
  /** Their own words, up to 150 characters; '' for none. */
  readonly reason: string
  /** For this appointment alone. */
  readonly phone?: string
  readonly idempotencyKey: Id<'Booking'>
}

type Outcome = Result<AppointmentId, BookingRefusal>

/**
 * Books a slot for the patient acted for, with its audit event and its confirmation, or none of
 * them. Opens its own transaction, because a patient's own requests may meet: the one that comes
 * second is decided again, knowing what the first did.
 *
 * Hazard: H-006 (two patients in one slot, a lost booking).
 */
export async function bookAppointment(
  db: Database,
  acting: Acting<'appointments'>,
  booking: Booking,
): Promise<Outcome> {
  return untilNotOvertaken(db, acting, (tx) => bookOrSayWhyNot(tx, booking))
}

async function bookOrSayWhyNot(tx: Tx<Acting<'appointments'>>, booking: Booking): Promise<Outcome> {
  const decision = await decide(tx, booking)
  if (!decision.ok) return noteRefusal(tx, booking, decision.refusal)
  if ('appointmentId' in decision.value) return accept(decision.value.appointmentId)

  return accept(await write(tx, booking, decision.value))
}

async function decide(
  tx: Tx<Acting<'appointments'>>,
  booking: Booking,
): Promise<Result<DecidedBooking | { readonly appointmentId: AppointmentId }, BookingRefusal>> {
  const [permissions, facts] = await Promise.all([
    permissionsOf(tx),
    bookingFacts(tx, booking.slotId, booking.idempotencyKey),
  ])
  if (permissions.appointments !== 'manage') return refuse({ reason: 'view-only' })
  const { slot, first: earlier, held, rules, patient } = facts
  if (earlier) {
    if (earlier.slotId !== booking.slotId) return refuse({ reason: 'key-used-for-another' })
    return accept({ appointmentId: earlier.appointmentId })
  }
  if (!slot) return refuse({ reason: 'slot-not-found' })
  const decided = decideBooking({ slot, answers: booking, patient }, held, rules, tx.now)
  if (!decided.ok || !permissions.firstOnly) return decided
  const first = decideFirst(await firstStanding(tx, permissions.firstOnly.places))
  return first.ok ? accept({ ...decided.value, firstPlace: first.value }) : first
}

/**
 * Claims the slot and writes everything that follows from it, as one statement, sent with the commit.
 * A slot that is no longer what was decided on is not claimed. A claimed slot without an appointment
 * means that the patient's place, time or key was taken meanwhile, and fails; `on conflict` waits for
 * that to be certain, and two such requests never wait for each other. Throws Overtaken for either.
 */
async function write(
  tx: Tx<Acting<'appointments'>>,
  booking: Booking,
  decided: DecidedBooking,
): Promise<AppointmentId> {
  const { slotTypeId, terms } = decided.slot
  const statement = writing(tx, booking, decided)
  const row = await (
    terms?.invitedOnly ? tx.maybe<Written>(statement) : tx.last<Written>(statement)
  ).catch(wentWrong)
  // The slot changed after it was read, and nothing was written.
  if (!row?.appointmentId) throw new Overtaken()
  if (terms?.invitedOnly) await takeUpInvitation(tx, tx.acting.patientId, slotTypeId)
  return row.appointmentId
}

interface Written {
  readonly appointmentId?: AppointmentId
}

function wentWrong(fault: unknown): never {
  throw wasRaised(fault, 'PO001') ? new Overtaken() : fault
}

function writing(
  tx: Tx<Acting<'appointments'>>,
  booking: Booking,
  { slot, place, firstPlace }: DecidedBooking,
): Statement {
  const { practice, patientId, actor } = tx.acting
  const appointmentId = newId<'Appointment'>(tx.now)
  const details = { appointmentId, slotId: slot.slotId, as: tx.acting.as }
  return sql`
    with claimed as (
      update appointments.slot
      set state = 'booked'
      where practice = ${practice}
        and slot_id = ${slot.slotId}
        and state = 'free'
        and bookable_online
        and released_at <= ${tx.now}
        and starts_at = ${slot.startsAt}
        and minutes = ${slot.minutes}
        and slot_type_id is not distinct from ${slot.slotTypeId}::uuid
      returning practice, slot_id, starts_at, minutes
    ), booked as (
      insert into appointments.appointment
        (practice, appointment_id, slot_id, patient_id, starts_at, ends_at, place, reason, phone,
         booked_at, booked_by, idempotency_key, first_place)
      select practice, ${appointmentId}::uuid, slot_id, ${patientId}::uuid, starts_at,
        starts_at + minutes * interval '1 minute', ${place}::integer, ${booking.reason}::text,
        ${booking.phone}::text, ${tx.now}::timestamptz, ${bookedBy(tx)}::text,
        ${booking.idempotencyKey}::uuid, ${firstPlace}::integer
      from claimed
      on conflict do nothing
      returning practice, appointment_id
    ), noted as (
      insert into audit.event
        (practice, event_id, at, type, actor_kind, actor_id, patient_id, outcome, details)
      select practice, ${newId(tx.now)}::uuid, ${tx.now}::timestamptz,
        'appointments.appointment-booked', ${actor.kind}::text, ${actor.id}::uuid,
        ${patientId}::uuid, 'done', ${JSON.stringify(details)}::jsonb
      from booked
    ), queued as (
      insert into jobs.job (practice, job_id, kind, payload, run_at)
      select practice, ${newId(tx.now)}::uuid, 'appointments.send-confirmation',
        ${JSON.stringify({ appointmentId, patientId })}::jsonb, ${tx.now}::timestamptz
      from booked
    )
    select booked.appointment_id
    from claimed
    left join booked on booked.practice = claimed.practice
    where booked.appointment_id is not null
      or appointments.overtaken()
  `
}

function bookedBy(tx: Tx<Acting<'appointments'>>): 'patient' | 'proxy' {
  return tx.acting.as === 'proxy' ? 'proxy' : 'patient'
}

async function noteRefusal(
  tx: Tx<Acting<'appointments'>>,
  booking: Booking,
  refusal: BookingRefusal,
): Promise<Outcome> {
  if (refusal.reason === 'answers-missing') return refuse(refusal)
  await recordEvent(tx, {
    type: 'appointments.appointment-booked',
    outcome: 'refused',
    details: { slotId: booking.slotId, reason: refusal.reason, as: tx.acting.as },
  })
  return refuse(refusal)
}
