import { minutesAfter } from '#kernel/time'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { AppointmentId, SlotId } from '../../domain/slot.ts'
import { overlapping } from '../../queries/changes/clashes.ts'
import type { ConcernedPatient } from '../../queries/changes/concerned.ts'
import type { ToldPatient } from '../../queries/changes/stored-changes.ts'
import { cancelByPractice, type Cancelling } from './cancel-by-practice.ts'
import { noteChanged } from './tell-changed.ts'

/**
 * Moves appointments with their slots, so many minutes later (earlier, if negative). A patient who
 * has another appointment at the new time keeps that one; this one is cancelled, and they are told
 * so and wait for another. The slots themselves are left to the caller, but for those given up.
 */
export async function moveByPractice(
  tx: Tx<SystemProof>,
  moving: Cancelling,
  byMinutes: number,
): Promise<readonly Omit<ToldPatient, 'isReached'>[]> {
  const { patients, ...telling } = moving
  const ids = patients.map((one) => one.appointmentId)
  const clashing = await overlapping(tx, ids, byMinutes)
  const cannot = patients.filter(
    (one) =>
      clashing.has(one.appointmentId) || minutesAfter(one.startsAt, byMinutes) <= one.bookedAt,
  )
  const cancelled = await cancelByPractice(tx, { ...telling, patients: cannot })
  await freeSlots(
    tx,
    cancelled.map((one) => one.slotId),
  )
  // In an order in which none runs into the next one of the same patient.
  const inOrder = patients
    .filter((one) => !cannot.includes(one))
    .toSorted((a, b) => (Number(a.startsAt) - Number(b.startsAt)) * -Math.sign(byMinutes))
  const moved: ConcernedPatient[] = []
  for (const patient of inOrder) {
    if (await moveOne(tx, patient.appointmentId, byMinutes, telling.words)) moved.push(patient)
  }
  const lost = cancelled.map(
    ({ appointmentId, patientId }) =>
      ({ appointmentId, patientId, outcome: 'overlap-cancelled' }) as const,
  )
  return [...lost, ...(await noteChanged(tx, telling, moved))]
}

/** `false` where the patient gave it up meanwhile. Its place is another where that is taken then. */
async function moveOne(
  tx: Tx<SystemProof>,
  appointmentId: AppointmentId,
  byMinutes: number,
  words: string,
): Promise<boolean> {
  const written = await tx.run(sql`
    update appointments.appointment
    set starts_at = starts_at + ${byMinutes}::integer * interval '1 minute',
      ends_at = ends_at + ${byMinutes}::integer * interval '1 minute',
      change_words = ${words}, change_told_at = ${tx.now}, change_was_at = starts_at,
      place = coalesce((
        select free.place
        from generate_series(1, 20) as free (place)
        where not exists (
          select
          from appointments.appointment other
          where other.practice = appointment.practice
            and other.patient_id = appointment.patient_id
            and other.appointment_id <> appointment.appointment_id
            and other.cancelled_at is null
            and other.place = free.place
            and tstzrange(other.booked_at, other.starts_at) && tstzrange(
              appointment.booked_at,
              appointment.starts_at + ${byMinutes}::integer * interval '1 minute'))
        order by (free.place <> appointment.place), free.place
        limit 1), place)
    where practice = ${tx.acting.practice}
      and appointment_id = ${appointmentId}
      and cancelled_at is null
  `)
  return written > 0
}

async function freeSlots(tx: Tx<SystemProof>, slotIds: readonly SlotId[]): Promise<void> {
  await tx.run(sql`
    update appointments.slot
    set state = 'free'
    where practice = ${tx.acting.practice}
      and slot_id = any(${slotIds}::uuid[])
      and state = 'booked'
  `)
}
