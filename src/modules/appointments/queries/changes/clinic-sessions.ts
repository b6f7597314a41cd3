import type { LocalDate } from '#kernel/time'
import { addDays, startOfDay } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffId } from '#modules/directory'
import type { ClinicSession, SessionSlot } from '../../domain/changes/clinic-session.ts'
import type { SessionId } from '../../domain/slot.ts'

/** A session with the names that staff know it by. */
export interface NamedSession extends ClinicSession {
  readonly clinician?: string
  readonly room?: string
  readonly site?: string
}

/** These sessions with all of their slots, by start; those that are not there are left out. */
export async function clinicSessions(
  tx: Tx,
  sessionIds: readonly SessionId[],
): Promise<readonly NamedSession[]> {
  const [sessions, slots] = await Promise.all([
    sessionRows(tx, sessionIds),
    slotRows(tx, sessionIds),
  ])
  const bySession = Map.groupBy(slots, (slot) => slot.sessionId)
  return sessions.map((session) => ({ ...session, slots: bySession.get(session.sessionId) ?? [] }))
}

function sessionRows(
  tx: Tx,
  sessionIds: readonly SessionId[],
): Promise<readonly Omit<NamedSession, 'slots'>[]> {
  return tx.many<Omit<NamedSession, 'slots'>>(sql`
    select session.session_id, session.staff_id, session.room_id, session.site_id, session.name,
      session.starts_at, session.ends_at, session.cancelled_at, staff.name as clinician,
      room.name as room, site.name as site
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
      and session.session_id = any(${sessionIds}::uuid[])
    order by session.starts_at, session.session_id
    limit 100
  `)
}

function slotRows(tx: Tx, sessionIds: readonly SessionId[]): Promise<readonly SessionSlot[]> {
  return tx.many<SessionSlot>(sql`
    select slot_id, session_id, starts_at, minutes, state, bookable_online, slot_type,
      slot_type_id, delivery_channel, draw_id
    from appointments.slot
    where practice = ${tx.acting.practice}
      and session_id = any(${sessionIds}::uuid[])
    order by starts_at, slot_id
    limit 5000
  `)
}

/** A clinician's sessions of a day that are not cancelled, by start; at most 50. */
export function sessionsOfClinician(
  tx: Tx,
  staffId: StaffId,
  day: LocalDate,
): Promise<readonly Pick<NamedSession, 'sessionId' | 'name' | 'startsAt' | 'endsAt'>[]> {
  return tx.many<Pick<NamedSession, 'sessionId' | 'name' | 'startsAt' | 'endsAt'>>(sql`
    select session_id, name, starts_at, ends_at
    from appointments.session
    where practice = ${tx.acting.practice}
      and staff_id = ${staffId}
      and cancelled_at is null
      and starts_at >= ${startOfDay(day)}
      and starts_at < ${startOfDay(addDays(day, 1))}
    order by starts_at, session_id
    limit 50
  `)
}
