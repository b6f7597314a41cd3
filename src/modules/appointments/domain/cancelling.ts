import { minutesBefore } from '#kernel/time'
import { accept, refuse, type Result } from '#kernel/result'
import type { AppointmentId, BookingRules } from './slot.ts'

/** As much of an appointment as cancelling it depends on. */
export interface CancellableAppointment {
  readonly appointmentId: AppointmentId
  readonly startsAt: Date
  readonly cancelledAt?: Date
  /** Set once the patient was there, or was missed. */
  readonly arrivedAt?: Date
  readonly startedAt?: Date
  readonly missedAt?: Date
}

export type CancellingRefusal =
  | { readonly reason: 'not-found' | 'view-only' | 'in-the-past' | 'not-online' }
  | { readonly reason: 'too-late'; readonly until: Date }

/** `already` where an earlier request did it: nothing is left to write, and the answer is the same. */
export type DecidedCancelling = 'now' | 'already'

/** The instant from which an appointment can only be cancelled by speaking to the practice. */
export function cancelUntil(appointment: { readonly startsAt: Date }, rules: BookingRules): Date {
  return minutesBefore(appointment.startsAt, rules.cancelMinutesBefore)
}

/**
 * May the patient cancel this now? Any future appointment, whoever booked it, until the cut-off,
 * where the practice lets patients cancel here at all.
 * What is cancelled already stays so, whenever it is asked again.
 *
 * Source: DOMAIN BK-8; GP Connect Patient Facing Appointments, how to cancel an appointment.
 */
export function decideCancelling(
  appointment: CancellableAppointment,
  rules: BookingRules,
  now: Date,
): Result<DecidedCancelling, CancellingRefusal> {
  if (appointment.cancelledAt) return accept('already')
  const { arrivedAt, startedAt, missedAt } = appointment
  const isUnderWay = arrivedAt ?? startedAt ?? missedAt
  if (isUnderWay || appointment.startsAt <= now) return refuse({ reason: 'in-the-past' })
  if (!rules.cancelOnline) return refuse({ reason: 'not-online' })

  const until = cancelUntil(appointment, rules)
  if (now >= until) return refuse({ reason: 'too-late', until })
  return accept('now')
}
