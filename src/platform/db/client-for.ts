import pg from 'pg'
import type { DatabaseSettings } from './settings.ts'

/** One connection outside the pool, not yet open, as the user of the settings; for upkeep alone. */
export function clientFor(settings: DatabaseSettings, name: string): pg.Client {
  const { maxConnections: _, observe: __, elsewhere: ___, ...connection } = settings
  const client = new pg.Client({ ...connection, application_name: name })
  client.on('error', () => undefined)
  return client
}
