import pg from 'pg'
import { keepSecretsBy, KeyringFailure, openKeyring } from '#platform/auth'
import type { Config } from '#platform/config'
import {
  addressesOf,
  migrate,
  openDatabase,
  type Database,
  type DatabaseSettings,
} from '#platform/db'
import { runningEmbedded, startEmbedded, StartFailure } from '#platform/postgres'

const migrations = 'database/migrations'

/** The database cannot be had. The message is one line for the person at the console. */
export class ConnectFailure extends Error {
  override readonly name = 'ConnectFailure'
}

/** An open, migrated database, and how to leave it. */
export interface Connection {
  readonly db: Database
  readonly settings: DatabaseSettings
  /** Closes the pool and stops a server that we started. */
  stop(): Promise<void>
}

/**
 * Opens the database that the settings name, or the embedded one, and brings it to the newest
 * schema. With `beside`, joins the embedded one of a service that is running; without, that is
 * refused. Throws ConnectFailure.
 */
export async function connect(
  config: Config,
  now: () => Date,
  options: { readonly beside?: boolean; readonly observe?: DatabaseSettings['observe'] } = {},
): Promise<Connection> {
  const found = await reach(config, options)
  try {
    await migrate(found.settings, migrations)
  } catch (fault) {
    await found.stop()
    throw new ConnectFailure(migrationFault(fault), { cause: fault })
  }
  const { observe } = options
  const settings = {
    ...asApplication(found.settings),
    maxConnections: config.databaseConnections,
    ...(observe && { observe }),
  }
  const keyring = await openKeyring(config.secretKeysFile).catch(async (fault: unknown) => {
    await found.stop()
    if (!(fault instanceof KeyringFailure)) throw fault
    throw new ConnectFailure(`SECRET_KEYS_FILE: ${fault.message}`, { cause: fault })
  })
  const db = openDatabase(settings, now)
  keepSecretsBy(db, keyring)
  return {
    db,
    settings: found.settings,
    stop: async () => {
      await db.close()
      await found.stop()
    },
  }
}

/**
 * The embedded server lets its socket's owner sign in as anyone: the pool signs in as the role that
 * owns nothing, so that no statement of it can take the superuser's place.
 */
function asApplication(settings: DatabaseSettings): DatabaseSettings {
  const isOwnSocket = settings.host?.startsWith('/') === true && settings.password === undefined
  return isOwnSocket ? { ...settings, user: 'patient_online' } : settings
}

/** A database that answers, as it is, and how to leave it. */
export interface Reached {
  readonly settings: DatabaseSettings
  /** Stops a server that we started. */
  stop(): Promise<void>
}

const nothingToStop = (): Promise<void> => Promise.resolve()

/**
 * Reaches the database that the settings name, or the embedded one, without changing anything in it.
 * `beside` as for `connect`. Throws ConnectFailure.
 */
export async function reach(
  config: Config,
  { beside = false }: { readonly beside?: boolean } = {},
): Promise<Reached> {
  if (config.databaseUrl !== undefined) {
    return { settings: await reachable(addressesOf(config.databaseUrl)), stop: nothingToStop }
  }
  const running = beside ? await runningEmbedded(config.dataDir) : undefined
  if (running) return { settings: running, stop: nothingToStop }
  try {
    const embedded = await startEmbedded({ dataDir: config.dataDir })
    return { settings: embedded.connection, stop: () => embedded.stop() }
  } catch (fault) {
    if (fault instanceof StartFailure) throw new ConnectFailure(fault.message, { cause: fault })
    throw fault
  }
}

/** The address of the database that takes writes, and the others, where it may be later. */
async function reachable(addresses: readonly string[]): Promise<DatabaseSettings> {
  let last: unknown
  for (const connectionString of addresses) {
    try {
      const isStandby = await asksWhetherStandby(connectionString)
      const elsewhere = addresses.filter((one) => one !== connectionString)
      if (!isStandby) return { connectionString, ...(elsewhere.length > 0 && { elsewhere }) }
      last = new Error('it is a standby and takes no writes')
    } catch (fault) {
      last = fault
    }
  }
  throw new ConnectFailure(`The database of DATABASE_URL cannot be reached: ${reasonOf(last)}.`, {
    cause: last,
  })
}

async function asksWhetherStandby(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ standby: boolean }>(
      'select pg_is_in_recovery() as standby',
    )
    return rows[0]?.standby ?? false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** The driver's reason without the address, which may hold a password. */
function reasonOf(fault: unknown): string {
  if (!(fault instanceof Error)) return 'unknown fault'
  const code = 'code' in fault && typeof fault.code === 'string' ? fault.code : undefined
  if (fault instanceof AggregateError) return code ?? 'no address answered'
  return code === undefined ? fault.message : `${fault.message} (${code})`
}

function migrationFault(fault: unknown): string {
  if (!(fault instanceof Error)) return 'The database could not be brought up to date.'
  const cause = fault.cause instanceof Error ? ` ${fault.cause.message}.` : ''
  return `The database could not be brought up to date. ${fault.message}.${cause}`
}
