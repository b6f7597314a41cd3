import { inject } from 'vitest'
import type { DatabaseSettings } from '#platform/db'
import { makeDatabaseOn, makeEmptyDatabaseOn, urlOf, type TestDatabase } from './fresh-database.ts'
import { withOneConnectionEach } from './one-connection.ts'

export type { TestDatabase } from './fresh-database.ts'

/** Settings of the shared, migrated template, for reading its catalogue only. */
export function databaseSettings(): Promise<DatabaseSettings> {
  return Promise.resolve({ connectionString: urlOf(inject('postgresUrl'), 'template') })
}

/** Makes a fresh database from the template (about 50 ms). `now` is the time it is, until set. */
export async function makeDatabase(
  now: Date = new Date('2026-03-02T08:00:00Z'),
  observe?: DatabaseSettings['observe'],
): Promise<TestDatabase> {
  const made = await makeDatabaseOn(inject('postgresUrl'), now, { ...(observe && { observe }) })
  return { ...made, db: withOneConnectionEach(made.db) }
}

/** Makes a database with nothing in it at all, not even the schema. */
export function emptyDatabase(): Promise<Pick<TestDatabase, 'settings' | 'drop'>> {
  return makeEmptyDatabaseOn(inject('postgresUrl'))
}
