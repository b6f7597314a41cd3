import { accept, refuse, type Result } from '#kernel/result'
import { addDays, type LocalDate } from '#kernel/time'
import type { Ground, Standing } from './decision.ts'

/** Staff roles that decide what is shown. Source: DISCLOSURE 5, point 3. */
export type DecidingRole = 'clinician' | 'safeguarding-lead' | 'ig-lead'

/** Why a decision was not taken. */
export type DecidingRefusal =
  | { readonly reason: 'decided-meanwhile' }
  | { readonly reason: 'content-changed' }
  | { readonly reason: 'family-changed' }
  | { readonly reason: 'marked-by-source' }
  | { readonly reason: 'needs-role'; readonly roles: readonly DecidingRole[] }

/** An entry as it stands, and what the person who decides had before them. */
export interface DecidingFacts {
  readonly standing: Standing | undefined
  readonly contentHash: string
  readonly isMarked: boolean
  readonly seen: { readonly decisionNo: number; readonly contentHash: string }
  readonly roles: readonly string[]
}

/** Longest explanation kept with a decision, in characters. */
export const maxExplanation = 500

const whoMay: Readonly<Record<Ground, readonly DecidingRole[]>> = {
  'serious-harm': ['clinician'],
  'third-party': ['clinician', 'safeguarding-lead', 'ig-lead'],
  'safeguarding-or-legal': ['clinician', 'safeguarding-lead', 'ig-lead'],
  'patient-request': ['clinician', 'safeguarding-lead', 'ig-lead'],
}

/** May this person let the patient see the entry, as they had it before them? */
export function decideRelease(facts: DecidingFacts): Result<true, DecidingRefusal> {
  if (facts.isMarked) return refuse({ reason: 'marked-by-source' })
  return decideAny(facts)
}

/** May this person withhold the entry on this ground? Whether the source marks it does not matter. */
export function decideWithholding(
  facts: DecidingFacts,
  ground: Ground,
): Result<true, DecidingRefusal> {
  const current = decideAny(facts)
  return current.ok ? needRole(facts, whoMay[ground]) : current
}

/** May this person hold the entry again, so that it is not shown until somebody decides? */
export function decideHolding(facts: DecidingFacts): Result<true, DecidingRefusal> {
  return decideAny(facts)
}

/** The last day on which a withheld entry may come up for review: 12 months ahead. */
export function latestReview(today: LocalDate): LocalDate {
  return Temporal.PlainDate.from(today).add({ months: 12 }).toString() as LocalDate
}

/** A review date is after today and at most 12 months ahead. */
export function isReviewDate(day: LocalDate, today: LocalDate): boolean {
  return day >= addDays(today, 1) && day <= latestReview(today)
}

function decideAny(facts: DecidingFacts): Result<true, DecidingRefusal> {
  const { standing, seen } = facts
  if ((standing?.decisionNo ?? 0) !== seen.decisionNo)
    return refuse({ reason: 'decided-meanwhile' })
  if (facts.contentHash !== seen.contentHash) return refuse({ reason: 'content-changed' })
  if (standing?.outcome === 'withheld' && standing.ground)
    return needRole(facts, whoMay[standing.ground])
  return accept(true)
}

function needRole(
  facts: DecidingFacts,
  roles: readonly DecidingRole[],
): Result<true, DecidingRefusal> {
  return roles.some((role) => facts.roles.includes(role))
    ? accept(true)
    : refuse({ reason: 'needs-role', roles })
}
