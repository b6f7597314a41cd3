import { accept, refuse, type Result } from '#kernel/result'
import type { Id } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { addDays, daysBetween, type LocalDate } from '#kernel/time'

export type OrderId = Id<'Order'>
export type ItemId = Id<'OrderItem'>

/** Every state there is, in the order in which an item usually comes to them. Source: DOMAIN RX-6. */
export const itemStates = [
  'requested',
  'received',
  'asked',
  'approved',
  'rejected',
  'cancelled',
  'sent',
  'with-pharmacy',
  'untracked',
  'preparing',
  'ready-partly',
  'ready',
  'collected',
  'dispatched',
  'not-dispensed',
  'withdrawn',
] as const

/**
 * Where one ordered medicine stands. `received`: someone at the practice has it in hand. `asked`:
 * it waits for the patient's answer. `sent`: the prescription service has it. `untracked`: a
 * pharmacy has it that does not say how it goes on. `withdrawn`: the prescriber took the approval
 * back. `ready` at the counter named by the order's destination, the practice's own for paper.
 */
export type ItemState = (typeof itemStates)[number]

/**
 * Who makes a move: the patient or a proxy; staff who may triage, who may prescribe or not, or
 * only those who may prescribe; the pharmacy or the prescription service, by a status update.
 */
export type Mover = 'patient' | 'triage' | 'prescriber' | 'eps'

/** Everything that can be done with an item. */
export type ItemMove =
  | 'receive'
  | 'ask'
  | 'answer'
  | 'approve'
  | 'reject'
  | 'cancel'
  | 'withdraw'
  | 'make-ready'
  | 'hand-over'
  | 'give-up'
  | 'send'
  | StatusMove

/** What a status update does, by the state that it tells of. */
export type StatusMove =
  | 'report-sent'
  | 'report-with-pharmacy'
  | 'report-untracked'
  | 'report-preparing'
  | 'report-ready-partly'
  | 'report-ready'
  | 'report-collected'
  | 'report-dispatched'
  | 'report-not-dispensed'
  | 'report-withdrawn'

/** A move: from any of these states to that one, by any of these. */
export interface MoveRule {
  readonly from: readonly ItemState[]
  readonly to: ItemState
  readonly by: readonly Mover[]
}

/** Waiting for the practice or the patient: one item at most for each medicine. */
const openStates = ['requested', 'received', 'asked'] as const satisfies ItemState[]

/** Approved and not yet with the patient: counts as a supply on its way. */
const inFlightStates = [
  'approved',
  'sent',
  'with-pharmacy',
  'untracked',
  'preparing',
  'ready-partly',
  'ready',
] as const satisfies ItemState[]

/**
 * What the prescription service may have said. The update that is true of the latest time holds, so
 * it leads from any of them to any other: even `collected` may have been said of the wrong bag.
 */
const reported = [
  'sent',
  'with-pharmacy',
  'untracked',
  'preparing',
  'ready-partly',
  'ready',
  'collected',
  'dispatched',
  'not-dispensed',
  'withdrawn',
] as const satisfies ItemState[]

const byUpdate = (to: (typeof reported)[number]): MoveRule => ({
  from: reported.filter((state) => state !== to),
  to,
  by: ['eps'],
})

/**
 * Every move there is. An item starts as requested; whoever moves one writes its row of
 * `prescriptions.item_step` in the same statement. docs/prescription-states.md is drawn from this.
 */
export const itemMoves: Readonly<Record<ItemMove, MoveRule>> = {
  receive: { from: ['requested'], to: 'received', by: ['triage'] },
  ask: { from: ['requested', 'received'], to: 'asked', by: ['triage'] },
  answer: { from: ['asked'], to: 'received', by: ['patient'] },
  approve: { from: openStates, to: 'approved', by: ['prescriber'] },
  reject: { from: openStates, to: 'rejected', by: ['prescriber'] },
  cancel: { from: ['requested'], to: 'cancelled', by: ['patient'] },
  withdraw: { from: inFlightStates, to: 'withdrawn', by: ['prescriber'] },
  'make-ready': { from: ['approved'], to: 'ready', by: ['triage'] },
  'hand-over': { from: ['ready'], to: 'collected', by: ['triage'] },
  'give-up': { from: ['ready'], to: 'not-dispensed', by: ['triage'] },
  send: { from: ['approved'], to: 'sent', by: ['eps'] },
  'report-sent': byUpdate('sent'),
  'report-with-pharmacy': byUpdate('with-pharmacy'),
  'report-untracked': byUpdate('untracked'),
  'report-preparing': byUpdate('preparing'),
  'report-ready-partly': byUpdate('ready-partly'),
  'report-ready': byUpdate('ready'),
  'report-collected': byUpdate('collected'),
  'report-dispatched': byUpdate('dispatched'),
  'report-not-dispensed': byUpdate('not-dispensed'),
  'report-withdrawn': byUpdate('withdrawn'),
}

/** The state that a move leads to, or where the item stands instead. */
export function decideMove(
  from: ItemState,
  move: ItemMove,
): Result<ItemState, { readonly reason: 'already-decided'; readonly state: ItemState }> {
  const rule = itemMoves[move]
  return rule.from.includes(from)
    ? accept(rule.to)
    : refuse({ reason: 'already-decided', state: from })
}

/** Whether the item waits for the practice or for the patient's answer. */
export function isOpen(state: ItemState): boolean {
  return openStates.some((open) => open === state)
}

/** Whether the item is approved and not yet with the patient, nor known never to be. */
export function isInFlight(state: ItemState): boolean {
  return inFlightStates.some((one) => one === state)
}

/** Whether a supply came or comes of it: approved, and neither withdrawn nor not dispensed. */
export function isSupplied(state: ItemState): boolean {
  return isInFlight(state) || state === 'collected' || state === 'dispatched'
}

/** Where the prescription of an order goes. A pharmacy is named by its ODS code. */
export type Destination =
  | { readonly kind: 'nominated' | 'one-off'; readonly ods: OdsCode }
  | { readonly kind: 'dispensing-practice' | 'paper' }

/** Why staff may reject an item. Source: DOMAIN RX-7. */
export const rejectReasons = [
  'more-information-needed',
  'review-needed',
  'too-early',
  'not-issued-recently',
  'needs-consultation',
  'hospital-only',
  'over-the-counter',
  'dose-change',
  'no-longer-suitable',
] as const

/** One of the reasons of RX-7; each has its words for the patient. */
export type RejectReason = (typeof rejectReasons)[number]

/** The last day on which an item may wait without being late. */
export function dueBy(requestedOn: LocalDate, lateAfterDays: number): LocalDate {
  return addDays(requestedOn, lateAfterDays)
}

/** Whether a requested item has waited longer than the practice allows itself. */
export function isLate(requestedOn: LocalDate, lateAfterDays: number, today: LocalDate): boolean {
  return daysBetween(requestedOn, today) > lateAfterDays
}
