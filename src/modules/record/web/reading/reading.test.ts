import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter } from '#kernel/time'
import { sql, systemProof } from '#platform/db'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import {
  aRecordReader,
  aSignedInColleague,
  readSubjectsNow,
} from '../../../../../test/support/readers.ts'
import {
  aConsultation,
  aNote,
  aResult,
  aWeight,
} from '../../../../../test/support/record-builders.ts'
import { aPractice } from '../../../../../test/support/surgery.ts'
import { hiddenField, openPages, type Visitor } from '../../../../../test/support/visitor.ts'
import type { IncomingEntry } from '../../domain/entry.ts'
import { registerReadingWork } from '../access/reading-routes.tsx'
import { registerPatientRecord } from './patient-routes.tsx'

let base: TestDatabase
let app: FastifyInstance
let practice: OdsCode
const start = new Date('2026-03-02T08:00:00Z')
let time = start

beforeAll(async () => {
  base = await makeDatabase(start)
  app = await openPages(base.db, registerPatientRecord, registerReadingWork)
})
beforeEach(async () => {
  practice = await aPractice(base.db)
})
afterAll(async () => {
  await app.close()
  await base.drop()
})

/** Lets a minute pass: what was written before is before. */
function later(): void {
  time = minutesAfter(time, 1)
  base.setNow(time)
}

const snomed = 'http://snomed.info/sct'
const aCode = (sourceKey: string, code: string, at: string): IncomingEntry =>
  aWeight({
    sourceKey,
    kind: 'observation',
    title: 'Administrative code',
    codings: [{ system: snomed, code }],
    clinicalAt: new Date(at),
  })

const aVisit: readonly IncomingEntry[] = [
  aConsultation({ sourceKey: 'v' }),
  aNote({ sourceKey: 'n', text: 'Knee much better', encounterKey: 'v', parentKey: 'v' }),
  aResult({ sourceKey: 'r', encounterKey: 'v', parentKey: 'v' }),
]

/** A result known by its name alone. */
const aTest = (given: Parameters<typeof aResult>[0]) => aResult({ ...given, codings: [] })

describe('a part of the record that is withheld', () => {
  test('for every patient is on no page, in no search and in no copy, and says who decides', async () => {
    const { visitor } = await aRecordReader(app, practice, aVisit)
    const manager = await aSignedInColleague(app, practice, 'practice-manager')
    const shown = ['medicines', 'allergies', 'problems', 'consultations', 'documents']
    expect(await manager.post('/practice/record-parts', { shown })).toMatchObject({ status: 303 })

    const results = await visitor.get('/record/results')
    expect(results.words).toContain('does not show this part online to any of its patients')
    const list = await visitor.get('/record/consultations')
    const visit = await visitor.get(linkOf(list.html, /\/record\/consultations\/[\w-]{36}/))
    expect(visit.words).toContain('Knee much better')
    expect(visit.words).not.toContain('sodium')
    expect((await visitor.post('/record/search', { words: 'sodium' })).words).toContain(
      'Nothing found',
    )
    expect((await visitor.get('/record/download')).words).not.toContain('Test results')
    const copy = await visitor.get('/record/download/record.json?parts=results&parts=consultations')
    expect(copy.html).not.toMatch(/sodium/i)
    expect(await visitor.get('/record/download/record.pdf?parts=results')).toMatchObject({
      status: 404,
    })
  })

  test('for one patient goes by their own setting, either way', async () => {
    const one = await aRecordReader(app, practice, aVisit)
    const other = await aRecordReader(app, practice, aVisit)
    const lead = await aSignedInColleague(app, practice, 'ig-lead')
    await lead.post('/practice/record-parts', { shown: ['results'] })
    await lead.post(`/practice/patients/${one.patientId}/record-parts`, {
      results: 'withheld',
      consultations: 'shown',
    })
    expect((await one.visitor.get('/record/results')).words).toContain(
      'it is not switched on for your account',
    )
    expect((await one.visitor.get('/record/consultations')).words).toContain('consultation')
    expect((await other.visitor.get('/record/results')).words).toContain('140 mmol/L')
    expect((await other.visitor.get('/record/consultations')).words).toContain(
      'does not include this part',
    )
  })
})

