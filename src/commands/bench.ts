import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { migrate, openDatabase, refreshStatistics, type Database } from '#platform/db'
import { startEmbedded } from '#platform/postgres'
import { monthBench } from '../bench/england/month.ts'
import { scaleBench } from '../bench/england/scale.ts'
import { printFigures } from '../bench/figures.ts'
import { recordBench } from '../bench/record.ts'
import { rush } from '../bench/rush.ts'
import { screenBench } from '../bench/screen.ts'
import { printStatements, timingSettings } from '../bench/statements.ts'
import { uptakeBench } from '../bench/uptake.ts'
import { workBench } from '../bench/work.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
    statements: { type: 'boolean', default: false },
    explain: { type: 'boolean', default: false },
    patients: { type: 'string' },
    slots: { type: 'string', default: '200' },
    connections: { type: 'string', default: '64' },
    practices: { type: 'string' },
    share: { type: 'string', default: '0.001' },
    records: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
})

type Embedded = Awaited<ReturnType<typeof startEmbedded>>
type Options = { readonly seconds: number; readonly connections: number }
interface Found {
  readonly figures: Readonly<Record<string, number>>
  readonly notes: readonly string[]
}

const benchmarks = {
  rush: (db: Database, { url }: Embedded, { connections }: Options) =>
    rush(db, url, {
      patients: number('patients', values.patients ?? '2000'),
      slots: number('slots', values.slots),
      connections,
    }),
  record: recordBench,
  work: (db: Database, database: Embedded, options: Options) =>
    workBench(db, database, {
      ...options,
      patients: number('patients', values.patients ?? '2000'),
      explain: values.explain,
      ...(values.only !== undefined && { only: values.only }),
    }),
  month: (db: Database, database: Embedded, { connections }: Options) =>
    monthBench(db, database, {
      ...mix(),
      share: share(),
      practices: number('practices', values.practices ?? '20'),
      connections,
      explain: values.explain,
    }),
  scale: (_: Database, database: Embedded, options: Options) =>
    scaleBench(database, { ...options, ...mix(), sizes: sizes(), statements: values.statements }),
  uptake: (db: Database, embedded: Embedded, options: Options) =>
    uptakeBench(db, embedded, {
      ...options,
      practices: number('practices', values.practices ?? '6123'),
      refresh: () => refreshStatistics(embedded.connection),
    }),
} as const

type Name = keyof typeof benchmarks

/**
 * Servers of four sizes hold connections at once, and much is written in a short time. While it is
 * measured nothing is analysed: a small table would be each minute, and every plan made anew for it.
 */
const roomy = { max_connections: '200', max_wal_size: '8GB', autovacuum: 'off' } as const

function mix() {
  return {
    patients: number('patients', values.patients ?? '100'),
    recordPages: number('records', values.records),
  }
}

/** Runs one benchmark on a database of its own, which goes with it. */
async function run(name: Name): Promise<Found> {
  const dataDir = mkdtempSync(join(tmpdir(), 'patient-online-bench-'))
  const embedded = await startEmbedded({
    dataDir,
    stopsWithOwner: true,
    settings: {
      ...((name === 'scale' || name === 'month') && roomy),
      ...(values.statements && timingSettings),
    },
  })
  await migrate(embedded.connection, 'database/migrations')
  const db = openDatabase({ ...embedded.connection, maxConnections: 16 }, () => new Date())
  const connections = number('connections', values.connections)
  const seconds = number('seconds', values.seconds)
  try {
    const found = await benchmarks[name](db, embedded, { seconds, connections })
    if (values.statements && name !== 'scale') await printStatements(embedded.url)
    return found
  } finally {
    await db.close()
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function sizes(): readonly number[] {
  const all = (values.practices ?? '1,10,100,1000').split(',')
  return all.map((size) => number('practices', size)).toSorted((a, b) => a - b)
}

function number(option: string, text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) {
    console.error(`--${option} must be a whole number above 0`)
    process.exit(2)
  }
  return value
}

function share(): number {
  const value = Number(values.share)
  if (value > 0 && value <= 1) return value
  console.error('--share must be a number above 0 and at most 1')
  process.exit(2)
}

const isName = (name: string): name is Name => Object.hasOwn(benchmarks, name)

const name = positionals[0] ?? ''
const isScreen = name === 'screen'
if (!isName(name) && !isScreen) {
  const all = [...Object.keys(benchmarks), 'screen']
  console.error(`Name a benchmark: ${all.map((one) => `npm run bench -- ${one}`).join(', ')}`)
  process.exit(2)
}
const { figures, notes } = isName(name)
  ? await run(name)
  : screenBench(number('seconds', values.seconds))
printFigures(name, figures, notes, values.json)
