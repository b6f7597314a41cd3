import pg from 'pg'
import { newId } from '#kernel/id'
import type { Database, SentStatement } from '#platform/db'
import { openClient, type Client } from './client.ts'
import { percentile, rounded } from './figures.ts'
import { startServer } from './server.ts'

const pages = ['/record/results', '/record/measurements', '/record/medicines', '/record/immunisations']

/**
 * Reads record pages of patients with full records, over HTTP, then runs the statements that the
 * same pages sent straight from the driver: the ratio is what is left of the database's speed.
 */
export async function record(options: {
  readonly databaseUrl: string
  readonly cookies: readonly string[]
  readonly seconds: number
  readonly connections: number
  /** What one look at each page sends to the database, as recorded in this run. */
  readonly sent: readonly (readonly SentStatement[])[]
}): Promise<{ readonly figures: Readonly<Record<string, number>>; readonly notes: readonly string[] }> {
  const server = await startServer(options.databaseUrl)
  const client = openClient(server.port, options.connections)
  await look(client, options.cookies, options.connections, 1)
  const seen = await look(client, options.cookies, options.connections, options.seconds)
  client.close()
  await server.stop()
  const sqlOnly = await replay(options.databaseUrl, options.sent, options.seconds)

  const perSecond = seen.times.length / options.seconds
  return {
    figures: {
      pagesPerSecond: rounded(perSecond),
      p50Ms: rounded(percentile(seen.times, 0.5)),
      p99Ms: rounded(percentile(seen.times, 0.99)),
      bytesPerPage: Math.round(seen.bytes / Math.max(1, seen.times.length)),
      errors: seen.errors,
      sqlOnlyPerSecond: rounded(sqlOnly),
      ratioToSqlOnly: Math.round((perSecond / sqlOnly) * 1000) / 1000,
    },
    notes: [
      `pages ${pages.join(', ')}; ${options.cookies.length} patients; ${options.connections} connections`,
      'sqlOnly: the same statements, begin and commit included, from 16 driver connections; no HTTP, no rendering',
      'server, database and client share this machine',
    ],
  }
}

/** The pages looked at, for recording what each sends. */
export const recordPages: readonly string[] = pages

async function look(
  client: Client,
  cookies: readonly string[],
  connections: number,
  seconds: number,
): Promise<{ readonly times: readonly number[]; readonly bytes: number; readonly errors: number }> {
  const times: number[] = []
  let bytes = 0
  let errors = 0
  let next = 0
  const until = performance.now() + seconds * 1000
  const reader = async (): Promise<void> => {
    while (performance.now() < until) {
      const turn = next++
      const page = pages[turn % pages.length] ?? '/record'
      const cookie = cookies[Math.floor(turn / pages.length) % cookies.length] ?? ''
      const answer = await client.get(page, cookie)
      times.push(answer.ms)
      bytes += answer.bytes
      if (answer.status !== 200) errors++
    }
  }
  await Promise.all(Array.from({ length: connections }, reader))
  return { times, bytes, errors }
}

async function replay(
  databaseUrl: string,
  sent: readonly (readonly SentStatement[])[],
  seconds: number,
): Promise<number> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 16, options: '-c role=patient_online' })
  let done = 0
  const until = performance.now() + seconds * 1000
  const one = async (): Promise<void> => {
    const client = await pool.connect()
    try {
      while (performance.now() < until) {
        for (const statement of sent[done++ % sent.length] ?? []) await run(client, statement)
      }
    } finally {
      client.release()
    }
  }
  await Promise.all(Array.from({ length: 16 }, one))
  await pool.end()
  return done / seconds
}

/** An audit event goes in under a new id each time; everything else is sent as it was. */
async function run(client: pg.PoolClient, statement: SentStatement): Promise<void> {
  const values = [...statement.values]
  if (/insert into audit\.event/.test(statement.text)) values[1] = newId(new Date())
  if (statement.name === undefined) await client.query(statement.text)
  else await client.query({ name: statement.name, text: statement.text, values, rowMode: 'array' })
}

/** Records what `work` sends through a database opened with the given observer. */
export async function statementsOf(
  begin: (observe: (sent: SentStatement) => void) => Promise<{ readonly db: Database; work(): Promise<void> }>,
): Promise<readonly SentStatement[]> {
  const sent: SentStatement[] = []
  const { db, work } = await begin((statement) => sent.push(statement))
  await work()
  await db.close()
  return sent
}
