import { addDays, type LocalDate } from '#kernel/time'
import { isInFlight, isSupplied, type ItemState } from './item.ts'
import type { Medicine } from './medicine.ts'

/** One earlier request for the medicine in hand. */
export interface PastRequest {
  readonly state: ItemState
  readonly requestedOn: LocalDate
  readonly decidedOn?: LocalDate | undefined
  /** How much was approved, as printed, where that is not the usual quantity. */
  readonly approvedQuantity?: string | undefined
}

/** A supply that was issued, or approved here and on its way. */
export interface Supply {
  readonly on: LocalDate
  /** How long it lasts; at least 1. */
  readonly days: number
  readonly isApproval: boolean
  /** Approved here, and not known to be with the patient yet. */
  readonly isOnItsWay: boolean
}

/** What of a medicine tells when its last supply was and how long it lasts. */
export type SupplyFacts = Pick<
  Medicine,
  'durationDays' | 'lastIssueDays' | 'lastIssuedOn' | 'quantity'
>

/**
 * What is approved here and lasts nobody knows how long is not approved again for as long as this.
 * Source: DOMAIN 1.20, duplicate request window.
 */
const unknownSupplyDays = 30

/**
 * The last supply to count from: the record's last issue or the last approval here, whichever is
 * later; on one day the record's. Undefined where there is none, and where there is only an issue
 * that lasts nobody knows how long. What was withdrawn or not dispensed was no supply.
 */
export function lastSupply(
  medicine: SupplyFacts,
  requests: readonly PastRequest[],
): Supply | undefined {
  const approval = approvals(requests).at(-1)
  const issued = lastIssue(medicine)
  if (approval === undefined) return issued
  if (issued !== undefined && issued.on >= approvedOn(approval)) return issued
  const { durationDays, quantity } = medicine
  return {
    on: approvedOn(approval),
    days:
      durationDays === undefined
        ? unknownSupplyDays
        : daysOfQuantity(durationDays, quantity, approval.approvedQuantity),
    isApproval: true,
    isOnItsWay: isInFlight(approval.state),
  }
}

/**
 * The first day on which the next supply may be ordered: the last supply's day, plus how long it
 * lasts, less the early days. Never the day of the supply itself, however short it is.
 */
export function dueAfter(supply: Supply, earlyDays: number): LocalDate {
  return addDays(supply.on, Math.max(supply.days - earlyDays, 1))
}

/**
 * How many days this much lasts, where the usual quantity lasts `days`. Part of a day is none, but
 * at least 1; the usual days where the two cannot be compared, such as "28 tablet" and "1 box".
 */
export function daysOfQuantity(
  days: number,
  usual: string | undefined,
  given: string | undefined,
): number {
  const of = amountOf(usual)
  const part = amountOf(given)
  if (!of || !part || of.unit !== part.unit) return days
  return Math.max(Math.floor((days * part.count) / of.count), 1)
}

/**
 * How many more issues are authorised, approvals that the record does not show yet taken off.
 * Undefined where the record does not say.
 */
export function issuesLeft(
  medicine: Medicine,
  requests: readonly PastRequest[],
): number | undefined {
  const { issuesAllowed, issuesMade = 0, lastIssuedOn } = medicine
  if (issuesAllowed === undefined) return undefined
  const awaited = approvals(requests).filter(
    (approval) => lastIssuedOn === undefined || approvedOn(approval) > lastIssuedOn,
  )
  return Math.max(issuesAllowed - issuesMade - awaited.length, 0)
}

/** Approvals that a supply came or comes of, oldest first. */
function approvals(requests: readonly PastRequest[]): readonly PastRequest[] {
  return requests
    .filter((request) => isSupplied(request.state))
    .toSorted((a, b) => approvedOn(a).localeCompare(approvedOn(b)))
}

function approvedOn(request: PastRequest): LocalDate {
  return request.decidedOn ?? request.requestedOn
}

function lastIssue(medicine: SupplyFacts): Supply | undefined {
  const { lastIssuedOn, lastIssueDays, durationDays } = medicine
  const days = lastIssueDays ?? durationDays
  if (lastIssuedOn === undefined || days === undefined) return undefined
  return { on: lastIssuedOn, days, isApproval: false, isOnItsWay: false }
}

function amountOf(
  quantity: string | undefined,
): { readonly count: number; readonly unit: string } | undefined {
  const found = /^(\d+(?:\.\d+)?)\s*(.*)$/.exec(quantity?.trim().toLowerCase() ?? '')
  const count = Number(found?.[1] ?? 0)
  if (!found || count <= 0) return undefined
  return { count, unit: (found[2] ?? '').replace(/(?<=\w\w)s$/, '') }
}
