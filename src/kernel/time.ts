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
  const clock = wallClock(instant)
  return kept(localDates, Math.floor(clock.getTime() / dayMs), () => isoDateOf(clock))
}

/** The wall-clock time in England at this instant, as 09:05. */
export function localTimeOf(instant: Date): string {
  return wallClock(instant).toISOString().slice(11, 16)
}

/**
 * The instant of a wall-clock time (HH:MM) in England. In the hour that the spring change skips it
 * is an hour later by the clock; in the hour that autumn repeats it is the first of the two.
 */
export function instantAt(day: LocalDate, time: string): Date {
  const asUtc = Date.parse(`${day}T${time}Z`)
  const plain = plainOffsetAround(asUtc)
  if (plain !== undefined) return new Date(asUtc - plain)
  const at = Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone)
  return new Date(at.epochMilliseconds)
}

/** The first instant of a day in England. */
export function startOfDay(day: LocalDate): Date {
  return instantAt(day, '00:00')
}

/** The day `days` after (before, if negative). */
export function addDays(day: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, -14) as LocalDate
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
  return (Date.parse(later) - Date.parse(earlier)) / dayMs
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: LocalDate): number {
  return new Date(day).getUTCDay() || 7
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

const days = new Map<LocalDate, string>()
const dates = new Map<LocalDate, string>()

/** Monday 2 March 2026. */
export function formatDay(day: Date | LocalDate): string {
  const on = asDay(day)
  return kept(days, on, () => dayFormat.format(noonOf(on)).replace(',', ''))
}

/** 2 March 2026. */
export function formatDate(day: Date | LocalDate): string {
  const on = asDay(day)
  return kept(dates, on, () => dateFormat.format(noonOf(on)))
}

/**
 * 9:05am, 12:30pm, midday, midnight; in the hour that autumn repeats, 1:05am (BST) and then
 * 1:05am (GMT). Source: NHS service manual, dates and times.
 */
export function formatTime(instant: Date): string {
  const clock = wallClock(instant)
  const hour = clock.getUTCHours()
  const minute = clock.getUTCMinutes()
  if (minute === 0 && hour === 12) return 'midday'
  if (minute === 0 && hour === 0) return 'midnight'
  const shown = hour % 12 === 0 ? 12 : hour % 12
  const time = `${shown}:${String(minute).padStart(2, '0')}${hour < 12 ? 'am' : 'pm'}`
  return `${time}${whichOfTwo(instant)}`
}

/** Monday 2 March 2026 at 9:05am. */
export function formatDayAndTime(instant: Date): string {
  return `${formatDay(instant)} at ${formatTime(instant)}`
}

const dayMs = 86_400_000
const keptAtMost = 20_000

/** A day by UTC: how far England's clocks are ahead, in ms, and when that changes on it. */
interface UtcDay {
  readonly before: number
  readonly changesAt: number
  readonly after: number
}

const utcDays = new Map<number, UtcDay>()
const localDates = new Map<number, LocalDate>()

function isoDateOf(clock: Date): LocalDate {
  return clock.toISOString().slice(0, 10) as LocalDate
}

/** The zone's rules asked once for each day, since asking takes microseconds and a page has hundreds. */
function utcDayOf(ms: number): UtcDay {
  const number = Math.floor(ms / dayMs)
  return kept(utcDays, number, () => readUtcDay(number))
}

function readUtcDay(number: number): UtcDay {
  const start = Temporal.Instant.fromEpochMilliseconds(number * dayMs).toZonedDateTimeISO(zone)
  const before = start.offsetNanoseconds / 1_000_000
  const change = start.getTimeZoneTransition('next')
  return change && change.epochMilliseconds < (number + 1) * dayMs
    ? { before, changesAt: change.epochMilliseconds, after: change.offsetNanoseconds / 1_000_000 }
    : { before, changesAt: Infinity, after: before }
}

/** A date whose UTC fields are what the clocks in England show. */
function wallClock(instant: Date): Date {
  const ms = instant.getTime()
  const day = utcDayOf(ms)
  return new Date(ms + (ms < day.changesAt ? day.before : day.after))
}

/** The offset of a whole day either side, or `undefined` where it changes in that time. */
function plainOffsetAround(ms: number): number | undefined {
  if (Number.isNaN(ms)) return undefined
  const { before } = utcDayOf(ms)
  const isPlain = [ms - dayMs, ms, ms + dayMs].every((around) => {
    const day = utcDayOf(around)
    return day.before === before && day.after === before
  })
  return isPlain ? before : undefined
}

function whichOfTwo(instant: Date): '' | ' (BST)' | ' (GMT)' {
  const ms = instant.getTime()
  const { before, changesAt, after } = utcDayOf(ms)
  const repeated = before - after
  if (repeated <= 0 || ms < changesAt - repeated || ms >= changesAt + repeated) return ''
  return ms < changesAt ? ' (BST)' : ' (GMT)'
}

function noonOf(day: LocalDate): Date {
  return new Date(`${day}T12:00:00Z`)
}

function asDay(day: Date | LocalDate): LocalDate {
  return day instanceof Date ? localDateOf(day) : day
}

function kept<Key, Value>(values: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = values.get(key)
  if (known !== undefined) return known
  if (values.size >= keptAtMost) values.clear()
  const made = make()
  values.set(key, made)
  return made
}
