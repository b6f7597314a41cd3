import type { PatientId } from '#modules/directory'
import type { AppointmentId } from '../../domain/slot.ts'

/** The page of a patient's appointments for staff. */
export function appointmentsPath(patientId: PatientId): string {
  return `/practice/patients/${patientId}/appointments`
}

/** Where staff choose a slot: for a new appointment, or to move one. */
export function choosePath(patientId: PatientId, moving: AppointmentId | undefined): string {
  const path = appointmentsPath(patientId)
  return moving ? `${path}/${moving}/move` : `${path}/book`
}
