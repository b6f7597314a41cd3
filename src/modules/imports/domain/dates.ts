import { instantAt, localDateOf, localTimeOf, parseLocalDate, startOfDay } from '#kernel/time'

/** An instant, and how exactly the source gives it. */
export interface When {
  readonly at: Date
  readonly precision: 'year' | 'month' | 'day' | 'minute'
}

const pattern =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/

/**
 * Reads a FHIR date, dateTime or instant; `undefined` where it is none, or its year is before 1850
 * or after 2200. A time without a zone is England's. Midnight in England counts as the day alone,
 * because GP systems write a day so.
 */
export function parseWhen(value: unknown): When | undefined {
  const found = typeof value === 'string' ? pattern.exec(value.trim()) : null
  if (!found) return undefined
  const [, year = '', month, day, hour, minute, , zone] = found
  if (Number(year) < 1850 || Number(year) > 2200) return undefined

  const date = parseLocalDate(`${year}-${month ?? '01'}-${day ?? '01'}`)
  if (!date) return undefined
  if (hour === undefined || minute === undefined) {
    return { at: startOfDay(date), precision: day ? 'day' : month ? 'month' : 'year' }
  }
  if (Number(hour) > 23 || Number(minute) > 59) return undefined
  const at = zone ? new Date(found[0].replace(' ', 'T')) : instantAt(date, `${hour}:${minute}`)
  if (Number.isNaN(at.getTime())) return undefined
  return { at, precision: localTimeOf(at) === '00:00' ? 'day' : 'minute' }
}

/** The day in England, as 2026-03-02; `undefined` where the source gives no whole day. */
export function parseDay(value: unknown): string | undefined {
  const when = parseWhen(value)
  return when && (when.precision === 'day' || when.precision === 'minute')
    ? localDateOf(when.at)
    : undefined
}
