import { newId } from '#kernel/id'
import { minutesAfter } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { HeldAppointment } from '../../domain/booking.ts'
import type { DrawId } from '../../domain/draw/allot.ts'
import type { Slot } from '../../domain/slot.ts'
import type { StandingEntry } from '../../queries/draw/draw-facts.ts'

/** An entry with the slot that was allotted to it. */
export interface Winner {
  readonly entry: StandingEntry
  readonly held: readonly HeldAppointment[]
  readonly slot: Slot
}

/**
 * Books what was allotted, all of it or, throwing, nothing. An entry makes one appointment. Like a
 * booking it never waits for one that waits for it.
 */
export async function writeAllotted(
  tx: Tx<SystemProof>,
  drawId: DrawId,
  winners: readonly Winner[],
): Promise<void> {
  const rows = winners.map(({ entry, held, slot }) => ({
    appointmentId: newId<'Appointment'>(tx.now),
    entryId: entry.entryId,
    patientId: entry.patientId,
    slotId: slot.slotId,
    startsAt: slot.startsAt,
    endsAt: minutesAfter(slot.startsAt, slot.minutes),
    place: lowestPlace(held.filter((one) => one.startsAt > tx.now)),
    reason: entry.reason,
    // A number is kept only with an appointment by telephone: it is for that alone.
    phone: slot.deliveryChannel === 'telephone' ? entry.phone : undefined,
  }))
  const written = await insert(tx, drawId, rows)
  if (written !== rows.length) throw new Error('Somebody in a draw booked while it was run')
  for (const { appointmentId, entryId, patientId, slotId } of rows) {
    await recordEvent(tx, {
      type: 'appointments.appointment-drawn',
      about: patientId,
      details: { appointmentId, drawId, entryId, slotId },
    })
  }
}

async function insert(
  tx: Tx<SystemProof>,
  drawId: DrawId,
  rows: readonly object[],
): Promise<number> {
  return tx.run(sql`
    with given as (
      select "appointmentId", "entryId", "patientId", "slotId", "startsAt", "endsAt", place, reason,
        phone
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as listed (
        "appointmentId" uuid, "entryId" uuid, "patientId" uuid, "slotId" uuid,
        "startsAt" timestamptz, "endsAt" timestamptz, place integer, reason text, phone text)
    ), claimed as (
      update appointments.slot
      set state = 'booked', bookable_online = true, released_at = ${tx.now}::timestamptz
      from given
      where slot.practice = ${tx.acting.practice}
        and slot.draw_id = ${drawId}
        and slot.slot_id = given."slotId"
        and slot.state = 'held'
      returning slot.practice, slot.slot_id, slot.slot_type_id
    ), used as (
      update appointments.invitation
      set used_at = greatest(invited_at, ${tx.now}::timestamptz)
      from claimed
      join given on given."slotId" = claimed.slot_id
      where invitation.practice = ${tx.acting.practice}
        and invitation.practice = claimed.practice
        and invitation.patient_id = given."patientId"
        and invitation.slot_type_id = claimed.slot_type_id
        and invitation.used_at is null
        and invitation.withdrawn_at is null
    ), allotted as (
      update appointments.draw_entry
      set outcome = 'allotted', slot_id = given."slotId"
      from given
      where draw_entry.practice = ${tx.acting.practice}
        and draw_entry.draw_id = ${drawId}
        and draw_entry.entry_id = given."entryId"
    )
    insert into appointments.appointment
      (practice, appointment_id, slot_id, patient_id, starts_at, ends_at, place, reason, phone,
       booked_at, booked_by, method, idempotency_key)
    select claimed.practice, given."appointmentId", claimed.slot_id, given."patientId",
      given."startsAt", given."endsAt", given.place, given.reason, given.phone,
      ${tx.now}::timestamptz, 'patient', 'draw', given."entryId"
    from claimed
    join given on given."slotId" = claimed.slot_id
    on conflict do nothing
  `)
}

/** The lowest place from 1 that none of these appointments has. */
function lowestPlace(future: readonly Pick<HeldAppointment, 'place'>[]): number {
  let place = 1
  while (future.some((held) => held.place === place)) place++
  return place
}
