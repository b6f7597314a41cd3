import { newId, type Id } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter } from '#kernel/time'
import { sql, systemProof, type Database } from '#platform/db'
import { addSession, type NewSession, type NewSlot, type SlotId } from '#modules/appointments'

/** A slot that patients may book at once: by default 10 minutes, in person. */
export function aNewSlot(given: Partial<NewSlot> & { readonly startsAt: Date }): NewSlot {
  return {
    minutes: 10,
    slotType: 'Routine',
    nationalCategory: 'General Consultation Routine',
    deliveryChannel: 'in-person',
    bookableOnline: true,
    releasedAt: new Date('2026-01-01T08:00:00Z'),
    ...given,
  }
}

/** Adds a session that just holds these slots. Gives their ids in the same order. */
export async function aClinic(
  db: Database,
  practice: OdsCode,
  slots: readonly NewSlot[],
  session: Partial<NewSession> = {},
): Promise<readonly SlotId[]> {
  const named = slots.map((slot) => ({ ...slot, slotId: slot.slotId ?? newId<'Slot'>(db.now()) }))
  const starts = named.map((slot) => Number(slot.startsAt))
  const ends = named.map((slot) => Number(minutesAfter(slot.startsAt, slot.minutes)))
  await db.transaction(systemProof(practice), (tx) =>
    addSession(tx, {
      name: 'Morning surgery',
      startsAt: new Date(Math.min(...starts)),
      endsAt: new Date(Math.max(...ends)),
      slots: named,
      ...session,
    }),
  )
  return named.map((slot) => slot.slotId)
}

/** A key for one booking form. */
export function aKey(db: Database): Id<'Booking'> {
  return newId<'Booking'>(db.now())
}

interface StoredSlot {
  readonly slotId: SlotId
  readonly state: 'free' | 'held' | 'booked' | 'blocked'
  readonly live: number
}

/** Every slot of a practice with how many live appointments it has, behind the application's back. */
export function storedSlots(db: Database, practice: OdsCode): Promise<readonly StoredSlot[]> {
  return db.transaction(systemProof(practice), (tx) =>
    tx.many<StoredSlot>(sql`
      select slot.slot_id, slot.state, count(appointment.appointment_id)::integer as live
      from appointments.slot
      left join appointments.appointment
        on appointment.practice = slot.practice
        and appointment.slot_id = slot.slot_id
        and appointment.cancelled_at is null
      where slot.practice = ${practice}
      group by slot.slot_id, slot.state
      order by slot.slot_id
    `),
  )
}

/** How many live future appointments each patient of a practice has. */
export async function storedHolders(
  db: Database,
  practice: OdsCode,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly patientId: string; readonly held: number }>(sql`
      select patient_id, count(*)::integer as held
      from appointments.appointment
      where practice = ${practice}
        and cancelled_at is null
        and starts_at > ${tx.now}
      group by patient_id
    `),
  )
  return new Map(rows.map((row) => [row.patientId, row.held]))
}

/** What is written beside bookings: types of events and kinds of jobs, each in alphabetical order. */
export async function storedTraces(
  db: Database,
  practice: OdsCode,
): Promise<{ readonly events: readonly string[]; readonly jobs: readonly string[] }> {
  return db.transaction(systemProof(practice), async (tx) => {
    const events = await tx.many<{ readonly said: string }>(sql`
      select type || ' ' || outcome as said
      from audit.event
      where practice = ${practice}
        and type like 'appointments.appointment%'
      order by said
    `)
    const jobs = await tx.many<{ readonly kind: string }>(sql`
      select kind
      from jobs.job
      where practice = ${practice}
        and kind like 'appointments.%'
      order by kind
    `)
    return { events: events.map((row) => row.said), jobs: jobs.map((row) => row.kind) }
  })
}
