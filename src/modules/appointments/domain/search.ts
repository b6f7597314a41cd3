import { addDays, localDateOf, startOfDay, weekdayOf, type LocalDate } from '#kernel/time'
import type { DeliveryChannel } from './slot.ts'

/** Periods that patients search by. Source: NHS App; DOMAIN BK-6. */
export const periods = [
  'any',
  'today',
  'tomorrow',
  'this-week',
  'next-week',
  'eight-weeks',
] as const

export type Period = (typeof periods)[number]

/** What a patient looks for. What is absent is any. */
export interface SlotSearch {
  readonly period: Period
  readonly deliveryChannel?: DeliveryChannel
  readonly staffId?: string
}

/** A period as days in England: `until` is the first day after it, absent where there is no end. */
export interface DayRange {
  readonly from: LocalDate
  readonly until?: LocalDate
}

/** The days of a period. Weeks begin on Monday; what is past of this week is left out. */
export function daysOf(period: Period, now: Date): DayRange {
  const today = localDateOf(now)
  const monday = addDays(today, 8 - weekdayOf(today))
  switch (period) {
    case 'any':
      return { from: today }
    case 'today':
      return { from: today, until: addDays(today, 1) }
    case 'tomorrow':
      return { from: addDays(today, 1), until: addDays(today, 2) }
    case 'this-week':
      return { from: today, until: monday }
    case 'next-week':
      return { from: monday, until: addDays(monday, 7) }
    case 'eight-weeks':
      return { from: today, until: addDays(today, 56) }
  }
}

/** The instants of a period, or of all of the time to come where it has no end. */
export function instantsOf(
  range: DayRange,
  farthest: Date,
): { readonly from: Date; readonly until: Date } {
  return { from: startOfDay(range.from), until: range.until ? startOfDay(range.until) : farthest }
}
