import type { FastifyInstance } from 'fastify'
import { registerBooking } from './web/booking-routes.tsx'
import { registerOwnAppointments } from './web/own-routes.tsx'
import { registerClinics } from './web/staff-routes.tsx'

/** Adds the pages on which patients book and staff run their clinics. */
export function registerAppointments(app: FastifyInstance): void {
  registerBooking(app)
  registerOwnAppointments(app)
  registerClinics(app)
}
