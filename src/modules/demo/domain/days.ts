import { instantAt, startOfDay, type LocalDate } from '#kernel/time'

/** A calendar day in England as days since 1 January 1970: cheap to count with. */
export type Day = number

const dayLength = 86_400_000

/** The day of a written date. */
export function dayOf(date: LocalDate): Day {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / dayLength)
}

/** The day with this year, month (from 1) and day of the month. */
export function dayAt(year: number, month: number, day: number): Day {
  return Math.round(Date.UTC(year, month - 1, day) / dayLength)
}

/** As 2026-03-02. */
export function dateOf(day: Day): LocalDate {
  let text = dates.get(day)
  if (text === undefined) {
    text = new Date(day * dayLength).toISOString().slice(0, 10) as LocalDate
    dates.set(day, text)
  }
  return text
}

/** As 02/03/2026, the way letters and notes write it. */
export function shortDate(day: Day): string {
  const [year, month, date] = dateOf(day).split('-')
  return `${date}/${month}/${year}`
}

export function yearOf(day: Day): number {
  return new Date(day * dayLength).getUTCFullYear()
}

/** 1 is Monday, 7 is Sunday. */
export function weekday(day: Day): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

/** Whole years from birth to a day. */
export function yearsBetween(born: Day, day: Day): number {
  return Math.floor((day - born) / 365.2425)
}

/** The first instant of the day, for what is dated to the day only. */
export function startOf(day: Day): Date {
  return new Date(cached(starts, day, (date) => startOfDay(date).getTime()))
}

/** `minutes` after 8am on the day by the clock in England; from 8am until midnight only. */
export function afterEight(day: Day, minutes: number): Date {
  return new Date(
    cached(eights, day, (date) => instantAt(date, '08:00').getTime()) + minutes * 60_000,
  )
}

const dates = new Map<Day, LocalDate>()
const starts = new Map<Day, number>()
const eights = new Map<Day, number>()

function cached(known: Map<Day, number>, day: Day, instantOf: (date: LocalDate) => number): number {
  let instant = known.get(day)
  if (instant === undefined) {
    instant = instantOf(dateOf(day))
    known.set(day, instant)
  }
  return instant
}
