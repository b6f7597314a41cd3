import { parseConfig } from '#platform/config'
import { checkTrail } from '#platform/audit'
import { connect, ConnectFailure } from '#platform/connect'
import { systemProof } from '#platform/db'
import { practiceCodes } from '#modules/directory'

/** `npm run audit -- verify`: checks every practice's chain of seals and names the first break. */
async function verify(): Promise<number> {
  const config = parseConfig(process.env)
  if (!config.ok) {
    console.error(config.refusal.join('\n'))
    return 1
  }
  const connection = await connect(config.value, () => new Date(), { beside: true })
  let broken = 0
  try {
    for (const practice of await practiceCodes(connection.db)) {
      const check = await connection.db.transaction(systemProof(practice), checkTrail)
      if (check.whole) {
        console.log(
          `${practice} whole: ${check.events} events under ${check.seals} seals, ${check.unsealed} not yet sealed`,
        )
      } else {
        broken++
        console.log(`${practice} BROKEN at seal ${check.sealNo}: ${check.wrong}`)
      }
    }
  } finally {
    await connection.stop()
  }
  return broken === 0 ? 0 : 1
}

if (process.argv[2] !== 'verify') {
  console.error('Say what to do: npm run audit -- verify')
  process.exit(2)
}
try {
  process.exit(await verify())
} catch (fault) {
  if (!(fault instanceof ConnectFailure)) throw fault
  console.error(fault.message)
  process.exit(1)
}
