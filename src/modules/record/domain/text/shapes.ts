import { firstNames } from './lexicon/names.ts'
import { isOrdinary } from './lexicon/ordinary.ts'
import type { Word } from './word.ts'

/** What a word can be by its form alone. */
export const shapeNames = [
  'NUMBER',
  'DATE',
  'DURATION',
  'NHSNO',
  'CAPITAL',
  'FIRSTNAME',
  'INITIAL',
  'ODD',
] as const

type ShapeName = (typeof shapeNames)[number]

const calendar = new Set(
  'mon tue tues wed weds thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec january february march april june july august september october november december'.split(
    ' ',
  ),
)
const nothing: readonly ShapeName[] = []
const initial: readonly ShapeName[] = ['INITIAL', 'CAPITAL']
const capital: readonly ShapeName[] = ['CAPITAL']
const firstName: readonly ShapeName[] = ['FIRSTNAME', 'CAPITAL']
const odd: readonly ShapeName[] = ['ODD']
const oddCapital: readonly ShapeName[] = ['CAPITAL', 'ODD']
const number: readonly ShapeName[] = ['NUMBER']

/** The forms of a word: a date such as 2/3/85, a duration such as 2/52, a first name with its capital. */
export function shapesOf(token: Pick<Word, 'text' | 'shape'>): readonly ShapeName[] {
  switch (token.shape) {
    case 'number':
      return shapesOfNumber(token.text)
    case 'capital':
      if (token.text.length === 1) return initial
      if (calendar.has(token.text)) return nothing
      if (firstNames.has(token.text)) return firstName
      return isOrdinary(token.text) ? capital : oddCapital
    case 'small':
      return isOrdinary(token.text) ? nothing : odd
    default:
      return nothing
  }
}

function shapesOfNumber(text: string): readonly ShapeName[] {
  if (/^\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}$/.test(text)) return ['DATE']
  if (/^\d{1,2}[-/]?\d{0,2}\/(?:7|12|52|24|60|40)$/.test(text)) return ['DURATION', 'NUMBER']
  if (/^\d{10}$/.test(text)) return ['NHSNO', 'NUMBER']
  return number
}
