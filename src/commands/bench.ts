import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { migrate, openDatabase, refreshStatistics, type Database } from '#platform/db'
import { startEmbedded } from '#platform/postgres'
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
    patients: { type: 'string', default: '2000' },
    slots: { type: 'string', default: '200' },
    connections: { type: 'string', default: '64' },
    practices: { type: 'string', default: '6123' },
    only: { type: 'string' },
  },
})

type Embedded = Awaited<ReturnType<typeof startEmbedded>>
type Options = { readonly seconds: number; readonly connections: number }

const benchmarks = {
  rush: (db: Database, { url }: Embedded, { connections }: Options) =>
    rush(db, url, {
      patients: number('patients', values.patients),
      slots: number('slots', values.slots),
      connections,
    }),
  record: recordBench,
  work: (db: Database, database: Embedded, options: Options) =>
    workBench(db, database, {
      ...options,
      patients: number('patients', values.patients),
      explain: values.explain,
      ...(values.only !== undefined && { only: values.only }),
    }),
  uptake: (db: Database, embedded: Embedded, options: Options) =>
    uptakeBench(db, embedded, {
      ...options,
      practices: number('practices', values.practices),
      refresh: () => refreshStatistics(embedded.connection),
    }),
} as const

type Name = keyof typeof benchmarks

/** Runs one benchmark on a database of its own, which goes with it. */
async function run(name: Name): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'patient-online-bench-'))
  const embedded = await startEmbedded({
    dataDir,
    stopsWithOwner: true,
    settings: values.statements ? timingSettings : {},
  })
  await migrate(embedded.connection, 'database/migrations')
  const db = openDatabase({ ...embedded.connection, maxConnections: 16 }, () => new Date())
  const connections = number('connections', values.connections)
  const seconds = number('seconds', values.seconds)
  try {
    const { figures, notes } = await benchmarks[name](db, embedded, { seconds, connections })
    if (values.statements) await printStatements(embedded.url)
    printFigures(name, figures, notes, values.json)
  } finally {
    await db.close()
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function number(option: string, text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) {
    console.error(`--${option} must be a whole number above 0`)
    process.exit(2)
  }
  return value
}

const isName = (name: string): name is Name => Object.hasOwn(benchmarks, name)

const name = positionals[0] ?? ''
if (name === 'screen') {
  const { figures, notes } = screenBench(number('seconds', values.seconds))
  printFigures(name, figures, notes, values.json)
  process.exit(0)
}
if (!isName(name)) {
  const all = [...Object.keys(benchmarks), 'screen'].map((one) => `npm run bench -- ${one}`)
  console.error(`Name a benchmark: ${all.join(', ')}`)
  process.exit(2)
}
await run(name)
