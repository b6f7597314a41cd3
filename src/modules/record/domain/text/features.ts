import type { Fact } from './rule.ts'
import type { Token } from './tokens.ts'
import type { Sighting, Term } from './vocabulary.ts'

/** A sentence of a text as the likeness model sees it: token numbers from `from` to `to`, excluded. */
export interface Sentence {
  readonly tokens: readonly Token[]
  readonly sightings: readonly (readonly Sighting[])[]
  readonly covered: Uint8Array
  readonly from: number
  readonly to: number
  readonly facts: ReadonlySet<Fact>
}

const oddSteps = ['odd-1', 'odd-2', 'odd-3', 'odd-4'] as const

/**
 * What is weighed of a sentence, each thing once: its words and pairs of words (figures as one), the
 * sets of words seen where nothing explains them, how many odd words it has, how long it is, and
 * what the whole text shows.
 */
export function featuresOf(
  sentence: Sentence,
  nameOf: (term: Term) => string | undefined,
): ReadonlySet<string> {
  const { tokens, sightings, covered, from, to, facts } = sentence
  const features = new Set<string>()
  let before = '^'
  let odd = 0
  for (let at = from; at < to; at++) {
    const token = tokens[at]
    if (!token) continue
    const isExplained = covered[at] !== 0
    const word = isExplained ? '@explained' : token.shape === 'number' ? '0' : token.text
    features.add(word)
    features.add(`${before} ${word}`)
    before = word
    if (!isExplained) {
      for (const { term } of sightings[at] ?? []) {
        const name = nameOf(term)
        if (name === 'ODD') odd++
        else if (name !== undefined) features.add(`@${name}`)
      }
    }
  }
  for (const [index, name] of oddSteps.entries()) if (odd > index) features.add(`@${name}`)
  if (to - from > 8) features.add('@long')
  if (to - from > 14) features.add('@very-long')
  for (const fact of facts) features.add(`@fact-${fact}`)
  return features
}
