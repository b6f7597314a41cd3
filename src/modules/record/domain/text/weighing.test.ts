import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { TextContext } from './assess.ts'
import table from './likeness.json' with { type: 'json' }
import { loneFeatures, readerWith, sentenceFeatures, textRules, vocabulary } from './text-rules.ts'
import type { FeatureKind } from './features.ts'
import { makeCategoriser } from './categorising.ts'
import { makeNumbering } from './numbering.ts'
import { makeWeigher } from './weighing.ts'
import { eachWeight, type Weights } from './weights.ts'

interface Case {
  readonly text: string
  readonly context: TextContext
}

const weights: Weights = table.weights
const byCategory: readonly Weights[] = Object.values(table.categories)
const kinds: readonly FeatureKind[] = [
  'w',
  'b',
  'p',
  's',
  'sc',
  'r',
  'nw',
  'ns',
  'nr',
  'dw',
  'ds',
  'as',
  'xs',
  'of',
]
const named = (given: Weights): ReadonlyMap<string, number> => {
  const weightOf = new Map<string, number>()
  for (const kind of kinds)
    eachWeight(given, kind, (of, name, weight) => weightOf.set(`${kind}\t${of}\t${name}`, weight))
  return weightOf
}
const byName = named(weights)
const saysByName = byCategory.map(named)
const cases = globSync('test/screening-cases/*.jsonl')
  .toSorted()
  .flatMap((file) => readFileSync(file, 'utf8').split('\n').filter(Boolean))
  .filter((_, index) => index % 20 === 0)
  .map((line) => JSON.parse(line) as Case)

/** Everything that is weighed of each sentence, looked up one by one. */
function oneByOne({ text, context }: Case, featuresOf: typeof sentenceFeatures): readonly number[] {
  return featuresOf(text, context).map((features) => {
    const found = [...features].flatMap((feature) => byName.get(feature) ?? [])
    return found.reduce((sum, weight) => sum + weight, 0) / Math.sqrt(found.length + 3)
  })
}

/** What speaks for each category in each sentence, looked up one by one. */
function likestOneByOne({ text, context }: Case): readonly number[] {
  return sentenceFeatures(text, context).map((features) => {
    const sums = saysByName.map((says) =>
      [...features].reduce((sum, feature) => sum + (says.get(feature) ?? 0), 0),
    )
    return sums.indexOf(Math.max(...sums))
  })
}

const read = readerWith(textRules)
const textOf = ({ text, context }: Case) => read(text, context).text
const numbering = makeNumbering([weights, ...byCategory], vocabulary.nameOf)

function makeScores(): (one: Case) => readonly number[] {
  const weigher = makeWeigher(weights, numbering)
  return (one) => weigher.scores(textOf(one), weigher.rows(textOf(one)))
}

describe('makeWeigher', () => {
  const scores = makeScores()

  test('gives what adding up everything one by one gives', () => {
    for (const one of cases) expect(scores(one)).toEqual(oneByOne(one, sentenceFeatures))
  })

  test('gives of each sentence what it would weigh if it stood alone', () => {
    const weigher = makeWeigher(weights, numbering)
    for (const one of cases) {
      const text = textOf(one)
      const rows = weigher.rows(text)
      weigher.scores(text, rows)
      expect(rows.map((_, index) => weigher.alone(text, rows, index))).toEqual(
        oneByOne(one, loneFeatures),
      )
    }
  })

  test('gives the same whatever was weighed before', () => {
    for (const one of cases.slice(0, 9)) expect(makeScores()(one)).toEqual(scores(one))
  })

  test('gives whole weights, so that every machine adds up the same', () => {
    const all = [...byName.values()]
    expect(all.length).toBeGreaterThan(10_000)
    expect(all.every(Number.isInteger)).toBe(true)
  })
})

describe('makeCategoriser', () => {
  test('gives what adding up everything one by one gives', () => {
    const categorise = makeCategoriser(byCategory, numbering)
    const { rows } = makeWeigher(weights, numbering)
    for (const one of cases) {
      const text = textOf(one)
      const found = rows(text)
      const likest = text.sentences.map((_, index) => categorise(text, found, index))
      expect(likest).toEqual(likestOneByOne(one))
    }
  })
})
