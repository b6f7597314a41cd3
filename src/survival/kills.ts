import { setTimeout as delay } from 'node:timers/promises'
import { clientFor, type DatabaseSettings } from '#platform/db'
import { percentile, rounded } from '../bench/figures.ts'
import { checkAll, untilJobsDone } from './checks.ts'
import { acknowledgedByKind, openJournal, type Journal } from './journal.ts'
import { startLoad } from './load.ts'
import { aRandom } from './chance.ts'
import { fillSurgery } from './fill-surgery.ts'
import { killProcess, postmaster } from './kill-process.ts'
import type { Size } from './practice.ts'
import type { Target } from './targets.ts'
import { keepServer, type KeptServer } from './processes.ts'
import type { Outcome } from './outcome.ts'

/** What may be killed outright. */
const victims = ['server', 'database', 'backend', 'both'] as const
type Victim = (typeof victims)[number]

/** What one run of kills is. */
export interface KillsAsked {
  readonly times: number
  /** No kill is begun after so long; a run that ends early says how many there were. */
  readonly minutes: number
  readonly seed: number
  readonly size: Size
  /** Milliseconds of load before a kill, at most. */
  readonly longestMs: number
}

/**
 * Kills server, database, one of its backends, or both, with -9 at random moments while people use
 * the service, and looks after each restart whether all that was acknowledged is there and all that
 * must hold does. Nobody helps: what is killed is started again as it was.
 */
export async function kills(target: Target, asked: KillsAsked): Promise<Outcome> {
  const server = await keepServer(target.environment)
  const journal = openJournal()
  const readyMs: number[] = []
  const checkMs: number[] = []
  const breaches: string[] = []
  const known = new Set<string>()
  const killed: Record<Victim, number> = { server: 0, database: 0, backend: 0, both: 0 }
  let checked = { acknowledged: 0, invariants: 0, sealedEvents: 0 }
  try {
    await server.untilReady()
    const { surgery, slotIds } = await fillSurgery(target.settings, asked.size)
    const patientIds = surgery.patients.map(({ patientId }) => patientId)
    const load = startLoad(surgery, slotIds, [server.port], journal)
    const chance = aRandom(asked.seed)
    const end = performance.now() + asked.minutes * 60_000
    for (let round = 0; round < asked.times && performance.now() < end; round++) {
      await delay(200 + chance() * asked.longestMs)
      const victim = victims[Math.floor(chance() * victims.length)] ?? 'both'
      await kill(victim, target, server, chance)
      killed[victim]++
      readyMs.push(await server.untilReady())
      const checking = performance.now()
      const found = await checkAll(target.settings, journal, patientIds)
      checkMs.push(performance.now() - checking)
      checked = found
      for (const one of found.breaches.filter((each) => !known.has(each))) {
        known.add(one)
        breaches.push(`after kill ${round + 1} (${victim}): ${one}`)
        console.error(`BREACH after kill ${round + 1} (${victim}): ${one}`)
      }
      console.error(
        `kill ${round + 1} (${victim}): ready after ${rounded((readyMs.at(-1) ?? 0) / 1000)} s, checked in ${rounded((checkMs.at(-1) ?? 0) / 1000)} s, ${found.acknowledged} acknowledged, ${breaches.length + journal.breaches.length} breaches ${journal.breaches.at(-1) ?? ''}`,
      )
      if (breaches.length > 50) break
    }
    await load.stop()
    breaches.push(...(await untilJobsDone(target.settings, 60)))
    const last = await checkAll(target.settings, journal, patientIds)
    checked = last
    breaches.push(
      ...last.breaches.filter((one) => !known.has(one)).map((one) => `at the end: ${one}`),
    )
  } finally {
    journal.isAbandoned = true
    await server.stop()
  }
  return outcomeOf(journal, { killed, readyMs, checkMs, checked, breaches, server })
}

async function kill(
  victim: Victim,
  target: Target,
  server: KeptServer,
  chance: () => number,
): Promise<void> {
  if (victim === 'backend') {
    const pids = await backends(target.settings)
    killProcess(pids[Math.floor(chance() * pids.length)])
    return
  }
  if (victim !== 'server') killProcess(postmaster(target.dataDir))
  if (victim !== 'database') server.kill()
}

async function backends(settings: DatabaseSettings): Promise<readonly number[]> {
  const client = clientFor(settings, 'patient-online-survival')
  try {
    await client.connect()
    const { rows } = await client.query<{ pid: number }>(
      `select pid from pg_stat_activity where application_name = 'patient-online'`,
    )
    return rows.map(({ pid }) => pid)
  } catch {
    return []
  } finally {
    await client.end().catch(() => undefined)
  }
}

function outcomeOf(
  journal: Journal,
  run: {
    readonly killed: Readonly<Record<Victim, number>>
    readonly readyMs: readonly number[]
    readonly checkMs: readonly number[]
    readonly checked: {
      readonly acknowledged: number
      readonly invariants: number
      readonly sealedEvents: number
    }
    readonly breaches: readonly string[]
    readonly server: KeptServer
  },
): Outcome {
  const { killed, readyMs, checkMs, checked, server } = run
  const count = Object.values(killed).reduce((sum, one) => sum + one, 0)
  return {
    figures: {
      kills: count,
      ...Object.fromEntries(
        Object.entries(killed).map(([victim, times]) => [`killed ${victim}`, times]),
      ),
      ...Object.fromEntries(
        Object.entries(acknowledgedByKind(journal)).map(([kind, many]) => [`ack. ${kind}`, many]),
      ),
      acknowledged: checked.acknowledged,
      ...journal.counts,
      'starts of the server': server.starts.count,
      'starts that failed': server.starts.failed,
      'ready again p50 ms': rounded(percentile(readyMs, 0.5)),
      'ready again worst ms': rounded(Math.max(0, ...readyMs)),
      'to check p50 ms': rounded(percentile(checkMs, 0.5)),
      'to check worst ms': rounded(Math.max(0, ...checkMs)),
      'sealed audit events': checked.sealedEvents,
      'invariants, each time': checked.invariants,
    },
    notes: server.starts.said.map((said) => `a start failed: ${said}`),
    breaches: [
      ...journal.breaches,
      ...run.breaches,
      // Nobody killed it then. Only a database that is away may keep it from starting.
      ...server.starts.said
        .filter((said) => !said.includes('cannot be reached'))
        .map((said) => `the server ended by itself: ${said}`),
    ],
  }
}
