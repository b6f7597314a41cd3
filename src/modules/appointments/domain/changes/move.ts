import { accept, refuse, type Result } from '#kernel/result'
import { localDateOf, minutesAfter } from '#kernel/time'
import { whyNotToCome } from './amend.ts'
import { bookedToCome, type ClinicSession } from './clinic-session.ts'
import { dayTimeFault, instantOnce } from './day-times.ts'
import type { ChangeRefusal, DecidedChange } from './plan.ts'

/**
 * May the session start at another time of its day, with all of its slots, each as much earlier or
 * later? It stays on its day in England, and off any hour that the clocks skip or repeat.
 */
export function decideMove(
  session: ClinicSession,
  startTime: string,
  now: Date,
): Result<DecidedChange, ChangeRefusal> {
  const notToCome = whyNotToCome(session, now)
  if (notToCome) return refuse(notToCome)
  const day = localDateOf(session.startsAt)
  const startsAt = instantOnce(day, startTime)
  if (!startsAt.ok) return startsAt
  const byMinutes = (startsAt.value.getTime() - session.startsAt.getTime()) / 60_000
  if (byMinutes === 0) return refuse('nothing-changes')
  if (startsAt.value <= now) return refuse('in-the-past')

  const lastEnd = latestEnd(session)
  const fault = dayTimeFault(day, startsAt.value, minutesAfter(lastEnd, byMinutes))
  if (fault) return refuse(fault)
  const booked = bookedToCome(session.slots, now)
  const times = booked.flatMap((slot) => [slot.startsAt, minutesAfter(slot.startsAt, byMinutes)])
  const firstAt = times.toSorted((a, b) => Number(a) - Number(b))[0]
  return accept({
    plan: { kind: 'move', sessionId: session.sessionId, byMinutes },
    sessionIds: [session.sessionId],
    slotIds: session.slots.map((slot) => slot.slotId),
    concernsPatients: booked.length > 0,
    ...(firstAt && { firstAt }),
  })
}

/** An overbooked slot may end after its session does. */
function latestEnd(session: ClinicSession): Date {
  const ends = session.slots.map((slot) => Number(minutesAfter(slot.startsAt, slot.minutes)))
  return new Date(Math.max(Number(session.endsAt), ...ends))
}
