import { addDays, daysBetween, localDateOf, localTimeOf, type LocalDate } from '#kernel/time'

/** How many slots are free before or after midday, and when the first of them starts. */
export interface HalfDay {
  readonly free: number
  /** Absent where none is free. */
  readonly first?: Date
}

/** One day of a week at a glance, by the clock in England. */
export interface GlanceDay {
  readonly day: LocalDate
  readonly morning: HalfDay
  readonly afternoon: HalfDay
}

const daysInWeek = 7

/** Seven days from `from`, each with what of `starts` falls on it; midday is afternoon. */
export function weekAtAGlance(from: LocalDate, starts: readonly Date[]): readonly GlanceDay[] {
  const byDay = Map.groupBy(starts, (start) => localDateOf(start))
  return Array.from({ length: daysInWeek }, (_, index) => {
    const day = addDays(from, index)
    const ofDay = byDay.get(day) ?? []
    return {
      day,
      morning: halfOf(ofDay.filter((start) => localTimeOf(start) < '12:00')),
      afternoon: halfOf(ofDay.filter((start) => localTimeOf(start) >= '12:00')),
    }
  })
}

function halfOf(starts: readonly Date[]): HalfDay {
  const [first] = starts.toSorted((a, b) => Number(a) - Number(b))
  return { free: starts.length, ...(first && { first }) }
}

/** A week to look at: its first day, and the first days of those before and after, where there are. */
export interface WeekShown {
  readonly from: LocalDate
  readonly previous?: LocalDate
  readonly next?: LocalDate
}

/**
 * The week that begins on the day asked for, or today. No week begins before today, nor so late that
 * nothing could be booked in it.
 */
export function weekFrom(asked: LocalDate | undefined, now: Date, horizonDays: number): WeekShown {
  const today = localDateOf(now)
  const ahead = asked === undefined ? 0 : daysBetween(today, asked)
  const offset = Math.min(Math.max(ahead, 0), horizonDays)
  const from = addDays(today, offset)
  return {
    from,
    ...(offset > 0 && { previous: addDays(today, Math.max(offset - daysInWeek, 0)) }),
    ...(offset + daysInWeek <= horizonDays && { next: addDays(from, daysInWeek) }),
  }
}
