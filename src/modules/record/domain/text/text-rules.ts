import { makeReader, type Flag, type Reader, type TextContext } from './assess.ts'
import { featuresOf, type Sentence } from './features.ts'
import { likenessFlag } from './likeness.ts'
import { affairs } from './lexicon/affairs.ts'
import { daily } from './lexicon/daily.ts'
import { names } from './lexicon/names.ts'
import { people } from './lexicon/people.ts'
import { plain } from './lexicon/plain.ts'
import { signs } from './lexicon/signs.ts'
import { speech } from './lexicon/speech.ts'
import { subjects } from './lexicon/subjects.ts'
import { facts } from './rules/facts.ts'
import { harmRules } from './rules/harm.ts'
import { otherRules } from './rules/other.ts'
import { safePeople } from './rules/safe-people.ts'
import { safeSettings } from './rules/safe-settings.ts'
import { safeWords } from './rules/safe-words.ts'
import { safeguardingRules } from './rules/safeguarding.ts'
import { topicRules } from './rules/sensitive.ts'
import { wrongPatientRules } from './rules/wrong-patient.ts'
import { confidentialRules, identifiableRules } from './rules/third-party.ts'
import type { TextRule } from './rule.ts'
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
]

export const vocabulary = makeVocabulary(wordSets)

/** A reader with some of the rules that hold, and with or without the weighing of sentences. */
export function readerWith(holds: readonly TextRule[], isWeighing: boolean): Reader {
  const weighs = (sentence: Sentence) => likenessFlag(sentence, vocabulary.nameOf)
  return makeReader({
    vocabulary,
    facts,
    safeWords: [...safeWords, ...safeSettings],
    safePeople,
    holds,
    ...(isWeighing && { weighs }),
  })
}

const reader = readerWith(textRules, true)

/** Why a text needs a person before this patient may see it; nothing where it needs none. */
export function readText(text: string, context: TextContext): readonly Flag[] {
  return reader.flags(text, context)
}

/** What is weighed of each sentence of a text. */
export function sentenceFeatures(
  text: string,
  context: TextContext,
): readonly ReadonlySet<string>[] {
  return reader.sentences(text, context).map((sentence) => featuresOf(sentence, vocabulary.nameOf))
}
