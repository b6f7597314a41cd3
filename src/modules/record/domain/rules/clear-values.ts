import type { Rule } from '../screening.ts'
import { isPlainMeasurement, isPressureHeading } from './measurements.ts'
import { isFiledFinal, isInRange, isOrdinaryTest, isOrdinaryTestGroup } from './tests.ts'

const filedAt = new Date('2026-02-20T09:00:00Z')
const sodium = {
  kind: 'result',
  title: 'Serum sodium level',
  value: { number: 140, unit: 'mmol/L', low: 133, high: 146 },
  filedAt,
  detail: { status: 'final' },
} as const

/**
 * Rules that let measurements and test results be shown without a person, each for one plain kind of thing.
 */
export const valueRules: readonly Rule[] = [
  {
    id: 'clear.measurement',
    why: 'An everyday measurement within plausible limits, with no comment.',
    fires: (entry, { within }) =>
      entry.kind === 'measurement' &&
      isPlainMeasurement(entry.title, entry.value) &&
      within !== 'some-held',
    examples: {
      fire: [
        {
          entry: {
            kind: 'measurement',
            title: 'Blood pressure',
            value: { text: '128/76', unit: 'mm[Hg]' },
          },
        },
        {
          entry: {
            kind: 'measurement',
            title: 'Body mass index',
            value: { number: 27.4, unit: 'kg/m2' },
          },
        },
      ],
      quiet: [
        {
          entry: {
            kind: 'measurement',
            title: 'Body mass index',
            value: { number: 12.9, unit: 'kg/m2' },
          },
        },
        { entry: { kind: 'measurement', title: 'Blood pressure', value: { text: '228/136' } } },
        { entry: { kind: 'measurement', title: 'Body weight', value: { number: 80 } } },
        { entry: { kind: 'measurement', title: 'AUDIT C score', value: { number: 4 } } },
      ],
    },
  },
  {
    id: 'clear.blood-pressure',
    why: 'A blood pressure whose two figures are released.',
    fires: (entry, { within }) =>
      entry.kind === 'measurement' &&
      isPressureHeading(entry.title, entry.value) &&
      within === 'all-released',
    examples: {
      fire: [
        {
          entry: { kind: 'measurement', title: 'O/E - blood pressure' },
          context: { within: 'all-released' },
        },
      ],
      quiet: [
        {
          entry: { kind: 'measurement', title: 'O/E - blood pressure' },
          context: { within: 'some-held' },
        },
        { entry: { kind: 'measurement', title: 'O/E - blood pressure' } },
      ],
    },
  },
  {
    id: 'clear.result',
    why: 'An ordinary test, filed as final, in its range, with no comment.',
    fires: (entry, { within }) =>
      entry.kind === 'result' &&
      within !== 'some-held' &&
      isOrdinaryTest(entry.title) &&
      isFiledFinal(entry) &&
      isInRange(entry.value) &&
      entry.value?.text === undefined,
    examples: {
      fire: [
        { entry: sodium },
        {
          entry: {
            ...sodium,
            title: 'Haemoglobin A1c level - IFCC standardised',
            value: { number: 39, unit: 'mmol/mol', high: 41 },
          },
        },
        { entry: { ...sodium, title: 'eGFR', value: { number: 90, comparator: '>', low: 60 } } },
      ],
      quiet: [
        { entry: { ...sodium, value: { number: 128, unit: 'mmol/L', low: 133, high: 146 } } },
        { entry: { ...sodium, value: { number: 140, unit: 'mmol/L' } } },
        {
          entry: {
            kind: 'result',
            title: 'Serum sodium level',
            value: sodium.value,
            detail: sodium.detail,
          },
        },
        { entry: { ...sodium, detail: { status: 'preliminary' } } },
        { entry: { ...sodium, detail: { status: 'final', interpretation: 'Abnormal' } } },
        { entry: { ...sodium, title: 'CA 19-9 level' } },
        { entry: { ...sodium, value: { number: 5, comparator: '<', low: 3, high: 9 } } },
      ],
    },
  },
  {
    id: 'clear.result-group',
    why: 'A group of ordinary tests, filed as final, all of them released.',
    fires: (entry, { within }) =>
      (entry.kind === 'result-group' || entry.kind === 'report') &&
      within === 'all-released' &&
      isOrdinaryTestGroup(entry.title) &&
      isFiledFinal(entry) &&
      entry.value === undefined,
    examples: {
      fire: [
        {
          entry: {
            kind: 'result-group',
            title: 'Urea and electrolytes',
            filedAt,
            detail: { status: 'final' },
          },
          context: { within: 'all-released' },
        },
      ],
      quiet: [
        {
          entry: {
            kind: 'result-group',
            title: 'Urea and electrolytes',
            filedAt,
            detail: { status: 'final' },
          },
          context: { within: 'some-held' },
        },
        {
          entry: { kind: 'report', title: 'Chest X-ray', filedAt, detail: { status: 'final' } },
          context: { within: 'all-released' },
        },
        {
          entry: { kind: 'report', title: 'Full blood count', detail: { status: 'final' } },
          context: { within: 'all-released' },
        },
      ],
    },
  },
]
