import type { SlotState } from '../slot.ts'
import type { SessionSlot } from './clinic-session.ts'

/** How a slot stands: its own state, and whether patients are offered it. */
export interface SlotStanding {
  readonly state: SlotState
  readonly bookableOnline: boolean
}

/** A slot as it was when a change was made, kept with the change. */
export type SlotBefore = SlotStanding & Pick<SessionSlot, 'slotId' | 'sessionId' | 'drawId'>

/**
 * A slot while a change waits: nobody can book into it, and whoever is booked keeps the appointment.
 * Where they give it up meanwhile, it is free but offered to nobody.
 */
export function frozen(slot: SlotStanding): SlotStanding {
  return { state: slot.state === 'booked' ? 'booked' : 'blocked', bookableOnline: false }
}

/**
 * A slot when the change that froze it is undone, or was made and leaves the slot in place: as it
 * was, but for what was done meanwhile. `now` is how it stands; `isGivenBack` says that it must be
 * offered to those who wait, as any slot that someone gave up. `drawIsOpen` tells whether the draw
 * that it was kept for is still to come.
 */
export function thawed(
  before: SlotStanding & { readonly drawId?: string },
  now: SlotStanding,
  context: {
    readonly waitlistOpen: boolean
    readonly toCome: boolean
    readonly drawIsOpen: boolean
  },
): SlotStanding & { readonly isGivenBack: boolean } {
  const bookableOnline = now.bookableOnline || before.bookableOnline
  const stands = (state: SlotState, isGivenBack = false) => ({ state, bookableOnline, isGivenBack })
  const givenBack = () =>
    bookableOnline && context.waitlistOpen && context.toCome ? stands('held', true) : stands('free')

  if (before.state === 'booked') return now.state === 'free' ? givenBack() : stands(now.state)
  if (now.state !== 'blocked') return stands(now.state)
  if (before.state !== 'held') return stands(before.state)
  if (before.drawId === undefined) return givenBack()
  return stands(context.drawIsOpen ? 'held' : 'free')
}
