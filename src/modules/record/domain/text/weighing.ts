import { ageBand, longestWhole, placeOf, type ReadText } from './features.ts'
import type { Numbering } from './numbering.ts'
import {
  beside,
  own,
  seen,
  tablesOf,
  whole,
  type SetWeights,
  type Sort,
  type Tables,
} from './weighing-tables.ts'
import { noWeight, type Weights } from './weights.ts'
import { termOf, type Word } from './word.ts'

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
  const [places, quoting] = [tables.other.get('place'), tables.other.get('quoting')?.get('')]
  return {
    knows: (word) => {
      const number = numbering.numbersOf(word).word
      const place = number * 4
      const { words } = tables
      return number >= 0 && (words[place + own] !== noWeight || words[place + whole] !== noWeight)
    },
    rows: (text) => {
      const ofSets = setsFor(tables, text)
      return text.sentences.map((_, index) => rowOf(tables, text, index, ofSets))
    },
    scores: (text, rows) => {
      const known = wholeOf(tables, text, rows)
      return rows.map(({ heap }, index) => {
        addBeside(tables, heap, rows[index - 1], rows[index + 1])
        addRules(tables, heap, text, index)
        add(heap, places?.get(placeOf(index, rows.length)))
        if (text.sentences[index]?.isQuoting) add(heap, quoting)
        return (known.sum + heap.sum) / Math.sqrt(known.known + heap.known + 3)
      })
    },
    alone: (text, rows, index) => {
      const row = rows[index]
      return row ? aloneOf(tables, text, row, index) : 0
    },
  }
}

function setsFor({ setsOf }: Tables, { age, sex }: ReadText): SetWeights {
  return setsOf(ageBand(age), sex ?? 'unknown')
}

function rowOf(tables: Tables, text: ReadText, index: number, ofSets: SetWeights): Row {
  const { numbering, words, starts, startsSeen, pairs } = tables
  const heap: Heap = { sum: 0, known: 0 }
  const found: number[] = []
  const { from = 0, to = 0 } = text.sentences[index] ?? {}
  const now = tables.tick()
  let before = tables.first
  for (let at = from; at < to; at++) {
    const token = text.tokens[at]
    if (!token) continue
    const numbers = numbering.numbersOf(token.word)
    const { word } = numbers
    if (before >= 0 && word >= 0) add(heap, pairs.weightOf(before, word, now))
    before = word
    const place = word * 4
    if (word >= 0 && words[place + seen] !== now) {
      words[place + seen] = now
      found.push(word)
      add(heap, words[place + own])
    }
    for (const start of numbers.starts) {
      if (startsSeen[start] === now) continue
      startsSeen[start] = now
      add(heap, starts[start])
    }
  }
  if (before >= 0 && tables.last >= 0) add(heap, pairs.weightOf(before, tables.last, now))
  const sets = addSets(tables, heap, text, from, to, ofSets, now)
  return { words: found, sets, heap, own: { sum: heap.sum, known: heap.known } }
}

function addSets(
  { sets, explained, explainedSeen }: Tables,
  heap: Heap,
  { covered, sightings }: ReadText,
  from: number,
  to: number,
  { sums, counts }: SetWeights,
  now: number,
): readonly number[] {
  const found: number[] = []
  for (let at = from; at < to; at++) {
    const isExplained = covered[at] !== 0
    for (const sighting of sightings[at] ?? []) {
      const term = termOf(sighting)
      if (term >= sums.length) continue
      if (sets[term * 4 + seen] !== now) {
        sets[term * 4 + seen] = now
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
  { words, sets, tick }: Tables,
  heap: Heap,
  one: Row | undefined,
  other: Row | undefined,
): void {
  const now = tick()
  if (one) addRow(heap, one, words, sets, beside, now)
  if (other) addRow(heap, other, words, sets, beside, now)
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
  const { words, sets, rules, anyRule, numbering, other } = tables
  const heap: Heap = { ...row.own }
  addRow(heap, row, words, sets, whole, tables.tick())
  addKnown(tables, heap, text)
  const sentence = text.sentences[index]
  for (const rule of sentence?.rules ?? []) add(heap, rules[numbering.rules.get(rule) ?? -1])
  if ((sentence?.rules.length ?? 0) > 0) add(heap, anyRule)
  add(heap, other.get('place')?.get(placeOf(0, 1)))
  if (sentence?.isQuoting) add(heap, other.get('quoting')?.get(''))
  return heap.sum / Math.sqrt(heap.known + 3)
}

/** What is known of the text and the patient. */
function addKnown(tables: Tables, heap: Heap, text: ReadText): void {
  for (const fact of text.facts) add(heap, tables.other.get('fact')?.get(fact))
  const { sum, count } = setsFor(tables, text)
  heap.sum += sum
  heap.known += count
}

function wholeOf(tables: Tables, text: ReadText, rows: readonly Row[]): Heap {
  const heap: Heap = { sum: 0, known: 0 }
  const now = tables.tick()
  if (text.tokens.length <= longestWhole)
    for (const row of rows) addRow(heap, row, tables.words, tables.sets, whole, now)
  addKnown(tables, heap, text)
  return heap
}

function addRow(heap: Heap, row: Row, words: Sort, sets: Sort, cell: number, now: number): void {
  addNew(heap, row.words, words, cell, now)
  addNew(heap, row.sets, sets, cell, now)
}

function addNew(heap: Heap, found: readonly number[], sort: Sort, cell: number, now: number): void {
  for (const one of found) {
    const place = one * 4
    if (sort[place + seen] === now) continue
    sort[place + seen] = now
    add(heap, sort[place + cell])
  }
}

function add(heap: Heap, weight: number | undefined): void {
  if (weight === undefined || weight === noWeight) return
  heap.sum += weight
  heap.known++
}
