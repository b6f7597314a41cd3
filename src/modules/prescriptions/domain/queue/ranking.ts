import { addDays, daysBetween, type LocalDate } from '#kernel/time'
import { isLate } from '../item.ts'
import type { FlagEffects } from './flag.ts'
import type { Use } from './use.ts'

/** What the queue is put in order by, of one waiting item. */
export interface RankedItem {
  readonly itemId: string
  readonly patientId: string
  readonly requestedAt: Date
  readonly requestedOn: LocalDate
  readonly flags: readonly Pick<
    FlagEffects,
    'isControlled' | 'isSpecialist' | 'alwaysReview' | 'needsConversation' | 'monitoring'
  >[]
  readonly hasNote: boolean
  readonly reviewDueOn?: LocalDate | undefined
  readonly lastIssuedOn?: LocalDate | undefined
  /** How long the last supply lasts, where that is known. */
  readonly days?: number | undefined
  /** How its use over the last year compares with what was prescribed, where that is known. */
  readonly use?: Use['kind'] | undefined
}

/** What a rank is made of. */
export interface RankFacts {
  readonly today: LocalDate
  readonly lateAfterDays: number
}

/** How much goes wrong if this waits or is waved through: 0 for nothing known, at most 10. */
export function riskOf(item: RankedItem, today: LocalDate): number {
  const has = (is: (flag: RankedItem['flags'][number]) => boolean) => item.flags.some(is)
  const runsOutOn =
    item.lastIssuedOn && item.days !== undefined && addDays(item.lastIssuedOn, item.days)
  const hasRunOut = runsOutOn !== undefined && runsOutOn !== false && runsOutOn <= today
  const points = [
    has((flag) => flag.isControlled) ? 3 : 0,
    has((flag) => flag.monitoring !== undefined) ? 3 : 0,
    has((flag) => flag.isSpecialist || flag.alwaysReview || flag.needsConversation) ? 2 : 0,
    // Without it since: waiting itself does harm.
    hasRunOut ? 2 : 0,
    usePoints[item.use ?? 'as-expected'],
    item.reviewDueOn !== undefined && item.reviewDueOn < today ? 1 : 0,
    item.hasNote ? 1 : 0,
  ]
  return Math.min(
    points.reduce((sum, one) => sum + one, 0),
    10,
  )
}

/** More than was prescribed does harm sooner than less. */
const usePoints: Readonly<Record<Use['kind'], number>> = { over: 2, under: 1, 'as-expected': 0 }

/**
 * A waiting item's weight: a day of waiting counts one, a point of risk half a day, and whatever is
 * late comes before everything that is not. So nothing waits for ever behind riskier things.
 */
export function weightOf(item: RankedItem, { today, lateAfterDays }: RankFacts): number {
  const waited = Math.max(daysBetween(item.requestedOn, today), 0)
  const late = isLate(item.requestedOn, lateAfterDays, today) ? lateWeight : 0
  return late + waited + riskOf(item, today) / 2
}

const lateWeight = 1000

/**
 * Patients in the order in which they are to be looked at: by their weightiest item, then by who
 * has waited longest, then by id. Every patient once, with all their items.
 */
export function rankPatients<Item extends RankedItem>(
  items: readonly Item[],
  facts: RankFacts,
): readonly { readonly patientId: string; readonly items: readonly Item[] }[] {
  return [...Map.groupBy(items, (item) => item.patientId)]
    .map(([patientId, own]) => ({
      patientId,
      items: own.toSorted(byTime),
      weight: Math.max(...own.map((item) => weightOf(item, facts))),
      oldest: Math.min(...own.map((item) => item.requestedAt.getTime())),
    }))
    .toSorted(
      (a, b) => b.weight - a.weight || a.oldest - b.oldest || (a.patientId < b.patientId ? -1 : 1),
    )
    .map(({ patientId, items: own }) => ({ patientId, items: own }))
}

function byTime(a: RankedItem, b: RankedItem): number {
  return a.requestedAt.getTime() - b.requestedAt.getTime() || (a.itemId < b.itemId ? -1 : 1)
}
