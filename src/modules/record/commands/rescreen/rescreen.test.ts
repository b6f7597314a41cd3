import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { systemProof } from '#platform/db'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aPatientWith, shownTo } from '../../../../../test/support/decisions.ts'
import { runJobs } from '../../../../../test/support/jobs.ts'
import { aNote, aRecord, aWeight, store } from '../../../../../test/support/record-builders.ts'
import { aPatient, aPractice, aStaffMember } from '../../../../../test/support/surgery.ts'
import { nextSecondReading } from '../../queries/review/second-readings.ts'
import { beginRescreening } from './rescreen.ts'

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

/** A release of earlier, as other rules or a person made it. */
const releasedEarlier = (sourceKey: string, by: 'ruleset' | 'staff', staffId?: string) =>
  admin.query(
    `insert into record.disclosure_decision
       (practice, entry_id, decision_no, patient_id, content_hash, outcome, decided_at, decided_by,
        ruleset, staff_id)
     select practice, entry_id, 2, patient_id, content_hash, 'released', now(), $2,
       case when $2 = 'ruleset' then 'older' end, $3
     from record.entry where practice = $4 and source_key = $1`,
    [sourceKey, by, staffId, practice],
  )

describe('new rules', () => {
  test('hold what older rules released, leave what a person did, and ask for that to be read again', async () => {
    const patient = await aPatientWith(base.db, practice, [
      aNote({ sourceKey: 'by-rules', text: 'Daughter rang.' }),
      aNote({ sourceKey: 'by-person', text: 'Neighbour rang.' }),
      aWeight({ sourceKey: 'plain' }),
    ])
    const { acting, staffId } = await aStaffMember<'decide-disclosure'>(base.db, practice, {
      name: 'Dr Shah',
      roles: ['clinician'],
    })
    await releasedEarlier('by-rules', 'ruleset')
    await releasedEarlier('by-person', 'staff', staffId)
    const keys = async () => (await shownTo(base.db, patient.acting)).keys
    expect(await keys()).toEqual(['by-person', 'by-rules', 'plain'])

    const begin = () => base.db.transaction(systemProof(practice), (tx) => beginRescreening(tx))
    await begin()
    await runJobs(base.db)
    expect(await keys()).toEqual(['by-person', 'plain'])
    const next = await base.db.transaction(acting, nextSecondReading)
    expect(next).toMatchObject({ why: 'new-rules', waiting: 1 })

    await begin()
    const { rows } = await admin.query<{ n: number }>(
      "select count(*)::int as n from jobs.job where practice = $1 and kind = 'record.rescreen'",
      [practice],
    )
    expect(rows).toEqual([{ n: 1 }])
  })

  /** DISCLOSURE 4.4: whose text it is, is asked with what is known of the patient, as at an import. */
  test('know of the patient what an import does: nothing else is held, and nothing less', async () => {
    const own = await aPractice(base.db)
    const { patientId, acting } = await aPatient<'record'>(base.db, own)
    await admin.query("update directory.patient set sex = 'male' where patient_id = $1", [
      patientId,
    ])
    const ofMen = aWeight({
      sourceKey: 'of-men',
      kind: 'medication',
      title: 'Tamsulosin 400microgram modified-release capsules',
      detail: { dose: 'One to be taken each morning', type: 'repeat', status: 'active' },
    })
    const { value: _, ...medicine } = ofMen
    const ofAnother = aNote({ sourceKey: 'of-another', text: 'Mrs Ann Patel, NHS 943 476 5919.' })
    await store(base.db, own, patientId, aRecord([medicine, ofAnother]))
    expect((await shownTo(base.db, acting)).keys).toEqual(['of-men'])
    await base.db.transaction(systemProof(own), (tx) => beginRescreening(tx))
    await admin.query(
      `insert into record.disclosure_decision
         (practice, entry_id, decision_no, patient_id, content_hash, outcome, decided_at, decided_by,
          ruleset, reasons)
       select practice, entry_id, 2, patient_id, content_hash, 'released', now(), 'ruleset', 'older',
         '[]'
       from record.entry where practice = $1 and source_key = 'of-another'`,
      [own],
    )
    await runJobs(base.db)
    expect((await shownTo(base.db, acting)).keys).toEqual(['of-men'])
    const { rows } = await admin.query<{ rules: string[] }>(
      `select array_agg(reason ->> 'rule' order by 1) as rules
       from record.disclosure_decision decision
       join record.entry using (practice, entry_id)
       cross join jsonb_array_elements(decision.reasons) as reason
       where practice = $1 and source_key = 'of-another' and decision.outcome = 'held'
       group by decision.decision_no order by decision.decision_no`,
      [own],
    )
    expect(rows[0]?.rules.filter((rule) => rule.startsWith('text.wrong.')).length).toBeGreaterThan(
      0,
    )
    expect(rows[1]).toEqual(rows[0])
  })
})
