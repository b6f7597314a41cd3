import { ageBand, longestWhole, placeOf, type FeatureKind, type ReadText } from './features.ts'
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
import type { Word } from './word.ts'

/** Of a sentence the words and sets of words that have numbers, each once, and what they weigh. */
export interface Row {
  readonly words: readonly number[]
  readonly sets: readonly number[]
  readonly heap: Heap
}

/** The sum of weights, and how many were added up. */
interface Heap {
  sum: number
  known: number
}

/** Weighs texts, in the unit of the weights. */
export interface Weigher {
  /** What the sentences of a text are made of. */
  readonly rows: (text: ReadText) => readonly Row[]
  /** The likeness of each sentence, without the start. A text's rows can be used once. */
  readonly scores: (text: ReadText, rows: readonly Row[]) => readonly number[]
  /** Whether a word has a weight by itself, whatever stands beside it. */
  readonly knows: (word: Word) => boolean
}

/** Weights by number, and when each thing was last seen, so that it is added up once. */
interface Tables {
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

/**
 * Makes a weigher that gives the same as adding up everything that `weighables` names, each thing
 * being found by its number.
 */
export function makeWeigher(weights: Weights, numbering: Numbering): Weigher {
  const tables = tablesOf(weights, numbering)
  return {
    knows: (word) => {
      const number = numbering.numbersOf(word).word
      const { own, whole } = tables.words
      return number >= 0 && (own[number] !== noWeight || whole[number] !== noWeight)
    },
    rows: (text) => text.sentences.map((_, index) => rowOf(tables, text, index)),
    scores: (text, rows) => {
      const whole = wholeOf(tables, text, rows)
      return rows.map(({ heap }, index) => {
        addBeside(tables, heap, rows[index - 1], rows[index + 1])
        addRules(tables, heap, text, index)
        add(heap, tables.other.get('place')?.get(placeOf(index, rows.length)))
        if (text.sentences[index]?.isQuoting) add(heap, tables.other.get('quoting')?.get(''))
        return (whole.sum + heap.sum) / Math.sqrt(whole.known + heap.known + 3)
      })
    },
  }
}

function rowOf(tables: Tables, text: ReadText, index: number): Row {
  const { numbering, words, starts, startsSeen, clock } = tables
  const heap: Heap = { sum: 0, known: 0 }
  const found: number[] = []
  const { from = 0, to = 0 } = text.sentences[index] ?? {}
  const now = ++clock.now
  let before = tables.first
  for (let at = from; at < to; at++) {
    const token = text.tokens[at]
    if (!token) continue
    const numbers = numbering.numbersOf(token.word)
    const { word } = numbers
    addPair(tables, heap, before, word, now)
    before = word
    if (word >= 0 && words.seen[word] !== now) {
      words.seen[word] = now
      found.push(word)
      add(heap, words.own[word])
    }
    for (const start of numbers.starts) {
      if (startsSeen[start] === now) continue
      startsSeen[start] = now
      add(heap, starts[start])
    }
  }
  addPair(tables, heap, before, tables.last, now)
  return { words: found, sets: addSets(tables, heap, text, from, to), heap }
}

function addPair(tables: Tables, heap: Heap, first: number, second: number, now: number): void {
  if (first < 0 || second < 0) return
  const { pairs, pairsSeen } = tables
  const place = pairs.find(first, second)
  if (place < 0 || pairsSeen[place] === now) return
  pairsSeen[place] = now
  add(heap, pairs.weightAt(place))
}

function addSets(
  tables: Tables,
  heap: Heap,
  text: ReadText,
  from: number,
  to: number,
): readonly number[] {
  const found: number[] = []
  const { sets, explained, explainedSeen, clock } = tables
  const now = clock.now
  const byAge = tables.byAge.get(ageBand(text.age))
  const bySex = tables.bySex.get(text.sex ?? 'unknown')
  const count = sets.own.length
  for (let at = from; at < to; at++) {
    const isExplained = text.covered[at] !== 0
    for (const { term } of text.sightings[at] ?? []) {
      if (term >= count) continue
      if (sets.seen[term] !== now) {
        sets.seen[term] = now
        found.push(term)
        add(heap, sets.own[term])
        add(heap, byAge?.[term])
        add(heap, bySex?.[term])
      }
      if (isExplained && explainedSeen[term] !== now) {
        explainedSeen[term] = now
        add(heap, explained[term])
      }
    }
  }
  return found
}

function addBeside(
  { words, sets, clock }: Tables,
  heap: Heap,
  one: Row | undefined,
  other: Row | undefined,
): void {
  const now = ++clock.now
  for (const row of [one, other]) {
    if (!row) continue
    addNew(heap, row.words, words.beside, words.seen, now)
    addNew(heap, row.sets, sets.beside, sets.seen, now)
  }
}

function addRules(tables: Tables, heap: Heap, { sentences }: ReadText, index: number): void {
  const { rules, rulesBeside, anyRule, numbering } = tables
  const own = sentences[index]?.rules ?? []
  for (const rule of own) add(heap, rules[numbering.rules.get(rule) ?? -1])
  if (own.length > 0) add(heap, anyRule)
  const before = sentences[index - 1]?.rules ?? []
  const after = sentences[index + 1]?.rules ?? []
  if (before.length + after.length === 0) return
  for (const rule of new Set([...before, ...after]))
    add(heap, rulesBeside[numbering.rules.get(rule) ?? -1])
}

function wholeOf(tables: Tables, text: ReadText, rows: readonly Row[]): Heap {
  const heap: Heap = { sum: 0, known: 0 }
  const { words, sets, other, clock } = tables
  const now = ++clock.now
  if (text.tokens.length <= longestWhole) {
    for (const row of rows) {
      addNew(heap, row.words, words.whole, words.seen, now)
      addNew(heap, row.sets, sets.whole, sets.seen, now)
    }
  }
  for (const fact of text.facts) add(heap, other.get('fact')?.get(fact))
  add(heap, other.get('age')?.get(ageBand(text.age)))
  add(heap, other.get('sex')?.get(text.sex ?? 'unknown'))
  return heap
}

function addNew(
  heap: Heap,
  found: readonly number[],
  weights: Int32Array,
  seen: Float64Array,
  now: number,
): void {
  for (const one of found) {
    if (seen[one] === now) continue
    seen[one] = now
    add(heap, weights[one])
  }
}

function add(heap: Heap, weight: number | undefined): void {
  if (weight === undefined || weight === noWeight) return
  heap.sum += weight
  heap.known++
}

function tablesOf(weights: Weights, numbering: Numbering): Tables {
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
