import type { FastifyInstance } from 'fastify'
import { registerOrderRoutes } from './order/order-routes.tsx'
import { registerPatientRoutes } from './patient-routes.tsx'
import { registerQueue } from './queue/register.ts'

/** Ordering and following repeat medicines, and deciding what was ordered. */
export function registerPrescriptions(app: FastifyInstance): void {
  registerPatientRoutes(app)
  registerOrderRoutes(app)
  registerQueue(app)
}
