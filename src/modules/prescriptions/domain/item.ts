import { accept, refuse, type Result } from '#kernel/result'
import type { Id } from '#kernel/id'
import { addDays, daysBetween, type LocalDate } from '#kernel/time'

export type OrderId = Id<'Order'>
export type ItemId = Id<'OrderItem'>

/** Where one ordered medicine stands. Source: DOMAIN RX-6. */
export type ItemState = 'requested' | 'approved' | 'rejected' | 'cancelled'

/** What can be done with an item: staff approve and reject, patients and proxies cancel. */
export type ItemMove = 'approve' | 'reject' | 'cancel'

/** Every move there is, by the state it starts from. An item starts as requested. */
export const itemMoves: Readonly<
  Record<ItemState, Readonly<Partial<Record<ItemMove, ItemState>>>>
> = {
  requested: { approve: 'approved', reject: 'rejected', cancel: 'cancelled' },
  approved: {},
  rejected: {},
  cancelled: {},
}

/** The state that a move leads to, or where the item stands instead. */
export function decideMove(
  from: ItemState,
  move: ItemMove,
): Result<ItemState, { readonly reason: 'already-decided'; readonly state: ItemState }> {
  const to = itemMoves[from][move]
  return to === undefined ? refuse({ reason: 'already-decided', state: from }) : accept(to)
}

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
