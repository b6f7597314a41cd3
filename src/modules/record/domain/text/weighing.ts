import { ageBand, placeOf, startsOf, wordOf, type FeatureKind, type ReadText } from './features.ts'
import type { Term } from './word.ts'

/**
 * What things seen in a text weigh, by kind: what qualifies them, their name and a whole number, over
 * and over, with a dash where nothing qualifies them or they have no name.
 */
export type Weights = Readonly<Partial<Record<FeatureKind, string>>>

/** Gives the likeness of each sentence of a text, in the unit of the weights, without the start. */
export type Weigher = (text: ReadText) => readonly number[]

interface Word {
  readonly own: number | undefined
  readonly beside: number | undefined
  readonly whole: number | undefined
  readonly pairs: ReadonlyMap<string, Once> | undefined
  readonly starts: readonly Once[]
  seen: number
}

interface Once {
  readonly weight: number
  seen: number
}

interface SetOfWords {
  readonly name: string
  readonly own: number | undefined
  readonly explained: number | undefined
  readonly beside: number | undefined
  readonly whole: number | undefined
  readonly byAge: ReadonlyMap<string, number>
  readonly bySex: ReadonlyMap<string, number>
  seen: number
  explainedIn: number
}

interface Heap {
  sum: number
  known: number
}

interface Row {
  readonly heap: Heap
  readonly words: readonly Word[]
  readonly sets: readonly SetOfWords[]
}

type Table = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, number>>>

const mostRemembered = 30_000
const longestWhole = 400

/** What each word, beginning and set of words weighs, looked up once. */
interface Lookup {
  readonly table: Table
  readonly plain: (kind: FeatureKind, name: string) => number | undefined
  readonly word: (text: string) => Word
  readonly starts: (text: string) => readonly Once[]
  readonly set: (term: Term) => SetOfWords | undefined
  readonly lastPair: (before: string) => Once | undefined
  /** A number that was not given before: what carries it has been seen this time. */
  readonly stamp: () => number
}

function makeLookup(table: Table, nameOf: (term: Term) => string | undefined): Lookup {
  const words = new Map<string, Word>()
  const known = new Map<string, Once>()
  const sets: (SetOfWords | undefined)[] = []
  const pairs = pairsOf(table)
  let stamp = 0
  const plain = (kind: FeatureKind, name: string) => table.get(kind)?.get('')?.get(name)
  for (const [name, weight] of table.get('p')?.get('') ?? []) known.set(name, { weight, seen: 0 })
  const starts = (text: string) => startsOf(text).flatMap((start) => known.get(start) ?? [])
  return {
    table,
    plain,
    starts,
    lastPair: (before) => pairs.get('$')?.get(before),
    stamp: () => ++stamp,
    word: (text) => {
      const before = words.get(text)
      if (before) return before
      if (words.size >= mostRemembered) words.clear()
      const word: Word = {
        own: plain('w', text),
        beside: plain('nw', text),
        whole: plain('dw', text),
        pairs: pairs.get(text),
        starts: starts(text),
        seen: 0,
      }
      words.set(text, word)
      return word
    },
    set: (term) => {
      if (term in sets) return sets[term]
      const name = nameOf(term)
      sets[term] = name === undefined ? undefined : setNamed(name, table)
      return sets[term]
    },
  }
}

/**
 * Makes a weigher that gives the same as adding up everything that `weighables` names, each word and
 * set being looked up once for all that is weighed of it.
 */
export function makeWeigher(weights: Weights, nameOf: (term: Term) => string | undefined): Weigher {
  const lookup = makeLookup(tableOf(weights), nameOf)
  const { table, plain } = lookup
  return (text) => {
    const rows = text.sentences.map((_, index) => rowOf(lookup, text, index))
    const whole = wholeOf(lookup, text, rows)
    return rows.map(({ heap }, index) => {
      addBeside(lookup, heap, [rows[index - 1], rows[index + 1]])
      const { rules = [], isQuoting = false } = text.sentences[index] ?? {}
      for (const rule of rules) add(heap, plain('r', rule))
      if (rules.length > 0) add(heap, plain('r', 'any'))
      const [one, other] = [text.sentences[index - 1], text.sentences[index + 1]]
      for (const rule of new Set([...(one?.rules ?? []), ...(other?.rules ?? [])]))
        add(heap, plain('nr', rule))
      add(heap, table.get('of')?.get(placeOf(index, rows.length))?.get('place'))
      if (isQuoting) add(heap, table.get('of')?.get('')?.get('quoting'))
      return (whole.sum + heap.sum) / Math.sqrt(whole.known + heap.known + 3)
    })
  }
}

