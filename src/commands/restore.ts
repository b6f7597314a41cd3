import { resolve } from 'node:path'
import { checkTrail } from '#platform/audit'
import { restoreBackup } from '#platform/backup'
import { parseConfig, type Config } from '#platform/config'
import { connect, ConnectFailure, reach } from '#platform/connect'
import { refreshStatistics, systemProof } from '#platform/db'
import { practiceCodes } from '#modules/directory'

const migrations = 'database/migrations'

/** `npm run restore -- FOLDER`: fills an empty database with a backup and verifies what came in. */
async function restore(folder: string): Promise<number> {
  const config = parseConfig(process.env)
  if (!config.ok) {
    console.error(config.refusal.join('\n'))
    return 1
  }
  const reached = await reach(config.value)
  const { settings } = reached
  try {
    const restored = await restoreBackup(settings, folder, migrations)
    if (!restored.ok) {
      console.error(restored.refusal)
      return 1
    }
    await refreshStatistics(settings)
    const { tables, takenAt } = restored.value
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    console.log(`${rows} rows of ${tables.length} tables, as they were at ${takenAt}`)
  } finally {
    await reached.stop()
  }
  return verifyTrails(config.value)
}

async function verifyTrails(config: Config): Promise<number> {
  const connection = await connect(config, () => new Date())
  let broken = 0
  let events = 0
  try {
    const practices = await practiceCodes(connection.db)
    for (const practice of practices) {
      const check = await connection.db.transaction(systemProof(practice), checkTrail)
      if (check.whole) events += check.events + check.unsealed
      else {
        broken++
        console.error(`${practice}: audit trail BROKEN at seal ${check.sealNo}: ${check.wrong}`)
      }
    }
    console.log(`${events} audit events of ${practices.length} practices, ${broken} chains broken`)
  } finally {
    await connection.stop()
  }
  return broken === 0 ? 0 : 1
}

const [folder, ...more] = process.argv.slice(2)
if (folder === undefined || more.length > 0) {
  console.error('Say from where: npm run restore -- FOLDER')
  process.exit(2)
}
try {
  process.exit(await restore(resolve(folder)))
} catch (fault) {
  if (!(fault instanceof ConnectFailure)) throw fault
  console.error(fault.message)
  process.exit(1)
}
