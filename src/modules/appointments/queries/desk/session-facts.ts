import { localDateOf, type LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { SessionId } from '../../domain/slot.ts'

/** One session as staff add to it. */
export interface SessionFacts {
  readonly sessionId: SessionId
  readonly name: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly clinician?: string
  /** How long most of its slots are; absent where it has none. */
  readonly usualMinutes?: number
  readonly day: LocalDate
}

/** A session of the practice, cancelled or not, or `undefined` where there is none. */
export async function sessionFacts(
  tx: Tx<StaffActing>,
  sessionId: SessionId,
): Promise<SessionFacts | undefined> {
  const row = await tx.maybe<Omit<SessionFacts, 'day'>>(sql`
    select session.session_id, session.name, session.starts_at, session.ends_at,
      staff.name as clinician,
      (select mode() within group (order by slot.minutes)
        from appointments.slot
        where slot.practice = session.practice
          and slot.session_id = session.session_id) as usual_minutes
    from appointments.session
    left join directory.staff
      on staff.practice = session.practice
      and staff.staff_id = session.staff_id
    where session.practice = ${tx.acting.practice}
      and session.session_id = ${sessionId}
  `)
  return row && { ...row, day: localDateOf(row.startsAt) }
}
