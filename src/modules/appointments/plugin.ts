import type { FastifyInstance } from 'fastify'
import type { JobHandler } from '#platform/jobs'
import { waitlistJobs } from './commands/waitlist/jobs.ts'
import { registerBooking } from './web/booking-routes.tsx'
import { registerOwnAppointments } from './web/own-routes.tsx'
import { registerClinics } from './web/staff-routes.tsx'

/** Adds the pages on which patients book and staff run their clinics. */
export function registerAppointments(app: FastifyInstance): void {
  registerBooking(app)
  registerOwnAppointments(app)
  registerClinics(app)
}

/** What is done when jobs about appointments are due. */
export const appointmentJobs: readonly JobHandler[] = [...waitlistJobs]
