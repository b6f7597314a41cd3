import {
  addDays,
  daysBetween,
  instantAt,
  localDateOf,
  startOfDay,
  type LocalDate,
} from '#kernel/time'

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

/** What is free in one half of a day, halves counted from the first morning, which is 0. */
export interface FreeInHalf {
  readonly half: number
  readonly free: number
  readonly first: Date
}

/** When the halves of the seven days from `from` begin, by the clock in England; and the last's end. */
export function halvesFrom(from: LocalDate): readonly Date[] {
  const days = Array.from({ length: daysInWeek }, (_, index) => addDays(from, index))
  return [
    ...days.flatMap((day) => [startOfDay(day), instantAt(day, '12:00')]),
    startOfDay(addDays(from, daysInWeek)),
  ]
}

/** Seven days from `from`, each with what of `counted` falls on it; midday is afternoon. */
export function weekAtAGlance(
  from: LocalDate,
  counted: readonly FreeInHalf[],
): readonly GlanceDay[] {
  const byHalf = Map.groupBy(counted, ({ half }) => half)
  return Array.from({ length: daysInWeek }, (_, index) => ({
    day: addDays(from, index),
    morning: halfOf(byHalf.get(2 * index) ?? []),
    afternoon: halfOf(byHalf.get(2 * index + 1) ?? []),
  }))
}

function halfOf(counted: readonly FreeInHalf[]): HalfDay {
  const free = counted.reduce((sum, one) => sum + one.free, 0)
  const firsts = counted.map((one) => one.first.getTime())
  return { free, ...(free > 0 && { first: new Date(Math.min(...firsts)) }) }
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
