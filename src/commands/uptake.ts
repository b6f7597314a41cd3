import { parseConfig } from '#platform/config'
import { connect, ConnectFailure } from '#platform/connect'
import type { Database } from '#platform/db'
import { loadFiles } from './uptake/load-files.ts'
import { parseAsked, usage, type Asked } from './uptake/parse-asked.ts'
import { returnMonth } from './uptake/return-month.ts'

/** `npm run uptake`: counts a month and writes its files, or takes files in. */
function run(db: Database, asked: Asked): Promise<number> {
  return asked.kind === 'month' ? returnMonth(db, asked) : loadFiles(db, asked)
}

async function main(): Promise<number> {
  const asked = parseAsked(process.argv.slice(2))
  if (!asked.ok) {
    console.error(`${asked.refusal}\n${usage}`)
    return 2
  }
  const config = parseConfig(process.env)
  if (!config.ok) {
    console.error(config.refusal.join('\n'))
    return 2
  }
  const connection = await connect(config.value, () => new Date(), { beside: true })
  try {
    return await run(connection.db, asked.value)
  } finally {
    await connection.stop()
  }
}

try {
  process.exitCode = await main()
} catch (fault) {
  const isFile = fault instanceof Error && 'code' in fault && 'path' in fault
  if (!isFile && !(fault instanceof ConnectFailure)) throw fault
  console.error(fault.message)
  process.exitCode = 1
}
