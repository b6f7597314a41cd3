import { parseLocalDate } from '#kernel/time'
import {
  lastDayOf,
  monthOf,
  shortMonthName,
  startOfFinancialYear,
  type Month,
} from '../months/month.ts'

/** 30-Nov-23, as the published file has the last day of a month. */
export function periodEnd(month: Month): string {
  const day = lastDayOf(month)
  return `${day.slice(8)}-${shortMonthName(month)}-${day.slice(2, 4)}`
}

/** 30NOV2023, as older files and the month summary have it. */
export function oldPeriodEnd(month: Month): string {
  return `${lastDayOf(month).slice(8)}${monthYear(month)}`
}

/** NOV2023, as file names have it. */
export function monthYear(month: Month): string {
  return `${shortMonthName(month).toUpperCase()}${month.slice(0, 4)}`
}

/** POMI_APR2023_to_DEC2023.csv: the financial year up to a month. */
export function pomiFileName(month: Month): string {
  return `POMI_${monthYear(startOfFinancialYear(month))}_to_${monthYear(month)}.csv`
}

const months = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ')

/** Reads the last day of a month in either form; another day of a month is none. */
export function parsePeriodEnd(text: string): Month | undefined {
  const parts = /^(\d{1,2})-?([A-Za-z]{3})-?(\d{2}|\d{4})$/.exec(text.trim())
  if (!parts) return undefined
  const [, day = '', name = '', year = ''] = parts
  const number = months.indexOf(name.toUpperCase()) + 1
  if (number === 0) return undefined
  const century = year.length === 2 ? `20${year}` : year
  const date = parseLocalDate(
    `${century}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`,
  )
  if (date === undefined) return undefined
  const month = monthOf(date)
  return lastDayOf(month) === date ? month : undefined
}
