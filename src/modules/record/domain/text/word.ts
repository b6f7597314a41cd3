/** A word, or a set of words and phrases, as patterns name it. A whole number from 0. */
export type Term = number

/**
 * A term that begins at some word of a text, and how many words it takes there, in one number:
 * lists of them are gone through all the time.
 */
export type Sighting = number

const lengthBits = 5

/** The sighting of a term that takes so many words, fewer than 32. */
export function sightingOf(term: Term, length: number): Sighting {
  return (term << lengthBits) | length
}

/** The term that was seen. */
export function termOf(sighting: Sighting): Term {
  return sighting >> lengthBits
}

/** How many words it takes. */
export function lengthOf(sighting: Sighting): number {
  return sighting & 31
}

/** How a word was written: small letters, a capital first, capitals only, with figures, or a mark. */
export type Shape = 'small' | 'capital' | 'capitals' | 'number' | 'mark'

/** The words of a phrase after its first. */
export interface Phrase {
  readonly term: Term
  readonly rest: readonly string[]
}

/** What begins with a word or with words that begin so. */
export interface Entry {
  readonly alone: Sighting[]
  /** Phrases, by their second word. */
  readonly phrases: Map<string, Phrase[]>
  /** Phrases of which only the beginning of the second word is given. */
  readonly open: Phrase[]
}

/** What one vocabulary knows of a word that is written so. */
export interface WordSights {
  /** The vocabulary, as it was when this was looked up. */
  readonly of: object
  /** What it is wherever it stands. */
  readonly alone: readonly Sighting[]
  /** All that begins with it. */
  readonly entries: readonly Entry[]
  /** The bits of words that may follow in a phrase. */
  readonly next: number
  readonly shapes: readonly Sighting[]
}

/** What one weigher knows of a word that is written so: places in its tables, -1 for none. */
export interface WordWeights {
  /** The weigher. */
  readonly of: object
  readonly word: number
  /** Of the beginnings of the word. */
  readonly starts: readonly number[]
}

/**
 * A word in one of its forms, made once for many texts. What was last found out about it is kept
 * with it, with whom it was found out from: only they may use it again.
 */
export interface Word {
  /** Small letters, shorthand written out. */
  readonly text: string
  readonly shape: Shape
  /** One bit, by its letters: words of other bits are other words. */
  readonly bit: number
  sights: WordSights | undefined
  weights: WordWeights | undefined
}

/** The bit of words that are written so. */
export function bitFor(text: string): number {
  const last = text.length - 1
  return 1 << ((text.charCodeAt(0) * 5 + text.charCodeAt(last) * 3 + last) & 31)
}

/** A word of which nothing has been found out. */
export function makeWord(text: string, shape: Shape): Word {
  return { text, shape, bit: bitFor(text), sights: undefined, weights: undefined }
}
