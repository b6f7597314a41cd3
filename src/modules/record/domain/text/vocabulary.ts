import { shapeNames, shapesOf } from './shapes.ts'
import type { Token } from './tokens.ts'
import {
  bitFor,
  sightingOf,
  type Entry,
  type Phrase,
  type Sighting,
  type Term,
  type Word,
  type WordSights,
} from './word.ts'

export type { Sighting, Term } from './word.ts'

/** The words and sets of words that patterns know. */
export interface Vocabulary {
  /** The number of a set, a word, or the beginning of words written `abus*`. */
  readonly term: (name: string) => Term
  /** The name of a set of words, or of a form; `undefined` for the number of a single word. */
  readonly nameOf: (term: Term) => string | undefined
  /** How many words and phrases a term takes in: how often it may be expected. */
  readonly weight: (term: Term) => number
  /** The terms that begin at each token. The lists are shared between texts. */
  readonly sight: (tokens: readonly Token[]) => readonly (readonly Sighting[])[]
}

/** Words and phrases by their first word, whole or a beginning, as they are filed. */
interface Shelves {
  readonly numbers: Map<string, Term>
  readonly exact: Map<string, Entry>
  readonly stems: Map<string, Entry>
  /** Letters of the longest stem: of a word of a million letters no more are looked at. */
  longestStem: number
  readonly weights: Map<Term, number>
}

/**
 * Makes a vocabulary of sets, given as name and words parted by commas. A word in capitals is a set
 * given before it, all of which it takes in. `abus*` is every word that so begins.
 */
export function makeVocabulary(sets: Readonly<Record<string, string>>): Vocabulary {
  const shelves: Shelves = {
    numbers: new Map(),
    exact: new Map(),
    stems: new Map(),
    longestStem: 0,
    weights: new Map(),
  }
  const { numbers, weights } = shelves
  for (const name of shapeNames) numberOf(shelves, name)
  for (const [name, phrases] of membersOf(sets)) {
    for (const phrase of new Set(phrases)) file(shelves, phrase, name)
  }
  const setNames: readonly string[] = [...numbers.keys()]
  let now: object = {}
  return {
    term: (name) => {
      if (!/^[A-Z]/.test(name) && !numbers.has(name)) {
        now = {}
        file(shelves, name.replaceAll('-', ' '), name)
      }
      const number = numbers.get(name)
      if (number === undefined) throw new Error(`No set of words is called ${name}`)
      return number
    },
    nameOf: (term) => setNames[term],
    weight: (term) => weights.get(term) ?? 40,
    sight: (tokens) => {
      const found: (readonly Sighting[])[] = []
      for (let at = 0; at < tokens.length; at++) {
        const word = tokens[at]?.word
        if (word) found.push(sightingsAt(sightsOf(shelves, word, now), tokens, at))
      }
      return found
    },
  }
}

function numberOf({ numbers }: Shelves, name: string): Term {
  const known = numbers.get(name)
  if (known !== undefined) return known
  numbers.set(name, numbers.size)
  return numbers.size - 1
}

function file(shelves: Shelves, phrase: string, name: string): void {
  const [first = '', ...rest] = phrase.split(' ')
  const isStem = first.endsWith('*')
  const shelf = isStem ? shelves.stems : shelves.exact
  const key = isStem ? first.slice(0, -1) : first
  if (isStem && key.length > shelves.longestStem) shelves.longestStem = key.length
  const term = numberOf(shelves, name)
  shelves.weights.set(term, (shelves.weights.get(term) ?? 0) + 1)
  const entry: Entry = shelf.get(key) ?? { alone: [], phrases: new Map(), open: [] }
  shelf.set(key, entry)
  const [second] = rest
  if (second === undefined) entry.alone.push(sightingOf(term, 1))
  else if (second.endsWith('*')) entry.open.push({ term, rest })
  else entry.phrases.set(second, [...(entry.phrases.get(second) ?? []), { term, rest }])
}

function membersOf(sets: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  const members = new Map<string, readonly string[]>()
  for (const [name, words] of Object.entries(sets)) {
    const phrases = words
      .split(',')
      .map((phrase) => phrase.trim().replaceAll(/[\s-]+/g, ' '))
      .filter(Boolean)
      .flatMap((phrase) => (/^[A-Z]{2,}$/.test(phrase) ? setNamed(phrase, members) : [phrase]))
    members.set(name, phrases)
  }
  return members
}

function setNamed(
  name: string,
  members: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const found = members.get(name)
  if (!found) throw new Error(`No set of words before this one is called ${name}`)
  return found
}

function sightsOf(shelves: Shelves, word: Word, now: object): WordSights {
  if (word.sights?.of === now) return word.sights
  const entries = lookUp(shelves, word.text)
  const shapes = shapesOf(word).map((name) => sightingOf(numberOf(shelves, name), 1))
  const sights: WordSights = {
    of: now,
    alone: [...entries.flatMap(({ alone }) => alone), ...shapes],
    entries,
    next: nextBits(entries),
    shapes,
  }
  word.sights = sights
  return sights
}

function nextBits(entries: readonly Entry[]): number {
  let bits = 0
  for (const { phrases, open } of entries) {
    if (open.length > 0) return -1
    for (const second of phrases.keys()) bits |= bitFor(second)
  }
  return bits
}

function lookUp({ exact, stems, longestStem }: Shelves, word: string): readonly Entry[] {
  const found: Entry[] = []
  const whole = exact.get(word)
  if (whole) found.push(whole)
  for (let length = 2; length <= Math.min(word.length, longestStem); length++) {
    const stem = stems.get(word.slice(0, length))
    if (stem) found.push(stem)
  }
  return found
}

function sightingsAt(
  { alone, entries, next: bits, shapes }: WordSights,
  tokens: readonly Token[],
  at: number,
): readonly Sighting[] {
  const next = tokens[at + 1]
  if (!next || (bits & next.word.bit) === 0) return alone
  let mayBegin = false
  for (const { phrases, open } of entries)
    if (open.length > 0 || phrases.has(next.text)) mayBegin = true
  if (!mayBegin) return alone
  const found: Sighting[] = []
  for (const entry of entries) {
    for (const one of entry.alone) found.push(one)
    addPhrases(found, entry.phrases.get(next.text), tokens, at)
    addPhrases(found, entry.open, tokens, at)
  }
  for (const one of shapes) found.push(one)
  return found
}

function addPhrases(
  found: Sighting[],
  phrases: readonly Phrase[] | undefined,
  tokens: readonly Token[],
  at: number,
): void {
  if (!phrases) return
  for (const { rest, term } of phrases) {
    if (isPhrase(rest, tokens, at + 1)) found.push(sightingOf(term, 1 + rest.length))
  }
}

function isPhrase(rest: readonly string[], tokens: readonly Token[], from: number): boolean {
  for (let index = 0; index < rest.length; index++) {
    const [token, word] = [tokens[from + index], rest[index]]
    if (!token || word === undefined || !isWord(token.text, word)) return false
  }
  return true
}

function isWord(text: string, word: string): boolean {
  return word.endsWith('*') ? text.startsWith(word.slice(0, -1)) : text === word
}