describe('a code about online access, at the very next request', () => {
  test('closes the record while it asks for a review, in words that do not say why', async () => {
    const reader = await aRecordReader(app, practice, aVisit)
    await reader.add([aCode('104', '1364731000000104', '2026-02-01T00:00:00Z')])
    const closed = await reader.visitor.get('/record/results')
    expect(closed).toMatchObject({ status: 403 })
    expect(closed.words).toContain('paused this while it checks how online access is set up')
    expect(closed.words).not.toMatch(/review|sodium|1364731/i)

    await reader.add([aCode('106', '1364751000000106', '2026-02-02T00:00:00Z')])
    expect(await reader.visitor.get('/record/results')).toMatchObject({ status: 200 })
  })

  test('counts against access when both have one date', async () => {
    const reader = await aRecordReader(app, practice, [
      ...aVisit,
      aCode('104', '1364731000000104', '2026-02-01T00:00:00Z'),
      aCode('106', '1364751000000106', '2026-02-01T00:00:00Z'),
    ])
    expect(await reader.visitor.get('/record')).toMatchObject({ status: 403 })
  })

  test('closes it where the patient declined after access was given', async () => {
    const reader = await aRecordReader(app, practice, aVisit)
    later()
    await reader.add([aCode('103', '1290331000000103', '2026-02-01T00:00:00Z')])
    expect((await reader.visitor.get('/record')).words).toContain('You can change your mind')
  })
})

describe('what a patient wants to hear in person first', () => {
  test('waits with all that it stands with until somebody told them, and nothing older goes', async () => {
    const reader = await aRecordReader(app, practice, [
      aTest({ sourceKey: 'old', title: 'Prostate specific antigen level' }),
    ])
    const clinician = await aSignedInColleague(app, practice, 'clinician')
    later()
    await reader.visitor.post('/record/choices', { 'tell-cancer': 'person' })
    later()
    await reader.add([
      aWeight({ sourceKey: 'rep', kind: 'report', title: 'Blood test', text: 'See the doctor' }),
      aTest({ sourceKey: 'new', title: 'CA 125 level', parentKey: 'rep' }),
      aTest({ sourceKey: 'plain', title: 'Serum ferritin level' }),
    ])
    const before = await reader.visitor.get('/record/results')
    expect(before.words).toContain('Prostate specific antigen level')
    for (const title of ['CA 125', 'Blood test', 'ferritin'])
      expect(before.words, `${title}: nothing is known yet`).not.toContain(title)

    await readSubjectsNow(app)
    const read = await reader.visitor.get('/record/results')
    expect(read.words).toContain('Serum ferritin level')
    for (const title of ['CA 125', 'Blood test']) expect(read.words).not.toContain(title)
    const copy = await reader.visitor.get('/record/download/record.json?parts=results')
    expect(copy.html).not.toMatch(/CA 125|Blood test/)

    await tellEverything(clinician)
    const after = await reader.visitor.get('/record/results')
    for (const title of ['CA 125', 'Blood test']) expect(after.words).toContain(title)
  })

  test('is not shown by an old note of telling once its content changed', async () => {
    const reader = await aRecordReader(app, practice, [])
    const clinician = await aSignedInColleague(app, practice, 'clinician')
    await reader.visitor.post('/record/choices', { 'tell-abnormal': 'person' })
    later()
    const value = { number: 190, unit: 'mmol/L', low: 133, high: 146 }
    await reader.add([aResult({ sourceKey: 'x', value })])
    await readSubjectsNow(app)
    await tellEverything(clinician)
    expect((await reader.visitor.get('/record/results')).words).toContain('190 mmol/L')
    await reader.add([aResult({ sourceKey: 'x', value: { ...value, number: 191 } })])
    await readSubjectsNow(app)
    expect((await reader.visitor.get('/record/results')).words).not.toContain('191')
  })

  test('is chosen by the patient alone', async () => {
    const reader = await aRecordReader(app, practice, [])
    const proxy = await reader.proxy()
    expect(await proxy.post('/record/choices', { 'tell-cancer': 'person' })).toMatchObject({
      status: 409,
    })
    const kept = await base.db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly subject: string }>(sql`
        select subject from record.reading_choice where practice = ${practice} order by subject
      `),
    )
    expect(kept).toEqual([])
  })
})

