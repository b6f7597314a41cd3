import type { FeatureKind } from './features.ts'
import type { Numbering } from './numbering.ts'
import {
  countOf,
  eachWeight,
  makePairTable,
  noWeight,
  weightsBy,
  type PairTable,
  type Weights,
} from './weights.ts'

/** Weights by number, and when each thing was last seen, so that it is added up once. */
export interface Tables {
  readonly numbering: Numbering
  readonly words: Sort
  readonly sets: Sort
  readonly explained: Int32Array
  readonly explainedSeen: Float64Array
  readonly byAge: ReadonlyMap<string, Int32Array>
  readonly bySex: ReadonlyMap<string, Int32Array>
  readonly starts: Int32Array
  readonly startsSeen: Float64Array
  readonly pairs: PairTable
  readonly pairsSeen: Float64Array
  readonly rules: Int32Array
  readonly rulesBeside: Int32Array
  readonly anyRule: number
  readonly first: number
  readonly last: number
  /** By what they say, then by what of it. */
  readonly other: ReadonlyMap<string, ReadonlyMap<string, number>>
  readonly clock: { now: number }
}

/** What things of one sort weigh in their own sentence, the one beside it and the whole text. */
interface Sort {
  readonly own: Int32Array
  readonly beside: Int32Array
  readonly whole: Int32Array
  readonly seen: Float64Array
}

/** Files weights by number. */
export function tablesOf(weights: Weights, numbering: Numbering): Tables {
  const { words, sets, starts, rules } = numbering
  const sortOf = (
    numbers: ReadonlyMap<string, number>,
    [own, beside, whole]: readonly [FeatureKind, FeatureKind, FeatureKind],
  ): Sort => ({
    own: weightsBy(numbers, weights, own),
    beside: weightsBy(numbers, weights, beside),
    whole: weightsBy(numbers, weights, whole),
    seen: new Float64Array(numbers.size),
  })
  const pairs = pairsOf(weights, words)
  const ruleWeights = weightsBy(rules, weights, 'r')
  return {
    numbering,
    words: sortOf(words, ['w', 'nw', 'dw']),
    sets: sortOf(sets, ['s', 'ns', 'ds']),
    explained: weightsBy(sets, weights, 'sc'),
    explainedSeen: new Float64Array(sets.size),
    byAge: qualified(weights, 'as', sets),
    bySex: qualified(weights, 'xs', sets),
    starts: weightsBy(starts, weights, 'p'),
    startsSeen: new Float64Array(starts.size),
    pairs,
    pairsSeen: new Float64Array(pairs.size),
    rules: ruleWeights,
    rulesBeside: weightsBy(rules, weights, 'nr'),
    anyRule: ruleWeights[rules.get('any') ?? -1] ?? noWeight,
    first: words.get('^') ?? -1,
    last: words.get('$') ?? -1,
    other: others(weights),
    clock: { now: 0 },
  }
}

function pairsOf(weights: Weights, words: ReadonlyMap<string, number>): PairTable {
  return makePairTable(countOf(weights, 'b'), (addPairOf) =>
    eachWeight(weights, 'b', (of, name, weight) =>
      addPairOf(words.get(of) ?? -1, words.get(name) ?? -1, weight),
    ),
  )
}

function qualified(
  weights: Weights,
  kind: FeatureKind,
  numbers: ReadonlyMap<string, number>,
): ReadonlyMap<string, Int32Array> {
  const tables = new Map<string, Int32Array>()
  eachWeight(weights, kind, (of, name, weight) => {
    const table = tables.get(of) ?? new Int32Array(numbers.size).fill(noWeight)
    tables.set(of, table)
    const number = numbers.get(name)
    if (number !== undefined) table[number] = weight
  })
  return tables
}

function others(weights: Weights): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const tables = new Map<string, Map<string, number>>()
  eachWeight(weights, 'of', (of, name, weight) => {
    const table = tables.get(name) ?? new Map<string, number>()
    tables.set(name, table.set(of, weight))
  })
  return tables
}
