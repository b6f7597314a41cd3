import table from './likeness.json' with { type: 'json' }
import type { Flag } from './assess.ts'
import { featuresOf, type Sentence } from './features.ts'
import type { Category } from './rule.ts'
import type { Term } from './vocabulary.ts'

/** How like a sentence is to those that needed a person: whole numbers, in thousandths. */
export interface LikenessModel {
  readonly weights: Readonly<Record<string, number>>
  readonly start: number
  readonly limit: number
  /** For sentences in which nobody is spoken of. */
  readonly limitWithoutPeople: number
}

const model: LikenessModel = table
const weights: ReadonlyMap<string, number> = new Map(Object.entries(model.weights))

/** The likeness of what was seen in a sentence, in thousandths; above the limit a person looks. */
export function likenessOf(
  features: ReadonlySet<string>,
  given: ReadonlyMap<string, number> = weights,
  start: number = model.start,
): number {
  let sum = 0
  let known = 0
  for (const feature of features) {
    const weight = given.get(feature)
    if (weight === undefined) continue
    sum += weight
    known++
  }
  return sum / Math.sqrt(known + 3) + start
}

/**
 * A reason to hold where a sentence is worded like those that needed a person, for what no rule
 * foresaw. It adds holds; it never clears one.
 *
 * Source: DISCLOSURE 4.3 (9).
 */
export function likenessFlag(
  sentence: Sentence,
  nameOf: (term: Term) => string | undefined,
): Flag | undefined {
  const features = featuresOf(sentence, nameOf)
  const limit = speaksOfPeople(features) ? model.limit : model.limitWithoutPeople
  if (likenessOf(features) <= limit) return undefined
  const first = sentence.tokens[sentence.from]
  const last = sentence.tokens[sentence.to - 1]
  if (!first || !last) return undefined
  return {
    rule: 'likeness.sentence',
    category: categoryOf(features),
    start: first.start,
    end: last.end,
    why: 'It is worded like sentences that a person had to look at.',
  }
}

function speaksOfPeople(features: ReadonlySet<string>): boolean {
  return ['@PRONOUN', '@ANYONE', '@STAFF', '@SAY', '@CONTACT', '@PT'].some((name) =>
    features.has(name),
  )
}

const signs: readonly (readonly [Category, readonly string[]])[] = [
  ['unverified_result', ['@UNSEEN', 'result', 'results', 'report', 'tray', 'filed', 'lab']],
  ['staff_safety', ['@STAFFAWAY', '@STAFF', '@THREAT']],
  ['legal_restriction', ['@LEGAL', '@CRIME']],
  ['sensitive_topic', ['@STI', '@HIV', '@TOP', '@ART', '@GENDER', '@SEX', '@ADDICT']],
  ['wrong_patient', ['@WRONGDOC', 'record', 'name', 'dob']],
  ['safeguarding', ['@HIT', '@TROUBLE', '@ABUSE', '@INJURY', '@PARENT', '@OFFSPRING']],
  ['serious_harm', ['@SERIOUS', '@OPINION', '@SUICIDE', '@METHOD', '@QDX']],
  ['third_party_confidential', ['@ANYONE', '@SAY', '@CONTACT', '@HUSHED']],
]

function categoryOf(features: ReadonlySet<string>): Category {
  let best: Category = 'safeguarding'
  let most = 0
  for (const [category, names] of signs) {
    const found = names.filter((name) => features.has(name)).length / Math.sqrt(names.length)
    if (found > most) [best, most] = [category, found]
  }
  return best
}
