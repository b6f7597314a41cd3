import type { Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { addDays, type LocalDate } from '#kernel/time'
import { beyond, laneOf, lanesOf, type DecidingRole, type Lane } from './deciding/categories.ts'
import type { CopyRefusal } from './deciding/patient-copy.ts'
import { reasonsAgainst, takesTwo, type Ground, type Standing } from './decision.ts'

/** Why a decision was not taken. */
export type DecidingRefusal =
  | { readonly reason: 'decided-meanwhile' }
  | { readonly reason: 'content-changed' }
  | { readonly reason: 'family-changed' }
  | { readonly reason: 'marked-by-source' }
  | { readonly reason: 'needs-role'; readonly roles: readonly DecidingRole[] }
  | { readonly reason: 'same-person' }
  | { readonly reason: 'not-shown' }
  | { readonly reason: 'whole-entries-only' }
  | { readonly reason: 'no-account' }
  | CopyRefusal

/** An entry as it stands, and what the person who decides had before them. */
export interface DecidingFacts {
  readonly standing: Standing | undefined
  readonly contentHash: string
  readonly isMarked: boolean
  readonly seen: { readonly decisionNo: number; readonly contentHash: string }
  readonly staffId: Id<'Staff'>
  readonly roles: readonly string[]
  /** Roles of the person who proposed the release, where one did. */
  readonly firstRoles?: readonly string[]
}

/** What a release comes to: it is shown, or it waits for a second person. */
export type Release =
  | { readonly step: 'release' }
  | { readonly step: 'second'; readonly firstStaffId: Id<'Staff'> }
  | { readonly step: 'propose'; readonly lane: Lane }

/** Longest explanation kept with a decision, in characters. */
export const maxExplanation = 500

const leads = ['clinician', 'safeguarding-lead', 'ig-lead'] as const
const whoMay: Readonly<Record<Ground, readonly DecidingRole[]>> = {
  'serious-harm': ['clinician'],
  'third-party': leads,
  'safeguarding-or-legal': leads,
  'patient-request': leads,
  'wrong-patient': ['records-clerk', ...leads],
}

/**
 * May this person let the patient see the entry, as they had it before them? Where it takes two, the
 * first of them proposes it and another, whoever that is, releases it; between them they must be the
 * people who may decide what it is held for.
 *
 * Source: DISCLOSURE 5, point 3; DOMAIN RD-12. Hazard: harmful entry shown.
 */
export function decideRelease(facts: DecidingFacts): Result<Release, DecidingRefusal> {
  if (facts.isMarked) return refuse({ reason: 'marked-by-source' })
  const { standing, roles } = facts
  const current = standing && takesTwo(standing) ? decideCurrent(facts) : decideAny(facts)
  if (!current.ok) return current
  const reasons = reasonsAgainst(standing?.reasons ?? [])
  if (!standing || !takesTwo(standing)) {
    const missing = beyond(roles, reasons)[0]
    return missing
      ? refuse({ reason: 'needs-role', roles: missing.deciders })
      : accept({ step: 'release' })
  }
  const isLead = needRole(facts, leads)
  if (!isLead.ok) return isLead
  if (!standing.proposes || !standing.staffId)
    return accept({ step: 'propose', lane: laneOfSecond(roles, reasons) })
  if (standing.staffId === facts.staffId) return refuse({ reason: 'same-person' })
  const both = [...roles, ...(facts.firstRoles ?? [])]
  const missing = beyond(both, reasons)[0]
  if (missing) return refuse({ reason: 'needs-role', roles: missing.deciders })
  const ofGround = needRole({ roles: both }, (standing.ground && whoMay[standing.ground]) ?? leads)
  return ofGround.ok ? accept({ step: 'second', firstStaffId: standing.staffId }) : ofGround
}

/** Where a proposed release waits: with who must decide it and has not, or else with another lead. */
function laneOfSecond(roles: readonly string[], reasons: Parameters<typeof laneOf>[0]): Lane {
  if (beyond(roles, reasons).length > 0) return laneOf(reasons)
  const own = lanesOf(roles)
  return leads.find((lane) => !own.includes(lane)) ?? 'clinician'
}

/** May this person release a part of the entry? Clinicians alone, and not where whole entries are the rule. */
export function decidePart(
  facts: DecidingFacts,
  wholeEntriesOnly: boolean,
): Result<Release, DecidingRefusal> {
  if (wholeEntriesOnly) return refuse({ reason: 'whole-entries-only' })
  const clinician = needRole(facts, ['clinician'])
  return clinician.ok ? decideRelease(facts) : clinician
}

/** May this person withhold the entry on this ground? Whether the source marks it does not matter. */
export function decideWithholding(
  facts: DecidingFacts,
  ground: Ground,
): Result<true, DecidingRefusal> {
  const current = decideAny(facts)
  return current.ok ? needRole(facts, whoMay[ground]) : current
}

/** May this person hide the entry for a time, or ask the patient about it? */
export function decideHiding(facts: DecidingFacts): Result<true, DecidingRefusal> {
  const current = decideAny(facts)
  return current.ok ? needRole(facts, leads) : current
}

/** May this person hold the entry again, so that it is not shown until somebody decides? */
export function decideHolding(facts: DecidingFacts): Result<true, DecidingRefusal> {
  return decideAny(facts)
}

/** May this person recall the entry? Anybody who decides may, while it is shown. */
export function decideRecall(
  facts: DecidingFacts,
  isShown: boolean,
): Result<true, DecidingRefusal> {
  const current = decideAny(facts)
  if (!current.ok) return current
  return isShown ? accept(true) : refuse({ reason: 'not-shown' })
}

/** The last day until which an entry may be hidden: 6 months ahead. */
export function latestHiding(today: LocalDate): LocalDate {
  return Temporal.PlainDate.from(today).add({ months: 6 }).toString() as LocalDate
}

/** The usual day until which something is hidden, by what is waited for. Source: DISCLOSURE 5, point 7. */
export function usualHiding(today: LocalDate): LocalDate {
  return addDays(today, 7)
}

/** A hiding ends after today and at most 6 months ahead. */
export function isHidingDay(day: LocalDate, today: LocalDate): boolean {
  return day >= addDays(today, 1) && day <= latestHiding(today)
}

/** The last day on which a withheld entry may come up for review: 12 months ahead. */
export function latestReview(today: LocalDate): LocalDate {
  return Temporal.PlainDate.from(today).add({ months: 12 }).toString() as LocalDate
}

/** A review date is after today and at most 12 months ahead. */
export function isReviewDate(day: LocalDate, today: LocalDate): boolean {
  return day >= addDays(today, 1) && day <= latestReview(today)
}

/** Nobody decided meanwhile, and it is what they read. */
function decideCurrent({
  standing,
  seen,
  contentHash,
}: DecidingFacts): Result<true, DecidingRefusal> {
  if ((standing?.decisionNo ?? 0) !== seen.decisionNo)
    return refuse({ reason: 'decided-meanwhile' })
  return contentHash === seen.contentHash ? accept(true) : refuse({ reason: 'content-changed' })
}

/** As `decideCurrent`, and they may change what was decided before. */
function decideAny(facts: DecidingFacts): Result<true, DecidingRefusal> {
  const current = decideCurrent(facts)
  const { standing } = facts
  if (!current.ok) return current
  if (standing?.outcome === 'hidden') return needRole(facts, leads)
  return standing?.outcome === 'withheld' && standing.ground
    ? needRole(facts, whoMay[standing.ground])
    : current
}

function needRole(
  facts: Pick<DecidingFacts, 'roles'>,
  roles: readonly DecidingRole[],
): Result<true, DecidingRefusal> {
  return roles.some((role) => facts.roles.includes(role))
    ? accept(true)
    : refuse({ reason: 'needs-role', roles })
}
