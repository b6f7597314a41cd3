import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import type { Acting } from '#modules/access'
import type { PatientId } from '#modules/directory'
import { sql, type Statement } from '#platform/db'
import { makeDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import { aNote, aRecord, aWeight, store } from '../../../../test/support/record-builders.ts'
import { aPatient, aPractice } from '../../../../test/support/surgery.ts'

let base: TestDatabase
let practice: OdsCode
let admin: pg.Client
let patientId: PatientId
let acting: Acting<'record'>

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
beforeEach(async () => {
  const patient = await aPatient(base.db, practice)
  patientId = patient.patientId
  acting = patient.acting as Acting<'record'>
  await store(
    base.db,
    practice,
    patientId,
    aRecord([
      aWeight({ sourceKey: 'shown' }),
      aNote({ sourceKey: 'held' }),
      aNote({
        sourceKey: 'letter',
        kind: 'document',
        title: 'Letter',
        content: { contentType: 'text/plain', bytes: new TextEncoder().encode('zqheldbytes') },
      }),
    ]),
  )
})

const ask = (statement: Statement) =>
  base.db.transaction(acting, (tx) => tx.many<Record<string, unknown>>(statement))
const shownKeys = async () => {
  const shown = await ask(sql`select source_key from record.shown_entry order by source_key`)
  expect(await ask(sql`select source_key from record.shown_in_order order by source_key`)).toEqual(
    shown,
  )
  return shown.map((row) => row['sourceKey'])
}

describe('the patient role', () => {
  test.each([
    ['entries', sql`select title from record.entry`],
    ['decisions', sql`select outcome from record.disclosure_decision`],
    ['documents', sql`select bytes from record.document_content`],
    ['section states', sql`select reason from record.section_state`],
    ['imports', sql`select report from record.import_run`],
    ['quarantined items', sql`select resource from record.quarantined`],
    ['all medicines', sql`select title from record.published_medication`],
    ['a count of entries', sql`select count(*) from record.entry`],
    ['counts of older entries', sql`select worked from record.older_request`],
    [
      'decisions to add to',
      sql`insert into record.disclosure_decision (practice, entry_id, decision_no, patient_id, content_hash, outcome, decided_at, decided_by, ruleset) select practice, entry_id, 9, patient_id, 'x', 'released', now(), 'ruleset', 'x' from record.shown_entry`,
    ],
    ['markers to clear', sql`update record.entry set markers = '{}'`],
  ])('may not reach %s', async (_, statement) => {
    await expect(ask(statement)).rejects.toThrow(/permission denied/)
  })

  test('sees what a decision releases, and nothing of what is held', async () => {
    expect(await shownKeys()).toEqual(['shown'])
    expect(await ask(sql`select bytes from record.shown_document`)).toEqual([])
    expect(
      JSON.stringify(await ask(sql`select row_to_json(e)::text as all from record.shown_entry e`)),
    ).not.toContain('zqheld')
  })

  test('is not told by a faulting condition what a held entry holds', async () => {
    const leaking = sql`select title from record.shown_entry where 1 / (case when text like '%zqheld%' then 0 else 1 end) = 1`
    expect(await ask(leaking)).toHaveLength(1)
  })

  test('sees nothing of another patient, even by naming them', async () => {
    const other = await aPatient(base.db, practice)
    await store(base.db, practice, other.patientId, aRecord([aWeight({ sourceKey: 'theirs' })]))
    expect(
      await ask(sql`select title from record.shown_entry where patient_id = ${other.patientId}`),
    ).toEqual([])
  })
})

describe('an entry is not shown', () => {
  const change = (text: string) => admin.query(text, [patientId])

  test('without a decision', async () => {
    await change('delete from record.disclosure_decision where patient_id = $1')
    expect(await shownKeys()).toEqual([])
  })

  test('when the decision was for other content', async () => {
    await change("update record.entry set content_hash = 'other' where patient_id = $1")
    expect(await shownKeys()).toEqual([])
  })

  test('when a marker was added, whatever was decided', async () => {
    await change("update record.entry set markers = '{nopat}' where patient_id = $1")
    expect(await shownKeys()).toEqual([])
  })

  test('when the source no longer has it', async () => {
    await change('update record.entry set closed_at = now() where patient_id = $1')
    expect(await shownKeys()).toEqual([])
  })

  test.each(['held', 'withheld'])(
    'when an earlier decision released it and the latest is %s',
    async (outcome) => {
      const { rows } = await admin.query<{ staff_id: string }>(
        `insert into directory.staff (practice, staff_id, name, job_title) values ('${practice}', gen_random_uuid(), 'Dr', 'GP') returning staff_id`,
      )
      await change(
        `insert into record.disclosure_decision (practice, entry_id, decision_no, patient_id, content_hash, outcome, decided_at, decided_by, staff_id, ground, review_on)
       select practice, entry_id, 2, patient_id, content_hash, '${outcome}', now(), 'staff', '${rows[0]?.staff_id}', 'third-party', '2026-09-01' from record.entry where patient_id = $1`,
      )
      expect(await shownKeys()).toEqual([])
    },
  )

  test('as a document, when the bytes are not those that the entry names', async () => {
    await change(
      "insert into record.disclosure_decision (practice, entry_id, decision_no, patient_id, content_hash, outcome, decided_at, decided_by, ruleset) select practice, entry_id, 2, patient_id, content_hash, 'released', now(), 'ruleset', 'x' from record.entry where patient_id = $1 and source_key = 'letter'",
    )
    expect(await ask(sql`select content_type from record.shown_document`)).toHaveLength(1)
    expect(await ask(sql`select words from record.shown_document_words`)).toHaveLength(1)
    await change(
      'delete from record.document_words where entry_id in (select entry_id from record.entry where patient_id = $1)',
    )
    await change(
      "update record.document_content set document_hash = 'other' where entry_id in (select entry_id from record.entry where patient_id = $1)",
    )
    expect(await ask(sql`select content_type from record.shown_document`)).toEqual([])
  })
})

describe('staff', () => {
  test('may add decisions and never change or take one away', async () => {
    const { rows } = await admin.query<{ privileges: string }>(
      `select string_agg(distinct privilege_type, ',' order by privilege_type) as privileges from information_schema.role_table_grants
       where table_schema = 'record' and table_name = 'disclosure_decision' and grantee in ('po_staff', 'po_worker')`,
    )
    expect(rows).toEqual([{ privileges: 'INSERT,SELECT' }])
  })
})