test('what a patient keeps private is theirs and not a proxy’s, and unread is not shown either', async () => {
  const reader = await aRecordReader(app, practice, [
    aResult({ sourceKey: 's' }),
    aWeight({ sourceKey: 'm', kind: 'problem', title: 'Depressive episode' }),
    aConsultation({ sourceKey: 'v' }),
    aNote({ sourceKey: 'n', text: 'Started sertraline', encounterKey: 'v', parentKey: 'v' }),
  ])
  const proxy = await reader.proxy()
  const places = ['/record/problems', '/record/results', '/record/consultations']
  const seenBy = async (visitor: Visitor) =>
    (await Promise.all(places.map((place) => visitor.get(place)))).map(({ words }) =>
      /Depressive|sodium|GP surgery consultation/.test(words),
    )
  expect(await seenBy(proxy)).toEqual([true, true, true])
  await reader.visitor.post('/record/choices', { private: ['mental-health'] })
  expect(await seenBy(proxy)).toEqual([false, false, false])
  await readSubjectsNow(app)
  expect(await seenBy(proxy)).toEqual([false, true, false])
  expect(await seenBy(reader.visitor)).toEqual([true, true, true])
  await reader.visitor.post('/record/choices', {})
  expect(await seenBy(proxy)).toEqual([true, true, true])
})

test('a copy of one part holds nothing of another, in either form', async () => {
  const { visitor } = await aRecordReader(app, practice, [
    ...aVisit,
    aNote({ sourceKey: 'alone', title: 'Diary', text: 'Walks daily' }),
    aWeight({ sourceKey: 'w' }),
  ])
  const part = 'parts=measurements'
  for (const form of ['preview', 'record.json']) {
    const { html } = await visitor.get(`/record/download/${form}?${part}`)
    expect(html).toContain('Walks daily')
    expect(html).not.toContain('Knee much better')
  }
  const visits = await visitor.get('/record/download/record.json?parts=consultations')
  expect(visits.html).toContain('Knee much better')
  expect(visits.html).not.toContain('Walks daily')
})

describe('searching', () => {
  test('finds free text at the full level and not below it, and keeps words out of addresses', async () => {
    const full = await aRecordReader(app, practice, aVisit)
    const coded = await aRecordReader(app, practice, aVisit, { current: 'detailed' })
    const asked = { words: 'KNEE better' }
    const found = await full.visitor.post('/record/search', asked)
    expect(found.words).toContain('Note. 20 February 2026')
    expect(found.html).not.toMatch(/href="[^"]*knee/i)
    expect((await coded.visitor.post('/record/search', asked)).words).toContain('Nothing found')
    expect((await full.visitor.post('/record/search', { words: '%' })).words).toContain(
      'Nothing found',
    )
  })

  test('goes by when an entry was written where the past is open to less', async () => {
    const { visitor } = await aRecordReader(app, practice, aVisit, {
      historical: 'detailed',
      effectiveFrom: new Date('2026-02-20T09:00:01Z'),
    })
    expect((await visitor.post('/record/search', { words: 'knee' })).words).toContain(
      'Nothing found',
    )
    expect((await visitor.post('/record/search', { words: 'sodium' })).words).toContain(
      'Serum sodium level',
    )
  })
})

test('a condition leads to what is filed under it, and lists are put in order by it and by year', async () => {
  const link = [{ relation: 'problem', key: 'p' }] as const
  const { visitor } = await aRecordReader(app, practice, [
    aWeight({ sourceKey: 'p', kind: 'problem', title: 'Essential hypertension' }),
    aResult({ sourceKey: 'a', links: link }),
    aTest({
      sourceKey: 'b',
      title: 'Serum ferritin level',
      clinicalAt: new Date('2019-05-01T09:00:00Z'),
    }),
  ])
  const list = await visitor.get('/record/problems')
  const condition = await visitor.get(linkOf(list.html, /\/record\/problems\/[\w-]{36}/))
  expect(condition.words).toContain('Serum sodium level')
  expect(condition.words).not.toContain('ferritin')
  const byCondition = await visitor.get('/record/results?by=condition')
  expect(byCondition.words).toMatch(
    /Essential hypertension Serum sodium level.*Not filed under a condition Serum ferritin level/,
  )
  const early = await visitor.get('/record/results?by=date&until=2020')
  expect(early.words).toContain('ferritin')
  expect(early.words).not.toContain('sodium')
})

