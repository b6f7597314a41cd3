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
  /** What each set weighs in its own sentence, of a patient of this age and sex. */
  readonly setsOf: (age: string, sex: string) => SetWeights
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

/** Sums of weights by number of set, and of how many weights each is the sum. */
export interface SetWeights {
  readonly sums: Int32Array
  readonly counts: Uint8Array
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
    setsOf: setWeights(
      weightsBy(sets, weights, 's'),
      qualified(weights, 'as', sets),
      qualified(weights, 'xs', sets),
    ),
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

/** Each table is made when it is first asked for: there are as many as ages and sexes. */
function setWeights(
  own: Int32Array,
  byAge: ReadonlyMap<string, Int32Array>,
  bySex: ReadonlyMap<string, Int32Array>,
): Tables['setsOf'] {
  const made = new Map<string, Map<string, SetWeights>>()
  return (age, sex) => {
    const ofAge = made.get(age) ?? new Map<string, SetWeights>()
    made.set(age, ofAge)
    const known = ofAge.get(sex)
    if (known) return known
    const [sums, counts] = [new Int32Array(own.length), new Uint8Array(own.length)]
    for (const table of [own, byAge.get(age), bySex.get(sex)]) {
      for (const [at, weight] of table?.entries() ?? []) {
        if (weight === noWeight) continue
        sums[at] = (sums[at] ?? 0) + weight
        counts[at] = (counts[at] ?? 0) + 1
      }
    }
    const all = { sums, counts }
    ofAge.set(sex, all)
    return all
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
