import type { FastifyInstance } from 'fastify'
import { registerOrderRoutes } from './order/order-routes.tsx'
import { registerPatientRoutes } from './patient-routes.tsx'
import { registerStaffRoutes } from './staff-routes.tsx'

/** Ordering and following repeat medicines, and deciding what was ordered. */
export function registerPrescriptions(app: FastifyInstance): void {
  registerPatientRoutes(app)
  registerOrderRoutes(app)
  registerStaffRoutes(app)
}
