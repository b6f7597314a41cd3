import type { Id } from '#kernel/id'
import { decideBooking, type HeldAppointment } from '../booking.ts'
import { decideMoving, type MovableAppointment } from '../moving.ts'
import type { Eligibility } from '../slot-type.ts'
import type { AppointmentId, BookingRules, Slot } from '../slot.ts'
import { suits, type Wishes } from './wishes.ts'

export type WaitlistId = Id<'Waitlist'>
export type OfferId = Id<'Offer'>

/** One place on the waitlist, with what decides whether a slot can be offered to it now. */
export interface Waiting {
  readonly waitlistId: WaitlistId
  readonly patientId: Id<'Patient'>
  /** From when they count as waiting. */
  readonly since: Date
  readonly wishes: Wishes
  /** Offers let pass so far. */
  readonly missedOffers: number
  /** The appointment that an earlier one would replace; none any more once the practice cancels it. */
  readonly replaces?: AppointmentId
  /** That appointment as it is now. */
  readonly replaced?: MovableAppointment
  readonly patient: Eligibility
  /** All live appointments of theirs that have not ended. */
  readonly held: readonly HeldAppointment[]
  /** Whether any slot is offered to them now: then nothing else is. */
  readonly hasOffer: boolean
  /** Whether this slot was offered to them since it was given back, or declined by them ever. */
  readonly hadThisSlot: boolean
}

/**
 * Whether this slot is of use to somebody who waits: what they asked for, earlier than what it would
 * replace, and theirs to book now but for the answers, which the offer's page asks for.
 */
export function isOfUse(slot: Slot, waiting: Waiting, rules: BookingRules, now: Date): boolean {
  if (!suits(slot, waiting.wishes)) return false
  const asked = { slot: asFree(slot), answers: anyAnswers, patient: waiting.patient }
  const easy = { ...rules, reasonRequired: false }
  const { replaced } = waiting
  if (waiting.replaces === undefined) return decideBooking(asked, waiting.held, easy, now).ok
  if (!replaced || slot.startsAt >= replaced.startsAt) return false
  return decideMoving(replaced, asked, waiting.held, easy, now).ok
}

/** A slot as it would be for the one whom it is held for. */
export function asFree(slot: Slot): Slot {
  return slot.state === 'held' ? { ...slot, state: 'free' } : slot
}

const anyAnswers = { reason: '', phone: '-' }

/** Who waits, longest first. Those who began at the same instant go by the id of their place. */
export function inOrder(waiting: readonly Waiting[]): readonly Waiting[] {
  return waiting.toSorted(
    (a, b) => Number(a.since) - Number(b.since) || (a.waitlistId < b.waitlistId ? -1 : 1),
  )
}

/**
 * The next to be offered a slot, at most `count`: those to whom it is of use, longest waiting first,
 * each patient once. Nobody is passed over for someone behind them, except while they have another
 * offer to answer. Who let this slot pass, or declined it, is not asked again: once the line is
 * through, it is free for everyone, them included.
 */
export function nextInLine(
  slot: Slot,
  waiting: readonly Waiting[],
  count: number,
  rules: BookingRules,
  now: Date,
): readonly Waiting[] {
  const chosen: Waiting[] = []
  for (const one of inOrder(waiting)) {
    if (chosen.length >= count) break
    if (one.hasOffer || one.hadThisSlot) continue
    if (chosen.some((other) => other.patientId === one.patientId)) continue
    if (isOfUse(slot, one, rules, now)) chosen.push(one)
  }
  return chosen
}

/**
 * Whether a place on the waitlist is over by itself: its last day is past, or the appointment that
 * it would replace has begun, was moved, or was given up.
 */
export function hasLapsed(
  waiting: Pick<Waiting, 'wishes' | 'replaces' | 'replaced'>,
  today: Wishes['untilDay'],
  now: Date,
): boolean {
  if (waiting.wishes.untilDay < today) return true
  if (waiting.replaces === undefined) return false
  const { replaced } = waiting
  return !replaced || replaced.cancelledAt !== undefined || replaced.startsAt <= now
}
