import type { FastifyInstance } from 'fastify'
import { registerDeskSignUp } from './web/desk/routes.tsx'
import { registerLetter } from './web/letter/routes.ts'
import { registerRegistering } from './web/registering/routes.tsx'
import { registerSignUp } from './web/sign-up/routes.tsx'

/** Adds the pages on which patients sign up and staff help them. */
export function registerRegistration(
  app: FastifyInstance,
  { publicUrl }: { readonly publicUrl: string },
): void {
  registerSignUp(app)
  registerDeskSignUp(app)
  registerLetter(app, publicUrl)
  registerRegistering(app)
}
