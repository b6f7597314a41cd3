import { makeReader, type Flag, type TextContext } from './assess.ts'
import { affairs } from './lexicon/affairs.ts'
import { names } from './lexicon/names.ts'
import { people } from './lexicon/people.ts'
import { plain } from './lexicon/plain.ts'
import { speech } from './lexicon/speech.ts'
import { subjects } from './lexicon/subjects.ts'
import { facts } from './rules/facts.ts'
import { harmRules } from './rules/harm.ts'
import { otherRules } from './rules/other.ts'
import { safePeople } from './rules/safe-people.ts'
import { safeWords } from './rules/safe-words.ts'
import { safeguardingRules } from './rules/safeguarding.ts'
import { topicRules } from './rules/sensitive.ts'
import { confidentialRules, identifiableRules } from './rules/third-party.ts'
import type { TextRule } from './rule.ts'
import { makeVocabulary } from './vocabulary.ts'

/** The sets of words that rules use. */
export const wordSets: Readonly<Record<string, string>> = {
  ...people,
  ...speech,
  ...subjects,
  ...plain,
  ...names,
  ...affairs,
}

/** Every rule that holds a text. */
export const textRules: readonly TextRule[] = [
  ...confidentialRules,
  ...identifiableRules,
  ...safeguardingRules,
  ...harmRules,
  ...topicRules,
  ...otherRules,
]

/** The reader with some of the rules that hold; with all of them, the one the product uses. */
export function readerWith(
  holds: readonly TextRule[],
): (text: string, context: TextContext) => readonly Flag[] {
  const vocabulary = makeVocabulary(wordSets)
  return makeReader({ vocabulary, facts, safeWords, safePeople, holds })
}

/** Why a text needs a person before this patient may see it; nothing where it needs none. */
export const readText = readerWith(textRules)
