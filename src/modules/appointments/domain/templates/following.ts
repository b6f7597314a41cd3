import { offerOf, type SlotOffer } from './release.ts'
import type { SlotType } from '../slot-type.ts'

/**
 * How a slot that is free already is offered after its type changed. Where a person or a draw opens
 * slots of the type, one that was opened stays open, unless patients may no longer book the type.
 */
export function followingOffer(
  type: SlotType,
  slot: { readonly startsAt: Date; readonly bookableOnline: boolean; readonly releasedAt?: Date },
  now: Date,
): SlotOffer {
  const { releasedAt } = slot
  const isOpened = slot.bookableOnline && releasedAt !== undefined
  const byRule =
    type.release.rule === 'days-before' || (type.release.rule === 'at-once' && !isOpened)
  if (byRule || !isOpened) return offerOf(type, slot.startsAt, now)
  return offerOf({ ...type, release: { rule: 'at-once' } }, slot.startsAt, releasedAt)
}
