import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { sql, systemProof, type Database } from '#platform/db'
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
import { aDay } from '../../../../../test/support/planning.ts'
import type { PaperReason } from '../../domain/eps/electronic.ts'
import { triesAtMost } from '../../domain/eps/sending.ts'
import { connectEps } from './connection.ts'
import { epsJobs } from './jobs.ts'
import { savePharmacies } from './save-pharmacies.ts'

const now = new Date('2026-04-02T09:00:00Z')
const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000)

let folder: string
let database: TestDatabase
let db: Database
let server: EpsServer

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eps-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(async () => {
  database = await makeDatabase(now)
  db = database.db
  server = await openEpsServer()
  writeFileSync(join(folder, 'token'), `${server.token}\n`)
})
afterEach(async () => {
  await server.close()
  await database.drop()
})

const connected = () =>
  epsJobs(
    connectEps({ url: server.url, trackingUrl: server.url, tokenFile: join(folder, 'token') }),
  )

/** Everything that is due at this many minutes after the start. */
async function runAt(minutes: number, handlers = connected()): Promise<void> {
  database.setNow(after(minutes))
  const others = [
    'prescriptions.send-decision',
    'prescriptions.send-ready',
    'access.daily',
  ] as const
  const ignored = others.map((kind) => ({ kind, run: () => Promise.resolve() }))
  expect(await runThese(db, [...handlers, ...ignored])).toEqual([])
}

interface StoredMessage {
  readonly state: string
  readonly tries: number
  readonly prescriptionId: string
  readonly reasons: unknown
  readonly lastFault?: string
}

const messagesOf = (practice: OdsCode) =>
  db.transaction(systemProof(practice), (tx) =>
    tx.many<StoredMessage>(sql`
      select state, tries, prescription_id, reasons, last_fault
      from prescriptions.eps_message
      where practice = ${practice}
      order by written_at, message_id
    `),
  )

const alertsOf = (practice: OdsCode) =>
  db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly kind: string; readonly words: string }>(sql`
      select kind, words
      from prescriptions.eps_alert
      where practice = ${practice}
      order by raised_at, alert_id
    `),
  )

async function anApprovedOrder(medicines = [coded]) {
  const made = await anEpsPractice(db)
  const { practice, patient, prescriber, pharmacy } = made
  const at = { practice, patientId: patient.patientId }
  const order = await anOrder(db, at, medicines, pharmacy.odsCode)
  for (const itemId of order.itemIds) await approve(db, prescriber, itemId)
  return { ...made, ...order, at }
}

