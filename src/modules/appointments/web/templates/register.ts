import type { FastifyInstance } from 'fastify'
import { registerNewSession } from './session-routes.tsx'

/** Planning: slot types, templates, closures, making sessions, releases. */
export function registerPlanning(app: FastifyInstance): void {
  registerNewSession(app)
}
