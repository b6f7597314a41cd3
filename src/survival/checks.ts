import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { checkTrail } from '#platform/audit'
import { clientFor, openDatabase, systemProof, type DatabaseSettings } from '#platform/db'
import { invariants } from './invariants.ts'
import type { Journal } from './journal.ts'
import { lostWork } from './lost-work.ts'
import { practice } from './practice.ts'
import { shownWrongly } from './shown-wrongly.ts'

/** How much was looked at, and one line for each thing found wrong. */
export interface Checked {
  readonly acknowledged: number
  readonly invariants: number
  readonly sealedEvents: number
  readonly breaches: readonly string[]
}

/**
 * Asks the database, at one instant and behind the application's back, for everything that was
 * acknowledged before, and for everything that must hold. Clients may go on meanwhile.
 */
export async function checkAll(
  settings: DatabaseSettings,
  journal: Journal,
  patientIds: readonly string[],
): Promise<Checked> {
  const known: Journal = { ...journal, acknowledged: [...journal.acknowledged] }
  const breaches: string[] = []
  const client = clientFor(settings, 'patient-online-survival')
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query('set local jit = off')
    breaches.push(...(await lostWork(client, known)))
    for (const { name, text } of invariants) breaches.push(...(await brokenBy(client, name, text)))
    breaches.push(...(await shownWrongly(client, practice, patientIds)))
    await client.query('commit')
  } finally {
    await client.end()
  }
  const trail = await checkChain(settings)
  if (!trail.whole) breaches.push(`I-7 the audit chain breaks at ${trail.sealNo}: ${trail.wrong}`)
  return {
    acknowledged: known.acknowledged.length,
    invariants: invariants.length + 2,
    sealedEvents: trail.whole ? trail.events : 0,
    breaches,
  }
}

async function brokenBy(client: pg.Client, name: string, text: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ what: string }>(`${text} limit 5`)
  return rows.map(({ what }) => `${name}: ${what}`)
}

async function checkChain(settings: DatabaseSettings) {
  const db = openDatabase({ ...settings, maxConnections: 1 }, () => new Date())
  try {
    return await db.transaction(systemProof(practice), checkTrail)
  } finally {
    await db.close()
  }
}

/** Waits until no job is due any more; what is left after so many seconds is a breach. */
export async function untilJobsDone(
  settings: DatabaseSettings,
  seconds: number,
): Promise<readonly string[]> {
  const client = clientFor(settings, 'patient-online-survival')
  await client.connect()
  try {
    const end = performance.now() + seconds * 1000
    for (;;) {
      const { rows } = await client.query<{ kind: string; count: number; fault: string }>(`
        select kind, count(*)::integer as count, coalesce(min(last_error), '') as fault
        from jobs.job
        where done_at is null
          and (run_at <= now() or attempts > 0)
        group by kind`)
      if (rows.length === 0) return []
      if (performance.now() > end)
        return rows.map(({ kind, count, fault }) => `${count} jobs ${kind} are not done: ${fault}`)
      await delay(250)
    }
  } finally {
    await client.end()
  }
}
