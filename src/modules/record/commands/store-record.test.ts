import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import type { LocalDate } from '#kernel/time'
import { systemProof } from '#platform/db'
import { addPatients, type PatientId } from '#modules/directory'
import { newId, type Id } from '#kernel/id'
import { makeDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import {
  aConsultation,
  aNote,
  aRecord,
  aResult,
  aWeight,
  store,
} from '../../../../test/support/record-builders.ts'
import { aPatient, aPractice, aStaffMember, anNhsNumber } from '../../../../test/support/surgery.ts'
import type { IncomingEntry } from '../domain/entry.ts'
import { holdEntry, releaseEntry, withholdEntry } from './decide-entry.ts'
import { storeRecords } from './store-record.ts'

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

/** Every entry of a patient as it stands, by key. */
async function standing(patientId: PatientId) {
  const { rows } = await admin.query<{
    source_key: string
    entry_id: Id<'Entry'>
    open: boolean
    outcome: string
    no: number
    rules: string[]
    hash: string
    fits: boolean
    shown: boolean
  }>(
    `select e.source_key, e.entry_id, e.closed_at is null as open, d.outcome, d.decision_no as no, e.content_hash as hash,
       d.content_hash = e.content_hash as fits,
       array(select r ->> 'rule' from jsonb_array_elements(d.reasons) r) as rules
     from record.entry e
     join lateral (select * from record.disclosure_decision d where d.entry_id = e.entry_id order by decision_no desc limit 1) d on true
     where e.patient_id = $1`,
    [patientId],
  )
  return Object.fromEntries(rows.map((row) => [row.source_key, row]))
}

async function keep(patientId: PatientId, entries: readonly IncomingEntry[], isWhole = true) {
  return store(base.db, practice, patientId, aRecord(entries, { isWhole }))
}

async function seenOf(patientId: PatientId, key: string) {
  const one = (await standing(patientId))[key]
  if (!one) throw new Error('no such entry')
  return { entryId: one.entry_id, seen: { decisionNo: one.no, contentHash: one.hash } }
}

const aCode = (sourceKey: string, number: string, at: string): IncomingEntry => ({
  sourceKey,
  kind: 'other',
  title: 'Enhanced review',
  codings: [{ system: 'http://snomed.info/sct', code: number }],
  recordedAt: new Date(at),
})

describe('storeRecord', () => {
  test('stores every entry with a decision, and counts what came in', async () => {
    const { patientId } = await aPatient(base.db, practice)
    const report = await keep(patientId, [
      aWeight({ sourceKey: 'w' }),
      aNote({ sourceKey: 'n' }),
      aResult({ sourceKey: 'r' }),
    ])
    expect(report).toEqual({ stored: 3, updated: 0, unchanged: 0, closed: 0, released: 2, held: 1 })
    const now = await standing(patientId)
    expect(now['w']).toMatchObject({
      outcome: 'released',
      no: 1,
      fits: true,
      rules: ['clear.measurement'],
    })
    expect(now['n']).toMatchObject({
      outcome: 'held',
      rules: expect.arrayContaining(['text.confidential.outsider-speaks']),
    })
  })

  test('leaves what is unchanged untouched, updates what changed, closes what vanished, and duplicates nothing', async () => {
    const { patientId } = await aPatient(base.db, practice)
    await keep(patientId, [
      aWeight({ sourceKey: 'same' }),
      aWeight({ sourceKey: 'changed' }),
      aWeight({ sourceKey: 'gone' }),
    ])
    const before = await standing(patientId)
    const report = await keep(patientId, [
      aWeight({ sourceKey: 'same' }),
      aWeight({ sourceKey: 'changed', value: { number: 81, unit: 'kg' } }),
    ])
    expect(report).toEqual({ stored: 0, updated: 1, unchanged: 1, closed: 1, released: 1, held: 0 })
    const after = await standing(patientId)
    expect(after['same']).toEqual(before['same'])
    expect(after['changed']).toMatchObject({
      entry_id: before['changed']?.entry_id,
      no: 2,
      outcome: 'released',
      fits: true,
    })
    expect(after['gone']).toMatchObject({ open: false })
    expect(
      await keep(patientId, [
        aWeight({ sourceKey: 'same' }),
        aWeight({ sourceKey: 'changed', value: { number: 81, unit: 'kg' } }),
      ]),
    ).toEqual({ stored: 0, updated: 0, unchanged: 2, closed: 0, released: 0, held: 0 })
  })

  test('opens what returned and decides it anew', async () => {
    const { patientId } = await aPatient(base.db, practice)
    await keep(patientId, [aWeight({ sourceKey: 'w' })])
    await keep(patientId, [])
    expect(await keep(patientId, [aWeight({ sourceKey: 'w' })])).toMatchObject({
      updated: 1,
      released: 1,
    })
    expect((await standing(patientId))['w']).toMatchObject({
      open: true,
      no: 2,
      outcome: 'released',
    })
  })

  test('closes nothing when the record is a part', async () => {
    const { patientId } = await aPatient(base.db, practice)
    await keep(patientId, [aWeight({ sourceKey: 'a' })])
    expect(await keep(patientId, [aWeight({ sourceKey: 'b' })], false)).toMatchObject({
      stored: 1,
      closed: 0,
    })
    expect((await standing(patientId))['a']).toMatchObject({ open: true })
  })

  test('keeps a withholding by staff when the content changes: same ground, person and review date', async () => {
    const { patientId } = await aPatient(base.db, practice)
    const { acting, staffId } = await aStaffMember<'decide-disclosure'>(base.db, practice, {
      name: 'Dr Shah',
      roles: ['clinician'],
    })
    await keep(patientId, [aWeight({ sourceKey: 'w' })])
    const asked = await seenOf(patientId, 'w')
    await base.db.transaction(acting, (tx) =>
      withholdEntry(tx, {
        ...asked,
        ground: 'serious-harm',
        explanation: 'Told in person first',
        reviewOn: '2026-05-01' as LocalDate,
      }),
    )
    await keep(patientId, [aWeight({ sourceKey: 'w', value: { number: 82, unit: 'kg' } })])
    expect((await standing(patientId))['w']).toMatchObject({
      outcome: 'withheld',
      no: 3,
      fits: true,
    })
    const { rows } = await admin.query(
      'select ground, staff_id, review_on::text, explanation, decided_by from record.disclosure_decision where entry_id = $1 and decision_no = 3',
      [asked.entryId],
    )
    expect(rows[0]).toEqual({
      ground: 'serious-harm',
      staff_id: staffId,
      review_on: '2026-05-01',
      explanation: 'Told in person first',
      decided_by: 'staff',
    })
    await keep(patientId, [])
    await keep(patientId, [aWeight({ sourceKey: 'w' })])
    expect((await standing(patientId))['w']).toMatchObject({
      outcome: 'withheld',
      open: true,
      fits: true,
    })
  })

  test('does not let a release by staff of the old content show the new', async () => {
    const { patientId } = await aPatient(base.db, practice)
    const { acting } = await aStaffMember<'decide-disclosure'>(base.db, practice, {
      name: 'Dr Shah',
      roles: ['clinician'],
    })
    await keep(patientId, [aNote({ sourceKey: 'n' })])
    const asked = await seenOf(patientId, 'n')
    expect(
      await base.db.transaction(acting, (tx) => releaseEntry(tx, { ...asked, also: [] })),
    ).toMatchObject({ ok: true })
    await keep(patientId, [aNote({ sourceKey: 'n' })])
    expect((await standing(patientId))['n']).toMatchObject({ outcome: 'released', fits: true })
    await keep(patientId, [aNote({ sourceKey: 'n', text: 'Something else: her mother rang.' })])
    expect((await standing(patientId))['n']).toMatchObject({ outcome: 'held', no: 3 })
  })

  test('keeps held what staff held again, when its content changes', async () => {
    const { patientId } = await aPatient(base.db, practice)
    const { acting } = await aStaffMember<'decide-disclosure'>(base.db, practice, {
      name: 'Dr Shah',
      roles: ['clinician'],
    })
    await keep(patientId, [aWeight({ sourceKey: 'w' })])
    const asked = await seenOf(patientId, 'w')
    await base.db.transaction(acting, (tx) => holdEntry(tx, asked))
    await keep(patientId, [aWeight({ sourceKey: 'w', value: { number: 90, unit: 'kg' } })])
    await keep(patientId, [aWeight({ sourceKey: 'w', value: { number: 91, unit: 'kg' } })])
    expect((await standing(patientId))['w']).toMatchObject({
      outcome: 'held',
      rules: ['staff.held'],
    })
  })

  test.each(['nopat', 'confidential', 'restricted-context'] as const)(
    'never releases by itself what was marked %s, even once the mark has gone',
    async (marker) => {
      const { patientId } = await aPatient(base.db, practice)
      await keep(patientId, [aWeight({ sourceKey: 'w', markers: [marker] })])
      await keep(patientId, [aWeight({ sourceKey: 'w' })])
      expect((await standing(patientId))['w']).toMatchObject({
        outcome: 'held',
        rules: ['source.mark-removed', 'near.marked'],
      })
      await keep(patientId, [aWeight({ sourceKey: 'w', value: { number: 70, unit: 'kg' } })])
      await keep(patientId, [])
      await keep(patientId, [aWeight({ sourceKey: 'w' })])
      expect((await standing(patientId))['w']).toMatchObject({ outcome: 'held' })
    },
  )

  test('releases a plain result once it is filed', async () => {
    const { patientId } = await aPatient(base.db, practice)
    await keep(patientId, [aResult({ sourceKey: 'r', markers: ['unfiled'] })])
    expect((await standing(patientId))['r']).toMatchObject({ outcome: 'held' })
    await keep(patientId, [aResult({ sourceKey: 'r' })])
    expect((await standing(patientId))['r']).toMatchObject({ outcome: 'released' })
  })

  test('takes back what it had released when something near it is marked later', async () => {
    const { patientId } = await aPatient(base.db, practice)
    const visit = [
      aConsultation({ sourceKey: 'c' }),
      aWeight({ sourceKey: 'w', encounterKey: 'c', parentKey: 'c' }),
      aWeight({ sourceKey: 'apart' }),
    ]
    expect(await keep(patientId, visit)).toMatchObject({ released: 3 })
    await keep(patientId, [
      ...visit,
      aNote({ sourceKey: 'n', encounterKey: 'c', parentKey: 'c', markers: ['nopat'] }),
    ])
    const now = await standing(patientId)
    expect(now['w']).toMatchObject({ outcome: 'held', rules: ['near.marked'] })
    expect(now['c']).toMatchObject({ outcome: 'held', rules: ['near.marked'] })
    expect(now['apart']).toMatchObject({ outcome: 'released', no: 1 })
  })

  test('holds what joins a consultation that staff withheld, and what says the same elsewhere', async () => {
    const { patientId } = await aPatient(base.db, practice)
    const { acting } = await aStaffMember<'decide-disclosure'>(base.db, practice, {
      name: 'Dr Shah',
      roles: ['clinician'],
    })
    const visit = [
      aConsultation({ sourceKey: 'c' }),
      aWeight({ sourceKey: 'w', encounterKey: 'c', parentKey: 'c' }),
    ]
    await keep(patientId, visit)
    const asked = await seenOf(patientId, 'c')
    await base.db.transaction(acting, (tx) =>
      withholdEntry(tx, {
        ...asked,
        ground: 'patient-request',
        reviewOn: '2026-05-01' as LocalDate,
      }),
    )
    await keep(patientId, [
      ...visit,
      aWeight({
        sourceKey: 'late',
        encounterKey: 'c',
        parentKey: 'c',
        value: { number: 60, unit: 'kg' },
      }),
      aWeight({ sourceKey: 'copy' }),
    ])
    const now = await standing(patientId)
    expect(now['w']).toMatchObject({ outcome: 'withheld' })
    expect(now['late']).toMatchObject({ outcome: 'held', rules: ['near.withheld'] })
    expect(now['copy']).toMatchObject({ outcome: 'held', rules: ['near.same-as-withheld'] })
  })

  test('holds the whole record of someone under 16, and of someone whose record asks for an enhanced review', async () => {
    const childId = newId<'Patient'>(base.db.now())
    await base.db.transaction(systemProof(practice), (tx) =>
      addPatients(tx, [
        {
          patientId: childId,
          nhsNumber: anNhsNumber(),
          givenName: 'Eve',
          familyName: 'Ray',
          bornOn: '2015-01-01' as LocalDate,
          sex: 'female',
          addressLines: [],
          registration: 'active',
        },
      ]),
    )
    expect(await keep(childId, [aWeight({ sourceKey: 'w' })])).toMatchObject({
      released: 0,
      held: 1,
    })

    const { patientId } = await aPatient(base.db, practice)
    const asks = aCode('a', '1364731000000104', '2026-01-01')
    expect(await keep(patientId, [aWeight({ sourceKey: 'w' }), asks])).toMatchObject({
      released: 0,
    })
    expect(
      await keep(patientId, [
        aWeight({ sourceKey: 'w2' }),
        asks,
        aCode('b', '1364751000000106', '2026-01-02'),
      ]),
    ).toMatchObject({ released: 1 })
  })

  test('holds again what rules released from other sources once one asks for an enhanced review', async () => {
    const { patientId } = await aPatient(base.db, practice)
    const { acting } = await aStaffMember<'decide-disclosure'>(base.db, practice, {
      name: 'Dr Shah',
      roles: ['clinician'],
    })
    const from = (source: string, entries: readonly IncomingEntry[]) =>
      store(base.db, practice, patientId, aRecord(entries, { source }))
    await from('first', [aWeight({ sourceKey: 'w' }), aNote({ sourceKey: 'n' })])
    const read = await seenOf(patientId, 'n')
    await base.db.transaction(acting, (tx) => releaseEntry(tx, { ...read, also: [] }))

    const asks = aCode('a', '1364731000000104', '2026-01-01')
    expect(await from('second', [asks])).toMatchObject({ stored: 1, released: 0, held: 2 })
    const now = await standing(patientId)
    expect(now['w']).toMatchObject({
      outcome: 'held',
      no: 2,
      fits: true,
      rules: ['patient.enhanced-review'],
    })
    expect(now['n']).toMatchObject({ outcome: 'released', no: 2 })

    expect(await from('second', [asks])).toMatchObject({ unchanged: 1, released: 0, held: 0 })
    expect(await from('third', [aWeight({ sourceKey: 'w3' })])).toMatchObject({ held: 1 })
    const notNeeded = aCode('b', '1364751000000106', '2026-01-02')
    await from('first', [notNeeded])
    expect(await from('fourth', [aWeight({ sourceKey: 'w4' })])).toMatchObject({ released: 1 })
    expect(await from('first', [])).toMatchObject({ closed: 1, held: 1 })
    expect((await standing(patientId))['w4']).toMatchObject({ outcome: 'held', no: 2 })
  })

  test('holds again what rules released from other sources once the patient is known to be under 16', async () => {
    const { patientId } = await aPatient(base.db, practice)
    await store(base.db, practice, patientId, aRecord([aWeight({ sourceKey: 'w' })]))
    await admin.query("update directory.patient set born_on = '2015-01-01' where patient_id = $1", [
      patientId,
    ])
    const empty = aRecord([], { source: 'second' })
    expect(await store(base.db, practice, patientId, empty)).toMatchObject({ held: 1 })
    expect((await standing(patientId))['w']).toMatchObject({
      outcome: 'held',
      rules: ['patient.under-16'],
    })
  })

  test('keeps every version of a document, and names the one it has now', async () => {
    const { patientId } = await aPatient(base.db, practice)
    const letter = (words: string) =>
      aNote({
        sourceKey: 'd',
        kind: 'document',
        title: 'Letter',
        content: { contentType: 'text/plain', bytes: new TextEncoder().encode(words) },
      })
    await keep(patientId, [letter('one')])
    expect(await keep(patientId, [letter('two')])).toMatchObject({ updated: 1 })
    const { rows } = await admin.query<{ words: string; current: boolean }>(
      `select convert_from(bytes, 'UTF8') as words, c.document_hash = e.document_hash as current
       from record.document_content c join record.entry e using (entry_id) where e.patient_id = $1 order by words`,
      [patientId],
    )
    expect(rows).toEqual([
      { words: 'one', current: false },
      { words: 'two', current: true },
    ])
  })

  test('moves an entry among its siblings without deciding anew', async () => {
    const { patientId } = await aPatient(base.db, practice)
    await keep(patientId, [aWeight({ sourceKey: 'w', position: 1 })])
    expect(await keep(patientId, [aWeight({ sourceKey: 'w', position: 4 })])).toMatchObject({
      unchanged: 1,
      released: 0,
    })
    const { rows } = await admin.query('select position from record.entry where patient_id = $1', [
      patientId,
    ])
    expect(rows).toEqual([{ position: 4 }])
  })

  test('keeps characters that Postgres cannot, replaced, instead of failing', async () => {
    const { patientId } = await aPatient(base.db, practice)
    expect(
      await keep(patientId, [
        aNote({ sourceKey: 'n', text: 'a\0b \ud800 c', resource: { note: '\0' } }),
      ]),
    ).toMatchObject({ stored: 1 })
    const { rows } = await admin.query('select text from record.entry where patient_id = $1', [
      patientId,
    ])
    expect(rows).toEqual([{ text: 'a\uFFFDb \uFFFD c' }])
  })

  test('writes one audit event for each patient, with counts and no clinical words', async () => {
    const { patientId } = await aPatient(base.db, practice)
    await keep(patientId, [aNote({ sourceKey: 'n' })])
    const { rows } = await admin.query(
      `select type, details from audit.event where patient_id = $1 and type like 'record.%'`,
      [patientId],
    )
    expect(rows).toEqual([
      {
        type: 'record.record-stored',
        details: {
          source: 'test',
          stored: 1,
          updated: 0,
          unchanged: 0,
          closed: 0,
          released: 0,
          held: 1,
        },
      },
    ])
  })

  test('refuses a patient of another practice', async () => {
    const elsewhere = await aPractice(base.db)
    const { patientId } = await aPatient(base.db, elsewhere)
    await expect(keep(patientId, [aWeight({ sourceKey: 'w' })])).rejects.toThrow(
      /not a patient of this practice/,
    )
  })

  test('stores many patients at once, and one patient twice from two sources', async () => {
    const first = (await aPatient(base.db, practice)).patientId
    const second = (await aPatient(base.db, practice)).patientId
    const report = await base.db.transaction(systemProof(practice), (tx) =>
      storeRecords(tx, [
        { patientId: first, record: aRecord([aWeight({ sourceKey: 'w' })]) },
        { patientId: second, record: aRecord([aWeight({ sourceKey: 'w' })]) },
        { patientId: first, record: aRecord([aWeight({ sourceKey: 'w' })], { source: 'other' }) },
      ]),
    )
    expect(report).toMatchObject({ stored: 3, released: 3 })
  })
})
