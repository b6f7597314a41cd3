import type { Id } from '#kernel/id'
import { keyedHash } from '#kernel/keyed-hash'
import { localDateOf, localTimeOf, minutesAfter, type LocalDate } from '#kernel/time'
import type { DeliveryChannel } from '../slot.ts'

export type DrawId = Id<'Draw'>
export type DrawEntryId = Id<'DrawEntry'>

/** What a practice may let count before chance. Source: NHS England guidance on need, AP-10. */
export const priorities = ['recall', 'invited', 'carer'] as const

export type Priority = (typeof priorities)[number]

/** What an entrant can use of the slots of a draw. Days and times are England's. */
export interface DrawWishes {
  /** At least one of the draw's days. */
  readonly days: readonly LocalDate[]
  /** When an appointment may start, as 09:00; both times are included. */
  readonly fromTime: string
  readonly untilTime: string
  readonly deliveryChannels: readonly DeliveryChannel[]
  readonly staffId?: string
}

/** A slot of a draw. Instants are text as in JSON, so that what is recorded is what was used. */
export interface DrawSlot {
  readonly slotId: string
  readonly startsAt: string
  readonly minutes: number
  readonly deliveryChannel: DeliveryChannel
  readonly staffId?: string
}

/** Somebody who asks, by the number of their entry alone. */
export interface DrawEntrant {
  readonly entryId: string
  readonly wishes: DrawWishes
  /** What of the practice's priorities they meet. */
  readonly meets: readonly Priority[]
  /** How many more appointments they may hold. */
  readonly room: number
  /** When they have appointments already. */
  readonly busy: readonly { readonly from: string; readonly until: string }[]
  /** Slots that their types keep for others. */
  readonly notFor: readonly string[]
}

/** Everything besides the seed that a result follows from: kept with the draw as JSON. */
export interface DrawInputs {
  readonly priorities: readonly Priority[]
  readonly slots: readonly DrawSlot[]
  readonly entries: readonly DrawEntrant[]
}

/** Why an entry has no slot: all taken, none that suits, holding as many as allowed, or none for them. */
export type WhyUnplaced = 'none-left' | 'none-suits' | 'limit' | 'not-eligible'

/** What became of one entry, and when its turn was, from 1. */
export interface Allotted {
  readonly entryId: string
  readonly turn: number
  /** The number that chance gave: the lower, the sooner, among those of one priority. */
  readonly ticket: string
  readonly slotId?: string
  readonly whyUnplaced?: WhyUnplaced
}

/**
 * Allots a draw's slots. Those who meet the practice's first priority come first, then those who
 * meet its second, and so on; within each, by a number that follows from the secret seed and the
 * entry alone. Each in turn has the first slot by time that suits them, at most one. The same inputs
 * and seed always give the same result, in whatever order they are listed.
 */
export function allot(inputs: DrawInputs, seed: string): readonly Allotted[] {
  const slots = inputs.slots.toSorted(byStart)
  const taken = new Set<string>()
  return inTurn(inputs, seed).map(({ entrant, ticket }, index) => {
    const { entryId } = entrant
    const turn = { entryId, turn: index + 1, ticket }
    const slot = slots.find((one) => !taken.has(one.slotId) && isAcceptable(one, entrant))
    if (!slot) return { ...turn, whyUnplaced: whyUnplaced(slots, entrant) }
    taken.add(slot.slotId)
    return { ...turn, slotId: slot.slotId }
  })
}

/** Whether an entrant could have this slot, were it left: suits them, is for them, and there is room. */
export function isAcceptable(slot: DrawSlot, entrant: DrawEntrant): boolean {
  return (
    entrant.room > 0 &&
    isWished(slot, entrant.wishes) &&
    !entrant.notFor.includes(slot.slotId) &&
    !isBusy(slot, entrant)
  )
}

function inTurn(inputs: DrawInputs, seed: string) {
  return inputs.entries
    .map((entrant) => ({
      entrant,
      tier: tierOf(entrant, inputs.priorities),
      ticket: keyedHash(seed, entrant.entryId),
    }))
    .toSorted((a, b) => a.tier - b.tier || (a.ticket < b.ticket ? -1 : 1))
}

/** Which priority is met first, from 0; after the last where none is. */
function tierOf(entrant: DrawEntrant, given: readonly Priority[]): number {
  const tier = given.findIndex((priority) => entrant.meets.includes(priority))
  return tier === -1 ? given.length : tier
}

function byStart(a: DrawSlot, b: DrawSlot): number {
  return Date.parse(a.startsAt) - Date.parse(b.startsAt) || (a.slotId < b.slotId ? -1 : 1)
}

function isWished(slot: DrawSlot, wishes: DrawWishes): boolean {
  const at = new Date(slot.startsAt)
  const [day, time] = [localDateOf(at), localTimeOf(at)]
  return (
    wishes.days.includes(day) &&
    wishes.fromTime <= time &&
    time <= wishes.untilTime &&
    wishes.deliveryChannels.includes(slot.deliveryChannel) &&
    (wishes.staffId === undefined || wishes.staffId === slot.staffId)
  )
}

function isBusy(slot: DrawSlot, entrant: DrawEntrant): boolean {
  const from = new Date(slot.startsAt)
  const until = minutesAfter(from, slot.minutes)
  return entrant.busy.some((one) => new Date(one.from) < until && from < new Date(one.until))
}

function whyUnplaced(slots: readonly DrawSlot[], entrant: DrawEntrant): WhyUnplaced {
  if (entrant.room <= 0) return 'limit'
  const wished = slots.filter((slot) => isWished(slot, entrant.wishes))
  const theirs = wished.filter((slot) => !entrant.notFor.includes(slot.slotId))
  if (wished.length > 0 && theirs.length === 0) return 'not-eligible'
  return theirs.some((slot) => !isBusy(slot, entrant)) ? 'none-left' : 'none-suits'
}
