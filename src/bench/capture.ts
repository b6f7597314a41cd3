import { openDatabase, type DatabaseSettings, type SentStatement } from '#platform/db'
import { openLog } from '#platform/log'
import { buildApp } from '../app.ts'

/** The whole service, asked without a network. */
export type App = Awaited<ReturnType<typeof buildApp>>

/** What requests send to the database, begin and commit included, asked of a service in this process. */
export async function capture(
  settings: DatabaseSettings,
  ask: (app: App) => Promise<void>,
): Promise<readonly SentStatement[]> {
  const sent: SentStatement[] = []
  const db = openDatabase({ ...settings, observe: (one) => sent.push(one) }, () => new Date())
  const app = await buildApp({
    db,
    log: openLog('silent'),
    publicUrl: 'http://localhost',
    showNhsLogo: false,
  })
  try {
    await ask(app)
  } finally {
    await app.close()
    await db.close()
  }
  return sent
}
