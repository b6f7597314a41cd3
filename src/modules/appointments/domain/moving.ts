import { accept, refuse, type Result } from '#kernel/result'
import {
  decideBooking,
  type AskedSlot,
  type BookingRefusal,
  type DecidedBooking,
  type HeldAppointment,
} from './booking.ts'
import {
  decideCancelling,
  type CancellableAppointment,
  type CancellingRefusal,
} from './cancelling.ts'
import type { AppointmentId, BookingRules, SlotId } from './slot.ts'

/** An appointment that is to be moved. */
export interface MovableAppointment extends CancellableAppointment {
  readonly slotId: SlotId
  /** What it was moved to before, if it was. */
  readonly movedTo?: AppointmentId
}

/** Why an appointment was not moved. Whatever the reason, it is as it was. */
export type MovingRefusal =
  | BookingRefusal
  | { readonly reason: 'cannot-leave'; readonly because: CancellingRefusal }
  | { readonly reason: 'cancelled-already' }
  | { readonly reason: 'moved-already'; readonly appointmentId: AppointmentId }

/**
 * May the patient give up this appointment for that slot, now? They must be free to cancel the one
 * and to book the other, the one to leave not counting against the limit or as an overlap. Its reason
 * goes along, and where it has none, none is asked for.
 *
 * Source: DOMAIN BK-8, BK-9.
 */
export function decideMoving(
  appointment: MovableAppointment,
  asked: AskedSlot,
  held: readonly HeldAppointment[],
  rules: BookingRules,
  now: Date,
): Result<DecidedBooking, MovingRefusal> {
  const { appointmentId, movedTo } = appointment
  if (movedTo) return refuse({ reason: 'moved-already', appointmentId: movedTo })
  if (appointment.cancelledAt) return refuse({ reason: 'cancelled-already' })
  if (appointment.slotId === asked.slot.slotId) {
    return refuse({ reason: 'already-yours', appointmentId })
  }
  const leaving = decideCancelling(appointment, rules, now)
  if (!leaving.ok) return refuse({ reason: 'cannot-leave', because: leaving.refusal })

  const others = held.filter((one) => one.appointmentId !== appointmentId)
  // Who holds more than the limit, as staff may book, still holds no more after moving.
  const maxHeld = Math.max(rules.maxHeld, others.length + 1)
  const booking = decideBooking(asked, others, { ...rules, maxHeld, reasonRequired: false }, now)
  return booking.ok ? accept(booking.value) : booking
}
