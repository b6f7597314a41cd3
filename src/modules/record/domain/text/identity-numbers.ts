import { parseNhsNumber } from '#kernel/nhs-number'
import type { Flag } from './assess.ts'
import { cue, type Cues } from './cues.ts'
import { identityFlag } from './identity-flag.ts'
import type { KnownPerson } from './known-person.ts'

const tenFigures = /(?<!\d)\d{3}[ .\-\u00A0]?\d{3}[ .\-\u00A0]?\d{4}(?!\d)/g
const none: readonly Flag[] = []
const lastFigures =
  /\bnhs (?:no\.?|num\w*|#)[^.;\n\d]{0,30}\b(?:ends?|ending|finishes)(?: in| with)? ?(\d{2,4})\b/gi

/** NHS numbers that are not the patient's, written with or without blanks, dots and hyphens. */
export function numberFlags(text: string, cues: Cues, { nhsNumber }: KnownPerson): readonly Flag[] {
  if ((cues & cue.number) === 0) return none
  const why = 'It gives an NHS number that is not the patient’s.'
  const whole = [...text.matchAll(tenFigures)].filter((found) => {
    const digits = found[0].replaceAll(/\D/g, '')
    if (digits === nhsNumber) return false
    return parseNhsNumber(digits).ok || /nhs.{0,12}$/i.test(text.slice(0, found.index).slice(-16))
  })
  const ends = [...text.matchAll(lastFigures)].filter(
    ([, last = '']) => nhsNumber !== undefined && !nhsNumber.endsWith(last),
  )
  return [...whole, ...ends].map((found) => identityFlag('nhs-number', found, why))
}

/** The text with the patient's own NHS number taken for the word patient, as long as it was. */
export function withoutOwnNumber(text: string, cues: Cues, { nhsNumber }: KnownPerson): string {
  if (nhsNumber === undefined || (cues & cue.number) === 0 || text.search(tenFigures) < 0)
    return text
  return text.replaceAll(tenFigures, (found) =>
    found.replaceAll(/\D/g, '') === nhsNumber ? 'pt'.padEnd(found.length) : found,
  )
}
