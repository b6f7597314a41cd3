import { accept, refuse, type Result } from '#kernel/result'
import { isCareEncounter } from './national-category.ts'
import type { Slot, SlotId } from './slot.ts'

/** What staff do with slots: put online from a time, take offline, keep free for nobody, give back. */
export type SlotChange =
  | { readonly action: 'publish'; readonly releasedAt: Date }
  | { readonly action: 'withdraw' | 'block' | 'unblock' }

/** A slot as staff change it; an overbooked one was added beside the others, for staff alone. */
export interface ChangeableSlot extends Slot {
  readonly isOverbooked?: boolean
}

/** Why nothing was changed, and which of the slots are the reason. */
export interface SlotChangeRefusal {
  readonly reason: 'not-found' | 'booked' | 'held' | 'overbooked' | 'not-described' | 'in-the-past'
  readonly slotIds: readonly SlotId[]
}

/**
 * May staff change these slots so? All of them or none. A booked or held slot cannot be blocked: who
 * has it, or was offered it, comes first. One that is overbooked, or without a care-related category
 * and a delivery channel, is never put online (AP-3). Asking for what is so already is no fault.
 */
export function decideSlotChange(
  slots: readonly ChangeableSlot[],
  change: SlotChange,
  now: Date,
): Result<readonly SlotId[], SlotChangeRefusal> {
  const past = slots.filter((slot) => slot.startsAt <= now)
  if (past.length > 0) return refuse({ reason: 'in-the-past', slotIds: past.map(idOf) })

  if (change.action === 'publish') {
    const extra = slots.filter((slot) => slot.isOverbooked)
    if (extra.length > 0) return refuse({ reason: 'overbooked', slotIds: extra.map(idOf) })
    const bare = slots.filter(
      (slot) => !isCareEncounter(slot.nationalCategory) || slot.deliveryChannel === undefined,
    )
    if (bare.length > 0) return refuse({ reason: 'not-described', slotIds: bare.map(idOf) })
  }
  if (change.action === 'block') {
    const booked = slots.filter((slot) => slot.state === 'booked')
    if (booked.length > 0) return refuse({ reason: 'booked', slotIds: booked.map(idOf) })
    const held = slots.filter((slot) => slot.state === 'held')
    if (held.length > 0) return refuse({ reason: 'held', slotIds: held.map(idOf) })
  }
  return accept(slots.map(idOf))
}

function idOf(slot: Slot): SlotId {
  return slot.slotId
}
