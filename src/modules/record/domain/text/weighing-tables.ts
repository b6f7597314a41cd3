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
  readonly explainedSeen: Int32Array
  /** What each set weighs in its own sentence, of a patient of this age and sex. */
  readonly setsOf: (age: string, sex: string) => SetWeights
  readonly starts: Int32Array
  readonly startsSeen: Int32Array
  readonly pairs: PairTable
  readonly rules: Int32Array
  readonly rulesBeside: Int32Array
  readonly anyRule: number
  readonly first: number
  readonly last: number
  /** By what they say, then by what of it. */
  readonly other: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** A time that nothing was seen at yet. */
  readonly tick: () => number
}

/** Sums of weights by number of set, and of how many weights each is the sum. */
export interface SetWeights {
  readonly sums: Int32Array
  readonly counts: Uint8Array
  /** The same of the age and sex themselves. */
  readonly sum: number
  readonly count: number
}

/**
 * What things of one sort weigh, and when each was last seen: four cells for each number, so that a
 * thing costs one look into memory.
 */
export type Sort = Int32Array

/** Places of a `Sort`: in its own sentence, in the one beside it, in the whole text, and when seen. */
export const [own, beside, whole, seen] = [0, 1, 2, 3]

const latest = 0x7f_ff_ff_ff

/** Files weights by number. */
export function tablesOf(weights: Weights, numbering: Numbering): Tables {
  const { words, sets, starts, rules } = numbering
  const pairs = pairsOf(weights, words)
  const ruleWeights = weightsBy(rules, weights, 'r')
  const [ofWords, ofSets] = [
    sortOf(words, weights, ['w', 'nw', 'dw']),
    sortOf(sets, weights, ['s', 'ns', 'ds']),
  ]
  const [startsSeen, explainedSeen] = [new Int32Array(starts.size), new Int32Array(sets.size)]
  const forget = () => {
    for (const sort of [ofWords, ofSets])
      for (let at = seen; at < sort.length; at += 4) sort[at] = 0
    startsSeen.fill(0)
    explainedSeen.fill(0)
    pairs.forget()
  }
  let now = 0
  return {
    numbering,
    words: ofWords,
    sets: ofSets,
    explained: weightsBy(sets, weights, 'sc'),
    explainedSeen,
    setsOf: setWeights(weights, sets, others(weights)),
    starts: weightsBy(starts, weights, 'p'),
    startsSeen,
    pairs,
    rules: ruleWeights,
    rulesBeside: weightsBy(rules, weights, 'nr'),
    anyRule: ruleWeights[rules.get('any') ?? -1] ?? noWeight,
    first: words.get('^') ?? -1,
    last: words.get('$') ?? -1,
    other: others(weights),
    tick: () => {
      if (now === latest) {
        forget()
        now = 0
      }
      return ++now
    },
  }
}

function sortOf(
  numbers: ReadonlyMap<string, number>,
  weights: Weights,
  kinds: readonly FeatureKind[],
): Sort {
  const cells = new Int32Array(numbers.size * 4)
  for (const [place, kind] of kinds.entries())
    for (const [number, weight] of weightsBy(numbers, weights, kind).entries())
      cells[number * 4 + place] = weight
  return cells
}

/** Each table is made when it is first asked for: there are as many as ages and sexes. */
function setWeights(
  weights: Weights,
  sets: Numbering['sets'],
  other: Tables['other'],
): Tables['setsOf'] {
  const all = weightsBy(sets, weights, 's')
  const [byAge, bySex] = [qualified(weights, 'as', sets), qualified(weights, 'xs', sets)]
  const made = new Map<string, Map<string, SetWeights>>()
  return (age, sex) => {
    const ofAge = made.get(age) ?? new Map<string, SetWeights>()
    made.set(age, ofAge)
    const before = ofAge.get(sex)
    if (before) return before
    const [sums, counts] = [new Int32Array(all.length), new Uint8Array(all.length)]
    for (const table of [all, byAge.get(age), bySex.get(sex)]) {
      for (const [at, weight] of table?.entries() ?? []) {
        if (weight === noWeight) continue
        sums[at] = (sums[at] ?? 0) + weight
        counts[at] = (counts[at] ?? 0) + 1
      }
    }
    const known = [other.get('age')?.get(age), other.get('sex')?.get(sex)]
    const added = {
      sums,
      counts,
      sum: known.reduce<number>((sum, weight) => sum + (weight ?? 0), 0),
      count: known.filter((weight) => weight !== undefined).length,
    }
    ofAge.set(sex, added)
    return added
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
