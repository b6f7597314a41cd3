import type { FastifyInstance } from 'fastify'
import type { EpsAddress } from '#platform/config'
import type { JobHandler } from '#platform/jobs'
import { endRegistrationJob } from './commands/end-registration.ts'
import { connectEps } from './commands/eps/connection.ts'
import { epsJobs } from './commands/eps/jobs.ts'
import { tellLateJob } from './commands/queue/tell-late.ts'
import { registerEpsIdentity } from './web/eps/identity-routes.tsx'
import { registerOutbox } from './web/eps/outbox-routes.tsx'
import { registerPharmacies } from './web/eps/pharmacy-routes.tsx'
import { registerPrescriptions as registerOrdering } from './web/routes.ts'

/** Adds the pages on which patients order and follow medicines, and staff decide and send them. */
export function registerPrescriptions(
  app: FastifyInstance,
  { isEpsConnected = false }: { readonly isEpsConnected?: boolean } = {},
): void {
  registerOrdering(app)
  registerPharmacies(app)
  registerOutbox(app, isEpsConnected)
  registerEpsIdentity(app, isEpsConnected)
}

/** What is done when jobs about prescriptions are due. Without a connection nothing leaves. */
export function prescriptionJobs(eps: EpsAddress | undefined): readonly JobHandler[] {
  return [...epsJobs(eps && connectEps(eps)), tellLateJob, endRegistrationJob]
}
