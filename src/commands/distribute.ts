import { parseArgs } from 'node:util'
import { parseConfig } from '#platform/config'
import { connect, ConnectFailure } from '#platform/connect'
import { distribute } from '#platform/db'

const usage = 'Use: npm run db:distribute [-- --shards 32]'

function shardsAsked(): number | undefined {
  try {
    const { values } = parseArgs({ options: { shards: { type: 'string', default: '32' } } })
    return /^[1-9]\d{0,3}$/.test(values.shards) ? Number(values.shards) : undefined
  } catch {
    return undefined
  }
}

const missing = {
  installed:
    'The database has no Citus yet: run "create extension citus" in it, add its workers, then run this again.',
  available:
    'The database server does not have the Citus extension: nothing was spread. One machine needs none.',
}

/** `npm run db:distribute`: spreads the tables over the machines of the Citus that DATABASE_URL names. */
async function main(): Promise<number> {
  const shards = shardsAsked()
  if (shards === undefined) {
    console.error('--shards must be a whole number from 1 to 9999.')
    console.error(usage)
    return 2
  }
  const config = parseConfig(process.env)
  if (!config.ok) {
    for (const line of config.refusal) console.error(line)
    return 2
  }
  const connection = await connect(config.value, () => new Date(), { beside: true })
  try {
    const found = await distribute(connection.settings, {
      shards,
      tell: (line) => console.log(line),
    })
    if ('missing' in found) {
      console.error(missing[found.missing])
      return 1
    }
    console.log(`${found.spread.length} tables spread, ${found.before} were already.`)
    return 0
  } finally {
    await connection.stop()
  }
}

try {
  process.exitCode = await main()
} catch (fault) {
  if (!(fault instanceof ConnectFailure)) throw fault
  console.error(fault.message)
  process.exitCode = 1
}
