import { makeReader, type Flag, type Reader, type TextContext } from './assess.ts'
import { weighables, type Taker } from './features.ts'
import { makeLikeness } from './likeness.ts'
import { affairs } from './lexicon/affairs.ts'
import { bodies } from './lexicon/bodies.ts'
import { daily } from './lexicon/daily.ts'
import { names } from './lexicon/names.ts'
import { people } from './lexicon/people.ts'
import { plain } from './lexicon/plain.ts'
import { signs } from './lexicon/signs.ts'
import { speech } from './lexicon/speech.ts'
import { subjects } from './lexicon/subjects.ts'
import { conflictRules } from './rules/conflicts.ts'
import { facts } from './rules/facts.ts'
import { harmRules } from './rules/harm.ts'
import { misplacedRules } from './rules/misplaced.ts'
import { otherLifeRules } from './rules/other-lives.ts'
import { otherRules } from './rules/other.ts'
import { safePeople } from './rules/safe-people.ts'
import { safeSettings } from './rules/safe-settings.ts'
import { safeWords } from './rules/safe-words.ts'
import { safeguardingRules } from './rules/safeguarding.ts'
import { topicRules } from './rules/sensitive.ts'
import { whoseTextRules } from './rules/whose-text.ts'
import { wrongPatientRules } from './rules/wrong-patient.ts'
import { confidentialRules, identifiableRules } from './rules/third-party.ts'
import type { TextRule } from './rule.ts'
import type { Token } from './tokens.ts'
import { makeVocabulary } from './vocabulary.ts'

/** The sets of words that rules use. */
const wordSets: Readonly<Record<string, string>> = {
  ...people,
  ...speech,
  ...subjects,
  ...plain,
  ...names,
  ...affairs,
  ...signs,
  ...daily,
  ...bodies,
}

/** Every rule that holds a text. */
export const textRules: readonly TextRule[] = [
  ...confidentialRules,
  ...identifiableRules,
  ...safeguardingRules,
  ...harmRules,
  ...topicRules,
  ...otherRules,
  ...wrongPatientRules,
  ...whoseTextRules,
  ...conflictRules,
  ...otherLifeRules,
  ...misplacedRules,
]

export const vocabulary = makeVocabulary(wordSets)

/** A reader with some of the rules that hold. */
export function readerWith(holds: readonly TextRule[]): Reader {
  return makeReader({
    vocabulary,
    facts,
    safeWords: [...safeWords, ...safeSettings],
    safePeople,
    holds,
  })
}

const reader = readerWith(textRules)
const likeness = makeLikeness(vocabulary.nameOf)
const onlySigns = new Set(textRules.filter((rule) => rule.isSign === true).map((rule) => rule.id))

/**
 * Why a text needs a person before this patient may see it; nothing where it needs none. Rules that
 * are only signs are among the reasons where something else holds the text.
 */
export function readText(text: string, context: TextContext): readonly Flag[] {
  const { flags, text: read } = reader(text, context)
  if (isUnknown(read.tokens)) return [unclear]
  const alike = likeness.flags(read)
  if (alike.length === 0 && flags.every((flag) => onlySigns.has(flag.rule))) return []
  return [...flags, ...alike].toSorted((a, b) => a.start - b.start || a.end - b.end)
}

const unclear: Flag = {
  rule: 'form.unclear',
  category: 'unverified_result',
  start: 0,
  end: 0,
  why: 'None of its words is known to the rules.',
}

function isUnknown(tokens: readonly Token[]): boolean {
  let hasWords = false
  for (const { shape, word } of tokens) {
    if (shape === 'mark' || shape === 'number') continue
    if (likeness.knows(word)) return false
    hasWords = true
  }
  return hasWords
}

/** What all rules find in a text, those among them that do not hold by themselves. */
export function rulesIn(text: string, context: TextContext): readonly Flag[] {
  return text === '' ? [] : reader(text, context).flags
}

/** What the rules that hold by themselves find in a text. */
export function surelyIn(text: string, context: TextContext): readonly Flag[] {
  return reader(text, context).flags.filter((flag) => !onlySigns.has(flag.rule))
}

/** Everything that is weighed of each sentence of a text, each thing once, in words. */
export function sentenceFeatures(
  text: string,
  context: TextContext,
): readonly ReadonlySet<string>[] {
  const { whole, sentences } = weighables(reader(text, context).text, vocabulary.nameOf)
  return sentences.map((each) => featuresOf(whole, each))
}

/** What is weighed of each sentence of a text as if it stood alone, each thing once, in words. */
export function loneFeatures(text: string, context: TextContext): readonly ReadonlySet<string>[] {
  return weighables(reader(text, context).text, vocabulary.nameOf).alone.map((one) =>
    featuresOf(one),
  )
}

function featuresOf(...takings: readonly ((take: Taker) => void)[]): ReadonlySet<string> {
  const features = new Set<string>()
  for (const each of takings) each((kind, name, of) => features.add(`${kind}\t${of}\t${name}`))
  return features
}
