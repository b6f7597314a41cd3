import type { Flag } from './assess.ts'
import { cue, type Cues } from './cues.ts'
import { identityFlag, speaksOfKin } from './identity-flag.ts'
import type { KnownPerson } from './known-person.ts'

const weighs =
  /\b(?:wt|weight|weighs|weighed)(?: (?:is|was|today|now|of))?[ :=]*(\d{1,3}(?:\.\d{1,3})?) ?kgs?\b/gi
const lived =
  /\b(\d{2}) ?(?:yrs?|years?)[’']? (?:of )?(?:service|marriage|married|ago|smok\w+|experience|together|sober|retired|driving|in the (?:job|trade|army|navy|raf|mines|pits?|police))\b|\b(?:married|smoked|smoker|smokes|retired|widowed|worked|divorced|nursed|taught)(?: for)? (\d{2}) ?(?:yrs?|years?)\b/gi
/** Years that nobody marries, serves or smokes before. */
const grownAt = 12
const none: readonly Flag[] = []

/**
 * From each age in years, the least and the most that somebody can be taken to weigh, in kilograms:
 * well outside what growth charts and adults show, so that only another person’s weight is beyond.
 */
const bounds: readonly (readonly [number, number, number])[] = [
  [16, 25, 400],
  [12, 18, 200],
  [8, 13, 130],
  [5, 10, 80],
  [2, 6, 45],
  [1, 4, 25],
  [0, 0, 20],
]

/** Weights and spans of years that no life as long as the patient’s has. Source: DISCLOSURE 4.4. */
export function measureFlags(
  text: string,
  cues: Cues,
  { patientAge }: KnownPerson,
): readonly Flag[] {
  if (patientAge === undefined || (cues & (cue.weight | cue.span)) === 0) return none
  if (speaksOfKin(text)) return none
  return [...weightFlags(text, patientAge), ...spanFlags(text, patientAge)]
}

function weightFlags(text: string, age: number): readonly Flag[] {
  const [, least = 0, most = 400] = bounds.find(([from]) => age >= from) ?? []
  return [...text.matchAll(weighs)]
    .filter(([, kilograms]) => Number(kilograms) < least || Number(kilograms) > most)
    .map((found) => identityFlag('weight', found, 'It gives a weight that is not of their age.'))
}

function spanFlags(text: string, age: number): readonly Flag[] {
  return [...text.matchAll(lived)]
    .filter(([said, before, after]) => {
      const years = Number(before ?? after)
      return years > (/ago/i.test(said) ? age : age - grownAt)
    })
    .map((found) => identityFlag('span', found, 'It speaks of a life longer than theirs.'))
}
