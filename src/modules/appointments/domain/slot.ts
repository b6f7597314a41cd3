import type { Id } from '#kernel/id'
import type { DeliveryChannel } from './delivery-channel.ts'
import type { SlotTypeId, TypeTerms } from './slot-type.ts'

export { deliveryChannels, type DeliveryChannel } from './delivery-channel.ts'

export type SessionId = Id<'Session'>
export type SlotId = Id<'Slot'>
export type AppointmentId = Id<'Appointment'>

/**
 * A slot's own state. `held` is kept while it is offered to those who wait, or for a draw; `blocked`
 * is kept free by staff, for nobody. Source: DOMAIN AP-6.
 */
export type SlotState = 'free' | 'held' | 'booked' | 'blocked'

/** How an appointment came to be booked. Source: DOMAIN AP-2. */
export type BookingMethod =
  | 'online'
  | 'phone'
  | 'in-person'
  | 'letter'
  | 'waitlist'
  | 'draw'
  | 'gp-connect'

/** One bookable piece of a session. It ends `minutes` after it starts. */
export interface Slot {
  readonly slotId: SlotId
  readonly startsAt: Date
  readonly minutes: number
  readonly state: SlotState
  readonly bookableOnline: boolean
  readonly nationalCategory?: string
  readonly deliveryChannel?: DeliveryChannel
  /** When patients may book it from. Never, where absent. */
  readonly releasedAt?: Date
  readonly slotTypeId?: SlotTypeId
  /** Whose session it is in, and where; absent where that is open or the main site. */
  readonly staffId?: Id<'Staff'>
  readonly siteId?: Id<'Site'>
  /** Who may book it and when, as its slot type says; absent where it has none: then anyone. */
  readonly terms?: TypeTerms
}

/** A practice's own limits on what patients may book and cancel themselves. */
export interface BookingRules {
  /** Future appointments a patient may hold, whoever booked them. */
  readonly maxHeld: number
  readonly closesMinutesBefore: number
  readonly cancelMinutesBefore: number
  /** How far ahead is offered, today not counted. */
  readonly horizonDays: number
  readonly reasonRequired: boolean
  /** Characters of a reason, at most 150; 0 asks for none. */
  readonly reasonMax: number
  /** Whether patients may cancel and move here at all, before the cut-off (BK-8). */
  readonly cancelOnline: boolean
  /** Whether slots given back are first offered to those on the waitlist. */
  readonly waitlistOpen: boolean
}

/** Everything about appointments that a practice sets for itself. */
export interface PracticeSettings extends BookingRules {
  /** How long an offer from the waitlist is held. Quiet hours do not count. */
  readonly offerMinutes: number
  /** How many people are offered one slot at a time; the first to accept has it. */
  readonly offersAtOnce: number
  /** Offers let pass before a place on the waitlist ends. */
  readonly maxMissedOffers: number
  /** Wall-clock times in England, as 22:00, between which nobody is told anything. */
  readonly quietFrom: string
  readonly quietUntil: string
  /** Missed appointments counted over so many months; so many of them bring up the advice (BK-12). */
  readonly missedWindowMonths: number
  readonly missedAdviseAt: number
  /** Cancelling so late counts as missed, in the advice only. */
  readonly lateCancelMinutes: number
  /** What staff are advised to do. Nothing is ever done by itself. */
  readonly missedAdvice: string
  /** Where video appointments are joined, at the practice's own provider; '' where patients are told otherwise. */
  readonly videoLink: string
  /** How long a change to clinics can be undone before patients are told. */
  readonly undoMinutes: number
  /** How far ahead sessions are made from templates. */
  readonly weeksAhead: number
}

/**
 * What holds for a practice that has set nothing.
 * Source: NHS App (16 weeks, reason optional); DOMAIN 1.20 for the rest.
 */
export const defaultRules: PracticeSettings = {
  maxHeld: 2,
  closesMinutesBefore: 60,
  cancelMinutesBefore: 60,
  horizonDays: 112,
  reasonRequired: false,
  reasonMax: 150,
  cancelOnline: true,
  waitlistOpen: true,
  offerMinutes: 120,
  offersAtOnce: 1,
  maxMissedOffers: 3,
  quietFrom: '22:00',
  quietUntil: '06:00',
  missedWindowMonths: 12,
  missedAdviseAt: 2,
  lateCancelMinutes: 30,
  missedAdvice:
    'Send the practice’s letter about missed appointments, and ask whether anything makes it hard to come.',
  videoLink: '',
  undoMinutes: 10,
  weeksAhead: 6,
}

/** What a patient may write about why they come. Source: NHS App. */
export const maxReasonLength = 150
