import type { Fact } from './rule.ts'
import type { Token } from './tokens.ts'
import { termOf, type Sighting, type Term } from './word.ts'

/** A sentence of a text as the likeness model sees it: token numbers from `from` to `to`, excluded. */
export interface Sentence {
  readonly from: number
  readonly to: number
  /** The rules that found something in it. */
  readonly rules: readonly string[]
  /** Something in it stands between quotation marks. */
  readonly isQuoting: boolean
}

/** A text with all that was seen in it, for weighing. */
export interface ReadText {
  readonly tokens: readonly Token[]
  readonly sightings: readonly (readonly Sighting[])[]
  readonly covered: Uint8Array
  readonly sentences: readonly Sentence[]
  readonly facts: ReadonlySet<Fact>
  readonly age: number | undefined
  readonly sex: string | undefined
}

/**
 * The kinds of things that are weighed. Of the sentence itself: words, pairs of words, beginnings of
 * words, sets of words, sets that something explains, rules; `n` of the sentences beside it, `d` of
 * the whole text; and what is known of the text and the patient.
 */
export type FeatureKind =
  | 'w'
  | 'b'
  | 'p'
  | 's'
  | 'sc'
  | 'r'
  | 'nw'
  | 'ns'
  | 'nr'
  | 'dw'
  | 'ds'
  | 'as'
  | 'xs'
  | 'of'

/** Takes one thing that is weighed; `of` qualifies it, such as the second word of a pair. */
export type Taker = (kind: FeatureKind, name: string, of: string) => void

/** In a text of more words than this the whole says nothing of a sentence. */
export const longestWhole = 400

interface Parts {
  readonly words: readonly string[]
  readonly all: readonly string[]
  readonly sets: readonly string[]
  readonly explained: readonly string[]
  readonly starts: readonly string[]
}

const nobody: Parts = { words: [], all: [], sets: [], explained: [], starts: [] }

/** What is weighed: of the whole text, for every sentence alike, and of each sentence. */
export interface Weighables {
  readonly whole: (take: Taker) => void
  readonly sentences: readonly ((take: Taker) => void)[]
  /** The same of each sentence as if it stood alone. */
  readonly alone: readonly ((take: Taker) => void)[]
}

/** Everything that is weighed of a text, given one by one to whoever asks. */
export function weighables(text: ReadText, nameOf: (term: Term) => string | undefined): Weighables {
  const parts = text.sentences.map((sentence) => partsOf(text, sentence, nameOf))
  const age = ageBand(text.age)
  const sex = text.sex ?? 'unknown'
  const isWhole = text.tokens.length <= longestWhole
  const takeKnown = (take: Taker) => {
    for (const fact of text.facts) take('of', 'fact', fact)
    take('of', 'age', age)
    take('of', 'sex', sex)
  }
  const takeSentence = (own: Parts, sentence: Sentence, take: Taker) => {
    takeOwn(own, sentence, take)
    for (const name of own.sets) {
      take('as', name, age)
      take('xs', name, sex)
    }
    if (sentence.isQuoting) take('of', 'quoting', '')
  }
  return {
    whole: (take) => {
      if (isWhole) {
        for (const name of unionOf(parts.map((one) => one.words))) take('dw', name, '')
        for (const name of unionOf(parts.map((one) => one.sets))) take('ds', name, '')
      }
      takeKnown(take)
    },
    sentences: text.sentences.map((sentence, index) => (take) => {
      takeSentence(parts[index] ?? nobody, sentence, take)
      takeBeside(parts, text.sentences, index, take)
      take('of', 'place', placeOf(index, text.sentences.length))
    }),
    alone: text.sentences.map((sentence, index) => (take) => {
      const own = parts[index] ?? nobody
      takeSentence(own, sentence, take)
      for (const name of own.words) take('dw', name, '')
      for (const name of own.sets) take('ds', name, '')
      takeKnown(take)
      take('of', 'place', placeOf(0, 1))
    }),
  }
}

function takeOwn(own: Parts, sentence: Sentence, take: Taker): void {
  let before = '^'
  for (const word of own.all) {
    take('b', word, before)
    before = word
  }
  take('b', '$', before)
  for (const name of own.words) take('w', name, '')
  for (const name of own.starts) take('p', name, '')
  for (const name of own.sets) take('s', name, '')
  for (const name of own.explained) take('sc', name, '')
  for (const name of sentence.rules) take('r', name, '')
  if (sentence.rules.length > 0) take('r', 'any', '')
}

function takeBeside(
  parts: readonly Parts[],
  sentences: readonly Sentence[],
  index: number,
  take: Taker,
): void {
  const [before = nobody, after = nobody] = [parts[index - 1], parts[index + 1]]
  for (const name of unionOf([before.words, after.words])) take('nw', name, '')
  for (const name of unionOf([before.sets, after.sets])) take('ns', name, '')
  const rules = [sentences[index - 1]?.rules ?? [], sentences[index + 1]?.rules ?? []]
  for (const name of unionOf(rules)) take('nr', name, '')
}

function partsOf(
  { tokens, sightings, covered }: ReadText,
  { from, to }: Sentence,
  nameOf: (term: Term) => string | undefined,
): Parts {
  const all: string[] = []
  const sets = new Set<string>()
  const explained = new Set<string>()
  const starts = new Set<string>()
  for (let at = from; at < to; at++) {
    const token = tokens[at]
    if (!token) continue
    all.push(wordOf(token))
    for (const start of startsOf(token.text)) starts.add(start)
    for (const sighting of sightings[at] ?? []) {
      const name = nameOf(termOf(sighting))
      if (name === undefined) continue
      sets.add(name)
      if (covered[at] !== 0) explained.add(name)
    }
  }
  return {
    all,
    words: [...new Set(all)],
    sets: [...sets],
    explained: [...explained],
    starts: [...starts],
  }
}

function unionOf(lists: readonly (readonly string[])[]): readonly string[] {
  const filled = lists.filter((list) => list.length > 0)
  return filled.length <= 1 ? (filled[0] ?? []) : [...new Set(filled.flat())]
}

/** A word as it is weighed: figures are all one. */
export function wordOf(token: Pick<Token, 'text' | 'shape'>): string {
  return token.shape === 'number' ? '0' : token.text
}

/** The beginnings of a word that are weighed, so that its other forms are known by them. */
export function startsOf(text: string): readonly string[] {
  if (text.length < 5) return []
  return text.length < 7 ? [text.slice(0, 5)] : [text.slice(0, 5), text.slice(0, 4)]
}

const bands = [2, 13, 16, 18, 60].map((below) => ({ below, name: `under-${below}` }))

/** The age of a patient, as roughly as it is weighed. */
export function ageBand(age: number | undefined): string {
  if (age === undefined) return 'unknown'
  for (const { below, name } of bands) if (age < below) return name
  return 'old'
}

/** Where a sentence stands in its text. */
export function placeOf(index: number, count: number): string {
  if (count === 1) return 'only'
  if (index === 0) return 'first'
  return index === count - 1 ? 'last' : 'middle'
}
