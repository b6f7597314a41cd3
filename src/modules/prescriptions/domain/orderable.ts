import { accept, refuse, type Result } from '#kernel/result'
import { addDays, type LocalDate } from '#kernel/time'
import type { ItemState } from './item.ts'
import type { Medicine } from './medicine.ts'

/** What a practice has settled about ordering. Source: DOMAIN RX-5, RX-11. */
export interface OrderRules {
  /** How many days before a supply ends the next may be ordered. */
  readonly earlyDays: number
  readonly noteAllowed: boolean
  /** A request older than this is late, for the patient and for the practice. */
  readonly lateAfterDays: number
  readonly reviewOverdue: 'allow-with-warning' | 'block'
}

/** For a practice that has settled nothing. Source: DOMAIN 1.20. */
export const defaultOrderRules: OrderRules = {
  earlyDays: 7,
  noteAllowed: true,
  lateAfterDays: 5,
  reviewOverdue: 'allow-with-warning',
}

/** One earlier request for the medicine in hand. */
export interface PastRequest {
  readonly state: ItemState
  readonly requestedOn: LocalDate
  readonly decidedOn?: LocalDate | undefined
}

/** A medicine that may be ordered now, and what to know before. */
export interface Orderable {
  readonly reviewOverdueSince?: LocalDate | undefined
}

/** Why a medicine cannot be ordered now, and where it is known, from when it can. */
export type NotOrderable =
  | { readonly reason: 'not-shown' }
  | { readonly reason: 'not-repeat'; readonly type: Exclude<Medicine['type'], 'repeat'> }
  | { readonly reason: 'stopped'; readonly on?: LocalDate | undefined }
  | { readonly reason: 'already-requested'; readonly since: LocalDate }
  | { readonly reason: 'no-issues-left' }
  | { readonly reason: 'review-overdue'; readonly since: LocalDate }
  | { readonly reason: 'too-early'; readonly from: LocalDate }

/**
 * May this medicine be ordered today? `medicine` is undefined where the reader is shown none.
 * `requests` are the earlier ones for it; their order does not matter.
 *
 * Source: DOMAIN RX-1, RX-3, RX-4, RX-5, RX-11.
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

  const pending = requests.find((request) => request.state === 'requested')
  if (pending) return refuse({ reason: 'already-requested', since: pending.requestedOn })
  if (issuesLeft(medicine, requests) === 0) return refuse({ reason: 'no-issues-left' })

  const overdueSince = reviewOverdueSince(medicine, today)
  if (overdueSince !== undefined && rules.reviewOverdue === 'block') {
    return refuse({ reason: 'review-overdue', since: overdueSince })
  }
  const from = nextOrderOn(medicine, requests, rules)
  if (from !== undefined && today < from) return refuse({ reason: 'too-early', from })
  return accept({ reviewOverdueSince: overdueSince })
}

/**
 * The first day on which the next supply may be ordered: the last supply's day, plus how long it
 * lasts, less the early days. Never the day of the supply itself, however short it is. Where nobody
 * knows how long it lasts, only what was approved here counts, as 30 days. Undefined where there is
 * nothing to count from.
 */
export function nextOrderOn(
  medicine: Medicine,
  requests: readonly PastRequest[],
  rules: OrderRules,
): LocalDate | undefined {
  const { durationDays, lastIssuedOn } = medicine
  const approvedOn = approvals(requests).at(-1)
  const supplied =
    durationDays === undefined
      ? approvedOn
      : [approvedOn, lastIssuedOn].filter(isDay).toSorted().at(-1)
  if (supplied === undefined) return undefined
  return addDays(supplied, Math.max((durationDays ?? unknownSupplyDays) - rules.earlyDays, 1))
}

/**
 * How many more issues are authorised, approvals that the record does not show yet taken off.
 * Undefined where the record does not say.
 */
export function issuesLeft(
  medicine: Medicine,
  requests: readonly PastRequest[],
): number | undefined {
  const { issuesAllowed, issuesMade = 0 } = medicine
  if (issuesAllowed === undefined) return undefined
  return Math.max(issuesAllowed - issuesMade - approvalsAwaited(medicine, requests).length, 0)
}

/** The day the review was due, where that is before today. */
export function reviewOverdueSince(medicine: Medicine, today: LocalDate): LocalDate | undefined {
  const { reviewDueOn } = medicine
  return reviewDueOn !== undefined && reviewDueOn < today ? reviewDueOn : undefined
}

/**
 * What is approved here and lasts nobody knows how long is not approved again for as long as this.
 * Source: DOMAIN 1.20, duplicate request window.
 */
const unknownSupplyDays = 30

/** Days of the approvals among the requests, oldest first. */
function approvals(requests: readonly PastRequest[]): readonly LocalDate[] {
  return requests
    .filter((request) => request.state === 'approved')
    .map((request) => request.decidedOn ?? request.requestedOn)
    .toSorted()
}

/** Those after the record's last issue: supplies on their way. */
function approvalsAwaited(
  { lastIssuedOn }: Medicine,
  requests: readonly PastRequest[],
): readonly LocalDate[] {
  return approvals(requests).filter((day) => lastIssuedOn === undefined || day > lastIssuedOn)
}

function isDay(day: LocalDate | undefined): day is LocalDate {
  return day !== undefined
}
