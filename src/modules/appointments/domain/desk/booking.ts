import { accept, refuse, type Result } from '#kernel/result'
import { localDateOf, minutesAfter } from '#kernel/time'
import type { HeldAppointment } from '../booking.ts'
import { whyNotEligible, type Unmet } from '../eligibility.ts'
import type { Eligibility } from '../slot-type.ts'
import type { AppointmentId, BookingMethod, PracticeSettings, Slot } from '../slot.ts'

/** How a patient asked for what staff book for them. Source: DOMAIN AP-2. */
export type DeskMethod = Extract<BookingMethod, 'phone' | 'in-person' | 'letter'>

/** Every method, in the order that staff choose from. */
export const deskMethods: readonly DeskMethod[] = ['phone', 'in-person', 'letter']

/** A slot as staff may take it: any that is free, put online or not. */
export interface DeskSlot extends Slot {
  readonly sessionCancelledAt?: Date
}

/** A patient as far as staff booking for them goes. */
export interface DeskPatient extends Eligibility {
  readonly registration: 'active' | 'temporary' | 'left' | 'deceased'
}

/** What staff are told before they confirm. None keeps them from booking. Source: E00250. */
export type DeskAlert =
  | { readonly alert: 'not-eligible'; readonly unmet: Unmet }
  | { readonly alert: 'over-limit'; readonly maxHeld: number }
  | { readonly alert: 'same-day'; readonly starts: readonly Date[] }
  | { readonly alert: 'not-released'; readonly releasedAt: Date }

export type DeskRefusal =
  | {
      readonly reason:
        | 'slot-not-found'
        | 'slot-taken'
        | 'slot-held'
        | 'slot-blocked'
        | 'session-cancelled'
        | 'in-the-past'
        | 'not-registered'
        | 'too-many-places'
        | 'phone-needed'
        | 'key-used-for-another'
    }
  | {
      readonly reason: 'already-theirs' | 'overlaps-another'
      readonly appointmentId: AppointmentId
    }
  | { readonly reason: 'alerts-unseen'; readonly alerts: readonly DeskAlert[] }

/** Everything that booking for a patient depends on, as of one instant. */
export interface DeskFacts {
  readonly slot: DeskSlot
  readonly patient: DeskPatient
  /** Live appointments that have not ended, without one that is being moved. */
  readonly held: readonly HeldAppointment[]
  readonly settings: PracticeSettings
}

/** The most appointments that anybody can hold at once: how many places there are. */
const places = 20

/** What staff are to be told about this patient in this slot, the weightiest first. */
export function deskAlerts(facts: DeskFacts, now: Date): readonly DeskAlert[] {
  const { slot, held, settings } = facts
  const unmet = whyNotEligible(slot, facts.patient)
  const future = held.filter((one) => one.startsAt > now)
  const day = localDateOf(slot.startsAt)
  const starts = held.map((one) => one.startsAt).filter((start) => localDateOf(start) === day)
  const { releasedAt } = slot
  return [
    ...(unmet ? [{ alert: 'not-eligible', unmet } as const] : []),
    ...(starts.length > 0 ? [{ alert: 'same-day', starts } as const] : []),
    ...(future.length >= settings.maxHeld
      ? [{ alert: 'over-limit', maxHeld: settings.maxHeld } as const]
      : []),
    ...(slot.bookableOnline && releasedAt && releasedAt > now
      ? [{ alert: 'not-released', releasedAt } as const]
      : []),
  ]
}

/** Why this slot is not to be had for this patient at all, or `undefined` where staff may decide. */
export function whyNotAtDesk(facts: DeskFacts, now: Date): DeskRefusal | undefined {
  const { slot, patient, held } = facts
  const own = held.find((one) => one.slotId === slot.slotId)
  if (own) return { reason: 'already-theirs', appointmentId: own.appointmentId }
  if (patient.registration === 'left' || patient.registration === 'deceased') {
    return { reason: 'not-registered' }
  }
  if (slot.sessionCancelledAt) return { reason: 'session-cancelled' }
  if (slot.state === 'booked') return { reason: 'slot-taken' }
  if (slot.state === 'held') return { reason: 'slot-held' }
  if (slot.state === 'blocked') return { reason: 'slot-blocked' }
  if (slot.startsAt <= now) return { reason: 'in-the-past' }

  const endsAt = minutesAfter(slot.startsAt, slot.minutes)
  const clash = held.find((one) => one.startsAt < endsAt && slot.startsAt < one.endsAt)
  return clash && { reason: 'overlaps-another', appointmentId: clash.appointmentId }
}

/** What a booking at the desk writes: `place` is one that no future appointment of theirs has. */
export interface DecidedAtDesk {
  readonly slot: DeskSlot
  readonly place: number
}

/**
 * May staff book this slot for this patient? Never what is held, never two at one time; everything
 * else is theirs to weigh, once they were told: an alert that was not among `seen` comes back first.
 *
 * Source: NHS England, Appointments Management – GP, E00250; DOMAIN AP-8.
 */
export function decideAtDesk(
  facts: DeskFacts,
  answers: { readonly phone?: string; readonly seen: readonly string[] },
  now: Date,
): Result<DecidedAtDesk, DeskRefusal> {
  const never = whyNotAtDesk(facts, now)
  if (never) return refuse(never)
  const { slot, held } = facts
  if (slot.deliveryChannel === 'telephone' && !answers.phone) {
    return refuse({ reason: 'phone-needed' })
  }
  const alerts = deskAlerts(facts, now)
  if (alerts.some((one) => !answers.seen.includes(one.alert))) {
    return refuse({ reason: 'alerts-unseen', alerts })
  }
  const taken = new Set(held.filter((one) => one.startsAt > now).map((one) => one.place))
  let place = 1
  while (taken.has(place)) place++
  return place > places ? refuse({ reason: 'too-many-places' }) : accept({ slot, place })
}
