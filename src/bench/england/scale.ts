import type { Database, DatabaseSettings } from '#platform/db'
import type { Client } from '../client.ts'
import { percentile, rounded } from '../figures.ts'
import { past } from '../history.ts'
import { openLeanClient } from '../lean-client.ts'
import { watchProcessor } from '../processor.ts'
import { startServer, type ServerUnderTest } from '../server.ts'
import { gather, transactionsOf, type Crowd } from './drive.ts'
import { makeEngland } from './given.ts'
import { visitsInMonth } from './mix.ts'

/** Transactions at each size before anything is counted. */
const warmUp = 400
const rounds = 6
/** What still counts as flat: so much between the least and the most, of the most. */
const flatPercent = 20

interface Place {
  readonly practices: number
  readonly patients: number
  readonly url: string
  readonly server: ServerUnderTest
  readonly client: Client
  readonly crowd: Crowd
  readonly slices: Slice[]
}

/** What one size did while it had its turn. */
interface Slice {
  readonly perSecond: number
  readonly serverUs: number
  readonly databaseUs: number
}

/** A database of its own, running until the benchmark ends. */
export interface OwnDatabase {
  readonly db: Database
  readonly url: string
  readonly connection: DatabaseSettings
}

interface Asked {
  /** How many practices, in rising order. */
  readonly sizes: readonly number[]
  readonly patients: number
  readonly recordPages: number
  readonly seconds: number
  readonly connections: number
}

/**
 * The mix of the month on more and more practices, each size with a database and a server of its
 * own. All stand ready and take turns of a few seconds, so that whatever else the machine does meets
 * each of them alike.
 */
export async function scaleBench(
  open: () => Promise<OwnDatabase>,
  asked: Asked,
): Promise<{
  readonly figures: Readonly<Record<string, number>>
  readonly notes: readonly string[]
}> {
  const places: Place[] = []
  for (const practices of asked.sizes) places.push(await makePlace(await open(), practices, asked))
  for (let round = 0; round < rounds; round++)
    for (const place of places) await takeTurn(place, asked.seconds / rounds)
  for (const { client, server } of places) {
    client.close()
    await server.stop()
  }
  return {
    figures: { ...Object.assign({}, ...places.map(figuresOf)), ...spreadFigures(places) },
    notes: [
      `${asked.seconds} s at each size, in ${rounds} turns; throughput and Us (processor time for one transaction, all looking included) are medians of the turns; ${asked.connections} connections`,
      ...places.map(
        ({ practices, patients, crowd }) =>
          `${practices} practices: ${patients} patients, ${crowd.tally.times.length} pages${crowd.tally.wrong > 0 ? `, the first error: ${crowd.tally.firstWrong}` : ''}`,
      ),
      `each patient with ${past.appointments} past appointments and ${past.requests} past requests; spread is of the largest, flat means at most ${flatPercent} %`,
      'server, database and client share this machine; the other servers stand idle meanwhile',
    ],
  }
}

async function makePlace(
  { db, url, connection }: OwnDatabase,
  practices: number,
  asked: Asked,
): Promise<Place> {
  const began = performance.now()
  const england = await makeEngland(db, connection, { practices, patients: asked.patients })
  console.error(
    `${practices} practices, ${england.patients} patients: made in ${rounded((performance.now() - began) / 1000)} s`,
  )
  const server = await startServer(url)
  const client = openLeanClient(server.port, asked.connections)
  const visits = visitsInMonth(asked.recordPages)
  await gather(client, england, visits, asked.connections).run((done) => done >= warmUp)
  const crowd = gather(client, england, visits, asked.connections)
  return { practices, patients: england.patients, url, server, client, crowd, slices: [] }
}

async function takeTurn({ url, server, crowd, slices }: Place, seconds: number): Promise<void> {
  const before = transactionsOf(crowd.tally)
  const used = await watchProcessor(url, server.pid)
  const began = performance.now()
  await crowd.run(() => performance.now() - began > seconds * 1000)
  const took = (performance.now() - began) / 1000
  const { serverCpuSeconds, databaseCpuSeconds } = await used()
  const done = transactionsOf(crowd.tally) - before
  const each = (cpuSeconds: number) => (cpuSeconds / Math.max(1, done)) * 1e6
  slices.push({
    perSecond: done / took,
    serverUs: each(serverCpuSeconds),
    databaseUs: each(databaseCpuSeconds),
  })
}

const median = (slices: readonly Slice[], of: (slice: Slice) => number): number =>
  percentile(slices.map(of), 0.5)

function figuresOf(place: Place): Readonly<Record<string, number>> {
  const { practices, crowd, slices, server: _ } = place
  const { tally } = crowd
  return {
    [`transactionsPerSecond${practices}`]: rounded(median(slices, (one) => one.perSecond)),
    [`p50Ms${practices}`]: rounded(percentile(tally.times, 0.5)),
    [`p99Ms${practices}`]: rounded(percentile(tally.times, 0.99)),
    [`serverUs${practices}`]: Math.round(median(slices, (one) => one.serverUs)),
    [`databaseUs${practices}`]: Math.round(median(slices, (one) => one.databaseUs)),
    [`errors${practices}`]: tally.wrong,
    [`nothingLeft${practices}`]: tally.nothingLeft,
  }
}

function spreadFigures(places: readonly Place[]): Readonly<Record<string, number>> {
  const spread = (of: (place: Place) => number): number => {
    const all = places.map(of)
    const most = Math.max(...all)
    return rounded(((most - Math.min(...all)) / most) * 100)
  }
  const throughput = spread(({ slices }) => median(slices, (one) => one.perSecond))
  const p99 = spread(({ crowd }) => percentile(crowd.tally.times, 0.99))
  return {
    throughputSpreadPercent: throughput,
    p99SpreadPercent: p99,
    processorSpreadPercent: spread(({ slices }) =>
      median(slices, (one) => one.serverUs + one.databaseUs),
    ),
    isFlat: throughput <= flatPercent && p99 <= flatPercent ? 1 : 0,
  }
}
