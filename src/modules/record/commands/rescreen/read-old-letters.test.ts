import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { systemProof } from '#platform/db'
import { aPdf } from '../../../../../test/support/a-pdf.ts'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { runJobs } from '../../../../../test/support/jobs.ts'
import { aRecordPatient } from '../../../../../test/support/readers.ts'
import { aNote } from '../../../../../test/support/record-builders.ts'
import { actingFor, aPractice, aStaffMember } from '../../../../../test/support/surgery.ts'
import { documentsSaying } from '../../queries/reading/documents.ts'
import { nextSecondReading } from '../../queries/review/second-readings.ts'
import { chooseReading } from '../reading/choose-reading.ts'
import { beginReadingLetters } from './read-old-letters.ts'

/** DISCLOSURE 4.3, 5: the words of every letter are read, whenever it came in. */
describe('letters that came in before words were kept', () => {
  let base: TestDatabase
  let practice: OdsCode
  let admin: pg.Client

  beforeAll(async () => {
    base = await makeDatabase()
    practice = await aPractice(base.db)
    admin = new pg.Client(base.settings)
    await admin.connect()
  })
  afterAll(async () => {
    await admin.end()
    await base.drop()
  })

  const aLetter = (sourceKey: string, bytes: Uint8Array, contentType = 'application/pdf') =>
    aNote({
      sourceKey,
      kind: 'document',
      title: sourceKey,
      text: 'Weight is stable.',
      content: { contentType, bytes },
    })

  test('are read once, found by their words, kept private by them and put before a person', async () => {
    const many = Array.from({ length: 12 }, (_, place) =>
      aLetter(
        `Plain ${place}`,
        Buffer.from(`Your blood pressure is well controlled. Cholesterol is normal.`),
        'text/plain',
      ),
    )
    const { patientId, accountId } = await aRecordPatient(base.db, practice, [
      ...many,
      aLetter('Letter', aPdf('Wife rang, he must not know that she did.')),
      aLetter('Picture', Buffer.from('%PDF-1.4 broken')),
    ])
    await admin.query('delete from record.document_words')
    const { staffId } = await aStaffMember(base.db, practice, {
      name: 'Dr Shah',
      roles: ['clinician'],
    })
    // As somebody released them who was told of each what is told of one that cannot be read.
    await admin.query(
      `update record.disclosure_decision
       set decided_by = 'staff', staff_id = $1, ruleset = null, reasons = (
         select decision.reasons
         from record.disclosure_decision decision
         join record.entry using (practice, entry_id)
         where entry.source_key = 'Picture' and decision.outcome = 'held')
       where outcome = 'released'`,
      [staffId],
    )
    const self = { ...actingFor<'record'>(practice, patientId, accountId), as: 'self' as const }
    await base.db.transaction(self, (tx) =>
      chooseReading(tx, { tellInPerson: [], keepPrivate: ['cancer'] }),
    )
    const saying = async (word: string) =>
      (await base.db.transaction(self, (tx) => documentsSaying(tx, [word]))).length
    const touching = async () => (await admin.query('select from record.entry_subject')).rowCount
    const reviewer = await aStaffMember<'decide-disclosure'>(base.db, practice, {
      name: 'Dr Reid',
      roles: ['clinician'],
    })
    await runJobs(base.db)
    expect([await saying('cholesterol'), await saying('wife'), await touching()]).toEqual([
      0, 0, 14,
    ])
    expect(await base.db.transaction(reviewer.acting, nextSecondReading)).toBeUndefined()

    const begin = () => base.db.transaction(systemProof(practice), beginReadingLetters)
    await begin()
    await runJobs(base.db)
    expect([await saying('cholesterol'), await saying('wife'), await touching()]).toEqual([
      12, 1, 1,
    ])
    const next = await base.db.transaction(reviewer.acting, nextSecondReading)
    expect(next).toMatchObject({ why: 'new-rules', waiting: 1 })

    const jobs = () => admin.query("select from jobs.job where kind = 'record.read-old-letters'")
    const before = (await jobs()).rowCount
    await begin()
    await runJobs(base.db)
    expect((await jobs()).rowCount).toBe(before)
  })
})
