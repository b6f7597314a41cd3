import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { openDatabase, type Database, type DatabaseSettings } from '#platform/db'

/** A database of one test file's own, with the newest schema and nothing in it. */
export interface TestDatabase {
  readonly db: Database
  /** As the superuser, for looking behind the application's back. */
  readonly settings: DatabaseSettings
  /** Sets the time that the database's clock gives from now on. */
  setNow(now: Date): void
  drop(): Promise<void>
}

/** Makes a fresh database from the template of a server of tests (about 50 ms). */
export async function makeDatabaseOn(
  serverUrl: string,
  now: Date,
  more: Pick<DatabaseSettings, 'observe' | 'maxConnections'> = {},
): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asAdmin(serverUrl, (admin) => admin.query(`create database ${name} template template`))
  let time = now
  const settings = { connectionString: urlOf(serverUrl, name) }
  const db = openDatabase({ ...settings, maxConnections: 20, ...more }, () => time)
  return {
    db,
    settings,
    setNow: (then) => {
      time = then
    },
    drop: async () => {
      await db.close()
      await asAdmin(serverUrl, (admin) => admin.query(`drop database ${name} with (force)`))
    },
  }
}

/** Makes a database with nothing in it at all, not even the schema. */
export async function makeEmptyDatabaseOn(
  serverUrl: string,
): Promise<Pick<TestDatabase, 'settings' | 'drop'>> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asAdmin(serverUrl, (admin) => admin.query(`create database ${name}`))
  return {
    settings: { connectionString: urlOf(serverUrl, name) },
    drop: async () => {
      await asAdmin(serverUrl, (admin) => admin.query(`drop database ${name} with (force)`))
    },
  }
}

async function asAdmin(
  serverUrl: string,
  work: (admin: pg.Client) => Promise<unknown>,
): Promise<void> {
  const admin = new pg.Client({ connectionString: serverUrl })
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}

/** The address of a database of this server. */
export function urlOf(serverUrl: string, name: string): string {
  return serverUrl.replace(/\/postgres(\?|$)/, `/${name}$1`)
}
