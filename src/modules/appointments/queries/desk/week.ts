import { addDays, startOfDay, type LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { StaffId } from '#modules/directory'
import type { SessionId } from '../../domain/slot.ts'

/** A session of a week with how many of its slots are in which state. */
export interface WeekSession {
  readonly sessionId: SessionId
  readonly name: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly cancelledAt?: Date
  readonly staffId?: StaffId
  readonly clinician?: string
  readonly room?: string
  readonly booked: number
  readonly free: number
  readonly held: number
  readonly blocked: number
  readonly overbooked: number
}

/** Sessions of the seven days from `monday` on, by clinician and start, at most 2,000. */
export function sessionsOfWeek(
  tx: Tx<StaffActing>,
  monday: LocalDate,
): Promise<readonly WeekSession[]> {
  return tx.many<WeekSession>(sql`
    select session.session_id, session.name, session.starts_at, session.ends_at,
      session.cancelled_at, staff.staff_id, staff.name as clinician, room.name as room,
      count(*) filter (where slot.state = 'booked')::integer as booked,
      count(*) filter (where slot.state = 'free')::integer as free,
      count(*) filter (where slot.state = 'held')::integer as held,
      count(*) filter (where slot.state = 'blocked')::integer as blocked,
      count(*) filter (where slot.overbooked_by is not null)::integer as overbooked
    from appointments.session
    left join appointments.slot
      on slot.practice = session.practice
      and slot.session_id = session.session_id
    left join directory.staff
      on staff.practice = session.practice
      and staff.staff_id = session.staff_id
    left join directory.room
      on room.practice = session.practice
      and room.room_id = session.room_id
    where session.practice = ${tx.acting.practice}
      and session.starts_at >= ${startOfDay(monday)}
      and session.starts_at < ${startOfDay(addDays(monday, 7))}
    group by session.session_id, session.name, session.starts_at, session.ends_at,
      session.cancelled_at, staff.staff_id, staff.name, room.name
    order by staff.name nulls last, session.starts_at, session.session_id
    limit 2000
  `)
}
