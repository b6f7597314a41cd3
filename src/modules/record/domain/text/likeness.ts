import table from './likeness.json' with { type: 'json' }
import type { Flag } from './assess.ts'
import { weighables, type FeatureKind, type ReadText, type Taker } from './features.ts'
import type { Category } from './rule.ts'
import type { Term } from './word.ts'
import { makeWeigher, tableOf, type Weights } from './weighing.ts'

/** How like a sentence is to those that needed a person: whole numbers, in thousandths. */
interface LikenessModel {
  readonly start: number
  /** Above this a person looks. */
  readonly limit: number
  readonly weights: Weights
  /** For each category what speaks for it in a text that a person had to look at. */
  readonly categories: Readonly<Record<string, Weights>>
}

/** Weighs texts by what was learnt from labelled cases. */
export interface Likeness {
  /** The likeness of each sentence, in thousandths. */
  readonly of: (text: ReadText) => readonly number[]
  /**
   * A reason to hold each sentence that is worded, where it stands, like those that needed a person.
   * It adds holds; it never clears one.
   *
   * Source: DISCLOSURE 4.3 (9).
   */
  readonly flags: (text: ReadText) => readonly Flag[]
}

/** With these the names of rules of each category begin: by them decisions find their person. */
const beginnings: Readonly<Record<Category, string>> = {
  third_party_confidential: 'confidential',
  third_party_identifiable: 'identifiable',
  safeguarding: 'safeguarding',
  serious_harm: 'harm',
  sensitive_topic: 'topic',
  legal_restriction: 'legal',
  wrong_patient: 'wrong',
  staff_safety: 'staff',
  unverified_result: 'result',
}

const model: LikenessModel = table
const weights = tableOf(model.weights)
const categories = Object.entries(model.categories).map(
  ([name, given]) => [name as Category, tableOf(given)] as const,
)

/** Whether a word has been weighed in any case. */
export function isWeighed(word: string): boolean {
  const kinds: readonly FeatureKind[] = ['w', 'dw']
  return kinds.some((kind) => weights.get(kind)?.get('')?.has(word) === true)
}

/** Makes ready the weights in force; `nameOf` names the sets of words that were seen. */
export function makeLikeness(nameOf: (term: Term) => string | undefined): Likeness {
  const weigh = makeWeigher(model.weights, nameOf)
  const of = (text: ReadText) => weigh(text).map((score) => score + model.start)
  return {
    of,
    flags: (text) =>
      of(text).flatMap((score, index) =>
        score > model.limit ? flagsOf(text, index, categoryOf(text, index, nameOf)) : [],
      ),
  }
}

function flagsOf(text: ReadText, index: number, category: Category): readonly Flag[] {
  const sentence = text.sentences[index]
  const first = sentence && text.tokens[sentence.from]
  const last = sentence && text.tokens[sentence.to - 1]
  if (!first || !last) return []
  const why = 'It is worded like sentences that a person had to look at.'
  const rule = `${beginnings[category]}.likeness`
  return [{ rule, category, start: first.start, end: last.end, why }]
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
