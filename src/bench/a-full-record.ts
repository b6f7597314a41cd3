import { minutesBefore } from '#kernel/time'
import type { IncomingEntry, IncomingRecord } from '#modules/record'

const tests: readonly {
  readonly title: string
  readonly unit: string
  readonly low: number
  readonly high: number
}[] = [
  { title: 'Serum sodium level', unit: 'mmol/L', low: 133, high: 146 },
  { title: 'Serum potassium level', unit: 'mmol/L', low: 3.5, high: 5.3 },
  { title: 'Serum creatinine level', unit: 'umol/L', low: 45, high: 84 },
  { title: 'Haemoglobin concentration', unit: 'g/L', low: 115, high: 165 },
  { title: 'Serum TSH level', unit: 'mU/L', low: 0.27, high: 4.2 },
  { title: 'Serum cholesterol level', unit: 'mmol/L', low: 0, high: 5 },
]

const each = 40
const measurements = 100
const immunisations = 30

/** Entries in one made record. */
export const entriesEach = tests.length * each + measurements + immunisations

/** Years of results, measurements and immunisations of the kinds that a ruleset may release. */
export function aFullRecord(now: Date): IncomingRecord {
  const dated = (index: number) => {
    const at = minutesBefore(now, 60 * 24 * (index * 30 + 5))
    return { clinicalAt: at, clinicalPrecision: 'minute' as const, recordedAt: at }
  }
  const results = tests.flatMap(({ title, unit, low, high }, kind) =>
    Array.from({ length: each }, (_, index): IncomingEntry => ({
      ...dated(index),
      sourceKey: `Observation/${kind}-${index}`,
      kind: 'result',
      title,
      filedAt: minutesBefore(now, 60 * 24 * (index * 30 + 3)),
      value: {
        number: Math.round((low + ((high - low) * ((index * 7) % 10)) / 10) * 10) / 10,
        unit,
        low,
        high,
      },
      detail: { status: 'final' },
    })),
  )
  const weights = Array.from({ length: measurements }, (_, index): IncomingEntry => ({
    ...dated(index),
    sourceKey: `Observation/w-${index}`,
    kind: 'measurement',
    title: 'Body weight',
    value: { number: 70 + (index % 9), unit: 'kg' },
  }))
  const vaccines = Array.from({ length: immunisations }, (_, index): IncomingEntry => ({
    ...dated(index * 12),
    sourceKey: `Immunization/${index}`,
    kind: 'immunisation',
    title: 'Seasonal influenza vaccination given',
    detail: { given: true, vaccine: 'Influenza vaccine' },
  }))
  return {
    source: 'benchmark',
    isWhole: true,
    entries: [...results, ...weights, ...vaccines],
    sections: [],
  }
}
