import { ageOn, localDateOf } from '#kernel/time'
import type { IncomingEntry } from './entry.ts'
import { freeTextOf } from './rules/words.ts'
import type { PatientContext, Reason } from './screening.ts'
import { wordsOfLetter } from './text/letters.ts'
import { screenText, type ScreenContext } from './text/screen-text.ts'

const unknownPatient: ScreenContext = {}
const contexts = new WeakMap<PatientContext, Map<number, ScreenContext>>()
const known = new WeakMap<IncomingEntry, WeakMap<ScreenContext, readonly Reason[]>>()

/**
 * Why the words of an entry need a person, by the same rules as `npm run screen`: its free text, its
 * title, who wrote it and where, and a letter in plain text or HTML. No reason where nothing speaks
 * against showing them. What is said of a child is not of somebody else for being read years later:
 * that a text is about another patient is only so at their age today and at the time it is of.
 */
export function textReasons(entry: IncomingEntry, patient: PatientContext): readonly Reason[] {
  const today = reasonsIn(entry, contextOf(patient, patient.age))
  if (!entry.clinicalAt || !today.some(saysAnother)) return today
  const age = ageOn(patient.bornOn, localDateOf(entry.clinicalAt))
  if (age === patient.age || age < 0) return today
  const then = new Set(reasonsIn(entry, contextOf(patient, age)).map(({ rule }) => rule))
  return today.filter((reason) => !saysAnother(reason) || then.has(reason.rule))
}

function saysAnother({ rule }: Reason): boolean {
  return rule.startsWith('text.wrong.')
}

const holdingNearby: ReadonlySet<string> = new Set([
  'safeguarding',
  'serious_harm',
  'sensitive_topic',
  'legal_restriction',
])

/**
 * Whether the words of an entry, whoever's it is, also speak against showing what is near it: what
 * somebody said in confidence says nothing of a weight taken at the same visit, a sexual infection
 * does of the swab.
 */
export function wordsHoldNearby(entry: IncomingEntry): boolean {
  return freeTextOf(entry).some((text) =>
    screenText(text, unknownPatient).categories.some((category) => holdingNearby.has(category)),
  )
}

function contextOf(patient: PatientContext, age: number): ScreenContext {
  const byAge = contexts.get(patient) ?? new Map<number, ScreenContext>()
  contexts.set(patient, byAge)
  const before = byAge.get(age)
  if (before) return before
  const { sex, nhsNumber, givenName, familyName } = patient.identity ?? {}
  const context: ScreenContext = {
    patientAge: age,
    dateOfBirth: patient.bornOn,
    ...((sex === 'male' || sex === 'female') && { sex }),
    ...(nhsNumber !== undefined && { nhsNumber }),
    ...(givenName !== undefined && { givenName }),
    ...(familyName !== undefined && { familyName }),
  }
  byAge.set(age, context)
  return context
}

function reasonsIn(entry: IncomingEntry, context: ScreenContext): readonly Reason[] {
  const byContext = known.get(entry) ?? new WeakMap<ScreenContext, readonly Reason[]>()
  known.set(entry, byContext)
  const before = byContext.get(context)
  if (before) return before
  const reasons = new Map<string, Reason>()
  const add = (text: string, isTitle: boolean) => {
    for (const { rule, why, start, end } of screenText(text, { ...context, isTitle }).flags) {
      if (reasons.has(rule)) continue
      const words = text.slice(start, end).trim()
      reasons.set(rule, { rule: `text.${rule}`, why, ...(words !== '' && { marks: [words] }) })
    }
  }
  for (const text of textsOf(entry)) add(text, false)
  for (const title of titlesOf(entry)) add(title, true)
  // Who wrote it is staff in their role: a name there is nobody else's.
  for (const text of [entry.author, entry.organisation]) {
    if (text === undefined) continue
    for (const { rule, why } of screenText(text, { isTitle: true }).flags) {
      if (!rule.startsWith('identifiable.')) reasons.set(rule, { rule: `text.${rule}`, why })
    }
  }
  const all = [...reasons.values()]
  byContext.set(context, all)
  return all
}

/** What somebody wrote: free text, and a letter whose words are known. */
function textsOf(entry: IncomingEntry): readonly string[] {
  const { contentType = '', bytes = new Uint8Array(), words } = entry.content ?? {}
  const letter = words ?? wordsOfLetter(contentType, bytes)
  return letter === undefined ? freeTextOf(entry) : [...freeTextOf(entry), letter]
}

function titlesOf(entry: IncomingEntry): readonly string[] {
  return [entry.title, ...(entry.codings ?? []).flatMap(({ display }) => display ?? [])]
}
