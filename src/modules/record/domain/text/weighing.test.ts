import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { TextContext } from './assess.ts'
import table from './likeness.json' with { type: 'json' }
import { readerWith, sentenceFeatures, textRules, vocabulary } from './text-rules.ts'
import { makeWeigher, tableOf, type Weights } from './weighing.ts'

interface Case {
  readonly text: string
  readonly context: TextContext
}

const weights: Weights = table.weights
const byKind = tableOf(weights)
const cases = globSync('test/screening-cases/*.jsonl')
  .toSorted()
  .flatMap((file) => readFileSync(file, 'utf8').split('\n').filter(Boolean))
  .filter((_, index) => index % 20 === 0)
  .map((line) => JSON.parse(line) as Case)

/** Everything that is weighed of each sentence, looked up one by one. */
function oneByOne({ text, context }: Case): readonly number[] {
  return sentenceFeatures(text, context).map((features) => {
    const found = [...features].flatMap((feature) => {
      const [kind = '', of = '', name = ''] = feature.split('\t')
      return byKind.get(kind)?.get(of)?.get(name) ?? []
    })
    return found.reduce((sum, weight) => sum + weight, 0) / Math.sqrt(found.length + 3)
  })
}

describe('makeWeigher', () => {
  const read = readerWith(textRules)
  const weigh = makeWeigher(weights, vocabulary.nameOf)

  test('gives what adding up everything one by one gives', () => {
    for (const one of cases) {
      expect(weigh(read(one.text, one.context).text)).toEqual(oneByOne(one))
    }
  })

  test('gives the same whatever was weighed before', () => {
    const [first] = cases
    if (!first) throw new Error('There are no cases')
    const fresh = makeWeigher(weights, vocabulary.nameOf)
    expect(weigh(read(first.text, first.context).text)).toEqual(
      fresh(read(first.text, first.context).text),
    )
  })

  test('gives whole weights, so that every machine adds up the same', () => {
    const all = [...byKind.values()].flatMap((byOf) =>
      [...byOf.values()].flatMap((byName) => [...byName.values()]),
    )
    expect(all.length).toBeGreaterThan(10_000)
    expect(all.every(Number.isInteger)).toBe(true)
  })
})