describe('older records', () => {
  const levels = { historical: 'none', effectiveFrom: new Date('2026-02-25T00:00:00Z') } as const

  test('are opened when all is decided and a sample was read, with what was decided', async () => {
    const { patientId, visitor } = await aRecordReader(app, practice, aVisit, levels)
    const held = await heldOf(patientId, 'n')
    await visitor.post('/record/older', { reason: 'A new job' })
    await visitor.post('/record/older', { reason: 'Again' })
    const clinician = await aSignedInColleague(app, practice, 'clinician')
    const list = await clinician.get('/practice/older-records')
    expect(list.html.match(/href="\/practice\/older-records\/[\w-]{36}"/g)).toHaveLength(1)
    const path = linkOf(list.html, /\/practice\/older-records\/[\w-]{36}/)
    const work = await clinician.get(path)
    expect(work.words).toContain('1 held, 0 kept back, 2 released')
    expect(work.words).toContain('A new job')
    const early = await clinician.post(`${path}/grant`, { level: 'full', sample: 'read' })
    expect(early).toMatchObject({ status: 409 })
    expect((await visitor.get('/record/results')).words).not.toContain('sodium')

    await withhold(held)
    const unread = await clinician.post(`${path}/grant`, { level: 'full' })
    expect(unread.words).toContain('Read the sample')
    expect(await clinician.post(`${path}/grant`, { level: 'full', sample: 'read' })).toMatchObject({
      status: 303,
    })
    expect((await visitor.get('/record/results')).words).toContain('140 mmol/L')
    const consultations = await visitor.get('/record/consultations')
    const visit = await visitor.get(
      linkOf(consultations.html, /\/record\/consultations\/[\w-]{36}/),
    )
    expect(visit.words).not.toContain('Knee')
    expect((await visitor.get('/record/older')).words).toContain('opened your older record')
  })

  test('that are refused say why and how to challenge it, and stay closed', async () => {
    const { visitor } = await aRecordReader(app, practice, aVisit, levels)
    await visitor.post('/record/older', {})
    const lead = await aSignedInColleague(app, practice, 'ig-lead')
    const list = await lead.get('/practice/older-records')
    const path = linkOf(list.html, /\/practice\/older-records\/[\w-]{36}/)
    expect((await lead.post(`${path}/refuse`, { answer: ' ' })).words).toContain('Say why')
    await lead.post(`${path}/refuse`, { answer: 'Please come in, so that we can talk first.' })
    const told = await visitor.get('/record/older')
    expect(told.words).toContain('Please come in')
    expect(told.words).toContain('ico.org.uk')
    expect((await visitor.get('/record/results')).words).not.toContain('sodium')
  })
})

async function tellEverything(staff: Visitor): Promise<void> {
  for (;;) {
    const page = await staff.get('/practice/to-tell')
    const path = /action="(\/practice\/to-tell\/[\w-]{36})"/.exec(page.html)?.[1]
    if (path === undefined) return
    const contentHash = hiddenField(page, 'contentHash')
    expect(await staff.post(path, { contentHash })).toMatchObject({ status: 303 })
  }
}

function linkOf(html: string, pattern: RegExp): string {
  const found = pattern.exec(html)
  if (!found) throw new Error(`No link like ${String(pattern)}`)
  return found[0]
}

/** Takes the release of one entry back, as if nobody had decided yet. Gives its id. */
async function heldOf(patientId: string, sourceKey: string): Promise<string> {
  const [row] = await base.db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly entryId: string }>(sql`
      insert into record.disclosure_decision
        (practice, entry_id, decision_no, patient_id, content_hash, outcome, decided_at, decided_by,
         ruleset)
      select entry.practice, entry.entry_id, 90, entry.patient_id, entry.content_hash, 'held',
        ${tx.now}::timestamptz, 'ruleset', 'test'
      from record.entry
      where entry.practice = ${practice}
        and entry.patient_id = ${patientId}
        and entry.source_key = ${sourceKey}
      returning entry_id
    `),
  )
  if (!row) throw new Error('No such entry')
  return row.entryId
}

async function withhold(entryId: string): Promise<void> {
  await base.db.transaction(systemProof(practice), (tx) =>
    tx.run(sql`
      insert into record.disclosure_decision
        (practice, entry_id, decision_no, patient_id, content_hash, outcome, decided_at, decided_by,
         staff_id, ground, review_on)
      select entry.practice, entry.entry_id, 91, entry.patient_id, entry.content_hash, 'withheld',
        ${tx.now}::timestamptz, 'staff', staff.staff_id, 'third-party', '2027-01-01'
      from record.entry
      join directory.staff on staff.practice = entry.practice
      where entry.practice = ${practice}
        and entry.entry_id = ${entryId}
      limit 1
    `),
  )
}
