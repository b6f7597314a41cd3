import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { clientFor, openDatabase, type DatabaseSettings } from '#platform/db'
import { percentile, rounded } from '../bench/figures.ts'
import { checkAll, untilJobsDone } from './checks.ts'
import { acknowledgedByKind, openJournal, type Journal } from './journal.ts'
import { startLoad } from './load.ts'
import { aRandom } from './chance.ts'
import { makeSurgery, type Size } from './practice.ts'
import { keepServer, type KeptServer } from './processes.ts'
import type { Outcome } from './outcome.ts'

/** What may be killed outright. */
const victims = ['server', 'database', 'backend', 'both'] as const
type Victim = (typeof victims)[number]

/** A database under a server: where it is, and which process is its postmaster. */
export interface Target {
  readonly settings: DatabaseSettings
  /** Settings of the server that make it use this database. */
  readonly environment: Readonly<Record<string, string>>
  /** The folder that holds the database's cluster. */
  readonly dataDir: string
}

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
  const breaches: string[] = []
  const killed: Record<Victim, number> = { server: 0, database: 0, backend: 0, both: 0 }
  let checked = { acknowledged: 0, invariants: 0, sealedEvents: 0 }
  try {
    await server.untilReady()
    const { surgery, slotIds } = await fill(target.settings, asked.size)
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
      const found = await checkAll(target.settings, journal, patientIds)
      checked = found
      breaches.push(...found.breaches.map((one) => `after kill ${round + 1} (${victim}): ${one}`))
      console.error(
        `kill ${round + 1} (${victim}): ready after ${rounded((readyMs.at(-1) ?? 0) / 1000)} s, ${found.acknowledged} acknowledged, ${breaches.length + journal.breaches.length} breaches`,
      )
      if (breaches.length > 50) break
    }
    await load.stop()
    breaches.push(...(await untilJobsDone(target.settings, 60)))
    const last = await checkAll(target.settings, journal, patientIds)
    checked = last
    breaches.push(...last.breaches.map((one) => `at the end: ${one}`))
  } finally {
    journal.isAbandoned = true
    await server.stop()
  }
  return outcomeOf(journal, { killed, readyMs, checked, breaches, server })
}

async function fill(settings: DatabaseSettings, size: Size) {
  const db = openDatabase({ ...settings, maxConnections: 4 }, () => new Date())
  try {
    const surgery = await makeSurgery(db, settings, size)
    return { surgery, slotIds: await allSlots(settings) }
  } finally {
    await db.close()
  }
}

/** Every slot of the practice, so that clients choose among all and not the first page. */
export async function allSlots(settings: DatabaseSettings): Promise<readonly string[]> {
  const client = clientFor(settings, 'patient-online-survival')
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string }>(
      'select slot_id as id from appointments.slot order by slot_id',
    )
    return rows.map(({ id }) => id)
  } finally {
    await client.end()
  }
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

function postmaster(dataDir: string): number | undefined {
  try {
    const text = readFileSync(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8')
    return Number(text.split('\n')[0])
  } catch {
    return undefined
  }
}

function killProcess(pid: number | undefined): void {
  if (pid === undefined || !(pid > 1)) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch (fault) {
    if (!(fault instanceof Error && 'code' in fault && fault.code === 'ESRCH')) throw fault
  }
}

function outcomeOf(
  journal: Journal,
  run: {
    readonly killed: Readonly<Record<Victim, number>>
    readonly readyMs: readonly number[]
    readonly checked: {
      readonly acknowledged: number
      readonly invariants: number
      readonly sealedEvents: number
    }
    readonly breaches: readonly string[]
    readonly server: KeptServer
  },
): Outcome {
  const { killed, readyMs, checked, server } = run
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
      'sealed audit events': checked.sealedEvents,
      'invariants, each time': checked.invariants,
    },
    notes: server.starts.said.map((said) => `a start failed: ${said}`),
    breaches: [...journal.breaches, ...run.breaches],
  }
}