describe('an approved item', () => {
  test('is sent to the pharmacy of its order and knows its prescription', async () => {
    const { practice, itemIds, pharmacy } = await anApprovedOrder()
    await runAt(2)
    expect(server.taken).toHaveLength(1)
    const [taken] = server.taken
    expect(taken?.lines).toEqual([
      { lineId: expect.any(String), drug: '319283006', pharmacy: pharmacy.odsCode },
    ])
    const item = await stateOf(db, practice, itemIds[0])
    expect(item).toMatchObject({ state: 'sent', prescriptionId: taken?.prescriptionId })
    expect(await messagesOf(practice)).toMatchObject([{ state: 'accepted' }])
    expect(await alertsOf(practice)).toEqual([])
  })

  test('goes with the others of its order that were approved within a minute, four at most', async () => {
    const { practice } = await anApprovedOrder(Array.from({ length: 6 }, () => coded))
    await runAt(2)
    expect(server.taken.map(({ lines }) => lines.length).toSorted()).toEqual([2, 4])
    const lineIds = server.taken.flatMap(({ lines }) => lines.map(({ lineId }) => lineId))
    expect(new Set(lineIds).size).toBe(6)
    expect(await messagesOf(practice)).toHaveLength(2)
  })

  test('stays in the outbox while no prescribing system is connected, and goes once one is', async () => {
    const { practice, itemIds } = await anApprovedOrder()
    await runAt(2, epsJobs(undefined))
    await runAt(200, epsJobs(undefined))
    expect(await messagesOf(practice)).toMatchObject([{ state: 'waiting', tries: 0 }])
    expect(await stateOf(db, practice, itemIds[0])).toMatchObject({ state: 'approved' })
    await runAt(400)
    expect(server.taken).toHaveLength(1)
    expect(await stateOf(db, practice, itemIds[0])).toMatchObject({ state: 'sent' })
  })

  test('stays where it is when its order is on paper', async () => {
    const { practice, prescriber, at } = await anApprovedOrder()
    const order = await anOrder(db, at, [coded], undefined)
    for (const itemId of order.itemIds) await approve(db, prescriber, itemId)
    await runAt(2)
    expect(server.taken).toHaveLength(1)
    expect(await stateOf(db, practice, order.itemIds[0])).toEqual({
      state: 'approved',
      version: 2,
    })
  })

  test.each<[PaperReason, Partial<typeof coded>]>([
    ['no-drug-code', { codings: [] }],
    ['no-drug-code', { codings: [{ system: 'http://read.info/readv2', code: 'bd3j.00' }] }],
    ['quantity-unclear', { ...coded, detail: { quantity: '1 pack' } }],
    ['no-dose', { ...coded, detail: { dose: '' } }],
  ])('goes on paper and says %s where it cannot be sent', async (why, medicine) => {
    const { practice, itemIds } = await anApprovedOrder([{ ...coded, ...medicine }])
    await runAt(2)
    expect(server.posts).toEqual([])
    expect(await stateOf(db, practice, itemIds[0])).toMatchObject({
      state: 'approved',
      paperReason: why,
    })
  })

  test('goes on paper where the prescriber is not known, or the pharmacy has closed', async () => {
    const { practice, patient, prescriber, pharmacy } = await anEpsPractice(db, { isSetUp: false })
    const at = { practice, patientId: patient.patientId }
    const order = await anOrder(db, at, [coded], pharmacy.odsCode)
    for (const itemId of order.itemIds) await approve(db, prescriber, itemId)
    expect(await stateOf(db, practice, order.itemIds[0])).toMatchObject({
      paperReason: 'practice-not-set-up',
    })

    const other = await anApprovedOrder()
    await db.transaction(systemProof(other.practice), (tx) =>
      savePharmacies(tx, [{ ...other.pharmacy, closedOn: aDay('2026-04-02') }]),
    )
    await runAt(2)
    expect(server.posts).toEqual([])
    expect(await stateOf(db, other.practice, other.itemIds[0])).toMatchObject({
      paperReason: 'pharmacy-closed',
    })
  })

  test('that is withdrawn before it was sent stays here, and the others of its order go', async () => {
    const { practice, itemIds } = await anApprovedOrder([coded, coded])
    await runAt(2, epsJobs(undefined))
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update prescriptions.order_item
        set state = 'withdrawn', version = version + 1
        where practice = ${practice}
          and item_id = ${itemIds[0]}
      `),
    )
    await runAt(120)
    expect(server.taken.map(({ lines }) => lines.length)).toEqual([1])
    expect(await stateOf(db, practice, itemIds[0])).toMatchObject({ state: 'withdrawn' })
    expect(await stateOf(db, practice, itemIds[1])).toMatchObject({ state: 'sent' })
  })
})

describe('a message', () => {
  test('is sent again as it was, under its id, until it is answered', async () => {
    const { practice, itemIds } = await anApprovedOrder()
    server.answerWith('server-fault', 'break-off', 'not-signed-in')
    await runAt(2)
    expect(await messagesOf(practice)).toMatchObject([{ state: 'waiting', tries: 2 }])
    await runAt(4)
    await runAt(8)
    await runAt(20)
    expect(server.posts).toHaveLength(4)
    expect(new Set(server.posts.map(({ requestId }) => requestId)).size).toBe(1)
    expect(new Set(server.posts.map(({ body }) => body)).size).toBe(1)
    expect(server.taken).toHaveLength(1)
    expect(await stateOf(db, practice, itemIds[0])).toMatchObject({ state: 'sent' })
  })

  test('that was taken and not answered is one prescription all the same', async () => {
    const { practice, itemIds } = await anApprovedOrder()
    server.answerWith('take-and-break-off')
    await runAt(2)
    expect(server.taken).toHaveLength(1)
    expect(await stateOf(db, practice, itemIds[0])).toMatchObject({ state: 'approved' })
    await runAt(10)
    expect(server.posts).toHaveLength(2)
    expect(server.taken).toHaveLength(1)
    expect(await stateOf(db, practice, itemIds[0])).toMatchObject({ state: 'sent' })
  })

  test('that is refused leaves its items approved and tells staff why', async () => {
    const { practice, itemIds } = await anApprovedOrder()
    server.answerWith('refuse')
    await runAt(2)
    await runAt(600)
    expect(server.posts).toHaveLength(1)
    expect(await messagesOf(practice)).toMatchObject([
      { state: 'rejected', reasons: [{ code: 'FAILURE_TO_PROCESS_MESSAGE' }] },
    ])
    expect(await alertsOf(practice)).toEqual([
      { kind: 'rejected', words: expect.stringContaining('invalid checksum') },
    ])
    expect(await stateOf(db, practice, itemIds[0])).toMatchObject({ state: 'approved' })
  })

  test('is given up after its last try, and staff are told', async () => {
    const { practice, itemIds } = await anApprovedOrder()
    server.answerWith(...Array.from({ length: triesAtMost }, () => 'server-fault' as const))
    for (let minutes = 2; minutes < 1200; minutes += 30) await runAt(minutes)
    expect(server.posts).toHaveLength(triesAtMost)
    expect(await messagesOf(practice)).toMatchObject([
      { state: 'failed', tries: triesAtMost, lastFault: 'answer 500' },
    ])
    expect(await alertsOf(practice)).toEqual([{ kind: 'failed', words: 'answer 500' }])
    expect(await stateOf(db, practice, itemIds[0])).toMatchObject({ state: 'approved' })
  })

  test('is one prescription though its sender is killed before it heard the answer', async () => {
    const { practice, itemIds } = await anApprovedOrder()
    await runAt(2, epsJobs(undefined))
    const held = server.holdNext()
    const worker = spawn(
      process.execPath,
      [
        fileURLToPath(new URL('../../../../../test/support/eps-worker.ts', import.meta.url)),
        database.settings.connectionString ?? '',
        server.url,
        server.token,
        after(70).toISOString(),
      ],
      { stdio: 'inherit' },
    )
    const gone = new Promise((resolve) => worker.once('exit', resolve))
    await held
    expect(server.taken).toHaveLength(1)
    expect(await messagesOf(practice)).toMatchObject([{ state: 'waiting', tries: 1 }])
    worker.kill('SIGKILL')
    await gone

    await runAt(75)
    expect(server.posts).toHaveLength(2)
    expect(server.taken).toHaveLength(1)
    expect(await stateOf(db, practice, itemIds[0])).toMatchObject({ state: 'sent' })
  })

  test('is sent by one of two workers alone', async () => {
    await anApprovedOrder()
    database.setNow(after(2))
    await Promise.all([runAt(2), runAt(2), runAt(2)])
    expect(server.posts).toHaveLength(1)
    expect(server.taken).toHaveLength(1)
  })
})
