import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { SessionId } from '../../domain/slot.ts'
import { alertsFor, type SessionAlert } from '../../domain/templates/alerts.ts'
import {
  planSession,
  type SessionFault,
  type SessionPlan,
} from '../../domain/templates/session-plan.ts'
import { calendarIn, sessionsIn } from '../../queries/templates/calendar.ts'
import { addSessions } from '../add-sessions.ts'

/** Why a session was not added: what is wrong with it, or what to confirm before it is. */
export type SessionRefusal =
  | { readonly reason: 'faults'; readonly faults: readonly SessionFault[] }
  | { readonly reason: 'alerts'; readonly alerts: readonly SessionAlert[] }

/**
 * Adds a session as staff describe it. Where there is something to know of it first, it is only
 * added `anyway`. A plan with the id of a session that is there already changes nothing and gives
 * that session.
 */
export async function createSession(
  tx: Tx<StaffActing<'publish-slots'>>,
  plan: SessionPlan & { readonly sessionId: SessionId },
  { anyway }: { readonly anyway: boolean },
): Promise<Result<SessionId, SessionRefusal>> {
  if (await sessionExists(tx, plan.sessionId)) return accept(plan.sessionId)

  const planned = planSession(plan, tx.now)
  if (!planned.ok) return refuse({ reason: 'faults', faults: planned.refusal })
  const session = planned.value
  const [existing, calendar] = await Promise.all([sessionsIn(tx, session), calendarIn(tx, session)])
  const alerts = alertsFor(session, existing, calendar)
  if (alerts.length > 0 && !anyway) return refuse({ reason: 'alerts', alerts })

  await addSessions(tx, [session])
  await recordEvent(tx, {
    type: 'appointments.session-added',
    details: {
      sessionId: plan.sessionId,
      slots: session.slots.length,
      despite: alerts.map((alert) => alert.kind),
    },
  })
  return accept(plan.sessionId)
}

async function sessionExists(tx: Tx, sessionId: SessionId): Promise<boolean> {
  const found = await tx.maybe<{ readonly sessionId: SessionId }>(sql`
    select session_id
    from appointments.session
    where practice = ${tx.acting.practice}
      and session_id = ${sessionId}
  `)
  return found !== undefined
}
