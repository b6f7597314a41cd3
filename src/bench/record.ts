import { hashToken } from '#platform/auth'
import { refreshStatistics, systemProof, type Database, type DatabaseSettings } from '#platform/db'
import { storeRecords } from '#modules/record'
import { aFullRecord, entriesEach } from './a-full-record.ts'
import { capture } from './capture.ts'
import { hiddenFields, type Client } from './client.ts'
import { browserWithin, tokenOf } from './england/within.ts'
import { percentile, rounded } from './figures.ts'
import { addHistory, past } from './history.ts'
import { openLeanClient } from './lean-client.ts'
import { odsCode, signedInPatients, type SignedIn } from './people.ts'
import { watchProcessor } from './processor.ts'
import { replay } from './replay.ts'
import { startServer } from './server.ts'

const practice = odsCode('Y99002')
const patients = 50
const warmUpSeconds = 3

const pages = [
  '/record/results?by=date',
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
  const people = await fullRecords(db)
  await refreshStatistics(database.connection)
  const server = await startServer(database.url)
  const client = openLeanClient(server.port, options.connections)
  for (const { cookie } of people) await takeFirstLook(client, cookie)
  await look(client, people, options.connections, warmUpSeconds)
  const used = await watchProcessor(database.url, server.pid)
  const seen = await look(client, people, options.connections, options.seconds)
  client.close()
  const processor = await used()
  await server.stop()
  const limit = await sqlOnly(database, people, options.seconds / 2)
  const perSecond = (seen.times.length / seen.ms) * 1000
  const each = (cpuSeconds: number) => Math.round((cpuSeconds / seen.times.length) * 1e6)
  return {
    figures: {
      pagesPerSecond: rounded(perSecond),
      p50Ms: rounded(percentile(seen.times, 0.5)),
      p99Ms: rounded(percentile(seen.times, 0.99)),
      bytesPerPage: Math.round(seen.bytes / Math.max(1, seen.times.length)),
      errors: seen.errors,
      statementsPerPage: rounded(limit.statements),
      sqlOnlyPerSecond: rounded(limit.perSecond),
      ratioToSqlOnly: Math.round((perSecond / limit.perSecond) * 1000) / 1000,
      serverUs: each(processor.serverCpuSeconds),
      databaseUs: each(processor.databaseCpuSeconds),
      clientUs: each(processor.clientCpuSeconds),
      serverPeakMib: processor.serverPeakMib,
    },
    notes: [
      `pages ${pages.join(', ')} in turn; ${patients} patients of ${entriesEach} entries and ${past.appointments} past appointments; ${options.connections} connections; Us is processor time for one`,
      'sqlOnly: the same statements, begin and commit included, from 16 driver connections; no HTTP, no rendering',
      'server, database and client share this machine',
    ],
  }
}

async function fullRecords(db: Database): Promise<readonly SignedIn[]> {
  const people = await signedInPatients(db, practice, patients)
  await db.transaction(systemProof(practice), (tx) =>
    storeRecords(
      tx,
      people.map(({ patientId }) => ({ patientId, record: aFullRecord(db.now()) })),
    ),
  )
  await addHistory(
    db,
    practice,
    people.map(({ patientId }) => ({ patientId, medicines: 0 })),
  )
  return people
}

/** The warning before the first look is not what is measured. */
async function takeFirstLook(client: Client, cookie: string): Promise<void> {
  const warning = await client.get('/record', cookie)
  await client.post('/record/first-look', cookie, hiddenFields(warning.body))
  const page = await client.get('/record/results', cookie)
  if (!page.body.includes('Serum sodium level'))
    throw new Error('The results page shows no results')
}

async function look(
  client: Client,
  people: readonly SignedIn[],
  connections: number,
  seconds: number,
) {
  const times: number[] = []
  let [bytes, errors, next] = [0, 0, 0]
  const began = performance.now()
  const until = began + seconds * 1000
  const reader = async (): Promise<void> => {
    while (performance.now() < until) {
      const turn = next++
      const page = pages[turn % pages.length] ?? '/record'
      const { cookie = '' } = people[Math.floor(turn / pages.length) % people.length] ?? {}
      const answer = await client.get(page, cookie)
      times.push(answer.ms)
      bytes += answer.bytes
      if (answer.status !== 200) errors++
    }
  }
  await Promise.all(Array.from({ length: connections }, reader))
  return { times, bytes, errors, ms: performance.now() - began }
}

/** Each page by itself, for one patient after the other, and from that all of them in turn. */
async function sqlOnly(
  database: { readonly url: string; readonly connection: DatabaseSettings },
  people: readonly SignedIn[],
  seconds: number,
): Promise<{ readonly perSecond: number; readonly statements: number }> {
  const [first] = people
  if (!first) throw new Error('There is nobody to read')
  let [secondsOfAll, statements] = [0, 0]
  for (const url of pages) {
    const sent = await capture(database.connection, async (app) => {
      const page = await browserWithin(app, first.cookie).get(url)
      if (page.status !== 200) throw new Error(`${url} answered ${page.status}`)
    })
    const renew = (turn: number) => standingFor(first, people[turn % people.length] ?? first)
    const kept = new Set([first.patientId, first.accountId])
    secondsOfAll += 1 / (await replay(database.url, sent, seconds / pages.length, renew, kept))
    statements += sent.length
  }
  return { perSecond: pages.length / secondsOfAll, statements: statements / pages.length }
}

function standingFor(one: SignedIn, other: SignedIn): ReadonlyMap<string, string> {
  return new Map([
    [one.patientId, other.patientId],
    [one.accountId, other.accountId],
    [hashToken(tokenOf(one.cookie)), hashToken(tokenOf(other.cookie))],
  ])
}
