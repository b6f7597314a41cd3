import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { sql, systemProof, type Database, type Tx } from '#platform/db'
import { enqueue, runDueJobs } from '#platform/jobs'
import type { Role } from '#modules/access'
import { openAccess, setPracticeServices } from '#modules/access'
import { makeDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import {
  actingFor,
  anAccount,
  aPatient,
  aPractice,
  aStaffMember,
} from '../../../../test/support/surgery.ts'
import { aPlacedOrder, withhold } from '../../../../test/support/ordered.ts'
import { openPages, signedIn } from '../../../../test/support/visitor.ts'
import { messageJobs, writeNotice } from '../commands/write-notice.ts'
import { noticeFor, noticeTexts, type NoticeKind } from '../domain/notice.ts'
import { recentNotices } from '../queries/notices.ts'
import { registerMessages } from './routes.tsx'

let database: TestDatabase
let db: Database
let app: FastifyInstance

beforeAll(async () => {
  database = await makeDatabase(new Date('2026-04-01T09:00:00Z'))
  db = database.db
  app = await openPages(db, registerMessages)
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

type Practice = Awaited<ReturnType<typeof aPractice>>

const handlers = new Map(messageJobs.map((handler) => [handler.kind as string, handler]))
const quiet = { error: () => undefined, warn: () => undefined, info: () => undefined }

async function runJobs(): Promise<void> {
  while (await runDueJobs(db, handlers, quiet)) continue
}

async function aPatientVisiting() {
  const practice = await aPractice(db)
  const accountId = await anAccount(db, 'patient', { practice, subjectId: newId(db.now()) })
  const { patientId } = await aPatient(db, practice, { accountId })
  const visitor = await signedIn(app, accountId, {
    practice,
    subjectId: patientId,
    relation: 'self',
  })
  return {
    practice,
    patientId,
    accountId,
    visitor,
    acting: actingFor<'home'>(practice, patientId, accountId),
    ordering: actingFor<'prescriptions'>(practice, patientId, accountId),
  }
}

async function staffVisiting(practice: Practice, roles: readonly Role[]) {
  const { staffId } = await aStaffMember(db, practice, { name: 'Kim Shaw', roles })
  const link = { practice, subjectId: staffId }
  return signedIn(app, await anAccount(db, 'practice', link), { ...link, relation: 'staff' })
}

const tell = (practice: Practice, kind: NoticeKind, payload: Readonly<Record<string, string>>) =>
  db.transaction(systemProof(practice), (tx) => enqueue(tx, kind, payload))

describe('a notice', () => {
  test('is written once per job, however often the job runs', async () => {
    const { practice, patientId, acting, ordering } = await aPatientVisiting()
    const { orderId } = await aPlacedOrder(db, ordering)
    const job = { kind: 'prescriptions.send-decision', payload: { patientId, orderId } } as const
    const jobId = newId(db.now())
    const run = () =>
      db.transaction(systemProof(practice), (tx) => writeNotice(tx, { ...job, jobId }))
    await Promise.all([run(), run(), run()])
    await run()
    expect(await db.transaction(acting, recentNotices)).toHaveLength(1)
  })

  test('leads to the thing itself, or to the list where the job names none', () => {
    const orderId = newId<'Order'>(db.now())
    expect(noticeFor('prescriptions.send-decision', { orderId }).path).toBe(
      `/prescriptions/orders/${orderId}`,
    )
    expect(noticeFor('appointments.send-cancellation', {}).path).toBe('/appointments')
  })

  test.each(Object.values(noticeTexts))(
    'gives nothing clinical away: $subject',
    ({ subject, body }) => {
      expect(`${subject} ${body}`).not.toMatch(
        /medic|prescri|drug|tablet|clinic|test|result|nurse|doctor|Dr |reject|approv/i,
      )
    },
  )

  test('is not told to a person who may not use the service it is about', async () => {
    const { practice, patientId, visitor, acting, ordering } = await aPatientVisiting()
    const { orderId } = await aPlacedOrder(db, ordering)
    await tell(practice, 'prescriptions.send-decision', { patientId, orderId })
    await db.transaction(systemProof(practice), (tx) =>
      setPracticeServices(tx, { appointments: true, prescriptions: false, recordLevel: 'full' }),
    )
    await tell(practice, 'appointments.send-confirmation', {
      patientId,
      appointmentId: newId(db.now()),
    })
    await runJobs()
    const recent = await db.transaction(acting, recentNotices)
    expect(recent.map((notice) => notice.subject)).toEqual(['Your booking is confirmed'])
    expect((await visitor.get('/notices')).words).not.toContain('your order')
  })
})

/** DESIGN I-2: what is withheld leaves no trace in notices either. */
describe('a notice of an order', () => {
  test('is not written where what it is about was withheld meanwhile', async () => {
    const { practice, patientId, acting, ordering } = await aPatientVisiting()
    const { orderId, ids, itemIds } = await aPlacedOrder(db, ordering, [{}, { title: 'Ramipril' }])
    await withhold(db, ordering, ids[0])
    const [gone = '', shown = ''] = itemIds
    const about = { patientId, orderId }
    await tell(practice, 'prescriptions.send-ready', { ...about, itemIds: gone })
    await tell(practice, 'prescriptions.send-decision', { ...about, itemId: gone })
    await tell(practice, 'prescriptions.send-question', { ...about, itemId: newId(db.now()) })
    await runJobs()
    expect((await db.transaction(acting, recentNotices)).map(({ subject }) => subject)).toEqual([
      'Your GP surgery has your order',
    ])
    await tell(practice, 'prescriptions.send-ready', { ...about, itemIds: `${gone} ${shown}` })
    await runJobs()
    const told = (await db.transaction(acting, recentNotices)).map(({ subject }) => subject)
    expect(told.toSorted()).toEqual([
      'Your GP surgery has your order',
      'Your order can be collected',
    ])
    await withhold(db, ordering, ids[1])
    await tell(practice, 'prescriptions.send-pharmacy-news', about)
    await runJobs()
    expect(await db.transaction(acting, recentNotices)).toHaveLength(2)
  })

  test('is written where the medicine left the record since it was ordered', async () => {
    const { practice, patientId, acting, ordering } = await aPatientVisiting()
    const { orderId, ids } = await aPlacedOrder(db, ordering)
    database.setNow(new Date(db.now().getTime() + 60_000))
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update record.entry set closed_at = ${tx.now}
        where practice = ${practice} and entry_id = ${ids[0]}`),
    )
    await tell(practice, 'prescriptions.send-ready', { patientId, orderId })
    await runJobs()
    expect((await db.transaction(acting, recentNotices)).map(({ subject }) => subject)).toContain(
      'Your order can be collected',
    )
  })
})

describe('the notices page', () => {
  test('lists what happened, newest first, as new until it has been read', async () => {
    const { practice, patientId, visitor, acting, ordering } = await aPatientVisiting()
    const { orderId } = await aPlacedOrder(db, ordering)
    await runJobs()
    database.setNow(new Date('2026-04-01T09:05:00Z'))
    await tell(practice, 'prescriptions.send-decision', { patientId, orderId })
    await runJobs()

    expect(await db.transaction(acting, recentNotices)).toHaveLength(2)
    const first = await visitor.get('/notices')
    expect(first.words).toMatch(
      /There is news about your order New .* Your GP surgery has your order New/,
    )
    expect(first.html).toContain(`href="/prescriptions/orders/${orderId}"`)
    expect((await visitor.get('/notices')).words).not.toContain('New')
    expect(await db.transaction(acting, recentNotices)).toEqual([])
  })

  test('is still new for the patient after a proxy has read it', async () => {
    const { practice, patientId, acting } = await aPatientVisiting()
    const link = { practice, subjectId: patientId }
    const proxyId = await anAccount(db, 'patient', link)
    await db.transaction(systemProof(practice), (tx) =>
      openAccess(tx, {
        accountId: proxyId,
        patientId,
        relation: 'proxy',
        appointments: 'view',
        prescriptions: 'view',
        recordCurrent: 'none',
        recordHistorical: 'none',
        effectiveFrom: new Date(0),
      }),
    )
    await tell(practice, 'appointments.send-confirmation', { patientId })
    await runJobs()
    const proxy = await signedIn(app, proxyId, { ...link, relation: 'proxy' })
    expect((await proxy.get('/notices')).words).toContain('Your booking is confirmed New')
    expect((await proxy.get('/notices')).words).not.toContain('confirmed New')
    expect(await db.transaction(acting, recentNotices)).toHaveLength(1)
  })

  test('shows nothing of another patient, and pages', async () => {
    const { practice, patientId, visitor } = await aPatientVisiting()
    for (let index = 0; index < 23; index++)
      await tell(practice, 'appointments.send-confirmation', { patientId })
    await runJobs()
    expect((await visitor.get('/notices')).words.match(/Your booking is confirmed/g)).toHaveLength(
      20,
    )
    expect(
      (await visitor.get('/notices?page=2')).words.match(/Your booking is confirmed/g),
    ).toHaveLength(3)
    const other = await aPatientVisiting()
    expect((await other.visitor.get('/notices')).words).toContain('Nothing to show here.')
  })
})

describe('the outbox', () => {
  test('shows a demonstration practice’s manager what was told to whom', async () => {
    const { practice, patientId } = await aPatientVisiting()
    await tell(practice, 'appointments.send-cancellation', { patientId })
    await runJobs()
    const manager = await staffVisiting(practice, ['practice-manager'])
    const { words } = await manager.get('/practice/outbox')
    expect(words).toContain('Ann Patel')
    expect(words).toContain('ann@example.test')
    expect(words).toContain('An appointment was cancelled')
    const desk = await staffVisiting(practice, ['receptionist'])
    expect((await desk.get('/practice/outbox')).status).toBe(403)
  })

  test('is not there at a real practice', async () => {
    const practice = await aPractice(db, { isDemo: false })
    const manager = await staffVisiting(practice, ['practice-manager'])
    expect((await manager.get('/practice/outbox')).status).toBe(404)
  })
})

describe('a job for a notice', () => {
  test('that names no patient is kept to be tried again, and says so', async () => {
    const practice = await aPractice(db)
    await tell(practice, 'prescriptions.send-decision', {})
    await runDueJobs(db, handlers, quiet)
    const [job] = await db.transaction(systemProof(practice), (tx) =>
      tx.many<{
        readonly attempts: number
        readonly lastError?: string
        readonly doneAt?: Date
      }>(sql`
        select attempts, last_error, done_at from jobs.job where practice = ${practice} order by job_id limit 1`),
    )
    expect(job).toEqual({ attempts: 1, lastError: 'Error: The job of a notice names no patient' })
  })

  test('that the database refuses is kept with the code, not with the value that was refused', async () => {
    const practice = await aPractice(db)
    await tell(practice, 'prescriptions.send-decision', {})
    const kind = 'prescriptions.send-decision'
    const run = async (tx: Tx) => void (await tx.run(sql`select ${'a secret'}::uuid`))
    await runDueJobs(db, new Map([[kind, { kind, run } as const]]), quiet)
    const jobs = await db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly lastError?: string }>(sql`
        select last_error
        from jobs.job
        where practice = ${practice}
      `),
    )
    expect(jobs).toEqual([{ lastError: 'error 22P02' }])
  })
})
