import { addDays, parseLocalDate, weekdayOf, type LocalDate } from './time.ts'

/**
 * Bank holidays of England in a year by day, with what each is for. Substitute days count, the days
 * they stand in for do not. Days proclaimed for one year alone are known to 2023; a later one is a
 * closure that a practice enters, until it is added here.
 *
 * Source: Banking and Financial Dealings Act 1971, schedule 1, and proclamations since.
 */
export function bankHolidaysOf(year: number): ReadonlyMap<LocalDate, string> {
  const known = years.get(year)
  if (known) return known
  const easter = easterSunday(year)
  const days = new Map<LocalDate, string>([
    [substituted(dayIn(year, 1, 1)), 'New Year’s Day'],
    [addDays(easter, -2), 'Good Friday'],
    [addDays(easter, 1), 'Easter Monday'],
    [firstMonday(year, 5), 'Early May bank holiday'],
    [addDays(firstMonday(year, 6), -7), 'Spring bank holiday'],
    [addDays(firstMonday(year, 9), -7), 'Summer bank holiday'],
    ...christmas(dayIn(year, 12, 25)),
  ])
  for (const change of proclaimed.filter((one) => one.day.startsWith(`${year}-`))) {
    if (change.insteadOf !== undefined) days.delete(change.insteadOf)
    days.set(change.day, change.name)
  }
  years.set(year, days)
  return days
}

/** What a day is a bank holiday for in England, or `undefined` where it is none. */
export function bankHolidayOn(day: LocalDate): string | undefined {
  return bankHolidaysOf(Number(day.slice(0, 4))).get(day)
}

/** Easter Sunday in the Gregorian calendar: the Sunday after the full moon by golden number and epact. */
export function easterSunday(year: number): LocalDate {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const skippedLeaps = century - Math.floor(century / 4)
  const moonShift = Math.floor((8 * century + 13) / 25)
  const epact = (((19 * golden + skippedLeaps - moonShift + 15) % 30) + 30) % 30
  const isLate = epact === 29 || (epact === 28 && golden > 10)
  const fullMoon = addDays(dayIn(year, 3, 21), isLate ? epact - 1 : epact)
  return addDays(fullMoon, 7 - (weekdayOf(fullMoon) % 7))
}

const years = new Map<number, ReadonlyMap<LocalDate, string>>()

const proclaimed: readonly {
  readonly day: LocalDate
  readonly name: string
  readonly insteadOf?: LocalDate
}[] = [
  { day: dayIn(2020, 5, 8), name: 'Early May bank holiday (VE day)', insteadOf: dayIn(2020, 5, 4) },
  { day: dayIn(2022, 6, 2), name: 'Spring bank holiday', insteadOf: dayIn(2022, 5, 30) },
  { day: dayIn(2022, 6, 3), name: 'Platinum Jubilee bank holiday' },
  { day: dayIn(2022, 9, 19), name: 'State funeral of Queen Elizabeth II' },
  { day: dayIn(2023, 5, 8), name: 'Coronation of King Charles III' },
]

function christmas(day: LocalDate): readonly (readonly [LocalDate, string])[] {
  const gapsByWeekday: Readonly<Record<number, readonly [number, number]>> = {
    5: [0, 3],
    6: [2, 3],
    7: [2, 1],
  }
  const [toChristmas, toBoxing] = gapsByWeekday[weekdayOf(day)] ?? [0, 1]
  return [
    [addDays(day, toChristmas), 'Christmas Day'],
    [addDays(day, toBoxing), 'Boxing Day'],
  ]
}

function substituted(day: LocalDate): LocalDate {
  return weekdayOf(day) < 6 ? day : addDays(day, 8 - weekdayOf(day))
}

function firstMonday(year: number, month: number): LocalDate {
  const first = dayIn(year, month, 1)
  return addDays(first, (8 - weekdayOf(first)) % 7)
}

function dayIn(year: number, month: number, day: number): LocalDate {
  const [monthText, dayText] = [month, day].map((part) => String(part).padStart(2, '0'))
  const parsed = parseLocalDate(`${String(year).padStart(4, '0')}-${monthText}-${dayText}`)
  if (!parsed) throw new Error('A bank holiday fell on a day that does not exist')
  return parsed
}
