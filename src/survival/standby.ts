import { setTimeout as delay } from 'node:timers/promises'
import { rounded } from '../bench/figures.ts'
import { clientFor } from '#platform/db'
import { checkAll, untilJobsDone } from './checks.ts'
import { fillSurgery } from './fill-surgery.ts'
import { acknowledgedByKind, openJournal, type Journal } from './journal.ts'
import { killProcess, postmaster } from './kill-process.ts'
import { startLoad } from './load.ts'
import type { Outcome } from './outcome.ts'
import type { Size } from './practice.ts'
import { keepServer } from './processes.ts'
import { copyAsStandby, startPrimary, type Node } from './replication.ts'

/**
 * A synchronous standby is promoted under load after its primary was killed with -9, as many times
 * as asked: the old primary's place is then taken by a new standby of the new primary. The server
 * knows both addresses and finds the one that takes writes by itself.
 */
export async function standby(
  folders: readonly [string, string],
  { times, size }: { readonly times: number; readonly size: Size },
): Promise<Outcome> {
  const journal = openJournal()
  const breaches: string[] = []
  const away: number[] = []
  let primary = await startPrimary(folders[0])
  let second: Node | undefined
  const { surgery, slotIds } = await fillSurgery(primary.settings, size)
  const patientIds = surgery.patients.map(({ patientId }) => patientId)
  const hosts = folders.map((folder) => encodeURIComponent(folder)).join(',')
  const server = await keepServer({
    DATABASE_URL: `postgres://postgres@/postgres?host=${hosts}&port=5432&target_session_attrs=read-write`,
  })
  try {
    await server.untilReady()
    const load = startLoad(surgery, slotIds, [server.port], journal)
    for (let round = 0; round < times; round++) {
      second = await copyAsStandby(primary, folders[(round + 1) % 2] ?? '')
      await delay(3000)
      killProcess(postmaster(primary.dataDir))
      const gone = primary.database.stop()
      const from = { at: performance.now(), count: journal.acknowledged.length }
      await promote(second)
      await untilAcknowledged(journal, from.count)
      away.push(rounded((performance.now() - from.at) / 1000))
      await gone
      const found = await checkAll(second.settings, journal, patientIds)
      breaches.push(...found.breaches.map((one) => `after promotion ${round + 1}: ${one}`))
      console.error(
        `promotion ${round + 1}: away ${away.at(-1) ?? 0} s, ${found.acknowledged} acknowledged, ${breaches.length} breaches`,
      )
      primary = second
      second = undefined
    }
    await load.stop()
    breaches.push(...(await untilJobsDone(primary.settings, 120)))
    const last = await checkAll(primary.settings, journal, patientIds)
    breaches.push(...server.starts.said.map((said) => `the server ended: ${said}`))
    return {
      figures: {
        promotions: away.length,
        'worst seconds without service': Math.max(0, ...away),
        ...acknowledgedByKind(journal),
        ...journal.counts,
        'starts of the server': server.starts.count,
        'sealed audit events': last.sealedEvents,
      },
      breaches: [...journal.breaches, ...breaches, ...last.breaches],
    }
  } finally {
    journal.isAbandoned = true
    await server.stop()
    await second?.database.stop()
    await primary.database.stop()
  }
}

async function promote(node: Node): Promise<void> {
  const client = clientFor(node.settings, 'patient-online-survival')
  await client.connect()
  try {
    await client.query('select pg_promote(true, 60)')
  } finally {
    await client.end()
  }
}

/** Until something new was acknowledged: only then does the service serve again. */
async function untilAcknowledged(journal: Journal, before: number): Promise<void> {
  const end = performance.now() + 120_000
  while (journal.acknowledged.length <= before) {
    if (performance.now() > end) throw new Error('Nothing was acknowledged after a promotion')
    await delay(20)
  }
}
