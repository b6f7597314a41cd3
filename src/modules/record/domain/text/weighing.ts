import { ageBand, placeOf, startsOf, wordOf, type FeatureKind, type ReadText } from './features.ts'
import type { Term } from './vocabulary.ts'

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

/**
 * Makes a weigher that gives the same as adding up everything that `weighables` names, each word and
 * set being looked up once for all that is weighed of it.
 */
export function makeWeigher(weights: Weights, nameOf: (term: Term) => string | undefined): Weigher {
  const table = tableOf(weights)
  const words = new Map<string, Word>()
  const starts = new Map<string, Once>()
  const sets: (SetOfWords | undefined)[] = []
  let stamp = 0

  const plain = (kind: FeatureKind, name: string) => table.get(kind)?.get('')?.get(name)
  const startOf = (text: string): readonly Once[] => {
    const known = starts.get(text)
    if (known) return [known]
    const weight = plain('p', text)
    if (weight === undefined) return []
    const start = { weight, seen: 0 }
    starts.set(text, start)
    return [start]
  }
  const wordFor = (text: string): Word => {
    const known = words.get(text)
    if (known) return known
    if (words.size >= mostRemembered) words.clear()
    const word: Word = {
      own: plain('w', text),
      beside: plain('nw', text),
      whole: plain('dw', text),
      pairs: pairs.get(text),
      starts: startsOf(text).flatMap(startOf),
      seen: 0,
    }
    words.set(text, word)
    return word
  }
  const pairs = pairsOf(table)
  const setFor = (term: Term): SetOfWords | undefined => {
    if (term in sets) return sets[term]
    const name = nameOf(term)
    sets[term] = name === undefined ? undefined : setNamed(name, table)
    return sets[term]
  }

  const rowOf = (text: ReadText, index: number, age: string, sex: string): Row => {
    const heap: Heap = { sum: 0, known: 0 }
    const found: Word[] = []
    const foundSets: SetOfWords[] = []
    const { from = 0, to = 0 } = text.sentences[index] ?? {}
    const now = ++stamp
    let before = '^'
    for (let at = from; at < to; at++) {
      const token = text.tokens[at]
      if (!token) continue
      const spelt = wordOf(token)
      const word = wordFor(spelt)
      addOnce(heap, word.pairs?.get(before), now)
      before = spelt
      if (word.seen !== now) {
        word.seen = now
        found.push(word)
        add(heap, word.own)
      }
      const begun = token.shape === 'number' ? numberStarts(token.text) : word.starts
      for (const start of begun) addOnce(heap, start, now)
      for (const { term } of text.sightings[at] ?? []) {
        const set = setFor(term)
        if (!set) continue
        if (set.seen !== now) {
          set.seen = now
          foundSets.push(set)
          add(heap, set.own)
          add(heap, set.byAge.get(age))
          add(heap, set.bySex.get(sex))
        }
        if (text.covered[at] !== 0 && set.explainedIn !== now) {
          set.explainedIn = now
          add(heap, set.explained)
        }
      }
    }
    addOnce(heap, pairs.get('$')?.get(before), now)
    return { heap, words: found, sets: foundSets }
  }
  const numberStarts = (text: string) => startsOf(text).flatMap(startOf)

  const addBeside = (heap: Heap, rows: readonly (Row | undefined)[]) => {
    const now = ++stamp
    for (const row of rows) {
      for (const word of row?.words ?? []) {
        if (word.seen === now) continue
        word.seen = now
        add(heap, word.beside)
      }
      for (const set of row?.sets ?? []) {
        if (set.seen === now) continue
        set.seen = now
        add(heap, set.beside)
      }
    }
  }

  const wholeOf = (text: ReadText, rows: readonly Row[], age: string, sex: string): Heap => {
    const heap: Heap = { sum: 0, known: 0 }
    const other = table.get('of')
    const now = ++stamp
    if (text.tokens.length <= longestWhole) {
      for (const { words: ofRow, sets: setsOfRow } of rows) {
        for (const word of ofRow) {
          if (word.seen === now) continue
          word.seen = now
          add(heap, word.whole)
        }
        for (const set of setsOfRow) {
          if (set.seen === now) continue
          set.seen = now
          add(heap, set.whole)
        }
      }
    }
    for (const fact of text.facts) add(heap, other?.get(fact)?.get('fact'))
    add(heap, other?.get(age)?.get('age'))
    add(heap, other?.get(sex)?.get('sex'))
    return heap
  }

  return (text) => {
    const age = ageBand(text.age)
    const sex = text.sex ?? 'unknown'
    const rows = text.sentences.map((_, index) => rowOf(text, index, age, sex))
    const whole = wholeOf(text, rows, age, sex)
    return rows.map(({ heap }, index) => {
      addBeside(heap, [rows[index - 1], rows[index + 1]])
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
