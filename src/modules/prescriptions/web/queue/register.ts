import type { FastifyInstance } from 'fastify'
import { registerAnswers } from './answer-routes.tsx'
import { registerBulk } from './bulk-routes.tsx'
import { registerFlags } from './flag-routes.tsx'
import { registerHandingOut } from './hand-out-routes.tsx'
import { registerLate } from './late-routes.tsx'
import { registerMonitoring } from './monitoring-routes.tsx'
import { registerOrderSettings } from './settings-routes.tsx'
import { registerPatientOrders } from './patient-orders-routes.tsx'
import { registerStaffRoutes } from './staff-routes.tsx'

/** Everything that staff do with prescription requests, and how the practice sets it. */
export function registerQueue(app: FastifyInstance): void {
  registerStaffRoutes(app)
  registerAnswers(app)
  registerBulk(app)
  registerHandingOut(app)
  registerPatientOrders(app)
  registerLate(app)
  registerMonitoring(app)
  registerOrderSettings(app)
  registerFlags(app)
}
