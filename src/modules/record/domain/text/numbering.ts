import { startsOf, wordOf, type FeatureKind } from './features.ts'
import { eachWeight, type Weights } from './weights.ts'
import type { Term, Word, WordWeights } from './word.ts'

/** Numbers of all things that have a weight anywhere, of each sort from 0. */
export interface Numbering {
  readonly words: ReadonlyMap<string, number>
  /** Beginnings of words. */
  readonly starts: ReadonlyMap<string, number>
  /** Sets of words: their terms. */
  readonly sets: ReadonlyMap<string, Term>
  readonly rules: ReadonlyMap<string, number>
  /** The numbers of a word, kept with it. */
  readonly numbersOf: (word: Word) => WordWeights
}

/** Numbers what these weights are of. */
export function makeNumbering(
  all: readonly Weights[],
  nameOf: (term: Term) => string | undefined,
): Numbering {
  const words = numbered(all, ['w', 'nw', 'dw'])
  for (const weights of all)
    eachWeight(weights, 'b', (of, name) => {
      number(words, of)
      number(words, name)
    })
  const starts = numbered(all, ['p'])
  const sets = new Map<string, Term>()
  for (let term = 0, name = nameOf(0); name !== undefined; name = nameOf(++term))
    sets.set(name, term)
  const owner = {}
  return {
    words,
    starts,
    sets,
    rules: numbered(all, ['r', 'nr']),
    numbersOf: (word) => {
      if (word.weights?.of === owner) return word.weights
      word.weights = {
        of: owner,
        word: words.get(wordOf(word)) ?? -1,
        starts: startsOf(word.text).flatMap((start) => starts.get(start) ?? []),
      }
      return word.weights
    },
  }
}

function numbered(all: readonly Weights[], kinds: readonly FeatureKind[]): Map<string, number> {
  const numbers = new Map<string, number>()
  for (const weights of all)
    for (const kind of kinds) eachWeight(weights, kind, (_, name) => number(numbers, name))
  return numbers
}

function number(numbers: Map<string, number>, name: string): void {
  if (!numbers.has(name)) numbers.set(name, numbers.size)
}
