import type { IncomingEntry } from '../entry.ts'
import type { Rule } from '../screening.ts'
import { subjects } from './sensitive-subjects.ts'
import { termsOf } from './words.ts'

const patternOf = (words: readonly string[]) => `(?:^|[^a-z])(?:${words.join('|')})[a-z]*`
const anything = new RegExp(patternOf(subjects.flatMap((subject) => subject.words)), 'i')
const touched = new WeakMap<IncomingEntry, boolean>()

/** Whether an entry touches on any of the subjects below: it holds what is near it as well. */
export function isSensitive(entry: IncomingEntry): boolean {
  let is = touched.get(entry)
  if (is === undefined) {
    is = anything.test(termsOf(entry))
    touched.set(entry, is)
  }
  return is
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
