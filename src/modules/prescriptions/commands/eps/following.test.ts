import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { sql, systemProof, type Database } from '#platform/db'
import type { JobHandler } from '#platform/jobs'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import {
  anEpsPractice,
  anOrder,
  approve,
  coded,
  runThese,
  stateOf,
} from '../../../../../test/support/eps-practice.ts'
import { openEpsServer, type EpsServer } from '../../../../../test/support/eps-server.ts'
import { trackedStates } from '../../domain/eps/tracking.ts'
import type { ItemId } from '../../domain/item.ts'
import { connectEps } from './connection.ts'
import { epsJobs } from './jobs.ts'

const now = new Date('2026-04-02T09:00:00Z')
const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000)

let folder: string
let database: TestDatabase
let db: Database
let server: EpsServer
let told: string[]

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eps-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(async () => {
  database = await makeDatabase(now)
  db = database.db
  server = await openEpsServer()
  told = []
  writeFileSync(join(folder, 'token'), server.token)
})
afterEach(async () => {
  await server.close()
  await database.drop()
})

const notices: readonly JobHandler[] = (
  [
    'prescriptions.send-decision',
    'prescriptions.send-ready',
    'prescriptions.send-pharmacy-news',
  ] as const
).map((kind) => ({
  kind,
  run: () => {
    if (kind !== 'prescriptions.send-decision') told.push(kind)
    return Promise.resolve()
  },
}))

async function runAt(minutes: number): Promise<void> {
  database.setNow(after(minutes))
  const tokenFile = join(folder, 'token')
  const eps = connectEps({ url: server.url, trackingUrl: server.url, tokenFile })
  expect(await runThese(db, [...epsJobs(eps), ...notices])).toEqual([])
}

/** A sent prescription of two medicines, and the line of each. */
async function aSentPrescription() {
  const made = await anEpsPractice(db)
  const { practice, patient, prescriber, pharmacy } = made
  const at = { practice, patientId: patient.patientId }
  const order = await anOrder(db, at, [coded, coded], pharmacy.odsCode)
  for (const itemId of order.itemIds) await approve(db, prescriber, itemId)
  await runAt(2)
  const lines = await db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly itemId: ItemId; readonly lineId: string }>(sql`
      select item_id, line_id
      from prescriptions.eps_line
      where practice = ${practice}
    `),
  )
  const lineOf = (place: 0 | 1) =>
    lines.find(({ itemId }) => itemId === order.itemIds[place])?.lineId ?? ''
  return { ...made, ...order, lineOf }
}

const report = (lineId: string, status: string, minutes: number) =>
  server.report({ lineId, status, at: after(minutes).toISOString() })

const alertsOf = (practice: OdsCode) =>
  db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly kind: string; readonly words: string }>(sql`
      select kind, words
      from prescriptions.eps_alert
      where practice = ${practice}
      order by raised_at, alert_id
    `),
  )

const stepsOf = (practice: OdsCode, itemId: ItemId | undefined) =>
  db.transaction(systemProof(practice), async (tx) => {
    const steps = await tx.many<{ readonly state: string; readonly version: number }>(sql`
      select state, version
      from prescriptions.item_step
      where practice = ${practice}
        and item_id = ${itemId}
      order by version
    `)
    return steps.map(({ state }) => state)
  })

