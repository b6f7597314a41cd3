import { accept, refuse, type Result } from '#kernel/result'
import type { LocalDate } from '#kernel/time'
import { reviewOverdueSince, type OrderRules } from '../orderable.ts'
import { alertKey, alertsOf, type Alert, type DecisionFacts } from './alert.ts'
import { decideQuantity, type QuantityRefusal } from './quantity.ts'

/** Why a request cannot be approved as asked. */
export type ApprovalRefusal =
  | { readonly reason: 'not-current' }
  /** There is something to see first that the person was not shown. */
  | { readonly reason: 'alerts-unseen'; readonly alerts: readonly Alert[] }
  /** A review is overdue: only a supply of so many days, and only once. */
  | { readonly reason: 'reduce-first'; readonly maxDays: number }
  | QuantityRefusal

/** What the person approving asks for. */
export interface AskedApproval {
  readonly count?: number | undefined
  readonly seen?: readonly string[] | undefined
}

/**
 * May this be approved, and with which quantity? Gives none where it is the usual one. Where the
 * practice allows one smaller supply after a review fell due, the quantity must be that small. What
 * is not a repeat, and was asked for as such, is judged by its alerts alone.
 *
 * Source: DOMAIN RX-11.
 */
export function decideApproval(
  facts: DecisionFacts,
  asked: AskedApproval,
  { rules, today }: { readonly rules: OrderRules; readonly today: LocalDate },
): Result<{ readonly quantity?: string | undefined }, ApprovalRefusal> {
  const { medicine } = facts
  const alerts = alertsOf(facts, rules, today)
  const isGone = alerts.some(({ alert }) => alert === 'not-current' || alert === 'not-in-record')
  if (!medicine || isGone) return refuse({ reason: 'not-current' })

  const { seen } = asked
  const unseen = seen ? alerts.filter((alert) => !seen.includes(alertKey(alert))) : alerts
  if (unseen.length > 0) return refuse({ reason: 'alerts-unseen', alerts: unseen })

  const mostDays = mostDaysOf(facts, rules, today)
  if (asked.count === undefined) {
    const isShort = mostDays === undefined || (medicine.durationDays ?? Infinity) <= mostDays
    return isShort ? accept({}) : refuse({ reason: 'reduce-first', maxDays: mostDays })
  }
  const changed = decideQuantity(medicine, asked.count, rules, mostDays)
  return changed.ok ? accept({ quantity: changed.value.quantity }) : changed
}

/** How long a supply may at most last, where a review is overdue and only a smaller one is allowed. */
export function mostDaysOf(
  { medicine, kind }: Pick<DecisionFacts, 'medicine' | 'kind'>,
  rules: OrderRules,
  today: LocalDate,
): number | undefined {
  if (kind !== 'repeat' || !medicine || rules.reviewOverdue !== 'allow-once-reduced') {
    return undefined
  }
  return reviewOverdueSince(medicine, today) === undefined ? undefined : rules.reducedDays
}
