import { dayAt, weekday, yearOf, type Day } from './days.ts'

const monday = 1
const moved = new Map<number, readonly Day[]>([
  [2020, [dayAt(2020, 5, 8)]],
  [2022, [dayAt(2022, 6, 2), dayAt(2022, 6, 3), dayAt(2022, 9, 19)]],
  [2023, [dayAt(2023, 5, 8)]],
])

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

/**
 * Bank holidays in England in a year, with substitute days and the single ones of 2020, 2022 and
 * 2023. Source: Banking and Financial Dealings Act 1971, schedule 1, and proclamations since.
 */
export function bankHolidays(year: number): ReadonlySet<Day> {
  const known = years.get(year)
  if (known) return known
  const easter = easterSunday(year)
  const christmas = dayAt(year, 12, 25)
  const days = new Set([
    substituted(dayAt(year, 1, 1)),
    easter - 2,
    easter + 1,
    firstMonday(year, 5),
    lastMonday(year, 5),
    lastMonday(year, 8),
    ...christmasDays(christmas),
    ...(moved.get(year) ?? []),
  ])
  if (year === 2020) days.delete(firstMonday(year, 5))
  if (year === 2022) days.delete(lastMonday(year, 5))
  years.set(year, days)
  return days
}

const years = new Map<number, ReadonlySet<Day>>()

/** Easter Sunday in the Gregorian calendar, by the golden number, the epact and the Sunday after. */
export function easterSunday(year: number): Day {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const skipped = century - Math.floor(century / 4)
  const moonShift = Math.floor((8 * century + 13) / 25)
  const epact = (((19 * golden + skipped - moonShift + 15) % 30) + 30) % 30
  const late = epact === 29 || (epact === 28 && golden > 10) ? 1 : 0
  const fullMoon = dayAt(year, 3, 21) + epact - late
  return fullMoon + 7 - (weekday(fullMoon) % 7)
}

function christmasDays(christmas: Day): readonly Day[] {
  const falls = weekday(christmas)
  if (falls === 5) return [christmas, christmas + 3]
  if (falls === 6) return [christmas + 2, christmas + 3]
  if (falls === 7) return [christmas + 1, christmas + 2]
  return [christmas, christmas + 1]
}

function substituted(day: Day): Day {
  return weekday(day) < 6 ? day : day + 8 - weekday(day)
}

function firstMonday(year: number, month: number): Day {
  const first = dayAt(year, month, 1)
  return first + ((monday - weekday(first) + 7) % 7)
}

function lastMonday(year: number, month: number): Day {
  return firstMonday(year, month + 1) - 7
}
