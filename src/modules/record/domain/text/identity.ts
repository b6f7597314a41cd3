import type { Flag } from './assess.ts'
import { withMore } from './identity-flag.ts'
import { cue, cuesIn, everyCue, type Cues } from './cues.ts'
import { ageFlags, mayBear } from './identity-ages.ts'
import { birthFlags, withoutOwnBirth } from './identity-birth.ts'
import { nameFlags } from './identity-names.ts'
import { measureFlags } from './identity-measures.ts'
import { numberFlags, withoutOwnNumber } from './identity-numbers.ts'
import type { KnownPerson } from './known-person.ts'

const anyIdentity =
  cue.heads |
  cue.dear |
  cue.label |
  cue.number |
  cue.birth |
  cue.aged |
  cue.old |
  cue.age |
  cue.sex |
  cue.life |
  cue.weight |
  cue.span |
  cue.title
const none: readonly Flag[] = []

/**
 * Where a text gives a name, number, date of birth, age or sex that is not the patient's. A number
 * that cannot be compared, because the patient's is not known, is somebody's all the same.
 *
 * Source: DISCLOSURE 4.4. Hazard: another person's entry shown.
 */
export function identityFlags(
  text: string,
  person: KnownPerson,
  cues: Cues = cuesIn(text),
): readonly Flag[] {
  if ((cues & anyIdentity) === 0 && !mayBear(text)) return none
  const named = withMore(nameFlags(text, cues, person), numberFlags(text, cues, person))
  const aged = withMore(ageFlags(text, cues, person), measureFlags(text, cues, person))
  return withMore(withMore(named, birthFlags(text, cues, person)), aged)
}

/**
 * The text with the patient's own name, date of birth and NHS number taken for the word patient,
 * letter for letter as long as they were: they say nothing of anybody else.
 */
export function withoutOwnDetails(
  text: string,
  person: KnownPerson,
  cues: Cues = cuesIn(text),
): string {
  const nameless = withoutOwnName(text, person)
  const left = nameless === text ? cues : everyCue
  return withoutOwnNumber(withoutOwnBirth(nameless, left, person), left, person)
}

/**
 * The text with the patient's own name taken for the word patient, letter for letter as long as it
 * was. Their first name alone stays: it may be somebody else's.
 */
function withoutOwnName(text: string, { givenName, familyName }: KnownPerson): string {
  if (familyName === undefined || familyName.length < 2) return text
  if (!text.toLowerCase().includes(familyName.toLowerCase())) return text
  const given = givenName === undefined ? '' : `(?:${escaped(givenName)}(?:[ ]+[A-Z][a-z-]*)?[ ]+)?`
  const own = new RegExp(
    String.raw`\b(?:(?:mr|mrs|ms|miss|mx|master|dr)\.?[ ]+)?${given}${escaped(familyName)}\b(?:,[ ]*${escaped(givenName ?? '-')}\b)?`,
    'gi',
  )
  return text.replaceAll(own, (name) => 'pt'.padEnd(name.length))
}

function escaped(words: string): string {
  return words.replaceAll(/[^\p{L}\p{N} ]/gu, (mark) => `\\${mark}`)
}
