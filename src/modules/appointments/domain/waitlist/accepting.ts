import { accept, refuse, type Result } from '#kernel/result'
import {
  decideBooking,
  type BookingAnswers,
  type BookingRefusal,
  type DecidedBooking,
  type HeldAppointment,
} from '../booking.ts'
import { decideMoving, type MovableAppointment, type MovingRefusal } from '../moving.ts'
import type { Eligibility } from '../slot-type.ts'
import type { AppointmentId, BookingRules, Slot } from '../slot.ts'
import { asFree } from './line.ts'
import type { OfferOutcome } from './settling.ts'

/** An offer with everything that accepting it depends on, as of one instant. */
export interface OfferFacts {
  readonly expiresAt: Date
  readonly outcome?: OfferOutcome
  /** The appointment that an earlier request made of it. */
  readonly appointmentId?: AppointmentId
  readonly slot: Slot
  readonly rules: BookingRules
  readonly patient: Eligibility
  readonly held: readonly HeldAppointment[]
  /** The appointment that it would replace, as it is now. */
  readonly replaced?: MovableAppointment
}

export type AcceptingRefusal =
  | { readonly reason: 'not-found' }
  | { readonly reason: 'view-only' }
  | { readonly reason: 'offer-gone' | 'offer-expired' | 'offer-declined' }
  | { readonly reason: 'cannot-book'; readonly because: BookingRefusal | MovingRefusal }

/**
 * May the patient take what they were offered, now? Until it expires, while it is held, and where
 * they could book it were it free. Taken already by them, the answer is the same appointment.
 */
export function decideAccepting(
  offer: OfferFacts,
  answers: BookingAnswers,
  now: Date,
): Result<DecidedBooking | { readonly appointmentId: AppointmentId }, AcceptingRefusal> {
  const over = whyOver(offer, now)
  if (over && 'appointmentId' in over) return accept(over)
  if (over) return refuse(over)
  const { slot, replaced, patient, rules } = offer
  const asked = { slot: asFree(slot), answers, patient }
  const decided = replaced
    ? decideMoving(replaced, asked, offer.held, rules, now)
    : decideBooking(asked, offer.held, rules, now)
  return decided.ok ? decided : refuse({ reason: 'cannot-book', because: decided.refusal })
}

/** Why an offer can no longer be answered, or the appointment that it became. */
export function whyOver(
  offer: Pick<OfferFacts, 'expiresAt' | 'outcome' | 'appointmentId'> & {
    readonly slot: Pick<Slot, 'state' | 'bookableOnline'>
  },
  now: Date,
):
  | { readonly appointmentId: AppointmentId }
  | { readonly reason: 'offer-gone' | 'offer-expired' | 'offer-declined' }
  | undefined {
  switch (offer.outcome) {
    case 'accepted':
      return offer.appointmentId ? { appointmentId: offer.appointmentId } : { reason: 'offer-gone' }
    case 'declined':
      return { reason: 'offer-declined' }
    case 'gone':
    case 'withdrawn':
      return { reason: 'offer-gone' }
    case 'expired':
      return { reason: 'offer-expired' }
    case undefined:
      if (offer.slot.state !== 'held' || !offer.slot.bookableOnline) return { reason: 'offer-gone' }
      return offer.expiresAt <= now ? { reason: 'offer-expired' } : undefined
  }
}
