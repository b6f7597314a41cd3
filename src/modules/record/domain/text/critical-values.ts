import type { Flag } from './assess.ts'
import { cue, cuesIn, type Cues } from './cues.ts'

/** A value far outside what is ordinary: of the words before the figure, below or above these. */
const limits: readonly {
  readonly test: string
  readonly below?: number
  readonly above?: number
}[] = [
  { test: String.raw`k\+?|potassium`, below: 2.8, above: 6 },
  { test: String.raw`na\+?|sodium`, below: 125, above: 155 },
  { test: 'hb|haemoglobin', below: 80, above: 200 },
  { test: 'psa', above: 15 },
  { test: String.raw`ca[ -]?125`, above: 100 },
  { test: 'cea', above: 30 },
  { test: 'fit|qfit', above: 50 },
  { test: 'tsh', above: 30 },
  { test: 'crp', above: 150 },
  { test: 'inr', above: 6 },
  { test: 'plt|plts|platelets', below: 50, above: 900 },
  { test: 'neut|neuts|neutrophils', below: 0.8, above: 30 },
  { test: 'wcc|wbc', above: 40 },
  { test: 'glucose|bm', above: 28 },
  { test: 'creat|creatinine', above: 350 },
  { test: 'egfr', below: 12 },
  { test: 'calcium|adj ca|corrected calcium', below: 1.8, above: 3 },
  { test: 'alt', above: 500 },
  { test: 'bili|bilirubin', above: 100 },
  { test: 'bnp|nt-?probnp|nt pro bnp', above: 4000 },
  { test: 'trop|troponin', above: 100 },
  { test: 'paraprotein', above: 15 },
]
/** "Sodium 100microgram tablets" is a medicine; 250 mg/L is a result. */
const dose = String.raw`\s?(?:mg|mcg|micrograms?)(?![a-z]|\s?\/)`
const tests = limits.map(({ test, below = -Infinity, above = Infinity }) => ({
  pattern: new RegExp(
    String.raw`(?<![a-z])(?:${test})(?![a-z])(?:[^\da-z\n.]|level|result|is|was|of|at|now|today|back){0,6}(\d+(?:\.\d+)?)(?![\d/]|\.\d|${dose})`,
    'gi',
  ),
  below,
  above,
}))
const dealtWith =
  /\b(?:told|informed|aware|knows|discuss\w*|spoke\w*|explained|rang (?:pt|patient|him|her)|called (?:pt|patient|him|her)|phoned (?:pt|patient|him|her)|texted|admit\w*|refer\w*|2ww|treat\w*|start\w*|stopped|increase\w*|restart\w*|repeat\w*|recheck\w*|known|stable|improv\w*|was \d|down from|plan|on treatment|transfus\w*|haematology|clinic|under|sent in|sent to|a&e)\b/i

const none: readonly Flag[] = []

/** A result far outside the ordinary where nothing says that it was dealt with or the patient told. */
export function criticalValueFlags(text: string, cues: Cues = cuesIn(text)): readonly Flag[] {
  if ((cues & cue.figure) === 0 || (cues & cue.value) === 0) return none
  const flags: Flag[] = []
  for (const { pattern, below, above } of tests) {
    for (const found of text.matchAll(pattern)) {
      const value = Number(found[1])
      if (value >= below && value <= above) continue
      if (dealtWith.test(text)) return []
      flags.push({
        rule: 'result.critical-value',
        category: 'unverified_result',
        start: found.index,
        end: found.index + found[0].length,
        why: 'A result far outside the ordinary, and nothing shows that anybody acted on it.',
      })
    }
  }
  return flags
}
