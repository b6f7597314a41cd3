import type { FastifyInstance } from 'fastify'
import { registerSettings } from '../settings/settings-routes.tsx'
import { registerCalendar } from './calendar-routes.tsx'
import { registerFlagged } from './flagged-routes.tsx'
import { registerInvitations } from './invitation-routes.tsx'
import { registerMaking } from './preview-routes.tsx'
import { registerReleases } from './release-routes.tsx'
import { registerNewSession } from './session-routes.tsx'
import { registerTemplates } from './template-routes.tsx'
import { registerSlotTypes } from './type-routes.tsx'

/** Planning: slot types, templates, closures, making sessions, releases and settings. */
export function registerPlanning(app: FastifyInstance): void {
  registerNewSession(app)
  registerSlotTypes(app)
  registerInvitations(app)
  registerTemplates(app)
  registerMaking(app)
  registerCalendar(app)
  registerFlagged(app)
  registerReleases(app)
  registerSettings(app)
}
