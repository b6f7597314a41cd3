import type { Id } from '#kernel/id'

export type SessionId = Id<'Session'>
export type SlotId = Id<'Slot'>
export type AppointmentId = Id<'Appointment'>

/** How patient and clinician meet. Source: GP Connect, Appointment Management, delivery channel. */
export type DeliveryChannel = 'in-person' | 'telephone' | 'video'

/** Every delivery channel, in the order that people choose from. */
export const deliveryChannels: readonly DeliveryChannel[] = ['in-person', 'telephone', 'video']

/** A slot's own state. `blocked` is kept free by staff, for nobody. */
export type SlotState = 'free' | 'booked' | 'blocked'

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
}

/**
 * What holds for a practice that has set nothing.
 * Source: NHS App (16 weeks, reason optional); DOMAIN 1.20 for the rest.
 */
export const defaultRules: BookingRules = {
  maxHeld: 2,
  closesMinutesBefore: 60,
  cancelMinutesBefore: 60,
  horizonDays: 112,
  reasonRequired: false,
}

/** What a patient may write about why they come. Source: NHS App. */
export const maxReasonLength = 150
