import {
  addDays,
  clockChangeOn,
  instantAt,
  localDateOf,
  localTimeOf,
  startOfDay,
  type LocalDate,
} from '#kernel/time'
import { accept, refuse, type Result } from '#kernel/result'

/** Why a session cannot lie so on its day. */
export type DayTimeFault = 'across-midnight' | 'clock-change'

/**
 * The instant of a wall-clock time that comes exactly once on that day in England. A time that the
 * clocks skip, or that comes twice, is refused: nobody could say when it is.
 */
export function instantOnce(day: LocalDate, time: string): Result<Date, 'clock-change'> {
  const instant = instantAt(day, time)
  if (localTimeOf(instant) !== time) return refuse('clock-change')
  const change = clockChangeOn(day)
  if (change && instant >= change.from && instant < change.until) return refuse('clock-change')
  return accept(instant)
}

/**
 * What is wrong with a session from `startsAt` to `endsAt` (not included) on one day in England: it
 * must begin on that day, end by its midnight, and touch no minute that is skipped or comes twice.
 */
export function dayTimeFault(
  day: LocalDate,
  startsAt: Date,
  endsAt: Date,
): DayTimeFault | undefined {
  if (localDateOf(startsAt) !== day || endsAt > startOfDay(addDays(day, 1))) {
    return 'across-midnight'
  }
  const change = clockChangeOn(day)
  return change && startsAt < change.until && endsAt > change.from ? 'clock-change' : undefined
}
