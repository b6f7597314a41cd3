import type { IncomingEntry } from '../entry.ts'
import type { Rule } from '../screening.ts'
import { subjects } from './sensitive-subjects.ts'
import { termsOf } from './words.ts'

const patternOf = (words: readonly string[]) => `(?:^|[^a-z])(?:${words.join('|')})[a-z]*`
const anything = new RegExp(patternOf(subjects.flatMap((subject) => subject.words)), 'i')
const touched = new WeakMap<IncomingEntry, boolean>()

/** Units of alcohol a week up to which drinking is of low risk. Source: UK Chief Medical Officers, 2016. */
const lowRiskUnits = 14
const drinking =
  /^\s*(?:alcohol (?:units consumed (?:per|each) week|units per week|consumption|intake)|units of alcohol (?:per|a|each) week)(?: \(observable entity\))?\s*$/i

/**
 * Whether an entry touches on any of the subjects below: it holds what is near it as well. How much
 * somebody drinks, within what is of low risk, is asked of everybody and is not among them.
 */
export function isSensitive(entry: IncomingEntry): boolean {
  let is = touched.get(entry)
  if (is === undefined) {
    is = anything.test(termsOf(entry)) && !isLowDrinking(entry)
    touched.set(entry, is)
  }
  return is
}

function isLowDrinking(entry: IncomingEntry): boolean {
  const { number, text, unit = 'units' } = entry.value ?? {}
  return (
    number !== undefined &&
    number >= 0 &&
    number <= lowRiskUnits &&
    text === undefined &&
    /^(?:units?(?: ?\/ ?w(?:ee)?k| (?:per|a) week)?|u\/w(?:ee)?k)$/i.test(unit.trim()) &&
    termsOf(entry)
      .split('\n')
      .every((term) => term.trim() === '' || drinking.test(term))
  )
}

/** One rule for each sensitive subject. They only ever hold. Source: DISCLOSURE 2.2, 3.3. */
export const sensitiveRules: readonly Rule[] = subjects.map((subject) => {
  const pattern = new RegExp(patternOf(subject.words), 'gi')
  const asExample = (title: string) => ({ entry: { kind: 'problem' as const, title } })
  return {
    id: `sensitive.${subject.id}`,
    why: subject.why,
    fires: (entry) => isSensitive(entry) && termsOf(entry).search(pattern) >= 0,
    marks: (entry) => [
      ...new Set(
        Array.from(termsOf(entry).matchAll(pattern), (found) => found[0].replace(/^[^a-z]/i, '')),
      ),
    ],
    examples: { fire: subject.fire.map(asExample), quiet: subject.quiet.map(asExample) },
  }
})
