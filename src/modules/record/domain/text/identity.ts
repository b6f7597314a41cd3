import { parseNhsNumber } from '#kernel/nhs-number'
import type { Flag } from './assess.ts'

/** What is known of the patient for comparing with what a text says. Days are 1985-03-02. */
export interface KnownPerson {
  readonly patientAge?: number
  readonly sex?: 'male' | 'female'
  readonly nhsNumber?: string
  readonly dateOfBirth?: string
  readonly familyName?: string
  readonly givenName?: string
}

const tenFigures = /(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)/g
const bornOn =
  /\b(?:d\.?o\.?b\.?|date of birth|born(?: on)?)\s*[:-]?\s*(\d{1,2})[/.\- ](\d{1,2}|[a-z]{3,9})[/.\- ](\d{4}|\d{2})\b/gi
const bornIn = /\b(?:d\.?o\.?b\.?|date of birth)(?![a-z])[^.;\d\n]{0,25}((?:19|20)\d{2})(?![\d/])/gi
const agedAs =
  /(?<![\w/.])(\d{1,3})[ -]?(?:(?:y\/?o|yrs?|years?)[ -]?(?:old)?[ -]?)?(m|f|man|woman|male|female|gentleman|lady|boy|girl)\b(?![/:])/gi
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * Where a text gives a number, date of birth, age or sex that is not the patient's. A number that
 * cannot be compared, because the patient's is not known, is somebody's all the same.
 *
 * Source: DISCLOSURE 4.4. Hazard: another person's entry shown.
 */
export function identityFlags(text: string, person: KnownPerson): readonly Flag[] {
  const named = nameFlags(text, person)
  if (!/\d/.test(text)) return named
  return [
    ...named,
    ...numberFlags(text, person),
    ...birthFlags(text, person),
    ...birthYearFlags(text, person),
    ...ageFlags(text, person),
  ]
}

const heading =
  /^[ \t]*(?:re|patient|patient name|name|regarding)[ \t]*:[ \t]*((?:[A-Z][\w'’-]*[ ,.\t]*){2,5})/gm

function nameFlags(text: string, { familyName }: KnownPerson): readonly Flag[] {
  if (familyName === undefined || !text.includes(':')) return []
  return [...text.matchAll(new RegExp(heading, 'gmi'))]
    .filter(([, name = '']) => /[A-Z][a-z'’-]+[ ,]+[A-Z]/.test(name))
    .filter(([, name = '']) => !name.toLowerCase().includes(familyName.toLowerCase()))
    .map((found) =>
      flag('identity.name', found, 'It is headed with a name that is not the patient’s.'),
    )
}

/**
 * The text with the patient's own name taken for the word patient, letter for letter as long as it
 * was. Their first name alone stays: it may be somebody else's.
 */
export function withoutOwnName(text: string, { givenName, familyName }: KnownPerson): string {
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

function numberFlags(text: string, { nhsNumber }: KnownPerson): readonly Flag[] {
  if (text.search(tenFigures) < 0) return []
  const flags: Flag[] = []
  for (const found of text.matchAll(tenFigures)) {
    const digits = found[0].replaceAll(/\D/g, '')
    const isNhsNumber =
      parseNhsNumber(digits).ok || /nhs.{0,12}$/i.test(text.slice(0, found.index).slice(-16))
    if (!isNhsNumber || digits === nhsNumber) continue
    flags.push(
      flag('identity.nhs-number', found, 'It gives an NHS number that is not the patient’s.'),
    )
  }
  return flags
}

function birthFlags(text: string, { dateOfBirth, patientAge }: KnownPerson): readonly Flag[] {
  if (text.search(bornOn) < 0) return []
  const flags: Flag[] = []
  for (const found of text.matchAll(bornOn)) {
    const [, day = '', month = '', year = ''] = found
    const monthNo = /^\d/.test(month)
      ? Number(month)
      : months.indexOf(month.slice(0, 3).toLowerCase()) + 1
    const isSame =
      dateOfBirth !== undefined &&
      Number(dateOfBirth.slice(8, 10)) === Number(day) &&
      Number(dateOfBirth.slice(5, 7)) === monthNo &&
      dateOfBirth.slice(4 - year.length, 4) === year
    if (isSame) continue
    const why =
      dateOfBirth === undefined && patientAge !== undefined
        ? 'It gives a date of birth, which cannot be compared with the patient’s.'
        : 'It gives a date of birth that is not the patient’s.'
    flags.push(flag('identity.birth', found, why))
  }
  return flags
}

function birthYearFlags(text: string, { dateOfBirth }: KnownPerson): readonly Flag[] {
  const year = dateOfBirth?.slice(0, 4)
  return [...text.matchAll(bornIn)]
    .filter((found) => found[1] !== year)
    .map((found) =>
      flag('identity.birth', found, 'It gives a year of birth that may be another’s.'),
    )
}

const female = new Set(['f', 'woman', 'female', 'lady', 'girl'])

function ageFlags(text: string, { patientAge, sex }: KnownPerson): readonly Flag[] {
  if (text.search(agedAs) < 0) return []
  const flags: Flag[] = []
  for (const found of text.matchAll(agedAs)) {
    const years = Number(found[1])
    const word = (found[2] ?? '').toLowerCase()
    const isShort = word.length === 1
    if (years > 115 || (isShort && found[2] !== word.toUpperCase())) continue
    if (isOfSomebodyElse(text, found.index)) continue
    const isOtherSex = sex !== undefined && (female.has(word) ? 'female' : 'male') !== sex
    // Letters are older than today: the patient may have been younger, never much older.
    const isOtherAge =
      patientAge !== undefined &&
      (years > patientAge + 1 || years < patientAge - (patientAge < 20 ? 6 : 25))
    if (!isOtherSex && !isOtherAge) continue
    flags.push(
      flag('identity.age-or-sex', found, 'It gives an age or sex that is not the patient’s.'),
    )
  }
  return flags
}

const kin =
  /\b(?:wife|husband|partner|son|daughter|brother|sister|mother|father|mum|dad|uncle|aunt|cousin|nephew|niece|gran\w*|fh|child|children|kids?|with|lives|has)\b[^.]{0,25}$/i

function isOfSomebodyElse(text: string, at: number): boolean {
  return kin.test(text.slice(Math.max(0, at - 40), at))
}

function flag(rule: string, found: RegExpMatchArray, why: string): Flag {
  const start = found.index ?? 0
  return { rule, category: 'wrong_patient', start, end: start + found[0].length, why }
}
