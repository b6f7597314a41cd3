import { sql, type Tx } from '#platform/db'
import type { RoomId, StaffId } from '#modules/directory'
import type { AppointmentId, SessionId } from '../../domain/slot.ts'

/** Something that happens already where or by whom a session would be. */
export interface Clash {
  readonly what: 'clinician' | 'room' | 'leave' | 'closure'
  /** The session's name, or why the practice is closed; '' for leave. */
  readonly name: string
  readonly startsAt: Date
  readonly endsAt: Date
}

/** Where and when a session would be. `apart` are sessions that do not count. */
export interface Placement {
  readonly startsAt: Date
  readonly endsAt: Date
  readonly staffId?: StaffId
  readonly roomId?: RoomId
  readonly apart: readonly SessionId[]
}

/** What a session placed so would meet, by time; at most 50. */
export function clashesOf(tx: Tx, at: Placement): Promise<readonly Clash[]> {
  return tx.many<Clash>(sql`
    with used as (
      select case when session.staff_id = ${at.staffId}::uuid then 'clinician' else 'room' end as what,
        session.name, session.starts_at, session.ends_at
      from appointments.session
      where session.practice = ${tx.acting.practice}
        and session.cancelled_at is null
        and session.session_id <> all(${at.apart}::uuid[])
        and session.starts_at < ${at.endsAt}
        and session.starts_at > ${at.startsAt}::timestamptz - interval '1 day'
        and session.ends_at > ${at.startsAt}
        and (session.staff_id = ${at.staffId}::uuid or session.room_id = ${at.roomId}::uuid)
    ), away as (
      select 'leave' as what, '' as name, staff_leave.starts_at, staff_leave.ends_at
      from appointments.staff_leave
      where staff_leave.practice = ${tx.acting.practice}
        and staff_leave.staff_id = ${at.staffId}::uuid
        and staff_leave.removed_at is null
        and staff_leave.starts_at < ${at.endsAt}
        and staff_leave.ends_at > ${at.startsAt}
    ), closed as (
      select 'closure' as what, closure.reason as name, closure.starts_at, closure.ends_at
      from appointments.closure
      where closure.practice = ${tx.acting.practice}
        and closure.removed_at is null
        and closure.starts_at < ${at.endsAt}
        and closure.ends_at > ${at.startsAt}
        and closure.site_id is null
    )
    select what, name, starts_at, ends_at from used
    union all
    select what, name, starts_at, ends_at from away
    union all
    select what, name, starts_at, ends_at from closed
    order by starts_at, what, name
    limit 50
  `)
}

/**
 * Which of these appointments would, so many minutes later (earlier, if negative), meet another live
 * one of the same patient that is not among them.
 */
export async function overlapping(
  tx: Tx,
  appointmentIds: readonly AppointmentId[],
  byMinutes: number,
): Promise<ReadonlySet<AppointmentId>> {
  const rows = await tx.many<{ readonly appointmentId: AppointmentId }>(sql`
    select distinct moved.appointment_id
    from appointments.appointment moved
    join appointments.appointment other
      on other.practice = moved.practice
      and other.patient_id = moved.patient_id
      and other.cancelled_at is null
      and other.appointment_id <> all(${appointmentIds}::uuid[])
      and other.starts_at < moved.ends_at + ${byMinutes}::integer * interval '1 minute'
      and other.ends_at > moved.starts_at + ${byMinutes}::integer * interval '1 minute'
    where moved.practice = ${tx.acting.practice}
      and moved.appointment_id = any(${appointmentIds}::uuid[])
      and moved.cancelled_at is null
    order by moved.appointment_id
    limit 2000
  `)
  return new Set(rows.map((row) => row.appointmentId))
}

/** A free slot that a patient could have instead. */
export interface FreeInstead {
  readonly appointmentId: AppointmentId
  readonly startsAt: Date
  readonly clinician?: string
}

/**
 * Up to three slots for each appointment that are free, online and released, of the same type and
 * channel, in a session that goes ahead, within four weeks of it; the nearest in time first.
 */
export function freeInstead(
  tx: Tx,
  appointmentIds: readonly AppointmentId[],
  apart: readonly SessionId[],
): Promise<readonly FreeInstead[]> {
  return tx.many<FreeInstead>(sql`
    select appointment.appointment_id, near.starts_at, near.clinician
    from appointments.appointment
    join appointments.slot was
      on was.practice = appointment.practice
      and was.slot_id = appointment.slot_id
    cross join lateral (
      select slot.slot_id, slot.starts_at, staff.name as clinician
      from appointments.slot
      join appointments.session
        on session.practice = slot.practice
        and session.session_id = slot.session_id
        and session.cancelled_at is null
        and session.session_id <> all(${apart}::uuid[])
      left join directory.staff
        on staff.practice = session.practice
        and staff.staff_id = session.staff_id
      where slot.practice = ${tx.acting.practice}
        and slot.bookable_online
        and slot.state = 'free'
        and slot.released_at <= ${tx.now}
        and slot.starts_at > ${tx.now}
        and slot.starts_at > appointment.starts_at - interval '28 days'
        and slot.starts_at < appointment.starts_at + interval '28 days'
        and slot.slot_type = was.slot_type
        and slot.delivery_channel is not distinct from was.delivery_channel
      order by abs(extract(epoch from slot.starts_at - appointment.starts_at)), slot.slot_id
      limit 3
    ) near
    where appointment.practice = ${tx.acting.practice}
      and appointment.appointment_id = any(${appointmentIds}::uuid[])
    order by appointment.starts_at, appointment.appointment_id, near.starts_at
    limit 6000
  `)
}
