import { accept, refuse, type Result } from '#kernel/result'
import type { LocalDate } from '#kernel/time'
import { isOpen } from './item.ts'
import type { Medicine } from './medicine.ts'
import { dueAfter, issuesLeft, lastSupply, type PastRequest } from './supply.ts'

export { issuesLeft, type PastRequest } from './supply.ts'

/** What a practice has settled about ordering. Source: DOMAIN RX-5, RX-11. */
export interface OrderRules {
  /** How many days before a supply ends the next may be ordered. */
  readonly earlyDays: number
  readonly noteAllowed: boolean
  /** A request older than this is late, for the patient and for the practice. */
  readonly lateAfterDays: number
  /** How long the practice says that a decision usually takes. */
  readonly usualDays: number
  /** What a review that is overdue does. `allow-once-reduced`: one smaller supply, then no more. */
  readonly reviewOverdue: 'allow-with-warning' | 'allow-once-reduced' | 'block'
  /** Whether past and short-term medicines may be asked for. Source: DOMAIN RX-1, E00333. */
  readonly acuteRequests: boolean
  /** Whether the practice dispenses medicines itself. */
  readonly dispenses: boolean
  /** Whether patients may order at all now; where not, they still see their medicines. */
  readonly orderingOpen: boolean
  /** Whether every order needs a note. Only where notes are allowed. */
  readonly noteRequired: boolean
  /** How long a supply at most lasts that is allowed once after a review was due. At least 1. */
  readonly reducedDays: number
  /** How far whoever approves may leave the usual quantity. */
  readonly quantityPolicy: 'lower-only' | 'up-to-days'
  /** With `up-to-days`: the longest that a changed quantity may last. At least 1. */
  readonly quantityMaxDays: number
  /** Whether requests that nothing speaks against may be approved many at once. */
  readonly bulkApprove: boolean
  /** Whether patients are told the days on which reviews are or were due; that one is due, always. */
  readonly showReviewDates: boolean
  /** Whether medicines are listed with their last order; that one was not approved, always. */
  readonly showLastOrdered: boolean
  /** Whether medicines are listed with their type, beside the list that they stand in. */
  readonly showType: boolean
  /** An approval that goes nowhere for longer than so many days is late. At least 1. */
  readonly approvedAlarmDays: number
  /** A pharmacy that says nothing for longer than so many days is asked after. At least 1. */
  readonly pharmacyAlarmDays: number
  /** What nobody collects for longer than so many days, the patient is reminded of. At most 27. */
  readonly collectAlarmDays: number
}

/** For a practice that has settled nothing. Source: DOMAIN 1.20. */
export const defaultOrderRules: OrderRules = {
  earlyDays: 7,
  noteAllowed: true,
  lateAfterDays: 5,
  usualDays: 3,
  reviewOverdue: 'allow-with-warning',
  acuteRequests: false,
  dispenses: false,
  orderingOpen: true,
  noteRequired: false,
  reducedDays: 7,
  quantityPolicy: 'lower-only',
  quantityMaxDays: 28,
  bulkApprove: true,
  showReviewDates: true,
  showLastOrdered: true,
  showType: true,
  approvedAlarmDays: 2,
  pharmacyAlarmDays: 4,
  collectAlarmDays: 21,
}

/** A medicine that may be ordered now, and what to know before. */
export interface Orderable {
  readonly reviewOverdueSince?: LocalDate | undefined
  /** It would be too early, had the dose not changed since the last issue. */
  readonly isDoseChanged?: boolean | undefined
  /** A review is overdue, so only this once, and no more than lasts so many days. */
  readonly onceForDays?: number | undefined
}

