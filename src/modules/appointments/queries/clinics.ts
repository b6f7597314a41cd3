import { addDays, startOfDay, type LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId, RoomId, StaffId } from '#modules/directory'
import type { SessionId, Slot, SlotId } from '../domain/slot.ts'

/** A session and its slots, as staff see them: without anything of the patients. */
export interface Clinic {
  readonly sessionId: SessionId
  readonly name: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly staffId?: StaffId
  readonly clinician?: string
  readonly roomId?: RoomId
  readonly room?: string
  readonly slots: readonly ClinicSlot[]
}

/** A slot of a clinic, in whatever state. */
export interface ClinicSlot extends Slot {
  readonly sessionId: SessionId
  readonly slotType: string
}

/** Who has a slot, and what they said: for staff who may see clinics. */
export interface BookedPatient {
  readonly slotId: SlotId
  readonly patientId: PatientId
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly reason: string
  readonly phone?: string
}

/** A day's sessions by start, clinician and id, at most 200, with all of their slots by time. */
export async function clinicsOfDay(
  tx: Tx<StaffActing>,
  day: LocalDate,
): Promise<readonly Clinic[]> {
  const [from, until] = [startOfDay(day), startOfDay(addDays(day, 1))]
  const [sessions, slots] = await Promise.all([
    sessionsOfDay(tx, from, until),
    slotsOfDay(tx, from, until),
  ])
  const bySession = Map.groupBy(slots, (slot) => slot.sessionId)
  return sessions.map((session) => ({ ...session, slots: bySession.get(session.sessionId) ?? [] }))
}

function sessionsOfDay(
  tx: Tx<StaffActing>,
  from: Date,
  until: Date,
): Promise<readonly Omit<Clinic, 'slots'>[]> {
  return tx.many<Omit<Clinic, 'slots'>>(sql`
    select session.session_id, session.name, session.starts_at, session.ends_at,
      staff.staff_id, staff.name as clinician, room.room_id, room.name as room
    from appointments.session
    left join directory.staff
      on staff.practice = session.practice
      and staff.staff_id = session.staff_id
    left join directory.room
      on room.practice = session.practice
      and room.room_id = session.room_id
    where session.practice = ${tx.acting.practice}
      and session.starts_at >= ${from}
      and session.starts_at < ${until}
    order by session.starts_at, staff.name, session.session_id
    limit 200
  `)
}

function slotsOfDay(tx: Tx<StaffActing>, from: Date, until: Date): Promise<readonly ClinicSlot[]> {
  return tx.many<ClinicSlot>(sql`
    select slot.session_id, slot.slot_id, slot.starts_at, slot.minutes, slot.state,
      slot.bookable_online, slot.national_category, slot.delivery_channel, slot.released_at,
      slot.slot_type
    from appointments.session
    join appointments.slot
      on slot.practice = session.practice
      and slot.session_id = session.session_id
    where session.practice = ${tx.acting.practice}
      and session.starts_at >= ${from}
      and session.starts_at < ${until}
    order by slot.starts_at, slot.slot_id
    limit 10000
  `)
}

/**
 * Who is booked into the day's sessions. Only for a transaction whose staff may view clinics: ask
 * before calling.
 */
export function bookedOnDay(
  tx: Tx<StaffActing>,
  day: LocalDate,
): Promise<readonly BookedPatient[]> {
  return tx.many<BookedPatient>(sql`
    select appointment.slot_id, patient.patient_id, patient.given_name, patient.family_name,
      patient.born_on, appointment.reason, appointment.phone
    from appointments.session
    join appointments.slot
      on slot.practice = session.practice
      and slot.session_id = session.session_id
    join appointments.appointment
      on appointment.practice = slot.practice
      and appointment.slot_id = slot.slot_id
      and appointment.cancelled_at is null
    join directory.patient
      on patient.practice = appointment.practice
      and patient.patient_id = appointment.patient_id
    where session.practice = ${tx.acting.practice}
      and session.starts_at >= ${startOfDay(day)}
      and session.starts_at < ${startOfDay(addDays(day, 1))}
    order by slot.starts_at, slot.slot_id
    limit 10000
  `)
}
