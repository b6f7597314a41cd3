import type { FastifyInstance } from 'fastify'
import { currentCode } from '#platform/auth'
import { sendPage } from '#platform/http'
import { demoAccounts } from '../queries/accounts.ts'
import { DemoPage } from './demo-page.tsx'
import { registerSignIn } from './routes.tsx'

/** Routes for signing in and out; where `demoPassword` is given, also the list of demo people. */
export function registerAccounts(
  app: FastifyInstance,
  options: { readonly demoPassword: string | undefined },
): void {
  const { demoPassword } = options
  registerSignIn(app, 'patient', demoPassword !== undefined)
  registerSignIn(app, 'practice', demoPassword !== undefined)
  if (demoPassword === undefined) return

  app.get('/demo', async (_, reply) => {
    const accounts = await demoAccounts(app.db)
    const people = await Promise.all(
      accounts.map(async ({ email, face, displayName, totpSecret }) => ({
        name: displayName,
        email,
        face,
        code: await currentCode(totpSecret, app.db.now()),
      })),
    )
    return sendPage(reply, <DemoPage people={people} password={demoPassword} />)
  })
}
