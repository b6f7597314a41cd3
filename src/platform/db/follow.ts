import type pg from 'pg'
import { DatabaseAway } from './away.ts'

/** Gives connections that work. Throws DatabaseAway where none can be had. */
export type Source = () => Promise<pg.PoolClient>

/** Goes on to the next address when one fails, and stays where it was let in. */
export function followed(pool: pg.Pool, addresses: readonly string[]): Source {
  let at = 0
  return async () => {
    for (let tried = 1; ; tried++) {
      const from = at
      try {
        return await pool.connect()
      } catch (fault) {
        if (tried >= addresses.length || isFull(fault))
          throw new DatabaseAway('The database cannot be reached', { cause: fault })
        const next = (from + 1) % addresses.length
        if (at === from) pool.options.connectionString = addresses[(at = next)]
      }
    }
  }
}

/** All connections are in use: the database itself is well. */
function isFull(fault: unknown): boolean {
  return fault instanceof Error && fault.message === 'timeout exceeded when trying to connect'
}

/** Refuses a new connection to a database that takes no writes: it is a standby. */
export function requireWritable(client: pg.ClientBase, done: (fault?: Error) => void): void {
  client.query<{ standby: boolean }>('select pg_is_in_recovery() as standby').then(
    ({ rows }) =>
      done(rows[0]?.standby === false ? undefined : new Error('This database is a standby')),
    (fault: unknown) => done(fault instanceof Error ? fault : new Error('unknown fault')),
  )
}
