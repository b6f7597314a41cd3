import { firstNames } from './lexicon/names.ts'
import type { Token } from './tokens.ts'

/** What a word can be by its form alone. */
export const shapeNames = [
  'NUMBER',
  'DATE',
  'DURATION',
  'NHSNO',
  'CAPITAL',
  'FIRSTNAME',
  'INITIAL',
] as const

type ShapeName = (typeof shapeNames)[number]

const nothing: readonly ShapeName[] = []
const initial: readonly ShapeName[] = ['INITIAL', 'CAPITAL']
const capital: readonly ShapeName[] = ['CAPITAL']
const firstName: readonly ShapeName[] = ['FIRSTNAME', 'CAPITAL']
const number: readonly ShapeName[] = ['NUMBER']

/** The forms of a word: a date such as 2/3/85, a duration such as 2/52, a first name with its capital. */
export function shapesOf(token: Token): readonly ShapeName[] {
  switch (token.shape) {
    case 'number':
      return shapesOfNumber(token.text)
    case 'capital':
      if (token.text.length === 1) return initial
      return firstNames.has(token.text) ? firstName : capital
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
