import type { NhsNumber } from '#kernel/nhs-number'
import { addDays, startOfDay, type LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId, RoomId, StaffId } from '#modules/directory'
import type { AttendanceTimes } from '../domain/desk/attendance.ts'
import type { AppointmentId, BookingMethod, SessionId, Slot, SlotId } from '../domain/slot.ts'

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
  readonly site?: string
  readonly cancelledAt?: Date
  /** When patients are told of a change to it that waits; the change itself where it is not cancelled. */
  readonly changesAt?: Date
  readonly slots: readonly ClinicSlot[]
}

/** A slot of a clinic, in whatever state. */
export interface ClinicSlot extends Slot {
  readonly sessionId: SessionId
  readonly slotType: string
  /** What a held slot is kept for. `waiting` until somebody on the waitlist is offered it. */
  readonly heldFor?: 'offer' | 'draw' | 'waiting'
  /** Who added it beside the others, and why. */
  readonly overbookedBy?: string
  readonly overbookReason?: string
}

/** Who has a slot, what they said, and how it went: for staff who may see clinics. */
export interface BookedPatient extends AttendanceTimes {
  readonly slotId: SlotId
  readonly appointmentId: AppointmentId
  readonly patientId: PatientId
  /** Absent for somebody on no list, whose identity nobody has checked yet. */
  readonly nhsNumber?: NhsNumber
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly startsAt: Date
  readonly reason: string
  readonly phone?: string
  readonly method: BookingMethod
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
      session.cancelled_at, staff.staff_id, staff.name as clinician, room.room_id,
      room.name as room, site.name as site, (
        select min(change.sends_at)
        from appointments.clinic_change change
        where change.practice = session.practice
          and change.sent_at is null
          and change.undone_at is null
          and session.session_id = any(change.session_ids)
      ) as changes_at
    from appointments.session
    left join directory.staff
      on staff.practice = session.practice
      and staff.staff_id = session.staff_id
    left join directory.room
      on room.practice = session.practice
      and room.room_id = session.room_id
    left join directory.site
      on site.practice = session.practice
      and site.site_id = session.site_id
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
      slot.slot_type, slot.slot_type_id, slot.overbook_reason, overbooker.name as overbooked_by,
      case
        when slot.state <> 'held' then null
        when slot.draw_id is not null and draw.drawn_at is null and draw.cancelled_at is null
          then 'draw'
        when exists (
          select
          from appointments.slot_offer offer
          where offer.practice = slot.practice
            and offer.slot_id = slot.slot_id
            and offer.closed_at is null) then 'offer'
        else 'waiting'
      end as held_for
    from appointments.session
    join appointments.slot
      on slot.practice = session.practice
      and slot.session_id = session.session_id
    left join appointments.draw
      on draw.practice = slot.practice
      and draw.draw_id = slot.draw_id
    left join directory.staff overbooker
      on overbooker.practice = slot.practice
      and overbooker.staff_id = slot.overbooked_by
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
    select appointment.slot_id, appointment.appointment_id, patient.patient_id,
      patient.nhs_number, patient.given_name, patient.family_name, patient.born_on,
      appointment.starts_at, appointment.reason, appointment.phone, appointment.method,
      appointment.arrived_at, appointment.started_at, appointment.finished_at,
      appointment.missed_at
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
