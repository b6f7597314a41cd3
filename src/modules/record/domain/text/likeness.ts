import table from './likeness.json' with { type: 'json' }
import type { Flag } from './assess.ts'
import { weighables, type FeatureKind, type ReadText, type Taker } from './features.ts'
import type { Category } from './rule.ts'
import type { Term } from './vocabulary.ts'

/** What things seen in a text weigh: whole numbers, by kind, then by what qualifies them, then name. */
export type Weights = Readonly<
  Partial<Record<FeatureKind, Readonly<Record<string, Readonly<Record<string, number>>>>>>
>

/** How like a sentence is to those that needed a person: whole numbers, in thousandths. */
export interface LikenessModel {
  readonly start: number
  /** Above this a person looks. */
  readonly limit: number
  readonly weights: Weights
  /** For each category what speaks for it in a text that a person had to look at. */
  readonly categories: Readonly<Record<string, Weights>>
}

type Table = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, number>>>

const model: LikenessModel = table
const weights = tableOf(model.weights)
const categories = Object.entries(model.categories).map(
  ([name, given]) => [name as Category, tableOf(given)] as const,
)

function tableOf(given: Weights): Table {
  return new Map(
    Object.entries(given).map(([kind, byOf]) => [
      kind,
      new Map(Object.entries(byOf).map(([of, byName]) => [of, new Map(Object.entries(byName))])),
    ]),
  )
}

/** Whether a word has been weighed in any case. */
export function isWeighed(word: string): boolean {
  const kinds: readonly FeatureKind[] = ['w', 'dw']
  return kinds.some((kind) => weights.get(kind)?.get('')?.has(word) === true)
}

/** The likeness of each sentence of a text, in thousandths. */
export function likenessOf(
  text: ReadText,
  nameOf: (term: Term) => string | undefined,
): readonly number[] {
  const { whole, sentences } = weighables(text, nameOf)
  const around = weigh(whole)
  return sentences.map((each) => {
    const own = weigh(each)
    return (around.sum + own.sum) / Math.sqrt(around.known + own.known + 3) + model.start
  })
}

function weigh(each: (take: Taker) => void): { readonly sum: number; readonly known: number } {
  let sum = 0
  let known = 0
  each((kind, name, of) => {
    const weight = weights.get(kind)?.get(of)?.get(name)
    if (weight === undefined) return
    sum += weight
    known++
  })
  return { sum, known }
}

/**
 * A reason to hold each sentence that is worded, where it stands, like those that needed a person.
 * It adds holds; it never clears one.
 *
 * Source: DISCLOSURE 4.3 (9).
 */
export function likenessFlags(
  text: ReadText,
  nameOf: (term: Term) => string | undefined,
): readonly Flag[] {
  const scores = likenessOf(text, nameOf)
  const flags: Flag[] = []
  for (const [index, score] of scores.entries()) {
    if (score <= model.limit) continue
    const sentence = text.sentences[index]
    const first = sentence && text.tokens[sentence.from]
    const last = sentence && text.tokens[sentence.to - 1]
    if (!first || !last) continue
    flags.push({
      rule: 'likeness.sentence',
      category: categoryOf(text, index, nameOf),
      start: first.start,
      end: last.end,
      why: 'It is worded like sentences that a person had to look at.',
    })
  }
  return flags
}

function categoryOf(
  text: ReadText,
  index: number,
  nameOf: (term: Term) => string | undefined,
): Category {
  const sums = categories.map(() => 0)
  const { whole, sentences } = weighables(text, nameOf)
  const add: Taker = (kind, name, of) => {
    for (const [at, [, speaks]] of categories.entries())
      sums[at] = (sums[at] ?? 0) + (speaks.get(kind)?.get(of)?.get(name) ?? 0)
  }
  whole(add)
  sentences[index]?.(add)
  const best = sums.indexOf(Math.max(...sums))
  return categories[best]?.[0] ?? 'safeguarding'
}
