import { offerOf, type SlotOffer } from './release.ts'
import type { SlotType } from '../slot-type.ts'

/**
 * How a slot that is free already is offered after its type changed. One that staff took offline
 * stays so. Where a person or a draw opens slots of the type, one that was opened stays open, unless
 * patients may no longer book the type.
 */
export function followingOffer(
  type: SlotType,
  slot: { readonly startsAt: Date; readonly bookableOnline: boolean; readonly releasedAt?: Date },
  now: Date,
): SlotOffer {
  const { releasedAt } = slot
  const offer = offerOf(type, slot.startsAt, now)
  if (releasedAt === undefined) return offer
  if (!slot.bookableOnline) return { ...offer, bookableOnline: false, releasedAt }
  if (type.release.rule === 'days-before') return offer
  return offerOf({ ...type, release: { rule: 'at-once' } }, slot.startsAt, releasedAt)
}
