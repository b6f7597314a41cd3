import type { Database, DatabaseSettings, SentStatement } from '#platform/db'
import { openBareLimits, type BareLimits } from './bare/bare-limit.ts'
import { isBare } from './bare/bare-work.ts'
import { capture, type App } from './capture.ts'
import { hiddenFields, type Client } from './client.ts'
import { percentile, rounded } from './figures.ts'
import { openLeanClient } from './lean-client.ts'
import type { SignedIn } from './people.ts'
import { watchProcessor } from './processor.ts'
import { explain, replay } from './replay.ts'
import { startServer, type ServerUnderTest } from './server.ts'
import { past } from './history.ts'
import { prepare, readers, type Given } from './work-given.ts'
import { allWork, type Work } from './work-kinds.ts'

const warmUpSeconds = 3

interface Options {
  readonly seconds: number
  readonly connections: number
  readonly patients: number
  /** Print how the database goes about each statement, and measure nothing. */
  readonly explain: boolean
  /** One kind of work by its name, instead of all. */
  readonly only?: string
}

interface Place {
  readonly url: string
  readonly connection: DatabaseSettings
  readonly server: ServerUnderTest
  readonly kept: ReadonlySet<string>
  readonly bare: BareLimits
}

/**
 * The pieces of work that the service does most, each by itself: confirm a booking, a list and a
 * week of free slots, confirm a repeat request, a record page; each beside what the database alone
 * does with the very same statements, and what this machine does with the work itself and nothing else.
 */
export async function workBench(
  db: Database,
  database: { readonly url: string; readonly connection: DatabaseSettings },
  options: Options,
): Promise<{
  readonly figures: Readonly<Record<string, number>>
  readonly notes: readonly string[]
}> {
  const given = await prepare(db, database.connection, options.patients)
  const server = await startServer(database.url)
  await lookFirst(server.port, given.people)
  const bare = await openBareLimits(database.url, options)
  const place = { ...database, server, kept: keptIds(given), bare }
  const figures: Record<string, number> = {}
  for (const work of allWork(given)) {
    if (options.only !== undefined && options.only !== work.name) continue
    const sent = await capture(database.connection, (app) => doOnce(app, work))
    if (options.explain) {
      await explain(database.url, work.name, sent, work.renew(1) ?? new Map(), place.kept)
    } else Object.assign(figures, await measure(place, work, sent, options))
  }
  await bare.close()
  await server.stop()
  return {
    figures,
    notes: [
      `each patient has ${past.appointments} past appointments and ${past.requests} past requests`,
      `${options.patients} patients, ${given.slots.length} slots, ${options.connections} connections, ${options.seconds} s each; Us is processor time for one`,
      'sqlOnly: the same statements, begin and commit included, from 16 driver connections; no HTTP, no rendering',
      'bareSql, bareNode: the plainest table and statement for the same work, from the driver and through a Node server that does nothing else',
      'server, database and client share this machine',
    ],
  }
}

async function doOnce(app: App, { name, ask, isRight }: Work): Promise<void> {
  const asked = ask(0)
  if (!asked) throw new Error(`${name}: nothing to ask`)
  const { path: url, cookie, fields } = asked
  const form = { cookie, 'content-type': 'application/x-www-form-urlencoded' }
  const answer = fields
    ? await app.inject({
        method: 'POST',
        url,
        headers: form,
        payload: new URLSearchParams(fields).toString(),
      })
    : await app.inject({ url, headers: { cookie } })
  const location = answer.headers.location?.toString()
  if (!isRight({ status: answer.statusCode, body: answer.body, location }))
    throw new Error(`${name} answered ${answer.statusCode}`)
}

async function measure(
  { url, server, kept, bare }: Place,
  work: Work,
  sent: readonly SentStatement[],
  options: Options,
): Promise<Readonly<Record<string, number>>> {
  const client = openLeanClient(server.port, options.connections)
  // Plans are made once for each connection: that is over before anything is counted.
  const warm = await drive(client, work, { ...options, seconds: warmUpSeconds }, 1)
  const used = await watchProcessor(url, server.pid)
  const seen = await drive(client, work, options, warm.turn)
  const processor = await used()
  client.close()
  const sqlOnly = await replay(url, sent, options.seconds / 2, (turn) => work.renew(turn), kept)
  const perSecond = (seen.times.length / seen.ms) * 1000
  const limits = isBare(work.name) ? await bare.of(work.name) : undefined
  const each = (cpuSeconds: number) => Math.round((cpuSeconds / seen.times.length) * 1e6)
  const { serverCpuSeconds, databaseCpuSeconds, clientCpuSeconds } = processor
  const allUs = each(serverCpuSeconds + databaseCpuSeconds + clientCpuSeconds)
  return named(work.name, {
    PerSecond: rounded(perSecond),
    P50Ms: rounded(percentile(seen.times, 0.5)),
    P99Ms: rounded(percentile(seen.times, 0.99)),
    Wrong: seen.wrong,
    Bytes: Math.round(seen.bytes / Math.max(1, seen.times.length)),
    Statements: sent.length,
    SqlOnlyPerSecond: rounded(sqlOnly),
    RatioToSqlOnly: ratio(perSecond, sqlOnly),
    ...(limits && {
      BareSqlPerSecond: limits.sqlPerSecond,
      BareNodePerSecond: limits.nodePerSecond,
      RatioToBareNode: ratio(perSecond, limits.nodePerSecond),
      BareNodeUs: limits.nodeUs,
      ProcessorRatioToBareNode: ratio(limits.nodeUs, allUs),
    }),
    ServerUs: each(serverCpuSeconds),
    DatabaseUs: each(databaseCpuSeconds),
    ClientUs: each(clientCpuSeconds),
    ServerPeakMib: processor.serverPeakMib,
  })
}

function ratio(one: number, limit: number): number {
  return Math.round((one / limit) * 1000) / 1000
}

function named(
  name: string,
  figures: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(figures).map(([key, value]) => [name + key, value]))
}

/** The warning before the first look at a record is not what is measured. */
async function lookFirst(port: number, people: readonly SignedIn[]): Promise<void> {
  const client = openLeanClient(port, 1)
  for (const { cookie } of people.slice(0, readers)) {
    const warning = await client.get('/record', cookie)
    await client.post('/record/first-look', cookie, hiddenFields(warning.body))
  }
  client.close()
}

async function drive(
  client: Client,
  work: Work,
  { seconds, connections }: { readonly seconds: number; readonly connections: number },
  from: number,
) {
  const times: number[] = []
  let [bytes, wrong, turn] = [0, 0, from]
  const began = performance.now()
  const until = began + seconds * 1000
  const one = async (): Promise<void> => {
    while (performance.now() < until) {
      const form = work.ask(2 * turn++)
      if (!form) return
      const answer = form.fields
        ? await client.post(form.path, form.cookie, form.fields)
        : await client.get(form.path, form.cookie)
      times.push(answer.ms)
      bytes += answer.bytes
      if (!work.isRight(answer)) wrong++
    }
  }
  await Promise.all(Array.from({ length: connections }, one))
  return { times, bytes, wrong, turn, ms: performance.now() - began }
}

function keptIds({ people, searchers }: Given): ReadonlySet<string> {
  return new Set(
    [...people, ...searchers].flatMap(({ patientId, accountId }) => [patientId, accountId]),
  )
}
