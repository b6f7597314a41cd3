import { minutesAfter } from '#kernel/time'
import { accept, refuse, type Result } from '#kernel/result'
import { whyNotEligible, type Unmet } from './eligibility.ts'
import { whyNotOffered, type OfferRefusal } from './offering.ts'
import type { FirstRefusal } from './first/first-booking.ts'
import type { Eligibility } from './slot-type.ts'
import type { AppointmentId, BookingRules, Slot, SlotId } from './slot.ts'

/** A live appointment of the patient's that has not ended. */
export interface HeldAppointment {
  readonly appointmentId: AppointmentId
  readonly slotId: SlotId
  readonly startsAt: Date
  readonly endsAt: Date
  /** Which of the permitted future appointments it is, from 1. */
  readonly place: number
}

/** What the patient wrote. `phone` is for this appointment alone and is kept nowhere else. */
export interface BookingAnswers {
  readonly reason: string
  readonly phone?: string
}

/** An answer without which a slot cannot be booked: told on the form, beside what was typed. */
export type MissingAnswer = 'reason-needed' | 'reason-too-long' | 'phone-needed'

export type BookingRefusal =
  | OfferRefusal
  | { readonly reason: 'slot-not-found' }
  | { readonly reason: 'not-eligible'; readonly because: Unmet }
  | { readonly reason: 'view-only' | 'key-used-for-another' }
  | FirstRefusal
  | { readonly reason: 'already-yours' | 'overlaps-another'; readonly appointmentId: AppointmentId }
  | { readonly reason: 'too-many-held'; readonly maxHeld: number }
  | { readonly reason: 'answers-missing'; readonly missing: readonly MissingAnswer[] }

/** A slot as someone asks for it. */
export interface AskedSlot {
  readonly slot: Slot
  readonly answers: BookingAnswers
  readonly patient: Eligibility
}

/** What a booking writes: `place` is one that none of the patient's future appointments has. */
export interface DecidedBooking {
  readonly slot: Slot
  readonly place: number
  /** For somebody not checked yet: which of the practice's places for them it takes. */
  readonly firstPlace?: number
}

/**
 * May a patient with these live appointments book this slot now? `held` are all that have not
 * ended, whoever booked them.
 *
 * Source: NHS England, Appointments Management – Citizen, AMC01 (limit); DOMAIN BK-2, BK-7, BK-13,
 * AP-8.
 */
export function decideBooking(
  asked: AskedSlot,
  held: readonly HeldAppointment[],
  rules: BookingRules,
  now: Date,
): Result<DecidedBooking, BookingRefusal> {
  const { slot, answers, patient } = asked
  const own = held.find((appointment) => appointment.slotId === slot.slotId)
  if (own) return refuse({ reason: 'already-yours', appointmentId: own.appointmentId })

  const notOffered = whyNotOffered(slot, rules, now)
  if (notOffered) return refuse(notOffered)

  const because = whyNotEligible(slot, patient)
  if (because) return refuse({ reason: 'not-eligible', because })

  const future = held.filter((appointment) => appointment.startsAt > now)
  if (future.length >= rules.maxHeld)
    return refuse({ reason: 'too-many-held', maxHeld: rules.maxHeld })

  const clash = held.find((appointment) => overlaps(appointment, slot))
  if (clash) return refuse({ reason: 'overlaps-another', appointmentId: clash.appointmentId })

  const missing = missingAnswers(slot, answers, rules)
  if (missing.length > 0) return refuse({ reason: 'answers-missing', missing })
  return accept({ slot, place: freePlace(future) })
}

/** Which answers a slot still needs, in the order that the form asks for them. */
export function missingAnswers(
  slot: Pick<Slot, 'deliveryChannel'>,
  answers: BookingAnswers,
  rules: BookingRules,
): readonly MissingAnswer[] {
  const missing: MissingAnswer[] = []
  const asksForReason = rules.reasonRequired && rules.reasonMax > 0
  if (asksForReason && answers.reason === '') missing.push('reason-needed')
  if (answers.reason.length > rules.reasonMax) missing.push('reason-too-long')
  if (slot.deliveryChannel === 'telephone' && !answers.phone) missing.push('phone-needed')
  return missing
}

/** The lowest place from 1 that none of these appointments has. */
function freePlace(future: readonly Pick<HeldAppointment, 'place'>[]): number {
  const taken = new Set(future.map((appointment) => appointment.place))
  let place = 1
  while (taken.has(place)) place++
  return place
}

function overlaps(held: HeldAppointment, slot: Slot): boolean {
  return held.startsAt < minutesAfter(slot.startsAt, slot.minutes) && slot.startsAt < held.endsAt
}