function rowOf(lookup: Lookup, text: ReadText, index: number): Row {
  const heap: Heap = { sum: 0, known: 0 }
  const found: Word[] = []
  const sets: SetOfWords[] = []
  const { from = 0, to = 0 } = text.sentences[index] ?? {}
  const now = lookup.stamp()
  let before = '^'
  for (let at = from; at < to; at++) {
    const token = text.tokens[at]
    if (!token) continue
    const spelt = wordOf(token)
    const word = lookup.word(spelt)
    addOnce(heap, word.pairs?.get(before), now)
    before = spelt
    if (word.seen !== now) {
      word.seen = now
      found.push(word)
      add(heap, word.own)
    }
    const begun = token.shape === 'number' ? lookup.starts(token.text) : word.starts
    for (const start of begun) addOnce(heap, start, now)
    addSets(lookup, heap, sets, text, at, now)
  }
  addOnce(heap, lookup.lastPair(before), now)
  return { heap, words: found, sets }
}

function addSets(
  lookup: Lookup,
  heap: Heap,
  sets: SetOfWords[],
  text: ReadText,
  at: number,
  now: number,
): void {
  for (const { term } of text.sightings[at] ?? []) {
    const set = lookup.set(term)
    if (!set) continue
    if (set.seen !== now) {
      set.seen = now
      sets.push(set)
      add(heap, set.own)
      add(heap, set.byAge.get(ageBand(text.age)))
      add(heap, set.bySex.get(text.sex ?? 'unknown'))
    }
    if (text.covered[at] !== 0 && set.explainedIn !== now) {
      set.explainedIn = now
      add(heap, set.explained)
    }
  }
}

function addBeside(lookup: Lookup, heap: Heap, rows: readonly (Row | undefined)[]): void {
  const now = lookup.stamp()
  for (const row of rows)
    for (const one of [...(row?.words ?? []), ...(row?.sets ?? [])]) {
      if (one.seen === now) continue
      one.seen = now
      add(heap, one.beside)
    }
}

function wholeOf(lookup: Lookup, text: ReadText, rows: readonly Row[]): Heap {
  const heap: Heap = { sum: 0, known: 0 }
  const now = lookup.stamp()
  if (text.tokens.length <= longestWhole) {
    for (const { words, sets } of rows)
      for (const one of [...words, ...sets]) {
        if (one.seen === now) continue
        one.seen = now
        add(heap, one.whole)
      }
  }
  const other = lookup.table.get('of')
  for (const fact of text.facts) add(heap, other?.get(fact)?.get('fact'))
  add(heap, other?.get(ageBand(text.age))?.get('age'))
  add(heap, other?.get(text.sex ?? 'unknown')?.get('sex'))
  return heap
}

function addOnce(heap: Heap, one: Once | undefined, now: number): void {
  if (!one || one.seen === now) return
  one.seen = now
  add(heap, one.weight)
}

function add(heap: Heap, weight: number | undefined): void {
  if (weight === undefined) return
  heap.sum += weight
  heap.known++
}

/** Weights as maps: by kind, by what qualifies them, by name. */
export function tableOf(given: Weights): Table {
  return new Map(Object.entries(given).map(([kind, written]) => [kind, kindOf(written)]))
}

function kindOf(written: string): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const byOf = new Map<string, Map<string, number>>()
  const parts = written.split(' ')
  for (let at = 0; at + 2 < parts.length; at += 3) {
    const [of = '', name = '', weight] = parts.slice(at, at + 3)
    const byName = byOf.get(bare(of)) ?? new Map<string, number>()
    byOf.set(bare(of), byName)
    byName.set(bare(name), Number(weight))
  }
  return byOf
}

function bare(part: string): string {
  return part === '-' ? '' : part
}

/** What pairs weigh, by their second word, then their first. */
function pairsOf(table: Table): ReadonlyMap<string, ReadonlyMap<string, Once>> {
  const pairs = new Map<string, Map<string, Once>>()
  for (const [first, seconds] of table.get('b') ?? []) {
    for (const [second, weight] of seconds) {
      const known = pairs.get(second) ?? new Map<string, Once>()
      pairs.set(second, known)
      known.set(first, { weight, seen: 0 })
    }
  }
  return pairs
}

function setNamed(name: string, table: Table): SetOfWords {
  const by = (kind: FeatureKind) =>
    new Map(
      [...(table.get(kind) ?? [])].flatMap(([of, byName]) => {
        const weight = byName.get(name)
        return weight === undefined ? [] : [[of, weight] as const]
      }),
    )
  const plain = (kind: FeatureKind) => table.get(kind)?.get('')?.get(name)
  return {
    name,
    own: plain('s'),
    explained: plain('sc'),
    beside: plain('ns'),
    whole: plain('ds'),
    byAge: by('as'),
    bySex: by('xs'),
    seen: 0,
    explainedIn: 0,
  }
}
