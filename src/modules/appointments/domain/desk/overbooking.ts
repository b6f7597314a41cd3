import { accept, refuse, type Result } from '#kernel/result'
import { instantAt, localDateOf, localTimeOf } from '#kernel/time'
import type { DeliveryChannel } from '../slot.ts'

/** A session as far as an extra slot in it goes. */
export interface OverbookableSession {
  readonly startsAt: Date
  readonly endsAt: Date
  readonly cancelledAt?: Date
}

/** An extra slot as staff ask for it. `reason` is kept with the name of who made it. */
export interface Overbooking {
  /** Wall-clock time in England, as 09:05, on the session's day. */
  readonly time: string
  readonly minutes: number
  readonly deliveryChannel?: DeliveryChannel
  readonly reason: string
}

export type OverbookingRefusal =
  | 'session-not-found'
  | 'session-cancelled'
  | 'in-the-past'
  | 'outside-session'
  | 'time-skipped-by-clock-change'
  | 'reason-needed'

/**
 * When an extra slot begins: from the session's start to its end, both included, so that one may be
 * added after the last; in the future; and never without a reason.
 */
export function decideOverbooking(
  session: OverbookableSession,
  asked: Overbooking,
  now: Date,
): Result<Date, OverbookingRefusal> {
  if (session.cancelledAt) return refuse('session-cancelled')
  if (asked.reason === '') return refuse('reason-needed')
  const startsAt = instantAt(localDateOf(session.startsAt), asked.time)
  if (localTimeOf(startsAt) !== asked.time) return refuse('time-skipped-by-clock-change')
  if (startsAt < session.startsAt || startsAt > session.endsAt) return refuse('outside-session')
  if (startsAt <= now) return refuse('in-the-past')
  return accept(startsAt)
}
