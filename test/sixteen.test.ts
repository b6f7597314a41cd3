import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql, systemProof, type Database } from '#platform/db'
import { addPatients } from '#modules/directory'
import { openAccess } from '#modules/access'
import { newId } from '#kernel/id'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { runJobs } from './support/jobs.ts'
import { aDate } from './support/joining.ts'
import { anNhsNumber, aPractice } from './support/surgery.ts'

/** DOMAIN CFG-4. */
describe('the daily work on a sixteenth birthday', () => {
  let database: TestDatabase
  let db: Database

  beforeAll(async () => {
    database = await makeDatabase(new Date('2026-01-10T08:00:00Z'))
    db = database.db
  })
  afterAll(() => database.drop())

  test('gives what the practice gives from then on, after days that were missed, and tells them alone', async () => {
    const practice = await aPractice(db)
    const patientId = newId<'Patient'>(db.now())
    const accountId = newId<'Account'>(db.now())
    await db.transaction(systemProof(practice), async (tx) => {
      await addPatients(tx, [
        {
          patientId,
          nhsNumber: anNhsNumber(),
          givenName: 'Kit',
          familyName: 'Young',
          bornOn: aDate('2010-02-14'),
          sex: 'other',
          addressLines: [],
          email: 'a-parent@example.test',
          registration: 'active',
        },
      ])
      await openAccess(tx, {
        accountId,
        patientId,
        relation: 'self',
        appointments: 'manage',
        prescriptions: 'manage',
        recordCurrent: 'none',
        recordHistorical: 'none',
        effectiveFrom: tx.now,
        identityMethod: 'documents',
      })
    })
    const now = () =>
      db.transaction(systemProof(practice), (tx) =>
        tx.maybe<{ readonly recordCurrent: string; readonly effectiveFrom: Date }>(sql`
          select record_current, effective_from from access.association
          where practice = ${practice} and patient_id = ${patientId}`),
      )
    const notices = () =>
      db.transaction(systemProof(practice), (tx) =>
        tx.many<{ readonly accountId?: string; readonly sentTo?: string }>(sql`
          select account_id, sent_to from messages.notice
          where practice = ${practice} and patient_id = ${patientId}`),
      )
    database.setNow(new Date('2026-02-12T08:00:00Z'))
    await runJobs(db)
    expect(await now()).toMatchObject({ recordCurrent: 'none' })
    database.setNow(new Date('2026-02-20T08:00:00Z'))
    await runJobs(db)
    expect(await now()).toEqual({
      recordCurrent: 'full',
      effectiveFrom: new Date('2026-02-14T00:00:00Z'),
    })
    expect(await notices()).toEqual([{ accountId }])
    database.setNow(new Date('2026-03-20T08:00:00Z'))
    await runJobs(db)
    expect(await notices()).toHaveLength(1)
  })
})
