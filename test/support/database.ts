import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
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

/** Settings of the shared, migrated template, for reading its catalogue only. */
export function databaseSettings(): Promise<DatabaseSettings> {
  return Promise.resolve({ connectionString: urlOf('template') })
}

/** Makes a fresh database from the template (about 50 ms). `now` is the time it is, until set. */
export async function makeDatabase(
  now: Date = new Date('2026-03-02T08:00:00Z'),
  observe?: DatabaseSettings['observe'],
): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asAdmin((admin) => admin.query(`create database ${name} template template`))
  let time = now
  const settings = { connectionString: urlOf(name) }
  const db = openDatabase(
    { ...settings, maxConnections: 20, ...(observe && { observe }) },
    () => time,
  )
  return {
    db,
    settings,
    setNow: (then) => {
      time = then
    },
    drop: async () => {
      await db.close()
      await asAdmin((admin) => admin.query(`drop database ${name} with (force)`))
    },
  }
}

/** Makes a database with nothing in it at all, not even the schema. */
export async function emptyDatabase(): Promise<Pick<TestDatabase, 'settings' | 'drop'>> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asAdmin((admin) => admin.query(`create database ${name}`))
  return {
    settings: { connectionString: urlOf(name) },
    drop: async () => {
      await asAdmin((admin) => admin.query(`drop database ${name} with (force)`))
    },
  }
}

async function asAdmin(work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: inject('postgresUrl') })
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}

function urlOf(name: string): string {
  const url = inject('postgresUrl')
  return url.replace(/\/postgres(\?|$)/, `/${name}$1`)
}
