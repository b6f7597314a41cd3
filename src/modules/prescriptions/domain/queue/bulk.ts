import type { LocalDate } from '#kernel/time'
import type { Alert, DecisionFacts } from './alert.ts'
import { isActiveRepeat } from './alert.ts'

/** What of an item, beside its alerts, decides whether it may be approved together with others. */
export interface BulkFacts extends Pick<DecisionFacts, 'medicine' | 'kind' | 'flags' | 'use'> {
  readonly alerts: readonly Alert[]
  /** The patient's note on the order; empty for none. */
  readonly note: string
  /** Something was asked of the patient, or told between staff. */
  readonly hasWords: boolean
}

/** Why an item is decided by itself. */
export type NotInBulk =
  | 'switched-off'
  | 'alert'
  | 'flag'
  | 'note'
  | 'words'
  | 'not-repeat'
  | 'review-not-in-date'
  | 'supply-unknown'

/**
 * Why this item may not be approved together with others, or undefined where it may: a repeat that
 * is current, with no flag, no alert, no note and nothing said about it, its review known and in
 * date, and its last supply known, so that "not early" and "no over-use" are known and not guessed.
 */
export function notInBulk(
  item: BulkFacts,
  rules: { readonly bulkApprove: boolean },
  today: LocalDate,
): NotInBulk | undefined {
  if (!rules.bulkApprove) return 'switched-off'
  const { medicine } = item
  if (item.kind !== 'repeat' || !medicine || !isActiveRepeat(medicine)) return 'not-repeat'
  if (item.alerts.length > 0) return 'alert'
  if (item.flags.length > 0) return 'flag'
  if (item.note !== '') return 'note'
  if (item.hasWords) return 'words'
  if (medicine.reviewDueOn === undefined || medicine.reviewDueOn < today) {
    return 'review-not-in-date'
  }
  if (medicine.lastIssuedOn === undefined || medicine.durationDays === undefined) {
    return 'supply-unknown'
  }
  return undefined
}

/** Whether this item may be approved together with others. */
export function mayBulkApprove(
  item: BulkFacts,
  rules: { readonly bulkApprove: boolean },
  today: LocalDate,
): boolean {
  return notInBulk(item, rules, today) === undefined
}
