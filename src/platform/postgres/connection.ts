import { realpathSync } from 'node:fs'
import pg from 'pg'
import type { Layout } from './layout.ts'

/** How `pg` reaches the server as its superuser. */
export interface ConnectionSettings {
  /** The folder of the socket; on Windows 127.0.0.1. */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
  readonly password?: string
}

/** The same as an address that `pg` and psql understand. */
export function addressOf(settings: ConnectionSettings): string {
  const { host, port, user, password, database } = settings
  const secret = password === undefined ? '' : `:${password}`
  return host.startsWith('/')
    ? `postgres://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`
    : `postgres://${user}${secret}@${host}:${port}/${database}`
}

/** Whether a server answers there, and is the one of this data folder. */
export async function answers(settings: ConnectionSettings, layout: Layout): Promise<boolean> {
  const client = new pg.Client({ ...settings, ssl: false, connectionTimeoutMillis: 2000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const shown = await client.query<{ data_directory: string }>('show data_directory')
    return realpathSync(shown.rows[0]?.data_directory ?? '') === realpathSync(layout.cluster)
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}
