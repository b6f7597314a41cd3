import type { AppointmentId } from '../slot.ts'

/** As much of an appointment as decides what its patient is told of it. */
export interface StandingFacts {
  readonly endsAt: Date
  readonly cancelledAt?: Date
  readonly cancelledBy?: 'patient' | 'proxy' | 'staff'
  readonly movedTo?: AppointmentId
  readonly missedAt?: Date
}

/** How an appointment stands, as its patient sees it. Source: DOMAIN AP-6. */
export type Standing =
  | 'coming'
  | 'moved'
  | 'cancelled-by-patient'
  | 'cancelled-by-surgery'
  | 'missed'
  | 'past'

/**
 * How an appointment stands at this instant. It is coming until it ends. One that somebody acting
 * for the patient cancelled counts as cancelled by the patient.
 */
export function standingOf(appointment: StandingFacts, now: Date): Standing {
  if (appointment.movedTo) return 'moved'
  if (appointment.cancelledAt) {
    return appointment.cancelledBy === 'staff' ? 'cancelled-by-surgery' : 'cancelled-by-patient'
  }
  if (appointment.missedAt) return 'missed'
  return appointment.endsAt <= now ? 'past' : 'coming'
}