describe('a sent prescription', () => {
  test('moves with what the pharmacy reports, item by item, and the patient is told once', async () => {
    const { practice, itemIds, lineOf } = await aSentPrescription()
    report(lineOf(0), 'With Pharmacy', 10)
    await runAt(20)
    expect(await stateOf(db, practice, itemIds[0])).toMatchObject({
      state: 'with-pharmacy',
      statusAt: after(10),
    })
    expect(await stateOf(db, practice, itemIds[1])).toMatchObject({ state: 'sent' })
    expect(told).toEqual([])

    report(lineOf(0), 'Ready to Collect', 30)
    report(lineOf(1), 'Ready to Collect - Partial', 31)
    await runAt(40)
    expect(await stateOf(db, practice, itemIds[0])).toMatchObject({ state: 'ready' })
    expect(await stateOf(db, practice, itemIds[1])).toMatchObject({ state: 'ready-partly' })
    await runAt(60)
    await runAt(80)
    expect(told).toEqual(['prescriptions.send-ready'])
    expect(await stepsOf(practice, itemIds[0])).toEqual([
      'approved',
      'sent',
      'with-pharmacy',
      'ready',
    ])
  })

  test('is asked about until everything is collected, and no more', async () => {
    const { lineOf, practice, itemIds } = await aSentPrescription()
    report(lineOf(0), 'Collected', 10)
    report(lineOf(1), 'Not Dispensed', 11)
    await runAt(20)
    expect(await stateOf(db, practice, itemIds[1])).toMatchObject({ state: 'not-dispensed' })
    expect(told).toEqual(['prescriptions.send-pharmacy-news'])
    const waiting = await db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly kind: string }>(sql`
        select kind
        from jobs.job
        where practice = ${practice}
          and done_at is null
          and kind like 'prescriptions.%'
      `),
    )
    expect(waiting).toEqual([])
  })

  test('waits longer after each failure to ask, and loses nothing by it', async () => {
    const { lineOf, practice, itemIds } = await aSentPrescription()
    report(lineOf(0), 'Ready to Collect', 5)
    server.isTrackingBroken = true
    await runAt(20)
    await runAt(40)
    expect(await stateOf(db, practice, itemIds[0])).toMatchObject({ state: 'sent' })
    server.isTrackingBroken = false
    await runAt(300)
    expect(await stateOf(db, practice, itemIds[0])).toMatchObject({ state: 'ready' })
  })

  test('keeps a status nobody knows, tells staff once, and moves nothing', async () => {
    const { lineOf, practice, itemIds } = await aSentPrescription()
    report(lineOf(0), 'Eaten by the dog', 10)
    for (const minutes of [20, 40, 60]) await runAt(minutes)
    expect(await stateOf(db, practice, itemIds[0])).toMatchObject({ state: 'sent' })
    expect(await alertsOf(practice)).toEqual([
      { kind: 'unknown-status', words: 'Eaten by the dog' },
    ])
  })

  test('is not moved by what was true before, however late it is heard', async () => {
    const { lineOf, practice, itemIds } = await aSentPrescription()
    report(lineOf(0), 'Collected', 50)
    await runAt(60)
    report(lineOf(0), 'Ready to Collect', 40)
    report(lineOf(0), 'With Pharmacy', 30)
    await runAt(80)
    expect(await stateOf(db, practice, itemIds[0])).toMatchObject({
      state: 'collected',
      statusAt: after(50),
    })
    expect(told).toEqual([])
  })

  test('goes on from what a pharmacy whose clock runs ahead has said', async () => {
    const { lineOf, practice, itemIds } = await aSentPrescription()
    report(lineOf(0), 'Ready to Collect', 500_000)
    await runAt(20)
    expect(await stateOf(db, practice, itemIds[0])).toMatchObject({
      state: 'ready',
      statusAt: after(20),
    })
    await runAt(40)
    report(lineOf(0), 'Collected', 50)
    await runAt(60)
    expect(await stateOf(db, practice, itemIds[0])).toMatchObject({ state: 'collected' })
    expect(told).toEqual(['prescriptions.send-ready'])
  })

  test('that was withdrawn and is reported on all the same is put before staff', async () => {
    const { lineOf, practice, itemIds } = await aSentPrescription()
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update prescriptions.order_item
        set state = 'withdrawn', status_at = ${after(5)}, version = version + 1
        where practice = ${practice}
          and item_id = ${itemIds[0]}
      `),
    )
    report(lineOf(0), 'Ready to Collect', 10)
    await runAt(20)
    expect(await stateOf(db, practice, itemIds[0])).toMatchObject({ state: 'ready' })
    expect(await alertsOf(practice)).toEqual([{ kind: 'after-withdrawal', words: '' }])
  })

  test('ends in the state of the latest report, whichever polls heard which', async () => {
    const aReport = fc.record({
      status: fc.constantFrom(
        ...Object.keys(trackedStates).filter((one) => !one.startsWith('Tracking')),
      ),
      minutes: fc.uniqueArray(fc.integer({ min: 3, max: 14 }), { minLength: 1, maxLength: 1 }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(aReport, {
          selector: ({ minutes }) => minutes[0],
          minLength: 1,
          maxLength: 4,
        }),
        async (reports) => {
          const sent = await aSentPrescription()
          const base = (database.db.now().getTime() - now.getTime()) / 60_000 - 2
          for (const [place, { status, minutes }] of reports.entries()) {
            report(sent.lineOf(0), status, base + (minutes[0] ?? 0))
            await runAt(base + 20 * (place + 1))
          }
          const latest = reports
            .toSorted((a, b) => (a.minutes[0] ?? 0) - (b.minutes[0] ?? 0))
            .at(-1)
          const state = trackedStates[latest?.status as keyof typeof trackedStates]
          expect(await stateOf(db, sent.practice, sent.itemIds[0])).toMatchObject({ state })
          database.setNow(now)
        },
      ),
      { numRuns: 6 },
    )
  }, 120_000)
})
