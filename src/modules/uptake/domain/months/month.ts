import type { Brand } from '#kernel/brand'
import { addDays, addMonths, parseLocalDate, startOfDay, type LocalDate } from '#kernel/time'

/** A calendar month in England, written as its first day: 2026-03-01. Later ones sort after. */
export type Month = Brand<string, 'Month'>

/** Reads a month written as 2026-03, or `undefined`. */
export function parseMonth(text: string): Month | undefined {
  const day = /^\d{4}-\d{2}$/.test(text) ? parseLocalDate(`${text}-01`) : undefined
  return day === undefined ? undefined : monthOf(day)
}

/** The month that a day is in. */
export function monthOf(day: LocalDate): Month {
  return `${day.slice(0, 8)}01` as Month
}

function firstDayOf(month: Month): LocalDate {
  const day: string = month
  return day as LocalDate
}

/** The month so many after (before, if negative). */
export function monthAfter(month: Month, count: number): Month {
  return monthOf(addMonths(firstDayOf(month), count))
}

/** The last day of a month: the day that a published file is for. */
export function lastDayOf(month: Month): LocalDate {
  return addDays(firstDayOf(monthAfter(month, 1)), -1)
}

/** From the first instant of a month in England to the first of the next, which is not in it. */
export function instantsOfMonth(month: Month): { readonly from: Date; readonly until: Date } {
  return {
    from: startOfDay(firstDayOf(month)),
    until: startOfDay(firstDayOf(monthAfter(month, 1))),
  }
}

/** The April with which the financial year of a month begins. */
export function startOfFinancialYear(month: Month): Month {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return `${number >= 4 ? year : year - 1}-04-01` as Month
}

/** Every month from one to another, both included; none where they are the other way round. */
export function monthsFrom(first: Month, last: Month): readonly Month[] {
  const months: Month[] = []
  for (let month = first; month <= last; month = monthAfter(month, 1)) months.push(month)
  return months
}

/** As an address has it: 2026-03. */
export function formatMonthCode(month: Month): string {
  return month.slice(0, 7)
}

const longFormat = new Intl.DateTimeFormat('en-GB', {
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** March 2026. */
export function formatMonth(month: Month): string {
  return longFormat.format(new Date(month))
}

const shortNames = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** Mar. */
export function shortMonthName(month: Month): string {
  return shortNames[Number(month.slice(5, 7)) - 1] ?? ''
}
