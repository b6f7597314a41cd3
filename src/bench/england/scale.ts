import { openDatabase } from '#platform/db'
import type { Client } from '../client.ts'
import { percentile, rounded } from '../figures.ts'
import { past } from '../history.ts'
import { openLeanClient } from '../lean-client.ts'
import { watchProcessor } from '../processor.ts'
import { forgetStatements, printGrowth } from '../statements.ts'
import { startAndStop, startServer, type ServerUnderTest } from '../server.ts'
import { gather, transactionsOf, type Crowd } from './drive.ts'
import { makeEngland, nowhere, type England } from './given.ts'
import { visitsInMonth } from './mix.ts'
import { takeSnapshot, type Snapshot } from './snapshot.ts'

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

interface Asked {
  /** How many practices, in rising order. */
  readonly sizes: readonly number[]
  readonly patients: number
  readonly recordPages: number
  readonly seconds: number
  readonly connections: number
  /** Print what each statement took at each size. */
  readonly statements: boolean
}

/**
 * The mix of the month on more and more practices, each size in a database and with a server of its
 * own. All stand ready and take turns of a few seconds, so that whatever else the machine does meets
 * each of them alike.
 */
export async function scaleBench(
  database: Snapshot,
  asked: Asked,
): Promise<{
  readonly figures: Readonly<Record<string, number>>
  readonly notes: readonly string[]
}> {
  const made = await makeSizes(database, asked)
  const places: Place[] = []
  for (const one of made) places.push(await openPlace(one, asked))
  if (asked.statements) await forgetStatements(database.url)
  for (let round = 0; round < rounds; round++)
    for (const place of places) await takeTurn(place, asked.seconds / rounds)
  if (asked.statements)
    await printGrowth(
      database.url,
      made.map(({ at }) => at.connection.database),
    )
  for (const { client, server } of places) {
    client.close()
    await server.stop()
  }
  return {
    figures: {
      ...Object.fromEntries(places.flatMap((place) => Object.entries(figuresOf(place)))),
      ...spreadFigures(places),
    },
    notes: [
      `${asked.seconds} s at each size, in ${rounds} turns; throughput and Us (processor time for one transaction, all looking included) are medians of the turns; ${asked.connections} connections`,
      ...places.map(
        ({ practices, patients, crowd }) =>
          `${practices} practices: ${patients} patients, ${crowd.tally.times.length} pages${crowd.tally.wrong > 0 ? `, the first error: ${crowd.tally.firstWrong}` : ''}`,
      ),
      `each patient with ${past.appointments} past appointments and ${past.requests} past requests; spread is of the largest, flat means at most ${flatPercent} %`,
      'the database analyses nothing by itself meanwhile; server, database and client share this machine; the other servers stand idle meanwhile',
    ],
  }
}

interface Size {
  readonly england: England
  readonly at: Snapshot
}

/** Each size grows out of the one before, which is kept as it was. */
async function makeSizes(database: Snapshot, asked: Asked): Promise<readonly Size[]> {
  const made: Size[] = []
  let before: Pick<England, 'practices' | 'originals'> = nowhere
  for (const practices of asked.sizes) {
    const began = performance.now()
    const db = openDatabase({ ...database.connection, maxConnections: 4 }, () => new Date())
    const size = { practices, patients: asked.patients }
    const england = await makeEngland(db, database.connection, size, {
      before,
      settle: () => startAndStop(database.url),
    })
    await db.close()
    // Nothing grows out of the last one.
    const isLast = practices === asked.sizes.at(-1)
    const at = isLast ? database : await takeSnapshot(database, `practices_${practices}`)
    made.push({ england, at })
    before = england
    const seconds = rounded((performance.now() - began) / 1000)
    console.error(`${practices} practices, ${england.patients} patients: made in ${seconds} s`)
  }
  return made
}

async function openPlace({ england, at }: Size, asked: Asked): Promise<Place> {
  const { practices, patients } = england
  const server = await startServer(at.url)
  const client = openLeanClient(server.port, asked.connections)
  const visits = visitsInMonth(asked.recordPages)
  await gather(client, england, visits, asked.connections).run((done) => done >= warmUp)
  const crowd = gather(client, england, visits, asked.connections)
  return { practices, patients, url: at.url, server, client, crowd, slices: [] }
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

function figuresOf({ practices, crowd, slices }: Place): Readonly<Record<string, number>> {
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
