import { addDays, localDateOf, startOfDay } from '#kernel/time'
import { newId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { NewSession } from '../../domain/session.ts'
import { layOut, needsDecision, type LaidOut } from '../../domain/templates/lay-out.ts'
import { calendarIn, sessionsIn } from '../../queries/templates/calendar.ts'
import { slotTypes } from '../../queries/templates/slot-types.ts'
import { sessionTemplates } from '../../queries/templates/templates.ts'
import { addSessions } from '../add-sessions.ts'

type Making = Tx<StaffActing<'publish-slots'> | SystemProof>

/** What making sessions for so many whole weeks ahead, and the rest of today, would come to. */
export async function sessionsToMake(tx: Making, weeks: number): Promise<LaidOut> {
  const from = localDateOf(tx.now)
  const until = addDays(from, weeks * 7 + 1)
  const span = { startsAt: startOfDay(from), endsAt: startOfDay(until) }
  const [templates, types, calendar, existing] = await Promise.all([
    sessionTemplates(tx),
    slotTypes(tx),
    calendarIn(tx, span),
    sessionsIn(tx, span),
  ])
  const typesById = new Map(types.map((type) => [type.slotTypeId, type]))
  return layOut({ templates, types: typesById, calendar, existing, from, until, now: tx.now })
}

/** What was made. */
export interface MadeSessions {
  readonly sessions: number
  readonly slots: number
  /** Left for a person to decide, because the clinician has another session then. */
  readonly undecided: number
}

/**
 * Makes the sessions that templates give for so many weeks ahead. Each template gives a session once
 * a day, whoever else makes them at the same time. Those whose clinician has another session then
 * are made only with `despiteClashes`.
 */
export async function makeSessions(
  tx: Making,
  given: { readonly weeks: number; readonly despiteClashes: boolean },
): Promise<MadeSessions> {
  const laid = await sessionsToMake(tx, given.weeks)
  const chosen = laid.sessions.filter((one) => given.despiteClashes || !needsDecision(one))
  const undecided = laid.sessions.length - chosen.length
  if (chosen.length === 0) return { sessions: 0, slots: 0, undecided }

  const made = await addCounted(
    tx,
    chosen.map((one) => one.session),
  )
  if (made.sessions > 0) {
    await recordEvent(tx, {
      type: 'appointments.sessions-made',
      details: { ...made, weeks: given.weeks, undecided },
    })
  }
  return { ...made, undecided }
}

/** Counts what was added here, since someone else may have made some of it meanwhile. */
async function addCounted(
  tx: Making,
  sessions: readonly NewSession[],
): Promise<Pick<MadeSessions, 'sessions' | 'slots'>> {
  const named = sessions.map((one) => ({ ...one, sessionId: newId<'Session'>(tx.now) }))
  const ids = await addSessions(tx, named)
  const row = await tx.maybe<Pick<MadeSessions, 'sessions' | 'slots'>>(sql`
    select count(distinct session_id)::integer as sessions, count(*)::integer as slots
    from appointments.slot
    where practice = ${tx.acting.practice}
      and session_id = any(${ids}::uuid[])
  `)
  if (!row) throw new Error('Counting sessions gave nothing back')
  return row
}
