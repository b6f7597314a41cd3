import type { FastifyInstance } from 'fastify'
import { registerAccessDesk } from './web/desk/routes.tsx'
import { registerOwnServices } from './web/services/patient-routes.tsx'
import { registerAccessSettings } from './web/settings/routes.tsx'

/** Adds the pages on which people see what they may use, and staff decide it. */
export function registerAccess(app: FastifyInstance): void {
  registerOwnServices(app)
  registerAccessDesk(app)
  registerAccessSettings(app)
}
