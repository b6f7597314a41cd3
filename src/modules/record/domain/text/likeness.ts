import table from './likeness.json' with { type: 'json' }
import type { Flag } from './assess.ts'
import { makeCategoriser } from './categorising.ts'
import type { ReadText } from './features.ts'
import { makeNumbering } from './numbering.ts'
import type { Category } from './rule.ts'
import type { Term, Word } from './word.ts'
import { makeWeigher } from './weighing.ts'
import type { Weights } from './weights.ts'

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
  /** Whether a word has been weighed in any case, whatever stands beside it. */
  readonly knows: (word: Word) => boolean
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

/**
 * In a text of this many sentences or more, one that would weigh above `loneLimit` alone holds
 * whatever the rest weighs, which otherwise speaks against it. So high that of the harmless texts
 * of any author, left out of the weights, not one more is held.
 */
export const fewestAround = 4
/** See `fewestAround`; in thousandths. */
export const loneLimit = 3900

const categories: readonly Category[] = Object.keys(model.categories).filter(
  (name): name is Category => name in beginnings,
)

/** Makes ready the weights in force; `nameOf` names the sets of words that were seen. */
export function makeLikeness(nameOf: (term: Term) => string | undefined): Likeness {
  const byCategory = Object.values(model.categories)
  const numbering = makeNumbering([model.weights, ...byCategory], nameOf)
  const { rows, scores, alone, knows } = makeWeigher(model.weights, numbering)
  const categorise = makeCategoriser(byCategory, numbering)
  return {
    of: (text) => scores(text, rows(text)).map((score) => score + model.start),
    flags: (text) => {
      const found = rows(text)
      const flags: Flag[] = []
      const hold = (index: number) => {
        const category = categories[categorise(text, found, index)] ?? 'safeguarding'
        flags.push(...flagsOf(text, index, category))
      }
      for (const [index, score] of scores(text, found).entries())
        if (score + model.start > model.limit) hold(index)
      if (flags.length > 0 || found.length < fewestAround) return flags
      for (const [index, { own }] of found.entries())
        if (own.sum > 0 && alone(text, found, index) + model.start > loneLimit) hold(index)
      return flags
    },
    knows,
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
