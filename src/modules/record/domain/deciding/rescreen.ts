import type { RecordItem } from '../decision.ts'
import type { StoredEntry } from '../plan-storing.ts'
import { ruleset, type Ruleset } from '../ruleset.ts'
import { screenRecord } from '../screen-record.ts'
import type { PatientContext, Reason } from '../screening.ts'

/** What reading a record again by other rules comes to. */
export interface Rescreened {
  /** Released by rules, and not any more. */
  readonly held: readonly { readonly one: StoredEntry; readonly reasons: readonly Reason[] }[]
  /** Released by people who did not have before them what a rule now says of it. */
  readonly queued: readonly StoredEntry[]
}

/**
 * Reads a patient's entries from every source again. Nothing is released by it, and what a person
 * released is not held by it: they are to look again where a rule now speaks against it.
 */
export function rescreened(
  stored: readonly StoredEntry[],
  patient: PatientContext,
  rules: Ruleset = ruleset,
): Rescreened {
  const held: { one: StoredEntry; reasons: readonly Reason[] }[] = []
  const queued: StoredEntry[] = []
  for (const [source, own] of Map.groupBy(stored, (one) => one.source)) {
    const open = own.filter((one) => !one.isClosed && one.isDecided)
    const others = stored.filter((one) => one.isClosed || one.source !== source)
    const decisions = screenRecord(
      open.map(asIfByRules),
      patient,
      others.map((one) => ({ ...asIfByRules(one) })),
      rules,
    )
    for (const one of open) {
      const next = decisions.get(one.entry.sourceKey)
      if (one.standing?.outcome !== 'released' || next?.outcome !== 'held') continue
      if (one.standing.decidedBy === 'ruleset') held.push({ one, reasons: next.reasons })
      else if (hasNews(one.standing.reasons, next.reasons)) queued.push(one)
    }
  }
  return { held, queued }
}

/** A release counts as the rules' own, so that they say what they think of it. */
function asIfByRules({ entry, standing }: StoredEntry): RecordItem {
  if (standing?.outcome !== 'released')
    return { entry, isChanged: false, ...(standing && { standing }) }
  return { entry, isChanged: false, standing: { ...standing, decidedBy: 'ruleset' } }
}

/** A rule speaks against it that did not when the person decided; that no rule clears it is no news. */
function hasNews(before: readonly Reason[], now: readonly Reason[]): boolean {
  const known = new Set(before.map(({ rule }) => rule))
  return now.some(({ rule }) => !known.has(rule) && !/^(?:not-cleared\.|text\.unread$)/.test(rule))
}
