import { refuse, type Result } from '#kernel/result'
import type { SessionId } from '../slot.ts'
import { decideAmend } from './amend.ts'
import { decideCancel } from './cancel.ts'
import type { ClinicSession } from './clinic-session.ts'
import { decideExtend } from './extend.ts'
import { decideMove } from './move.ts'
import type { AskedChange, ChangeRefusal, DecidedChange } from './plan.ts'
import { decideSplit } from './split.ts'

/** What a decision depends on besides the sessions. */
export interface ChangeContext {
  readonly now: Date
  readonly newSessionId: () => SessionId
  /** How long slots of the type asked for are; absent where there is no such type. */
  readonly typeMinutes?: number
}

/** May staff make this change to these sessions, which are all that it names? */
export function decideChange(
  asked: AskedChange,
  sessions: readonly ClinicSession[],
  context: ChangeContext,
): Result<DecidedChange, ChangeRefusal> {
  const { now, newSessionId, typeMinutes } = context
  if (asked.kind === 'cancel') {
    if (sessions.length !== asked.sessionIds.length) return refuse('not-found')
    return decideCancel(sessions, newSessionId, now)
  }
  const session = sessions.find((one) => one.sessionId === asked.sessionId)
  if (!session) return refuse('not-found')
  switch (asked.kind) {
    case 'amend':
      return decideAmend(session, asked.to, now)
    case 'move':
      return decideMove(session, asked.startTime, now)
    case 'split':
      return decideSplit(session, { ...asked, newSessionId: newSessionId() }, now)
    case 'extend':
      if (typeMinutes === undefined) return refuse('not-found')
      return decideExtend(session, { ...asked, minutes: typeMinutes }, now)
  }
}

/** The sessions that staff name. */
export function sessionsAsked(asked: AskedChange): readonly SessionId[] {
  return asked.kind === 'cancel' ? asked.sessionIds : [asked.sessionId]
}
