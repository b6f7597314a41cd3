import { sql, type Tx } from '#platform/db'
import type { ExistingSession } from '../../domain/templates/alerts.ts'
import type { Closure, Leave, PracticeCalendar, TimeSpan } from '../../domain/templates/calendar.ts'

/** Closures and leave that touch a span of time, soonest first, at most 1,000 of each. */
export async function calendarIn(tx: Tx, span: TimeSpan): Promise<PracticeCalendar> {
  const [closures, leave] = await Promise.all([
    tx.many<Closure>(sql`
      select closure_id, site_id, starts_at, ends_at, reason
      from appointments.closure
      where practice = ${tx.acting.practice}
        and removed_at is null
        and ends_at > ${span.startsAt}
        and starts_at < ${span.endsAt}
      order by starts_at, closure_id
      limit 1000
    `),
    tx.many<Leave>(sql`
      select leave_id, staff_id, starts_at, ends_at
      from appointments.staff_leave
      where practice = ${tx.acting.practice}
        and removed_at is null
        and ends_at > ${span.startsAt}
        and starts_at < ${span.endsAt}
      order by starts_at, leave_id
      limit 1000
    `),
  ])
  return { closures, leave }
}

/**
 * Sessions that touch a span of time, cancelled ones too, by start, at most 20,000. A session lasts
 * a day at most, so none that began more than a day before is looked for.
 */
export function sessionsIn(tx: Tx, span: TimeSpan): Promise<readonly ExistingSession[]> {
  return tx.many<ExistingSession>(sql`
    select session_id, name, staff_id, room_id, site_id, starts_at, ends_at, template_id,
      template_day, cancelled_at is not null as is_cancelled
    from appointments.session
    where practice = ${tx.acting.practice}
      and starts_at > ${span.startsAt}::timestamptz - interval '25 hours'
      and starts_at < ${span.endsAt}
      and ends_at > ${span.startsAt}
    order by starts_at, session_id
    limit 20000
  `)
}

/** How many sessions and booked slots are already made in each of the coming closures and leave. */
export interface AlreadyMade {
  /** A closure's or a leave's. */
  readonly id: string
  readonly sessions: number
  readonly booked: number
}

/** What was made before a closure or leave was entered, or by hand since: staff must look at it. */
export function madeInClosures(tx: Tx): Promise<readonly AlreadyMade[]> {
  return tx.many<AlreadyMade>(sql`
    with away as (
      select closure_id as id, site_id, null::uuid as staff_id, starts_at, ends_at
      from appointments.closure
      where practice = ${tx.acting.practice}
        and removed_at is null
        and ends_at > ${tx.now}
      union all
      select leave_id, null, staff_id, starts_at, ends_at
      from appointments.staff_leave
      where practice = ${tx.acting.practice}
        and removed_at is null
        and ends_at > ${tx.now}
    )
    select away.id, count(distinct session.session_id)::integer as sessions,
      (count(*) filter (where slot.state = 'booked'))::integer as booked
    from away
    join appointments.session
      on session.practice = ${tx.acting.practice}
      and session.cancelled_at is null
      and session.starts_at < away.ends_at
      and session.ends_at > away.starts_at
      and session.ends_at > ${tx.now}
      and (away.site_id is null or session.site_id = away.site_id)
      and (away.staff_id is null or session.staff_id = away.staff_id)
    join appointments.slot
      on slot.practice = session.practice
      and slot.session_id = session.session_id
      and slot.starts_at < away.ends_at
      and slot.starts_at + slot.minutes * interval '1 minute' > away.starts_at
    group by away.id
    order by away.id
    limit 2000
  `)
}
