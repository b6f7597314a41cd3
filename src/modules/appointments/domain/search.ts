import type { Id } from '#kernel/id'
import { addDays, localDateOf, startOfDay, weekdayOf, type LocalDate } from '#kernel/time'
import type { SlotTypeId } from './slot-type.ts'
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

/** Says of a search that it is for the practice's own address, which is not among its sites. */
export const mainSite = 'main'

/** One of the practice's sites, or its own address. */
export type SiteSearched = Id<'Site'> | typeof mainSite

/** What a patient looks for. What is absent is any. */
export interface SlotSearch {
  readonly period: Period
  /** One day alone. Where it is given the period does not count. */
  readonly day?: LocalDate
  readonly deliveryChannel?: DeliveryChannel
  readonly staffId?: Id<'Staff'>
  readonly siteId?: SiteSearched
  readonly slotTypeId?: SlotTypeId
}

/** One thing that a search is narrowed by, in the order in which it is asked and told. */
export type Narrowing = 'when' | 'how' | 'who' | 'where' | 'what'

/** What a search is narrowed by; nothing where it looks for any appointment. */
export function narrowingsOf(search: SlotSearch): readonly Narrowing[] {
  const isNarrowed: Readonly<Record<Narrowing, boolean>> = {
    when: search.day !== undefined || search.period !== 'any',
    how: search.deliveryChannel !== undefined,
    who: search.staffId !== undefined,
    where: search.siteId !== undefined,
    what: search.slotTypeId !== undefined,
  }
  const all: readonly Narrowing[] = ['when', 'how', 'who', 'where', 'what']
  return all.filter((narrowing) => isNarrowed[narrowing])
}

/** The same search without one of its narrowings, or itself where it has not got it. */
export function widened(search: SlotSearch, by: Narrowing): SlotSearch {
  const { period, day, deliveryChannel, staffId, siteId, slotTypeId } = search
  return {
    period: by === 'when' ? 'any' : period,
    ...(day && by !== 'when' && { day }),
    ...(deliveryChannel && by !== 'how' && { deliveryChannel }),
    ...(staffId && by !== 'who' && { staffId }),
    ...(siteId && by !== 'where' && { siteId }),
    ...(slotTypeId && by !== 'what' && { slotTypeId }),
  }
}

/** A period as days in England: `until` is the first day after it, absent where there is no end. */
export interface DayRange {
  readonly from: LocalDate
  readonly until?: LocalDate
}

/** The days that a search looks at: its one day, or else those of its period. */
export function daysSearched(search: Pick<SlotSearch, 'day' | 'period'>, now: Date): DayRange {
  const { day, period } = search
  return day ? { from: day, until: addDays(day, 1) } : daysOf(period, now)
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
