import type { Database } from '#platform/db'
import { fillEngland } from '#modules/demo'
import { monthsFrom, parseMonth, rollUp, rollUpStale, type Month } from '#modules/uptake'
import { openClient } from './client.ts'
import { percentile, rounded } from './figures.ts'
import { startServer } from './server.ts'

const lastMonth = '2026-10'
const firstMonth = '2024-11'

/**
 * Figures of a whole country for two years: how long the last month's roll-up takes with nothing
 * else changed, and how long each kind of page takes over HTTP while several people read at once.
 */
export async function uptakeBench(
  db: Database,
  database: { readonly url: string },
  options: {
    readonly practices: number
    readonly seconds: number
    readonly connections: number
    readonly refresh: () => Promise<void>
  },
): Promise<{
  readonly figures: Readonly<Record<string, number>>
  readonly notes: readonly string[]
}> {
  const months = monthsFrom(asMonth(firstMonth), asMonth(lastMonth))
  const began = performance.now()
  await fillEngland(db, { seed: 1, practices: options.practices, months })
  const loaded = performance.now()
  await rollUpStale(db)
  const rolled = performance.now()
  await options.refresh()
  const again = performance.now()
  const places = await rollUp(db, asMonth(lastMonth))
  const rollUpMonthMs = performance.now() - again
  const pages = await readPages(database.url, options)
  return {
    figures: {
      practices: options.practices,
      months: months.length,
      places,
      loadSeconds: rounded((loaded - began) / 1000),
      rollUpAllMonthsSeconds: rounded((rolled - loaded) / 1000),
      rollUpMonthSeconds: rounded(rollUpMonthMs / 1000),
      ...pages,
    },
    notes: ['pages are read by one connection at a time for Ms, by all of them for pagesPerSecond'],
  }
}

function asMonth(text: string): Month {
  const month = parseMonth(text)
  if (month === undefined) throw new Error(`${text} is not a month`)
  return month
}

const kinds: Readonly<Record<string, string>> = {
  england: '/uptake',
  region: '/uptake/region/Y60',
  subIcb: '/uptake/sub-icb/60A0',
  practice: '/uptake/practice/X10003',
  find: '/uptake/find?search=mill',
  csv: '/uptake/sub-icb/60A0/figures.csv',
}

async function readPages(
  url: string,
  { seconds, connections }: { readonly seconds: number; readonly connections: number },
): Promise<Readonly<Record<string, number>>> {
  const server = await startServer(url)
  const client = openClient(server.port, connections)
  try {
    const figures: Record<string, number> = {}
    for (const [kind, path] of Object.entries(kinds)) {
      const times: number[] = []
      for (let turn = 0; turn < 40; turn++) {
        const { status, ms } = await client.get(path, '')
        if (status !== 200) throw new Error(`${path} answered ${status}`)
        if (turn >= 10) times.push(ms)
      }
      figures[`${kind}P50Ms`] = rounded(percentile(times, 0.5))
      figures[`${kind}P99Ms`] = rounded(percentile(times, 0.99))
    }
    return { ...figures, pagesPerSecond: await pagesPerSecond(client, seconds, connections) }
  } finally {
    client.close()
    await server.stop()
  }
}

async function pagesPerSecond(
  client: ReturnType<typeof openClient>,
  seconds: number,
  connections: number,
): Promise<number> {
  const until = performance.now() + seconds * 1000
  const paths = Object.values(kinds)
  let read = 0
  await Promise.all(
    Array.from({ length: connections }, async (_, reader) => {
      for (let turn = reader; performance.now() < until; turn++) {
        await client.get(paths[turn % paths.length] ?? '/uptake', '')
        read += 1
      }
    }),
  )
  return rounded(read / seconds)
}
