import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccountId } from '#modules/accounts'
import { addDays, ageOn, localDateOf } from '#kernel/time'
import { sql, systemProof } from '#platform/db'
import { birthdayAt } from '../src/modules/access/domain/proxies/birthdays.ts'
import { openAssociation } from '../src/modules/access/queries/associations.ts'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { aDate, aPatientWithoutAccount, aProxyFor } from './support/joining.ts'
import { runJobs } from './support/jobs.ts'
import { actingFor, aPractice } from './support/surgery.ts'

const start = new Date('2026-03-02T08:00:00Z')
const aParent = {
  relationship: 'parent',
  basis: 'parental-responsibility',
  evidence: 'birth-certificate',
} as const

/** Days without a server, and the minute of the day at which it is there again. */
const aWait = fc.record({ days: fc.integer({ min: 1, max: 500 }), minute: fc.nat(1439) })
const aBirth = fc.oneof(
  fc.integer({ min: 0, max: 1400 }).map((days) => addDays(aDate('2015-04-01'), days)),
  fc.constant(aDate('2016-02-29')),
)

/** DOMAIN PX-4, 6.1: on the day, in England's time, leap days and missed nights too. */
describe('birthdays over the years', () => {
  let database: TestDatabase

  beforeAll(async () => {
    database = await makeDatabase(start)
  })
  afterAll(() => database.drop())

  test(
    'pause every parent from the review birthday on, tell each of it once, and open nothing at 16',
    { timeout: 240_000 },
    async () => {
      const { db } = database
      await fc.assert(
        fc.asyncProperty(
          aBirth,
          fc.array(aWait, { minLength: 4, maxLength: 9 }),
          async (bornOn, waits) => {
            database.setNow(start)
            const practice = await aPractice(db)
            const patient = await aPatientWithoutAccount(db, practice, { bornOn })
            const { patientId } = patient
            const parents = [
              await aProxyFor(db, practice, patient, aParent),
              await aProxyFor(db, practice, patient, aParent),
            ]
            const acts = (accountId: AccountId) =>
              db.transaction(actingFor(practice, patientId, accountId), (tx) =>
                openAssociation(tx, { practice, accountId, patientId, now: db.now() }),
              )
            for (const { days, minute } of waits) {
              const day = addDays(localDateOf(db.now()), days)
              database.setNow(new Date(Date.parse(`${day}T00:00:00Z`) + minute * 60_000))
              const today = localDateOf(db.now())
              // At 16 nothing waits for the day's work.
              if (ageOn(bornOn, today) >= 16)
                for (const { accountId } of parents) expect(await acts(accountId)).toBeUndefined()
              await runJobs(db)
              const isOpen = today < birthdayAt(bornOn, 11)
              for (const { accountId } of parents)
                expect((await acts(accountId)) !== undefined).toBe(isOpen)
            }
            const told = await db.transaction(systemProof(practice), (tx) =>
              tx.many<{ readonly told: number }>(sql`
                select count(*)::integer as told
                from messages.notice
                where practice = ${practice} and patient_id = ${patientId}
                group by account_id, subject
              `),
            )
            for (const one of told) expect(one.told).toBeLessThanOrEqual(2)
          },
        ),
        { numRuns: 12 },
      )
    },
  )
})
