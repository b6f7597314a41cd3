import { bankHolidaysOf } from '#kernel/bank-holidays'
import { dayOf, weekday, yearOf, type Day } from './days.ts'

/** Neither a weekend nor a bank holiday in England. */
export function isWorkingDay(day: Day): boolean {
  return weekday(day) < 6 && !bankHolidays(yearOf(day)).has(day)
}

/** The day itself where it is worked, else the next that is. */
export function workingDayFrom(day: Day): Day {
  let found = day
  while (!isWorkingDay(found)) found++
  return found
}

/** The day itself where it is worked, else the last one before. */
export function workingDayUntil(day: Day): Day {
  let found = day
  while (!isWorkingDay(found)) found--
  return found
}

/** Bank holidays in England in a year. */
function bankHolidays(year: number): ReadonlySet<Day> {
  const known = years.get(year)
  if (known) return known
  const days = new Set([...bankHolidaysOf(year).keys()].map(dayOf))
  years.set(year, days)
  return days
}

const years = new Map<number, ReadonlySet<Day>>()
