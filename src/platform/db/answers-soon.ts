import pg from 'pg'
import type { DatabaseSettings } from './settings.ts'

/**
 * Whether a database answers within two seconds, asked on a connection of its own: the pool's may
 * all be taken by work that is going well.
 */
export async function answersSoon(settings: DatabaseSettings): Promise<boolean> {
  const { maxConnections: _, observe: __, elsewhere: ___, ...connection } = settings
  const client = new pg.Client({
    ...connection,
    application_name: 'patient-online-health',
    connectionTimeoutMillis: 2000,
    query_timeout: 2000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    client.end().catch(() => undefined)
  }
}
