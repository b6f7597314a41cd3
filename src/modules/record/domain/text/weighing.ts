import { ageBand, longestWhole, placeOf, type ReadText } from './features.ts'
import type { Numbering } from './numbering.ts'
import { tablesOf, type Tables } from './weighing-tables.ts'
import { noWeight, type Weights } from './weights.ts'
import type { Word } from './word.ts'

/** Of a sentence the words and sets of words that have numbers, each once, and what they weigh. */
export interface Row {
  readonly words: readonly number[]
  readonly sets: readonly number[]
  readonly heap: Heap
  /** What the sentence weighs by itself, whatever is added to the heap. */
  readonly own: Heap
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
  /** The likeness of a sentence as if it stood alone, without the start. */
  readonly alone: (text: ReadText, rows: readonly Row[], index: number) => number
  /** Whether a word has a weight by itself, whatever stands beside it. */
  readonly knows: (word: Word) => boolean
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
    alone: (text, rows, index) => {
      const row = rows[index]
      return row ? aloneOf(tables, text, row, index) : 0
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
  const sets = addSets(tables, heap, text, from, to)
  return { words: found, sets, heap, own: { sum: heap.sum, known: heap.known } }
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
  const { sums, counts } = tables.setsOf(ageBand(text.age), text.sex ?? 'unknown')
  const count = sets.own.length
  for (let at = from; at < to; at++) {
    const isExplained = text.covered[at] !== 0
    for (const { term } of text.sightings[at] ?? []) {
      if (term >= count) continue
      if (sets.seen[term] !== now) {
        sets.seen[term] = now
        found.push(term)
        heap.sum += sums[term] ?? 0
        heap.known += counts[term] ?? 0
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

function aloneOf(tables: Tables, text: ReadText, row: Row, index: number): number {
  const { words, sets, rules, anyRule, numbering, other, clock } = tables
  const heap: Heap = { ...row.own }
  const now = ++clock.now
  addNew(heap, row.words, words.whole, words.seen, now)
  addNew(heap, row.sets, sets.whole, sets.seen, now)
  addKnown(tables, heap, text)
  const sentence = text.sentences[index]
  for (const rule of sentence?.rules ?? []) add(heap, rules[numbering.rules.get(rule) ?? -1])
  if ((sentence?.rules.length ?? 0) > 0) add(heap, anyRule)
  add(heap, other.get('place')?.get(placeOf(0, 1)))
  if (sentence?.isQuoting) add(heap, other.get('quoting')?.get(''))
  return heap.sum / Math.sqrt(heap.known + 3)
}

/** What is known of the text and the patient. */
function addKnown({ other }: Tables, heap: Heap, text: ReadText): void {
  for (const fact of text.facts) add(heap, other.get('fact')?.get(fact))
  add(heap, other.get('age')?.get(ageBand(text.age)))
  add(heap, other.get('sex')?.get(text.sex ?? 'unknown'))
}

function wholeOf(tables: Tables, text: ReadText, rows: readonly Row[]): Heap {
  const heap: Heap = { sum: 0, known: 0 }
  const { words, sets, clock } = tables
  const now = ++clock.now
  if (text.tokens.length <= longestWhole) {
    for (const row of rows) {
      addNew(heap, row.words, words.whole, words.seen, now)
      addNew(heap, row.sets, sets.whole, sets.seen, now)
    }
  }
  addKnown(tables, heap, text)
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
