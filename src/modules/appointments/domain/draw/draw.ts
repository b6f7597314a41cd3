import { accept, refuse, type Result } from '#kernel/result'
import { localDateOf, type LocalDate } from '#kernel/time'
import { isCareEncounter } from '../national-category.ts'
import { deliveryChannels, type Slot, type SlotId } from '../slot.ts'
import type { DrawWishes, Priority } from './allot.ts'

/** A draw's times: requests are taken from `opensAt` on, until just before `closesAt`. */
export interface DrawTimes {
  readonly opensAt: Date
  readonly closesAt: Date
  readonly drawnAt?: Date
  readonly cancelledAt?: Date
}

export type DrawState = 'planned' | 'open' | 'closed' | 'drawn' | 'cancelled'

/** Where a draw stands. `closed` is between the end of the window and the result, a moment later. */
export function stateOf(draw: DrawTimes, now: Date): DrawState {
  if (draw.cancelledAt) return 'cancelled'
  if (draw.drawnAt) return 'drawn'
  if (now >= draw.closesAt) return 'closed'
  return now < draw.opensAt ? 'planned' : 'open'
}

/** A draw as staff plan it. */
export interface DrawPlan {
  readonly name: string
  readonly opensAt: Date
  readonly closesAt: Date
  /** First most; each at most once. */
  readonly priorities: readonly Priority[]
  readonly slotIds: readonly SlotId[]
}

export type DrawFault =
  | 'closes-before-it-opens'
  | 'closes-in-the-past'
  | 'no-slots'
  | 'slots-not-free'
  | 'slots-not-described'
  | 'slots-start-before-the-result'

/**
 * May these slots be drawn so? `slots` are those found of the plan's. All must be free, described
 * for patients, in no other draw, and begin after the window has closed. Gives every fault.
 */
export function drawFaults(
  plan: Pick<DrawPlan, 'opensAt' | 'closesAt' | 'slotIds'>,
  slots: readonly (Slot & { readonly isInADraw: boolean })[],
  now: Date,
): readonly DrawFault[] {
  const faults: DrawFault[] = []
  if (plan.closesAt <= now) faults.push('closes-in-the-past')
  else if (plan.closesAt <= plan.opensAt) faults.push('closes-before-it-opens')
  if (plan.slotIds.length === 0) return [...faults, 'no-slots']

  const isFree = (slot: (typeof slots)[number]) => slot.state === 'free' && !slot.isInADraw
  if (slots.length < plan.slotIds.length || !slots.every(isFree)) faults.push('slots-not-free')
  if (!slots.every((slot) => isCareEncounter(slot.nationalCategory) && slot.deliveryChannel)) {
    faults.push('slots-not-described')
  }
  if (slots.some((slot) => slot.startsAt <= plan.closesAt)) {
    faults.push('slots-start-before-the-result')
  }
  return faults
}

export type EnteringRefusal =
  | 'not-found'
  | 'view-only'
  | 'not-open-yet'
  | 'closed'
  | 'cancelled'
  | 'wishes-unclear'
  | 'phone-needed'

/**
 * May a patient enter, change or leave a draw now, with these wishes? They must name at least one of
 * its days and one way of meeting, and a phone number where that may be by telephone.
 */
export function decideEntering(
  draw: DrawTimes & { readonly days: readonly LocalDate[] },
  given: { readonly wishes: DrawWishes; readonly phone?: string },
  now: Date,
): Result<'entered', EnteringRefusal> {
  const closed = whyNotOpen(draw, now)
  if (closed) return refuse(closed)
  const { wishes } = given
  const isClear =
    wishes.days.length > 0 &&
    wishes.days.every((day) => draw.days.includes(day)) &&
    wishes.deliveryChannels.length > 0 &&
    wishes.deliveryChannels.every((channel) => deliveryChannels.includes(channel)) &&
    wishes.fromTime <= wishes.untilTime
  if (!isClear) return refuse('wishes-unclear')
  if (wishes.deliveryChannels.includes('telephone') && !given.phone) return refuse('phone-needed')
  return accept('entered')
}

/** Why nothing can be asked of a draw now, or `undefined` while it is open. */
export function whyNotOpen(
  draw: DrawTimes,
  now: Date,
): 'not-open-yet' | 'closed' | 'cancelled' | undefined {
  switch (stateOf(draw, now)) {
    case 'open':
      return undefined
    case 'planned':
      return 'not-open-yet'
    case 'cancelled':
      return 'cancelled'
    case 'closed':
    case 'drawn':
      return 'closed'
  }
}

/** The days of a draw's slots in England, in their order, each once. */
export function daysOfDraw(slots: readonly Pick<Slot, 'startsAt'>[]): readonly LocalDate[] {
  return [...new Set(slots.map((slot) => localDateOf(slot.startsAt)))]
}
