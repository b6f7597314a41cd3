import type { FastifyInstance } from 'fastify'
import type { JobHandler } from '#platform/jobs'
import { dailyAccessJob } from './commands/proxies/daily.ts'
import { openInvitationJob } from './commands/proxies/open-invitation.ts'
import { registerContact } from './web/contact/routes.tsx'
import { registerAccessDesk } from './web/desk/routes.tsx'
import { registerInviting } from './web/proxies/invite-routes.tsx'
import { registerProxyList } from './web/proxies/list-routes.tsx'
import { registerSharing } from './web/proxies/patient-routes.tsx'
import { registerProxyDesk } from './web/proxies/staff-routes.tsx'
import { registerSecondStep } from './web/second-step/routes.tsx'
import { registerOwnServices } from './web/services/patient-routes.tsx'
import { registerAccessSettings } from './web/settings/routes.tsx'

/** Adds the pages on which people see what they may use, and staff decide it. */
export function registerAccess(app: FastifyInstance): void {
  registerOwnServices(app)
  registerSecondStep(app)
  registerAccessDesk(app)
  registerProxyDesk(app)
  registerProxyList(app)
  registerSharing(app)
  registerInviting(app)
  registerContact(app)
  registerAccessSettings(app)
}

/** What is done when jobs about access are due. */
export const accessJobs: readonly JobHandler[] = [dailyAccessJob, openInvitationJob]
