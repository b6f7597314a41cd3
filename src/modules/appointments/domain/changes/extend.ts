import { accept, refuse, type Result } from '#kernel/result'
import {
  addDays,
  localDateOf,
  minutesAfter,
  minutesBefore,
  startOfDay,
  type LocalDate,
} from '#kernel/time'
import type { SlotTypeId } from '../slot-type.ts'
import { standingOf, type ClinicSession } from './clinic-session.ts'
import { dayTimeFault, instantOnce } from './day-times.ts'
import type { ChangeRefusal, DecidedChange } from './plan.ts'

/**
 * May the session start earlier, end later, or both, with slots of one type in the time gained? The
 * slots end where the session started and begin where it ended; what is too short for one stays
 * empty. Nobody who is booked is concerned.
 */
export function decideExtend(
  session: ClinicSession,
  asked: {
    readonly startTime: string
    readonly endTime: string
    readonly slotTypeId: SlotTypeId
    /** How long a slot of the type is. */
    readonly minutes: number
  },
  now: Date,
): Result<DecidedChange, ChangeRefusal> {
  const standing = standingOf(session, now)
  if (standing === 'cancelled') return refuse('cancelled-already')
  if (standing === 'over') return refuse('over')

  const day = localDateOf(session.startsAt)
  const [start, end] = [instantOnce(day, asked.startTime), endOn(day, asked.endTime)]
  if (!start.ok) return start
  if (!end.ok) return end
  const [startsAt, endsAt] = [start.value, end.value]
  if (startsAt > session.startsAt || endsAt < session.endsAt) return refuse('not-longer')
  if (startsAt < session.startsAt && startsAt <= now) return refuse('in-the-past')
  const fault = dayTimeFault(day, startsAt, endsAt)
  if (fault) return refuse(fault)

  const slotStarts = [
    ...startsBefore(startsAt, session.startsAt, asked.minutes),
    ...startsAfter(session.endsAt, endsAt, asked.minutes),
  ].map((at) => at.toISOString())
  if (slotStarts.length === 0) return refuse('no-room-for-a-slot')
  const { sessionId } = session
  return accept({
    plan: {
      kind: 'extend',
      sessionId,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      slotStarts,
      slotTypeId: asked.slotTypeId,
    },
    sessionIds: [sessionId],
    slotIds: [],
    concernsPatients: false,
  })
}

/** An end at 00:00 is the midnight that ends the day. */
function endOn(day: LocalDate, time: string): Result<Date, 'clock-change'> {
  return time === '00:00' ? accept(startOfDay(addDays(day, 1))) : instantOnce(day, time)
}

function startsBefore(from: Date, until: Date, minutes: number): readonly Date[] {
  const starts: Date[] = []
  for (let at = minutesBefore(until, minutes); at >= from; at = minutesBefore(at, minutes)) {
    starts.unshift(at)
  }
  return starts
}

function startsAfter(from: Date, until: Date, minutes: number): readonly Date[] {
  const starts: Date[] = []
  for (let at = from; minutesAfter(at, minutes) <= until; at = minutesAfter(at, minutes)) {
    starts.push(at)
  }
  return starts
}
