import { accept, refuse, type Result } from '#kernel/result'
import type { SessionId } from '../slot.ts'
import { standingOf, type ClinicSession } from './clinic-session.ts'
import type { ChangePlan, ChangeRefusal, DecidedChange, Division } from './plan.ts'

/**
 * May these sessions be cancelled? All of them or none. Of one that has begun, the slots that have
 * not are divided off into a session of their own, and that is cancelled: who was seen stays seen.
 * `newIds` gives an id for each.
 */
export function decideCancel(
  sessions: readonly ClinicSession[],
  newIds: () => SessionId,
  now: Date,
): Result<DecidedChange, ChangeRefusal> {
  if (sessions.length === 0) return refuse('not-found')
  const standings = sessions.map((session) => standingOf(session, now))
  if (standings.includes('cancelled')) return refuse('cancelled-already')
  if (standings.includes('over')) return refuse('over')

  const rests: Division[] = []
  for (const [index, session] of sessions.entries()) {
    if (standings[index] !== 'begun') continue
    const rest = divideAfter(session, newIds(), now)
    if (!rest) return refuse('over')
    rests.push(rest)
  }
  const divided = new Map(rests.map((rest) => [rest.sessionId, rest]))
  return accept({
    plan: { kind: 'cancel', rests },
    sessionIds: [
      ...sessions.map((session) => session.sessionId),
      ...rests.map((rest) => rest.newSessionId),
    ],
    slotIds: sessions.flatMap(
      ({ sessionId, slots }) => divided.get(sessionId)?.slotIds ?? slots.map((slot) => slot.slotId),
    ),
    concernsPatients: true,
  })
}

function divideAfter(
  session: ClinicSession,
  newSessionId: SessionId,
  now: Date,
): Division | undefined {
  const rest = session.slots.filter((slot) => slot.startsAt > now)
  const [first] = rest
  // A slot may lie outside its session, so that nothing of the session would be left after it.
  if (!first || first.startsAt >= session.endsAt) return undefined
  return {
    sessionId: session.sessionId,
    newSessionId,
    at: first.startsAt.toISOString(),
    slotIds: rest.map((slot) => slot.slotId),
  }
}

/** The sessions that a change cancels: not those of which only the rest was divided off. */
export function sessionsCancelled(
  plan: ChangePlan,
  sessionIds: readonly SessionId[],
): readonly SessionId[] {
  if (plan.kind !== 'cancel') return []
  const kept = new Set(plan.rests.map((rest) => rest.sessionId))
  return sessionIds.filter((sessionId) => !kept.has(sessionId))
}
