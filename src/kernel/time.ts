import type { Brand } from './brand.ts'

/** A calendar day in England, as 2026-03-02. */
export type LocalDate = Brand<string, 'LocalDate'>

const zone = 'Europe/London'

/** Reads a real calendar day written as 2026-03-02, or `undefined`. */
export function parseLocalDate(input: string): LocalDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(input)) return undefined
  try {
    Temporal.PlainDate.from(input, { overflow: 'reject' })
  } catch {
    return undefined
  }
  return input as LocalDate
}

/** The day it is in England at this instant. */
export function localDateOf(instant: Date): LocalDate {
  return zoned(instant).toPlainDate().toString() as LocalDate
}

/** The wall-clock time in England at this instant, as 09:05. */
export function localTimeOf(instant: Date): string {
  return zoned(instant).toPlainTime().toString({ smallestUnit: 'minute' })
}

/**
 * The instant of a wall-clock time (HH:MM) in England. In the hour that the spring change skips it
 * is an hour later by the clock; in the hour that autumn repeats it is the first of the two.
 */
export function instantAt(day: LocalDate, time: string): Date {
  const at = Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone)
  return new Date(at.epochMilliseconds)
}

/** The first instant of a day in England. */
export function startOfDay(day: LocalDate): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds)
}

/** The day `days` after (before, if negative). */
export function addDays(day: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(day).add({ days }).toString() as LocalDate
}

/** The day `months` after (before, if negative); the last of the month where it has no such day. */
export function addMonths(day: LocalDate, months: number): LocalDate {
  return Temporal.PlainDate.from(day).add({ months }).toString() as LocalDate
}

/**
 * The instants between which a day's clocks are not to be trusted, or `undefined` on the days on
 * which they do not change. In spring both are the moment of the change; in autumn they are the
 * beginning of the hour that comes twice and the end of its second coming.
 */
export function clockChangeOn(
  day: LocalDate,
): { readonly from: Date; readonly until: Date } | undefined {
  const midnight = Temporal.PlainDate.from(day).toZonedDateTime(zone)
  const change = midnight.getTimeZoneTransition('next')
  if (!change || change.toPlainDate().toString() !== day) return undefined
  const before = change.subtract({ milliseconds: 1 })
  const repeated = Math.max(0, (before.offsetNanoseconds - change.offsetNanoseconds) / 1_000_000)
  const at = change.epochMilliseconds
  return { from: new Date(at - repeated), until: new Date(at + repeated) }
}

/** Days from `earlier` to `later`; negative where they are the other way round. */
export function daysBetween(earlier: LocalDate, later: LocalDate): number {
  return Temporal.PlainDate.from(earlier).until(later, { largestUnit: 'day' }).days
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: LocalDate): number {
  return Temporal.PlainDate.from(day).dayOfWeek
}

/** Whole years from a birth date to a day. A 29 February birthday is reached on 1 March. */
export function ageOn(bornOn: LocalDate, day: LocalDate): number {
  const born = Temporal.PlainDate.from(bornOn)
  const now = Temporal.PlainDate.from(day)
  const years = now.year - born.year
  const reached = now.month > born.month || (now.month === born.month && now.day >= born.day)
  return reached ? years : years - 1
}

/** The instant `minutes` earlier. */
export function minutesBefore(instant: Date, minutes: number): Date {
  return new Date(instant.getTime() - minutes * 60_000)
}

/** The instant `minutes` later. */
export function minutesAfter(instant: Date, minutes: number): Date {
  return minutesBefore(instant, -minutes)
}

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})
const dateFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

/** Monday 2 March 2026. */
export function formatDay(day: Date | LocalDate): string {
  return dayFormat.format(asInstant(day)).replace(',', '')
}

/** 2 March 2026. */
export function formatDate(day: Date | LocalDate): string {
  return dateFormat.format(asInstant(day))
}

/** 9:05am, 12:30pm, midday, midnight. Source: NHS service manual, dates and times. */
export function formatTime(instant: Date): string {
  const { hour, minute } = zoned(instant)
  if (minute === 0 && hour === 12) return 'midday'
  if (minute === 0 && hour === 0) return 'midnight'
  const clock = hour % 12 === 0 ? 12 : hour % 12
  return `${clock}:${String(minute).padStart(2, '0')}${hour < 12 ? 'am' : 'pm'}`
}

/** Monday 2 March 2026 at 9:05am. */
export function formatDayAndTime(instant: Date): string {
  return `${formatDay(instant)} at ${formatTime(instant)}`
}

function zoned(instant: Date): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone)
}

function asInstant(day: Date | LocalDate): Date {
  return day instanceof Date ? day : instantAt(day, '12:00')
}
