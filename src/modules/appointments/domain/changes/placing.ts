import { minutesAfter } from '#kernel/time'
import type { SessionId, SlotId } from '../slot.ts'
import type { ClinicSession, SessionFacts } from './clinic-session.ts'
import type { ChangePlan, Division } from './plan.ts'

/** A session as it is to be stored, without its slots. */
export interface PlacedSession extends SessionFacts {
  readonly sessionId: SessionId
  readonly startsAt: Date
  readonly endsAt: Date
  readonly cancelledAt?: Date
}

/** Where a plan puts sessions and slots. What is not among them stays. */
export interface Placing {
  readonly changed: readonly PlacedSession[]
  readonly added: readonly PlacedSession[]
  readonly slots: readonly {
    readonly slotId: SlotId
    readonly sessionId: SessionId
    readonly startsAt: Date
  }[]
}

/** What a plan makes of the sessions it is about. Sessions cancelled are cancelled `now`. */
export function placedBy(plan: ChangePlan, sessions: readonly ClinicSession[], now: Date): Placing {
  const session = sessions[0]
  if (!session) throw new Error('A change is about no session')
  switch (plan.kind) {
    case 'cancel':
      return cancelled(plan.rests, sessions, now)
    case 'amend':
      return { changed: [{ ...timesOf(session), ...plan.to }], added: [], slots: [] }
    case 'move':
      return moved(session, plan.byMinutes)
    case 'split':
      return divided(session, plan, plan.to)
    case 'extend': {
      const times = { startsAt: new Date(plan.startsAt), endsAt: new Date(plan.endsAt) }
      return { changed: [{ ...placed(session), ...times }], added: [], slots: [] }
    }
  }
}

function cancelled(
  rests: readonly Division[],
  sessions: readonly ClinicSession[],
  now: Date,
): Placing {
  const parts = sessions.map((session): Placing => {
    const rest = rests.find((one) => one.sessionId === session.sessionId)
    if (!rest) return { changed: [{ ...placed(session), cancelledAt: now }], added: [], slots: [] }
    const { changed, added, slots } = divided(session, rest, factsOf(session))
    return { changed, slots, added: added.map((one) => ({ ...one, cancelledAt: now })) }
  })
  return {
    changed: parts.flatMap((part) => part.changed),
    added: parts.flatMap((part) => part.added),
    slots: parts.flatMap((part) => part.slots),
  }
}

function moved(session: ClinicSession, byMinutes: number): Placing {
  const later = (at: Date) => minutesAfter(at, byMinutes)
  const times = { startsAt: later(session.startsAt), endsAt: later(session.endsAt) }
  return {
    changed: [{ ...placed(session), ...times }],
    added: [],
    slots: session.slots.map(({ slotId, sessionId, startsAt }) => ({
      slotId,
      sessionId,
      startsAt: later(startsAt),
    })),
  }
}

function divided(session: ClinicSession, division: Division, to: SessionFacts): Placing {
  const at = new Date(division.at)
  const sessionId = division.newSessionId
  const gone = new Set(division.slotIds)
  return {
    changed: [{ ...placed(session), endsAt: at }],
    added: [{ sessionId, startsAt: at, endsAt: session.endsAt, ...to }],
    slots: session.slots
      .filter((slot) => gone.has(slot.slotId))
      .map(({ slotId, startsAt }) => ({ slotId, sessionId, startsAt })),
  }
}

function placed(session: ClinicSession): PlacedSession {
  return { ...timesOf(session), ...factsOf(session) }
}

function timesOf({ sessionId, startsAt, endsAt }: ClinicSession) {
  return { sessionId, startsAt, endsAt }
}

/** A session's facts alone. */
export function factsOf({ staffId, roomId, siteId, name }: SessionFacts): SessionFacts {
  return {
    name,
    ...(staffId && { staffId }),
    ...(roomId && { roomId }),
    ...(siteId && { siteId }),
  }
}
