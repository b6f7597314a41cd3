import type { Flag } from './assess.ts'
import { withMore } from './identity-flag.ts'
import { ageFlags } from './identity-ages.ts'
import { birthFlags, withoutOwnBirth } from './identity-birth.ts'
import { nameFlags } from './identity-names.ts'
import { numberFlags, withoutOwnNumber } from './identity-numbers.ts'
import type { KnownPerson } from './known-person.ts'

/** One of these is in every text of small letters that says whose it is but by an NHS number. */
const cue = new RegExp(
  [
    String.raw`\b(?:label|head|address|titled|says|reads|name|middle|forename|called|letter|report|result|form|scan|wrong|other|belongs|blood|meant|dear|man\b|woman|male|female|gentleman|lady\b|boy\b|girl\b|age|sex\b|gender|do?\.?o?\.?b|date of|birth|born|retired|retd|b\.? ?\d|g\d|[mf],? ?(?:aged?|of|\d))`,
    String.raw`old\b|d\.o|\/40`,
    String.raw`\d[ -]?(?:y|(?:[mf]|man|male|woman|female|gentleman|lady|boy|girl)\b)`,
    String.raw`(?:re|patient|pt|client|name|regarding|rgd)[ \t]*[:-]`,
  ].join('|'),
)

/**
 * Where a text gives a name, number, date of birth, age or sex that is not the patient's. A number
 * that cannot be compared, because the patient's is not known, is somebody's all the same.
 *
 * Source: DISCLOSURE 4.4. Hazard: another person's entry shown.
 */
export function identityFlags(text: string, person: KnownPerson): readonly Flag[] {
  const small = text.toLowerCase()
  if (!cue.test(small)) return numberFlags(text, small, person)
  const named = withMore(nameFlags(text, small, person), numberFlags(text, small, person))
  return withMore(withMore(named, birthFlags(text, small, person)), ageFlags(text, small, person))
}

/**
 * The text with the patient's own name, date of birth and NHS number taken for the word patient,
 * letter for letter as long as they were: they say nothing of anybody else.
 */
export function withoutOwnDetails(text: string, person: KnownPerson): string {
  return withoutOwnNumber(withoutOwnBirth(withoutOwnName(text, person), person), person)
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
