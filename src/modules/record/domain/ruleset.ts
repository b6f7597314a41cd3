import { textReasons } from './entry-text.ts'
import type { EntryKind, IncomingEntry } from './entry.ts'
import { clearRules } from './rules/clear-rules.ts'
import { holdRules } from './rules/hold-rules.ts'
import type { Reason, Rule, Screening, ScreeningContext } from './screening.ts'

/** Rules that hold, rules that clear, and what reads text, under one version. */
export interface Ruleset {
  readonly version: string
  readonly holds: readonly Rule[]
  readonly clears: readonly Rule[]
  /** Reads the words of an entry: every reason there is to hold it. */
  readonly reads: typeof textReasons
}

/** The rules in force. A changed rule is a new version: it is stored with every decision. */
export const ruleset: Ruleset = {
  version: '2026-11-g',
  holds: holdRules,
  clears: clearRules,
  reads: textReasons,
}

/**
 * Whether an entry may be shown without a person, and why or why not. Released only where at least
 * one rule clears it, none holds it, and nothing in its words speaks against it; anything else, a
 * fault in a rule included, is held.
 *
 * Source: DESIGN 4, DISCLOSURE 4.4. Hazard: harmful entry shown.
 */
export function screen(
  entry: IncomingEntry,
  context: ScreeningContext,
  rules: Ruleset = ruleset,
): Screening {
  try {
    const held = rules.holds.filter((rule) => rule.fires(entry, context))
    const read = rules.reads(entry, context.patient)
    if (held.length > 0 || read.length > 0)
      return { outcome: 'held', reasons: [...held.map((rule) => reasonOf(rule, entry)), ...read] }
    const cleared = rules.clears.filter((rule) => rule.fires(entry, context))
    if (cleared.length > 0)
      return { outcome: 'released', reasons: cleared.map((rule) => reasonOf(rule, entry)) }
    return { outcome: 'held', reasons: [notCleared(entry.kind)] }
  } catch {
    return {
      outcome: 'held',
      reasons: [{ rule: 'engine.fault', why: 'The rules could not read it.' }],
    }
  }
}

function reasonOf(rule: Rule, entry: IncomingEntry): Reason {
  const marks = rule.marks?.(entry)
  return marks ? { rule: rule.id, why: rule.why, marks } : { rule: rule.id, why: rule.why }
}

const perKind: Partial<Record<EntryKind, string>> = {
  referral: 'Letters to other services are read by a person first.',
  document: 'Documents are read by a person first.',
  note: 'It is not a note under one of the usual headings.',
  'family-history': 'Family history is about other people, and is read by a person first.',
  consultation: 'Something in it is still held, or nothing is known of what it holds.',
  heading: 'Something under it is still held, or it is not one of the usual headings.',
  topic: 'Something under it is still held, or it is not one of the usual headings.',
  medication: 'It is not on the list of ordinary medicines with an ordinary dose.',
  issue: 'It is not on the list of ordinary medicines with an ordinary dose.',
  problem: 'It is not on the list of plain conditions.',
  allergy: 'It is not on the list of everyday allergies.',
  result: 'It is not an ordinary test that is filed, final and in its range.',
  'result-group': 'It is not a group of ordinary tests that are all released.',
  report: 'It is not a group of ordinary tests that are all released.',
  measurement: 'It is not an everyday measurement within plausible limits.',
  immunisation: 'It is not on the list of everyday vaccinations that were given.',
}

function notCleared(kind: EntryKind): Reason {
  return {
    rule: `not-cleared.${kind}`,
    why: perKind[kind] ?? 'No rule clears an entry of this kind.',
  }
}
