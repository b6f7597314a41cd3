import type { FastifyInstance } from 'fastify'
import { registerAsking } from './web/asking/routes.tsx'
import { registerProxyDetails } from './web/desk/proxy-details.tsx'
import { registerDeskSignUp } from './web/desk/routes.tsx'
import { registerLimited } from './web/limited/routes.tsx'
import { registerLetter } from './web/letter/routes.ts'
import { registerRegistering } from './web/registering/routes.tsx'
import { registerSignUp } from './web/sign-up/routes.tsx'

/** Adds the pages on which patients sign up and staff help them. */
export function registerRegistration(
  app: FastifyInstance,
  { publicUrl }: { readonly publicUrl: string },
): void {
  registerSignUp(app)
  registerAsking(app)
  registerLimited(app)
  registerDeskSignUp(app)
  registerProxyDetails(app)
  registerLetter(app, publicUrl)
  registerRegistering(app)
}
