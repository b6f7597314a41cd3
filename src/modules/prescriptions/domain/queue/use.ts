import { daysBetween, type LocalDate } from '#kernel/time'
import { lastSupply, type PastRequest, type SupplyFacts } from '../supply.ts'

/** One supply that was made, and for how many days it was; absent where nobody knows. */
export interface Issue {
  readonly on: LocalDate
  readonly days?: number | undefined
}

/** How the supplied days compare with the days since the first of them. */
export interface Use {
  readonly since: LocalDate
  readonly suppliedDays: number
  readonly elapsedDays: number
  /** Supplied of each 100 days there were to use it in; 100 is as prescribed. */
  readonly percent: number
  readonly kind: 'as-expected' | 'over' | 'under'
}

/** How far back supplies are looked at, in days. */
export const useWindowDays = 365
/** From so many percent on, more is used than was prescribed. */
const overUsePercent = 120
/** Below so many percent, less is used than was prescribed. */
const underUsePercent = 80

/**
 * Whether a medicine is used faster or slower than it was prescribed, of the supplies of the last
 * year, `today`'s included. Asking for the next supply says that what there was is nearly used, and
 * `earlyDays` of it may be left. Undefined with fewer than two supplies, where a supply lasts nobody
 * knows how long, and before the first of them can have run out.
 */
export function useOf(
  issues: readonly Issue[],
  earlyDays: number,
  today: LocalDate,
): Use | undefined {
  const recent = issues
    .filter(({ on }) => on <= today && daysBetween(on, today) <= useWindowDays)
    .toSorted((a, b) => a.on.localeCompare(b.on))
  const [first] = recent
  if (!first || recent.length < 2) return undefined
  let suppliedDays = 0
  for (const { days } of recent) {
    if (days === undefined) return undefined
    suppliedDays += days
  }
  const elapsedDays = daysBetween(first.on, today)
  if (elapsedDays < Math.max((first.days ?? 0) - earlyDays, 1)) return undefined
  const over = percentOf(suppliedDays, elapsedDays + earlyDays)
  const under = percentOf(suppliedDays, elapsedDays)
  const facts = { since: first.on, suppliedDays, elapsedDays }
  if (over >= overUsePercent) return { ...facts, percent: over, kind: 'over' }
  if (under < underUsePercent) return { ...facts, percent: under, kind: 'under' }
  return { ...facts, percent: Math.min(under, Math.max(over, 100)), kind: 'as-expected' }
}

/**
 * The supplies that the record shows, with the one later than those that it knows of, and the one
 * that was approved here and is later still.
 */
export function withLastSupply(
  issues: readonly Issue[],
  medicine: SupplyFacts | undefined,
  decided: readonly PastRequest[],
): readonly Issue[] {
  if (!medicine) return issues
  const newest = issues
    .map((issue) => issue.on)
    .toSorted()
    .at(-1)
  const { lastIssuedOn, lastIssueDays, durationDays } = medicine
  const recorded =
    lastIssuedOn !== undefined && (newest === undefined || lastIssuedOn > newest)
      ? [...issues, { on: lastIssuedOn, days: lastIssueDays ?? durationDays }]
      : issues
  const last = lastSupply(medicine, decided)
  const isNew = last?.isApproval && recorded.every((issue) => issue.on < last.on)
  return last && isNew ? [...recorded, { on: last.on, days: last.days }] : recorded
}

/** An earlier supply, with the days since the one before it; absent for the first known. */
export interface SpacedIssue extends Issue {
  readonly afterDays?: number | undefined
}

/** The last supplies, newest first, with the time between them. */
export function spacedIssues(issues: readonly Issue[], most: number): readonly SpacedIssue[] {
  const ordered = issues.toSorted((a, b) => a.on.localeCompare(b.on))
  return ordered
    .map((issue, place) => {
      const before = ordered[place - 1]
      return { ...issue, ...(before && { afterDays: daysBetween(before.on, issue.on) }) }
    })
    .toReversed()
    .slice(0, most)
}

function percentOf(supplied: number, of: number): number {
  return Math.round((supplied * 100) / of)
}
