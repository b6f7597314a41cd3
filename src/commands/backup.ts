import { resolve } from 'node:path'
import { parseConfig } from '#platform/config'
import { takeBackup } from '#platform/backup'
import { ConnectFailure, reach } from '#platform/connect'

/** `npm run backup -- FOLDER`: everything as it is at one instant, while the service goes on. */
async function backup(folder: string): Promise<number> {
  const config = parseConfig(process.env)
  if (!config.ok) {
    console.error(config.refusal.join('\n'))
    return 1
  }
  const reached = await reach(config.value, { beside: true })
  try {
    const { tables } = await takeBackup(reached.settings, folder, new Date())
    const rows = tables.reduce((sum, table) => sum + table.rows, 0)
    console.log(`${folder}: ${rows} rows of ${tables.length} tables`)
    return 0
  } finally {
    await reached.stop()
  }
}

const [folder, ...more] = process.argv.slice(2)
if (folder === undefined || more.length > 0) {
  console.error('Say where to: npm run backup -- FOLDER (a new one)')
  process.exit(2)
}
try {
  process.exit(await backup(resolve(folder)))
} catch (fault) {
  if (fault instanceof ConnectFailure) console.error(fault.message)
  else if (fault instanceof Error && 'code' in fault && fault.code === 'EEXIST')
    console.error(`${folder} is there already: say a new folder.`)
  else throw fault
  process.exit(1)
}
