import pg from 'pg'
import { newId } from '#kernel/id'
import {
  openDatabase,
  refreshStatistics,
  systemProof,
  type Database,
  type DatabaseSettings,
  type SentStatement,
} from '#platform/db'
import { openLog } from '#platform/log'
import { storeRecords } from '#modules/record'
import { buildApp } from '../app.ts'
import { aFullRecord, entriesEach } from './a-full-record.ts'
import { hiddenFields, openClient, type Client } from './client.ts'
import { percentile, rounded } from './figures.ts'
import { odsCode, signedInPatients } from './people.ts'
import { watchProcessor } from './processor.ts'
import { startServer } from './server.ts'

const practice = odsCode('Y99002')

const pages = [
  '/record/results',
  '/record/measurements',
  '/record/medicines',
  '/record/immunisations',
]

/**
 * Reads record pages of patients with full records, over HTTP, then runs the statements that the
 * same pages sent straight from the driver: the ratio is what is left of the database's speed.
 */
export async function recordBench(
  db: Database,
  database: { readonly url: string; readonly connection: DatabaseSettings },
  options: { readonly seconds: number; readonly connections: number },
): Promise<{
  readonly figures: Readonly<Record<string, number>>
  readonly notes: readonly string[]
}> {
  const people = await signedInPatients(db, practice, 50)
  await db.transaction(systemProof(practice), (tx) =>
    storeRecords(
      tx,
      people.map(({ patientId }) => ({ patientId, record: aFullRecord(db.now()) })),
    ),
  )
  const cookies = people.map(({ cookie }) => cookie)
  await refreshStatistics(database.connection)
  const server = await startServer(database.url)
  const client = openClient(server.port, options.connections)
  for (const cookie of cookies) await takeFirstLook(client, cookie)
  const sent = await statementsOfPages(database.connection, cookies[0] ?? '')
  await look(client, cookies, options.connections, 2)
  const used = await watchProcessor(database.url, server.pid)
  const seen = await look(client, cookies, options.connections, options.seconds)
  client.close()
  const processor = await used()
  await server.stop()
  const sqlOnly = await replay(database.url, sent, options.seconds)

  const perSecond = seen.times.length / options.seconds
  return {
    figures: {
      pagesPerSecond: rounded(perSecond),
      p50Ms: rounded(percentile(seen.times, 0.5)),
      p99Ms: rounded(percentile(seen.times, 0.99)),
      bytesPerPage: Math.round(seen.bytes / Math.max(1, seen.times.length)),
      errors: seen.errors,
      roundTripsPerPage: rounded(sent.flat().length / Math.max(1, sent.length)),
      sqlOnlyPerSecond: rounded(sqlOnly),
      ratioToSqlOnly: Math.round((perSecond / sqlOnly) * 1000) / 1000,
      ...processor,
    },
    notes: [
      `pages ${pages.join(', ')}; ${cookies.length} patients of ${entriesEach} entries; ${options.connections} connections`,
      'sqlOnly: the same statements, begin and commit included, from 16 driver connections; no HTTP, no rendering',
      'server, database and client share this machine',
    ],
  }
}

/** The warning before the first look is not what is measured. */
async function takeFirstLook(client: Client, cookie: string): Promise<void> {
  const warning = await client.get('/record', cookie)
  await client.post('/record/first-look', cookie, hiddenFields(warning.body))
  const page = await client.get('/record/results', cookie)
  if (!page.body.includes('Serum sodium level'))
    throw new Error('The results page shows no results')
}

/** What one look at each page sends to the database, begin and commit included. */
async function statementsOfPages(
  settings: DatabaseSettings,
  cookie: string,
): Promise<readonly (readonly SentStatement[])[]> {
  let sent: SentStatement[] = []
  const db = openDatabase({ ...settings, observe: (one) => sent.push(one) }, () => new Date())
  const app = await buildApp({
    db,
    log: openLog('silent'),
    publicUrl: 'http://localhost',
    showNhsLogo: false,
  })
  const found: SentStatement[][] = []
  for (const url of pages) {
    sent = []
    const answer = await app.inject({ url, headers: { cookie } })
    if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.statusCode}`)
    found.push(sent)
  }
  await app.close()
  await db.close()
  return found
}

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
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 16,
    options: '-c role=patient_online',
  })
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
