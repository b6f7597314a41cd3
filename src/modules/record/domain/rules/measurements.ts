import type { EntryValue } from '../entry.ts'
import { plainTerm } from './words.ts'

interface Measurement {
  readonly title: RegExp
  readonly unit: RegExp
  readonly low: number
  readonly high: number
}

/** What is measured in a room or at home; outside these limits somebody should look first. */
const measurements: readonly Measurement[] = [
  { title: /^(?:o\/e - )?(?:body )?weight$/, unit: /^kg$/i, low: 35, high: 200 },
  { title: /^(?:o\/e - )?(?:body |standing )?height$/, unit: /^(?:cm|m)$/i, low: 1, high: 220 },
  {
    title: /^(?:body mass index|bmi)(?: - observation| \(bmi\))?$/,
    unit: /^kg\/m(?:2|²|\^2)$/i,
    low: 17,
    high: 45,
  },
  {
    title:
      /^(?:o\/e - )?(?:sitting |standing |average |home )*systolic (?:blood pressure|arterial pressure|bp)(?: reading)?$/,
    unit: /^mm ?\[?hg\]?$/i,
    low: 85,
    high: 180,
  },
  {
    title:
      /^(?:o\/e - )?(?:sitting |standing |average |home )*diastolic (?:blood pressure|arterial pressure|bp)(?: reading)?$/,
    unit: /^mm ?\[?hg\]?$/i,
    low: 45,
    high: 110,
  },
  {
    title: /^(?:o\/e - )?(?:pulse|heart)(?: rate)?$/,
    unit: /^(?:\/min|bpm|beats(?:\/| per )min(?:ute)?|\{beats\}\/min)$/i,
    low: 45,
    high: 120,
  },
  {
    title:
      /^(?:peripheral (?:blood )?oxygen saturation|oxygen saturation|blood oxygen saturation|spo2)(?: at periphery)?$/,
    unit: /^%$/,
    low: 94,
    high: 100,
  },
  {
    title: /^(?:o\/e - )?(?:body |tympanic |oral )?temperature$/,
    unit: /^(?:c|cel|°c|degc|degrees c(?:elsius)?)$/i,
    low: 35,
    high: 38,
  },
  {
    title: /^(?:o\/e - )?respiratory rate$/,
    unit: /^(?:\/min|breaths(?:\/| per )min(?:ute)?)$/i,
    low: 10,
    high: 22,
  },
  { title: /^(?:o\/e - )?waist circumference$/, unit: /^cm$/i, low: 50, high: 160 },
  {
    title: /^(?:peak (?:expiratory )?flow(?: rate)?(?: pef)?|pefr)$/,
    unit: /^l(?:itres)?(?:\/| per )min(?:ute)?$/i,
    low: 150,
    high: 800,
  },
]

const pressure =
  /^(?:o\/e - )?(?:sitting |standing |average |home )*(?:blood pressure|bp|blood pressure reading|arterial blood pressure)$/

/** Whether this is an everyday measurement with a plausible figure in its usual unit. */
export function isPlainMeasurement(title: string, value: EntryValue | undefined): boolean {
  const term = plainTerm(title)
  if (pressure.test(term)) return isPlainPressure(value)
  const known = measurements.find((measurement) => measurement.title.test(term))
  if (
    !known ||
    value?.number === undefined ||
    value.comparator !== undefined ||
    value.text !== undefined
  )
    return false
  return (
    known.unit.test(value.unit?.trim() ?? '') &&
    value.number >= known.low &&
    value.number <= known.high
  )
}

/** Whether this is a heading for a blood pressure whose two figures are entries of their own. */
export function isPressureHeading(title: string, value: EntryValue | undefined): boolean {
  return pressure.test(plainTerm(title)) && value?.number === undefined && value?.text === undefined
}

function isPlainPressure(value: EntryValue | undefined): boolean {
  const figures = /^(\d{2,3}) ?\/ ?(\d{2,3})$/.exec(value?.text ?? '')
  if (!figures || value?.number !== undefined) return false
  const [systolic, diastolic] = [Number(figures[1]), Number(figures[2])]
  return systolic >= 85 && systolic <= 180 && diastolic >= 45 && diastolic <= 110
}
