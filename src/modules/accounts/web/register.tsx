import type { FastifyInstance } from 'fastify'
import { currentCode, type OpenIdSettings } from '#platform/auth'
import { sendPage } from '#platform/http'
import { openSecret } from '../commands/methods/secrets.ts'
import type { NhsLoginMatching } from '../commands/nhs-login/sign-in-by-nhs-login.ts'
import { demoAccounts, demoMail } from '../queries/accounts.ts'
import { registerAccount } from './account/routes.tsx'
import { DemoPage } from './demo-page.tsx'
import { registerJoining } from './joining/routes.tsx'
import { registerNhsLogin } from './nhs-login/routes.tsx'
import { registerSignIn } from './signing-in/routes.tsx'

/** What accounts need to know of the site they are part of. */
export interface AccountsSite {
  /** Where people reach the service: passkeys are good for its host alone. */
  readonly publicUrl: string
  /** The password of every demo account; absent where there are no demo people. */
  readonly demoPassword: string | undefined
  /** How the service is known to NHS login; absent where it is not. */
  readonly nhsLogin?: OpenIdSettings | undefined
  /** How surgeries find those whom NHS login proved; without it, nobody is found. */
  readonly matching?: NhsLoginMatching | undefined
}

/** Routes for signing in and out and for one's own account; in a demonstration, who can sign in. */
export function registerAccounts(app: FastifyInstance, site: AccountsSite): void {
  const { demoPassword, publicUrl, nhsLogin: settings } = site
  const demo = demoPassword !== undefined
  for (const face of ['patient', 'practice'] as const) {
    const nhsLogin = face === 'patient' && settings !== undefined
    registerSignIn(app, face, { publicUrl, offer: { demo, nhsLogin } })
    registerAccount(app, face, { publicUrl, nhsLogin })
    registerJoining(app, face)
  }
  registerNhsLogin(app, { publicUrl, nhsLogin: settings, matching: site.matching })
  if (demoPassword === undefined) return

  app.get('/demo', async (_, reply) => {
    const accounts = await demoAccounts(app.db)
    const people = await Promise.all(
      accounts.map(async ({ accountId, email, face, displayName, totpSecret }) => {
        const secret = openSecret(app.db, accountId, totpSecret)
        const code = secret === undefined ? '–' : await currentCode(secret, app.db.now())
        return { name: displayName, email, face, code }
      }),
    )
    return sendPage(
      reply,
      <DemoPage people={people} password={demoPassword} mail={await demoMail(app.db)} />,
    )
  })
}
