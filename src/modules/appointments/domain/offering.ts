import { addDays, localDateOf, minutesAfter, minutesBefore, startOfDay } from '#kernel/time'
import { isCareEncounter } from './national-category.ts'
import type { BookingRules, Slot } from './slot.ts'

/** Why a slot is not there for patients to take, whoever asks. */
export type OfferRefusal =
  | { readonly reason: 'slot-not-online' | 'slot-taken' | 'slot-held' | 'in-the-past' }
  | { readonly reason: 'not-yet-released'; readonly releasedAt: Date }
  | { readonly reason: 'booking-closed'; readonly closedAt: Date }
  | { readonly reason: 'beyond-horizon'; readonly until: Date }

/** The instant from which a slot may no longer be booked: its type's closing, or the practice's. */
export function closingOf(slot: Pick<Slot, 'startsAt' | 'terms'>, rules: BookingRules): Date {
  return minutesBefore(slot.startsAt, slot.terms?.closesMinutesBefore ?? rules.closesMinutesBefore)
}

/**
 * Whether a slot is so near that no calendar is needed to know it: days have 23 to 25 hours, and a
 * list asks this of every slot.
 */
function isWellInside(slot: Pick<Slot, 'startsAt' | 'terms'>, rules: BookingRules, now: Date) {
  const days = slot.terms?.horizonDays ?? rules.horizonDays
  return slot.startsAt < minutesAfter(now, (days * 24 - 2) * 60)
}

/** The first instant that is too far ahead: midnight, England, after the last day offered. */
function horizonOf(slot: Pick<Slot, 'terms'>, rules: BookingRules, now: Date): Date {
  const days = slot.terms?.horizonDays ?? rules.horizonDays
  return startOfDay(addDays(localDateOf(now), days + 1))
}

/** When a slot comes up for patients: at its release, or on the first day whose horizon it is inside. */
export function opensAt(
  slot: Pick<Slot, 'startsAt' | 'terms'> & { readonly releasedAt: Date },
  rules: BookingRules,
): Date {
  const days = slot.terms?.horizonDays ?? rules.horizonDays
  const inside = startOfDay(addDays(localDateOf(slot.startsAt), -days))
  return inside > slot.releasedAt ? inside : slot.releasedAt
}

/**
 * Why a slot is not offered now, or `undefined` where it is. A slot is offered only while free, put
 * online, described by a care-related category and a delivery channel, released, before its closing
 * and inside the horizon.
 *
 * Source: NHS England, Appointments Management – GP, E00237 (delayed release); DOMAIN AP-3, AP-7.
 */
export function whyNotOffered(
  slot: Omit<Slot, 'slotId' | 'minutes'>,
  rules: BookingRules,
  now: Date,
): OfferRefusal | undefined {
  const { releasedAt } = slot
  const isDescribed = isCareEncounter(slot.nationalCategory) && slot.deliveryChannel !== undefined
  if (!slot.bookableOnline || !isDescribed || !releasedAt) return { reason: 'slot-not-online' }
  if (slot.startsAt <= now) return { reason: 'in-the-past' }
  if (releasedAt > now) return { reason: 'not-yet-released', releasedAt }
  if (slot.state === 'held') return { reason: 'slot-held' }
  if (slot.state !== 'free') return { reason: 'slot-taken' }

  const closedAt = closingOf(slot, rules)
  if (now >= closedAt) return { reason: 'booking-closed', closedAt }

  if (isWellInside(slot, rules, now)) return undefined
  const until = horizonOf(slot, rules, now)
  if (slot.startsAt >= until) return { reason: 'beyond-horizon', until }
  return undefined
}
