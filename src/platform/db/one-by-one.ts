import type pg from 'pg'
import type { Source } from './follow.ts'
import { queriesOn, requireCommitted, uncertain, type Observe, type Queries } from './queries.ts'

/** Lends a connection for a transaction that is sent whole, at once. */
export type Lender = <T>(send: (client: pg.PoolClient) => Promise<T>) => Promise<T>

/** A connection for each. */
export function alone(source: Source): Lender {
  return async (send) => {
    const client = await source()
    try {
      return await send(client)
    } finally {
      client.release()
    }
  }
}

const mostInFlight = 32

/**
 * One connection for all that are sent while one is under way: they queue in the database and not
 * for a connection, and what is sent in one turn of the event loop is one write and one waking of
 * the database. For statements that are short, and that no other waits for.
 */
export function shared(source: Source): Lender {
  let open: { readonly client: Promise<pg.PoolClient>; users: number } | undefined
  return async (send) => {
    if (!open || open.users >= mostInFlight) open = { client: source(), users: 0 }
    const line = open
    line.users++
    try {
      return await send(await line.client)
    } finally {
      if (--line.users === 0) {
        if (open === line) open = undefined
        line.client.then((client) => client.release()).catch(() => undefined)
      }
    }
  }
}

/** One statement in a transaction of its own, all of it sent at once. */
async function atOnce<T>(
  client: pg.PoolClient,
  observe: Observe,
  begin: string,
  work: (queries: Queries) => Promise<T>,
): Promise<T> {
  observe({ text: begin, values: [] })
  const began = client.query(begin)
  const found = work(queriesOn(client, () => undefined, { over: false }))
  const ended = client.query('commit').catch(uncertain)
  const [, value, outcome] = await Promise.all([began, found, ended])
  requireCommitted(outcome)
  return value
}

/** Statements that each commit by themselves: what only reads is lent a connection by `reading`. */
export function oneByOne(
  lenders: { readonly reading: Lender; readonly writing: Lender },
  observe: Observe,
  begin: string,
): Queries {
  const one = <T>(lend: Lender, work: (queries: Queries) => Promise<T>) =>
    lend((client) => atOnce(client, observe, begin, work))
  return {
    many: (statement) => one(lenders.reading, (queries) => queries.many(statement)),
    maybe: (statement) => one(lenders.reading, (queries) => queries.maybe(statement)),
    run: (statement) => one(lenders.writing, (queries) => queries.run(statement)),
  }
}
