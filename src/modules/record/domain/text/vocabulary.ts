import { shapeNames, shapesOf } from './shapes.ts'
import type { Token } from './tokens.ts'

/** A word, or a set of words and phrases, as patterns name it. A whole number from 0. */
export type Term = number

/** Where in a text a term stands: from the token it is filed under, to `end`, excluded. */
export interface Sighting {
  readonly term: Term
  readonly end: number
}

/** The words and sets of words that patterns know. */
export interface Vocabulary {
  /** The number of a set, a word, or the beginning of words written `abus*`. */
  readonly term: (name: string) => Term
  /** The name of a set of words, or of a form; `undefined` for the number of a single word. */
  readonly nameOf: (term: Term) => string | undefined
  /** How many words and phrases a term takes in: how often it may be expected. */
  readonly weight: (term: Term) => number
  /** The terms that begin at each token. */
  readonly sight: (tokens: readonly Token[]) => readonly (readonly Sighting[])[]
}

interface Known {
  readonly terms: Term[]
  /** Phrases that begin so, by their second word; under an empty word where that is a beginning. */
  readonly phrases: Map<string, { readonly rest: readonly string[]; readonly term: Term }[]>
}

const mostRemembered = 20_000
const none: readonly Sighting[] = []

/** Words and phrases by their first word, whole or a beginning, as they are filed. */
/** Nobody writes longer words twice, and a memory of them would be large. */
const longestRemembered = 64

interface Shelves {
  readonly numbers: Map<string, Term>
  readonly exact: Map<string, Known>
  readonly stems: Map<string, Known>
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
  const remembered = new Map<string, readonly Known[]>()
  const knownOf = (word: string) => {
    const before = remembered.get(word)
    if (before) return before
    const found = lookUp(shelves, word)
    if (remembered.size >= mostRemembered) remembered.clear()
    if (word.length <= longestRemembered) remembered.set(word, found)
    return found
  }
  return {
    term: (name) => {
      if (!/^[A-Z]/.test(name) && !numbers.has(name)) {
        remembered.clear()
        file(shelves, name.replaceAll('-', ' '), name)
      }
      const number = numbers.get(name)
      if (number === undefined) throw new Error(`No set of words is called ${name}`)
      return number
    },
    nameOf: (term) => setNames[term],
    weight: (term) => weights.get(term) ?? 40,
    sight: (tokens) =>
      tokens.map((token, at) => {
        const found = sightingsAt(knownOf(token.text), tokens, at)
        const shapes = shapesOf(token)
        if (shapes.length === 0) return found
        return [...found, ...shapes.map((name) => ({ term: numberOf(shelves, name), end: at + 1 }))]
      }),
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
  const known: Known = shelf.get(key) ?? { terms: [], phrases: new Map() }
  shelf.set(key, known)
  if (rest.length === 0) {
    known.terms.push(term)
    return
  }
  const second = rest[0]?.endsWith('*') === false ? rest[0] : ''
  const others = known.phrases.get(second) ?? []
  known.phrases.set(second, others)
  others.push({ rest, term })
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

function lookUp({ exact, stems, longestStem }: Shelves, word: string): readonly Known[] {
  const found: Known[] = []
  const whole = exact.get(word)
  if (whole) found.push(whole)
  for (let length = 2; length <= Math.min(word.length, longestStem); length++) {
    const stem = stems.get(word.slice(0, length))
    if (stem) found.push(stem)
  }
  return found
}

function setNamed(
  name: string,
  members: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const found = members.get(name)
  if (!found) throw new Error(`No set of words before this one is called ${name}`)
  return found
}

function sightingsAt(
  known: readonly Known[],
  tokens: readonly Token[],
  at: number,
): readonly Sighting[] {
  if (known.length === 0) return none
  const found: Sighting[] = []
  for (const { terms, phrases } of known) {
    for (const term of terms) found.push({ term, end: at + 1 })
    if (phrases.size === 0) continue
    const second = tokens[at + 1]
    if (!second) continue
    addPhrases(found, phrases.get(second.text), tokens, at)
    addPhrases(found, phrases.get(''), tokens, at)
  }
  return found
}

function addPhrases(
  found: Sighting[],
  phrases: readonly { readonly rest: readonly string[]; readonly term: Term }[] | undefined,
  tokens: readonly Token[],
  at: number,
): void {
  for (const { rest, term } of phrases ?? []) {
    if (rest.every((word, index) => isWord(tokens[at + 1 + index], word)))
      found.push({ term, end: at + 1 + rest.length })
  }
}

function isWord(token: Token | undefined, word: string): boolean {
  if (!token) return false
  return word.endsWith('*') ? token.text.startsWith(word.slice(0, -1)) : token.text === word
}
