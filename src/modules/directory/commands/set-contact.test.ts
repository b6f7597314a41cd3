import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter } from '#kernel/time'
import { sql, systemProof, type Database } from '#platform/db'
import { enqueue } from '#platform/jobs'
import { contactOf, setContact, type ContactChoice } from '#modules/directory'
import { makeDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import { runJobs } from '../../../../test/support/jobs.ts'
import { aProxyFor, storedPatient } from '../../../../test/support/joining.ts'
import { aPatient, aPractice } from '../../../../test/support/surgery.ts'

const nothing: ContactChoice = {
  byEmail: false,
  byText: false,
  byPhone: false,
  byLetter: false,
  addressLines: [],
}

/** DOMAIN CO-5, PX-9, 6.4. */
describe('how a patient may be reached', () => {
  let database: TestDatabase
  let db: Database
  let practice: OdsCode
  let patient: Awaited<ReturnType<typeof aPatient<'home'>>>

  beforeAll(async () => {
    database = await makeDatabase()
    db = database.db
  })
  afterAll(() => database.drop())
  beforeEach(async () => {
    practice = await aPractice(db)
    patient = await aPatient<'home'>(db, practice)
  })

  const says = (choice: ContactChoice | undefined) => {
    database.setNow(minutesAfter(db.now(), 1))
    return db.transaction(patient.acting, (tx) =>
      setContact(tx, patient.patientId, choice, { as: 'patient', id: patient.accountId }),
    )
  }
  const contact = () =>
    db.transaction(systemProof(practice), (tx) => contactOf(tx, patient.patientId))
  const sentTo = async () => {
    await db.transaction(systemProof(practice), (tx) =>
      enqueue(tx, 'access.send-services-changed', { patientId: patient.patientId }),
    )
    await runJobs(db)
    const rows = await db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly sentTo?: string }>(sql`
        select sent_to from messages.notice
        where practice = ${practice} and patient_id = ${patient.patientId}
        order by notice_id desc limit 1`),
    )
    return rows[0]?.sentTo
  }

  test('is as on record until they say otherwise, and again when they say so', async () => {
    expect(await contact()).toMatchObject({ isSpecial: false, email: 'ann@example.test' })
    await says({ ...nothing, byEmail: true, email: 'quiet@example.test', whenSafe: 'Mornings' })
    expect(await contact()).toMatchObject({
      isSpecial: true,
      email: 'quiet@example.test',
      whenSafe: 'Mornings',
      byLetter: false,
      addressLines: [],
    })
    await says(undefined)
    expect(await contact()).toMatchObject({ isSpecial: false, email: 'ann@example.test' })
  })

  test('is where messages go, and nowhere where they said no', async () => {
    expect(await sentTo()).toBe('ann@example.test')
    await says({ ...nothing, byText: true, phone: '07700 900 461' })
    expect(await sentTo()).toBe('07700 900 461')
    await says({ ...nothing, byPhone: true, phone: '07700 900 461' })
    expect(await sentTo()).toBeUndefined()
    expect(await says(nothing)).toMatchObject({ ok: false, refusal: 'no-way-left' })
  })

  test('is read by nobody on the patient’s side, and said by nobody who acts for them', async () => {
    await says({ ...nothing, byEmail: true, email: 'quiet@example.test' })
    const stored = await storedPatient(db, practice, patient.patientId)
    const proxy = await aProxyFor(db, practice, stored, { seesContact: true })
    const reads = [
      sql`select choice_id from directory.contact_choice limit 5`,
      sql`select email from directory.published_contact limit 5`,
      sql`select address_lines from directory.patient limit 5`,
      sql`select email from directory.patient limit 5`,
    ]
    for (const acting of [patient.acting, proxy.acting])
      for (const statement of reads)
        await expect(db.transaction(acting, (tx) => tx.many(statement))).rejects.toThrow(
          /permission denied/,
        )
    await expect(
      db.transaction(proxy.acting, (tx) =>
        setContact(tx, patient.patientId, undefined, { as: 'patient', id: proxy.accountId }),
      ),
    ).rejects.toThrow(/row-level security/)
    expect(await contact()).toMatchObject({ email: 'quiet@example.test' })
  })
})
