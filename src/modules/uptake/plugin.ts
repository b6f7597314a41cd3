import type { FastifyInstance } from 'fastify'
import { registerPlaces } from './web/places/routes.tsx'
import { registerReports } from './web/practice/routes.tsx'

export { uptakeJobs } from './commands/closing/jobs.ts'

/** Adds the pages of figures: for everybody by place, and for a practice its own. */
export function registerUptake(app: FastifyInstance): void {
  registerPlaces(app)
  registerReports(app)
}
