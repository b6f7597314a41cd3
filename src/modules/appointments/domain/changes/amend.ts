import { accept, refuse, type Result } from '#kernel/result'
import {
  bookedToCome,
  patientsNotice,
  standingOf,
  type ClinicSession,
  type SessionFacts,
} from './clinic-session.ts'
import type { ChangeRefusal, DecidedChange } from './plan.ts'

/**
 * May the session be someone else's, or elsewhere, or be called otherwise? Not once it has begun:
 * it would say that people were seen by someone who did not see them. Split it instead.
 */
export function decideAmend(
  session: ClinicSession,
  to: SessionFacts,
  now: Date,
): Result<DecidedChange, ChangeRefusal> {
  const notToCome = whyNotToCome(session, now)
  if (notToCome) return refuse(notToCome)
  const isNoticed = patientsNotice(session, to)
  if (!isNoticed && session.name === to.name) return refuse('nothing-changes')
  return accept({
    plan: { kind: 'amend', sessionId: session.sessionId, to },
    sessionIds: [session.sessionId],
    slotIds: session.slots.map((slot) => slot.slotId),
    concernsPatients: isNoticed && bookedToCome(session.slots, now).length > 0,
  })
}

/** Why a session cannot be changed whole any more, or `undefined` where it can. */
export function whyNotToCome(
  session: ClinicSession,
  now: Date,
): 'cancelled-already' | 'over' | 'begun' | undefined {
  const standing = standingOf(session, now)
  if (standing === 'to-come') return undefined
  return standing === 'cancelled' ? 'cancelled-already' : standing
}