/** Why a medicine cannot be ordered now, and where it is known, from when it can. */
export type NotOrderable =
  | { readonly reason: 'not-shown' | 'needs-conversation' | 'no-issues-left' }
  | { readonly reason: 'ask-surgery' | 'ordering-closed' }
  | { readonly reason: 'not-repeat'; readonly type: Exclude<Medicine['type'], 'repeat'> }
  | { readonly reason: 'stopped'; readonly on?: LocalDate | undefined }
  | { readonly reason: 'already-requested'; readonly since: LocalDate }
  | { readonly reason: 'review-overdue'; readonly since: LocalDate }
  | {
      readonly reason: 'too-early'
      readonly from: LocalDate
      /** The day of the approval, where what was approved is on its way. */
      readonly onItsWaySince?: LocalDate | undefined
    }

/**
 * May this medicine be ordered today? `medicine` is undefined where the reader is shown none.
 * `requests` are the earlier ones for it; their order does not matter.
 *
 * Source: DOMAIN RX-1, RX-3, RX-4, RX-5, RX-11, RX-12.
 */
export function decideOrderable(
  medicine: Medicine | undefined,
  requests: readonly PastRequest[],
  rules: OrderRules,
  today: LocalDate,
): Result<Orderable, NotOrderable> {
  if (!medicine) return refuse({ reason: 'not-shown' })
  if (medicine.type !== 'repeat') return refuse({ reason: 'not-repeat', type: medicine.type })
  if (medicine.status !== 'active') return refuse({ reason: 'stopped', on: medicine.stoppedOn })

  const pending = requests.find((request) => isOpen(request.state))
  if (pending) return refuse({ reason: 'already-requested', since: pending.requestedOn })
  if (medicine.needsConversation) return refuse({ reason: 'needs-conversation' })
  if (medicine.isHiddenOnline) return refuse({ reason: 'ask-surgery' })
  if (!rules.orderingOpen) return refuse({ reason: 'ordering-closed' })
  if (issuesLeft(medicine, requests) === 0) return refuse({ reason: 'no-issues-left' })

  const overdueSince = reviewOverdueSince(medicine, today)
  if (overdueSince !== undefined && isReviewInTheWay(medicine, requests, rules)) {
    return refuse({ reason: 'review-overdue', since: overdueSince })
  }
  const facts = {
    reviewOverdueSince: overdueSince,
    ...(overdueSince !== undefined &&
      rules.reviewOverdue === 'allow-once-reduced' && { onceForDays: rules.reducedDays }),
  }
  const supply = lastSupply(medicine, requests)
  const from = supply && dueAfter(supply, rules.earlyDays)
  if (supply === undefined || from === undefined || today >= from) return accept(facts)
  if (medicine.isDoseChanged && !supply.isApproval) return accept({ ...facts, isDoseChanged: true })
  const onItsWaySince = supply.isOnItsWay ? supply.on : undefined
  return refuse({ reason: 'too-early', from, ...(onItsWaySince && { onItsWaySince }) })
}

/**
 * Whether an overdue review keeps this from being ordered: always where the practice blocks it, and
 * where it allows one more supply, once there was one after the review fell due.
 */
export function isReviewInTheWay(
  medicine: Medicine,
  requests: readonly PastRequest[],
  rules: Pick<OrderRules, 'reviewOverdue'>,
): boolean {
  if (rules.reviewOverdue !== 'allow-once-reduced') return rules.reviewOverdue === 'block'
  const { reviewDueOn, lastIssuedOn } = medicine
  const supplied = [lastIssuedOn, lastSupply(medicine, requests)?.on]
  return supplied.some((on) => on !== undefined && reviewDueOn !== undefined && on > reviewDueOn)
}

/** The first day on which the next supply may be ordered; undefined with nothing to count from. */
export function nextOrderOn(
  medicine: Medicine,
  requests: readonly PastRequest[],
  rules: OrderRules,
): LocalDate | undefined {
  const supply = lastSupply(medicine, requests)
  return supply && dueAfter(supply, rules.earlyDays)
}

/** The day the review was due, where that is before today. */
export function reviewOverdueSince(medicine: Medicine, today: LocalDate): LocalDate | undefined {
  const { reviewDueOn } = medicine
  return reviewDueOn !== undefined && reviewDueOn < today ? reviewDueOn : undefined
}
