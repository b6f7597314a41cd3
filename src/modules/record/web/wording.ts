import { formatDate, formatTime, localDateOf } from '#kernel/time'
import type { DisclosedEntry } from '../domain/disclosure.ts'
import type { EntryKind, Precision } from '../domain/entry.ts'

const month = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  month: 'long',
  year: 'numeric',
})
const figures = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 3, useGrouping: false })

/** A number with at most three decimals. Asking for its format costs a microsecond, so only where there is something to round. */
function formatFigure(value: number): string {
  const isShort = Math.abs(value) < 1e6 && Number.isInteger(value * 1000) && value !== 0
  return isShort ? String(value) : figures.format(value)
}

/** A date as exactly as it is known: "2019", "March 2019", "2 March 2019". */
export function formatKnownDate(at: Date, precision: Precision | undefined): string {
  if (precision === 'year') return localDateOf(at).slice(0, 4)
  return precision === 'month' ? month.format(at) : formatDate(at)
}

/** When something happened, or else when it came into the record. */
export function formatWhen(
  entry: Pick<DisclosedEntry, 'clinicalAt' | 'clinicalPrecision' | 'recordedAt'>,
): string {
  if (!entry.clinicalAt) return `Date not known (written down ${formatDate(entry.recordedAt)})`
  return formatKnownDate(entry.clinicalAt, entry.clinicalPrecision)
}

/** As `formatWhen`, with the time where it is known. */
export function formatWhenExactly(entry: DisclosedEntry): string {
  const { clinicalAt, clinicalPrecision } = entry
  const when = formatWhen(entry)
  return clinicalAt && clinicalPrecision === 'minute'
    ? `${when} at ${formatTime(clinicalAt)}`
    : when
}

const units: Readonly<Record<string, string>> = {
  'mm[Hg]': 'mmHg',
  'kg/m2': 'kg/m²',
  '10*9/L': '×10⁹/L',
  '10*12/L': '×10¹²/L',
  '10*9/l': '×10⁹/L',
  '10*12/l': '×10¹²/L',
  Cel: '°C',
  '/min': 'a minute',
  'mL/min/{1.73_m2}': 'mL/min/1.73m²',
  '1': '',
}

/** A unit as people write it. */
export function formatUnit(unit: string | undefined): string {
  return unit === undefined ? '' : (units[unit] ?? unit)
}

const comparators = {
  '<': 'less than ',
  '<=': 'at most ',
  '>=': 'at least ',
  '>': 'more than ',
} as const

/** A value with its unit: "140 mmol/L", "less than 5 mg/L", "Negative"; `undefined` where there is none. */
export function formatValue(entry: DisclosedEntry): string | undefined {
  const { valueNumber, valueComparator, valueText } = entry
  const unit = formatUnit(entry.unit)
  if (valueNumber === undefined)
    return valueText && withUnit(valueText, /\d$/.test(valueText) ? unit : '')
  const number = withUnit(formatFigure(valueNumber), unit)
  const measured = `${valueComparator ? comparators[valueComparator] : ''}${number}`
  return valueText ? `${measured} (${valueText})` : measured
}

/** The usual range: "133 to 146 mmol/L", "41 mmol/mol or less". */
export function formatRange(entry: DisclosedEntry): string | undefined {
  const { rangeLow: low, rangeHigh: high, rangeText } = entry
  const unit = formatUnit(entry.unit)
  if (low !== undefined && high !== undefined)
    return `${formatFigure(low)} to ${withUnit(formatFigure(high), unit)}`
  if (low !== undefined) return `${withUnit(formatFigure(low), unit)} or more`
  return high === undefined ? rangeText : `${withUnit(formatFigure(high), unit)} or less`
}

/** Where a value lies against its usual range, in words; `undefined` where that cannot be said. */
export function formatPlace(entry: DisclosedEntry): string | undefined {
  const { valueNumber: value, valueComparator, rangeLow: low, rangeHigh: high } = entry
  if (value === undefined || (low === undefined && high === undefined)) return undefined
  const mayBeLess = valueComparator === '<' || valueComparator === '<='
  const mayBeMore = valueComparator === '>' || valueComparator === '>='
  if (low !== undefined && value < low && !mayBeMore) return 'Below the usual range'
  if (high !== undefined && value > high && !mayBeLess) return 'Above the usual range'
  const isUnsure = (mayBeLess && low !== undefined) || (mayBeMore && high !== undefined)
  return isUnsure ? undefined : 'Within the usual range'
}

function withUnit(text: string, unit: string): string {
  if (unit === '') return text
  return unit === '%' || unit === '°C' ? `${text}${unit}` : `${text} ${unit}`
}

const kindNames: Readonly<Record<EntryKind, string>> = {
  allergy: 'Allergy',
  medication: 'Medicine',
  issue: 'Medicine supplied',
  problem: 'Health condition',
  immunisation: 'Vaccination',
  result: 'Test result',
  'result-group': 'Group of test results',
  report: 'Test report',
  measurement: 'Measurement',
  observation: 'Observation',
  consultation: 'Consultation',
  topic: 'Topic',
  heading: 'Heading',
  note: 'Note',
  referral: 'Referral',
  document: 'Document',
  procedure: 'Procedure',
  'family-history': 'Family history',
  request: 'Request',
  other: 'Other entry',
}

/** What a kind of entry is called. */
export function formatKind(kind: EntryKind): string {
  return kindNames[kind]
}
