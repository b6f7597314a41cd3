import type { AppointmentId } from '../slot.ts'
import { attendanceOf, type AttendanceTimes } from './attendance.ts'

/** As much of an appointment as moving or cancelling it at the desk depends on. */
export interface ChangeableAppointment extends AttendanceTimes {
  readonly appointmentId: AppointmentId
  readonly startsAt: Date
  readonly cancelledAt?: Date
}

export type ChangingRefusal = {
  readonly reason: 'not-found' | 'cancelled-already' | 'came-already' | 'in-the-past'
}

/**
 * Why staff cannot move or cancel an appointment, or `undefined` where they can: until it starts,
 * whatever the patient's own cut-off is, and not once the patient is recorded as having come.
 */
export function whyNotChangeable(
  appointment: ChangeableAppointment,
  now: Date,
): ChangingRefusal | undefined {
  if (appointment.cancelledAt) return { reason: 'cancelled-already' }
  if (attendanceOf(appointment) !== 'booked') return { reason: 'came-already' }
  if (appointment.startsAt <= now) return { reason: 'in-the-past' }
  return undefined
}
