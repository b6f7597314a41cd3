import { newId, type Id } from '#kernel/id'
import { minutesAfter } from '#kernel/time'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { NewSession, NewSlot } from '../domain/session.ts'
import { lowestFreePlaces, type PlacedStay } from '../domain/places.ts'
import type { BookingMethod, SlotId } from '../domain/slot.ts'
import { addSessions } from './add-sessions.ts'

/** Who had, or has, a slot. `bookedAt` is before the slot starts. */
interface GivenAppointment {
  readonly patientId: Id<'Patient'>
  readonly bookedAt: Date
  /** Up to 150 characters; '' for none. */
  readonly reason: string
  readonly phone?: string
  /** Online where not given. */
  readonly method?: BookingMethod
  readonly cancelledAt?: Date
  /** How it went, as far as it did. Missed, or the others in their order. */
  readonly arrivedAt?: Date
  readonly startedAt?: Date
  readonly finishedAt?: Date
  readonly missedAt?: Date
}

/** A session of which some slots are taken. */
interface BookedSession extends Omit<NewSession, 'slots'> {
  readonly slots: readonly (NewSlot & { readonly appointment?: GivenAppointment })[]
}

/**
 * Adds sessions, past or to come, with who is booked into them: for a practice's history and for
 * demo practices, in few statements. Nobody is told. Throws where a patient would be in two places
 * at once, or holds more than 20 at once.
 */
export async function addPastAppointments(
  tx: Tx<SystemProof>,
  sessions: readonly BookedSession[],
): Promise<void> {
  const withSlotIds = sessions.map((session) => ({
    ...session,
    slots: session.slots.map((slot) => ({ ...slot, slotId: slot.slotId ?? newId<'Slot'>(tx.now) })),
  }))
  await addSessions(tx, withSlotIds)
  const booked = withSlotIds.flatMap((session) =>
    session.slots.flatMap(({ slotId, startsAt, minutes, appointment }) =>
      appointment
        ? [{ ...appointment, slotId, startsAt, endsAt: minutesAfter(startsAt, minutes) }]
        : [],
    ),
  )
  const places = lowestFreePlaces(booked, await placedBefore(tx, booked))
  const rows = booked.map((appointment, index) => ({
    ...appointment,
    place: places[index],
    appointmentId: newId<'Appointment'>(tx.now),
    idempotencyKey: newId<'Booking'>(tx.now),
  }))
  await insertAppointments(tx, rows)
}

async function placedBefore(
  tx: Tx<SystemProof>,
  booked: readonly GivenAppointment[],
): Promise<readonly PlacedStay[]> {
  return tx.many<PlacedStay>(sql`
    select patient_id as "patientId", booked_at as "bookedAt", starts_at as "startsAt", place
    from appointments.appointment
    where practice = ${tx.acting.practice}
      and patient_id = any(${booked.map(({ patientId }) => patientId)}::uuid[])
      and cancelled_at is null
  `)
}

async function insertAppointments(
  tx: Tx<SystemProof>,
  rows: readonly { readonly slotId: SlotId }[],
): Promise<void> {
  await tx.run(sql`
    with given as (
      select "appointmentId", "slotId", "patientId", "startsAt", "endsAt", place, reason, phone,
        "bookedAt", "cancelledAt", "idempotencyKey", coalesce(method, 'online') as method,
        "arrivedAt", "startedAt", "finishedAt", "missedAt"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as listed (
        "appointmentId" uuid, "slotId" uuid, "patientId" uuid, "startsAt" timestamptz,
        "endsAt" timestamptz, place integer, reason text, phone text, "bookedAt" timestamptz,
        "cancelledAt" timestamptz, "idempotencyKey" uuid, method text, "arrivedAt" timestamptz,
        "startedAt" timestamptz, "finishedAt" timestamptz, "missedAt" timestamptz)
    ), taken as (
      update appointments.slot
      set state = 'booked'
      from given
      where slot.practice = ${tx.acting.practice}
        and slot.slot_id = given."slotId"
        and given."cancelledAt" is null
    )
    insert into appointments.appointment
      (practice, appointment_id, slot_id, patient_id, starts_at, ends_at, place, reason, phone,
       booked_at, booked_by, idempotency_key, method, arrived_at, started_at, finished_at,
       missed_at, cancelled_at, cancelled_by)
    select ${tx.acting.practice}, given."appointmentId", given."slotId", given."patientId",
      given."startsAt", given."endsAt", given.place, given.reason, given.phone, given."bookedAt",
      case when given.method in ('phone', 'in-person', 'letter') then 'staff' else 'patient' end,
      given."idempotencyKey", given.method, given."arrivedAt", given."startedAt",
      given."finishedAt", given."missedAt", given."cancelledAt",
      case when given."cancelledAt" is not null then 'patient' end
    from given
  `)
}
