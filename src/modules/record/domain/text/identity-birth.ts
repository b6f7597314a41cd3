import type { Flag } from './assess.ts'
import { cue, type Cues } from './cues.ts'
import { identityFlag } from './identity-flag.ts'
import type { KnownPerson } from './known-person.ts'

const label = String.raw`\b(?:d\.?o\.?b\.?|date of birth|birth ?date|born(?: on)?)`
const gap = String.raw`(?![a-z])[^\d.;\n]{0,25}?`
const month = String.raw`(?<month>\d{1,2}|[a-z]{3,9})`
const mark = String.raw`[/.,\- ]+`
const forms: readonly RegExp[] = [
  String.raw`${label}${gap}\b(?<day>\d{1,2})(?:st|nd|rd|th)?(?: of)?${mark}${month}${mark}(?<year>\d{4}|\d{2})(?!\d)`,
  String.raw`${label}${gap}(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?!\d)`,
  String.raw`${label}${gap}(?<!\d)(?<day>\d{2})(?<month>\d{2})(?<year>(?:19|20)\d{2})(?!\d)`,
  String.raw`${label}${gap}\b(?<month>[a-z]{3,9}) (?<day>\d{1,2})(?:st|nd|rd|th)?,? (?<year>\d{4})(?!\d)`,
  String.raw`\bb\.? ?(?<day>\d{1,2})[/.\-](?<month>\d{1,2})[/.\-](?<year>\d{4}|\d{2})(?!\d)`,
].map((form) => new RegExp(form, 'gi'))
const yearOnly: readonly RegExp[] = [
  /\b(?:d\.?o\.?b\.?|date of birth)(?![a-z])[^.;\d\n]{0,25}(?<year>(?:19|20)\d{2})(?![\d/-]|\.\d)/gi,
  /\bb\.? ?(?<year>(?:19|20)\d{2})(?![\d/-]|\.\d)/gi,
]
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const none: readonly Flag[] = []

/** Dates and years of birth that are not the patient's, in whatever form they are written. */
export function birthFlags(text: string, cues: Cues, person: KnownPerson): readonly Flag[] {
  if ((cues & cue.birth) === 0) return none
  const { dateOfBirth, patientAge } = person
  const dated = forms.flatMap((form) =>
    [...text.matchAll(form)].filter(({ groups }) => !isSameDay(groups ?? {}, dateOfBirth)),
  )
  const why =
    dateOfBirth === undefined && patientAge !== undefined
      ? 'It gives a date of birth, which cannot be compared with the patient’s.'
      : 'It gives a date of birth that is not the patient’s.'
  const years = yearOnly.flatMap((form) =>
    [...text.matchAll(form)].filter(({ groups }) => groups?.year !== dateOfBirth?.slice(0, 4)),
  )
  return [
    ...dated.map((found) => identityFlag('birth', found, why)),
    ...years.map((found) =>
      identityFlag('birth', found, 'It gives a year of birth that may be another’s.'),
    ),
  ]
}

/** The text with the patient's own date of birth taken for the word patient, as long as it was. */
export function withoutOwnBirth(text: string, cues: Cues, { dateOfBirth }: KnownPerson): string {
  if (dateOfBirth === undefined || (cues & cue.birth) === 0) return text
  let plain = text
  for (const form of forms)
    for (const found of text.matchAll(form))
      if (isSameDay(found.groups ?? {}, dateOfBirth)) {
        const [own] = found
        plain = plain.replace(own, 'pt'.padEnd(own.length))
      }
  return plain
}

function isSameDay(
  { day = '', month: name = '', year = '' }: Readonly<Record<string, string>>,
  dateOfBirth: string | undefined,
): boolean {
  const monthNo = /^\d/.test(name)
    ? Number(name)
    : months.indexOf(name.slice(0, 3).toLowerCase()) + 1
  return (
    dateOfBirth !== undefined &&
    Number(dateOfBirth.slice(8, 10)) === Number(day) &&
    Number(dateOfBirth.slice(5, 7)) === monthNo &&
    dateOfBirth.slice(4 - year.length, 4) === year
  )
}
