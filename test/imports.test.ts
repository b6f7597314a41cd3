import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NhsNumber } from '#kernel/nhs-number'
import type { OdsCode } from '#kernel/ods-code'
import { sql, systemProof } from '#platform/db'
import { patientByNhsNumber } from '#modules/directory'
import { importFiles, isAllIn, type ImportSettings } from '#modules/imports'
import {
  aBundle,
  aConcept,
  aList,
  aPatientResource,
  aReference,
  aResource,
  aStructuredRecord,
} from '../src/modules/imports/domain/test-export.ts'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { aPractice } from './support/surgery.ts'

const ann = '9990000018' as NhsNumber
const sections = [
  '886921000000105',
  '933361000000108',
  '1102181000000102',
  '717711000000103',
  '1149501000000101',
  '826501000000100',
  '887191000000108',
]

let database: TestDatabase
let practice: OdsCode

beforeAll(async () => {
  database = await makeDatabase()
})
afterAll(() => database.drop())

const file = (name: string, value: unknown) => ({
  name,
  bytes: new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)),
})

const run = (files: readonly ReturnType<typeof file>[], settings: Partial<ImportSettings> = {}) =>
  importFiles(database.db, files, { practice, ...settings })

const aWholeRecord = (date: string, problems: readonly string[], patient = {}) => {
  const conditions = problems.map((title) =>
    aResource('Condition', title, { code: aConcept(title), assertedDate: '2026-01-05' }),
  )
  const lists = sections.map((code) => aList(code, [], { date }))
  return {
    ...aStructuredRecord([]),
    entry: [aPatientResource(patient), ...lists, ...conditions].map((resource) => ({ resource })),
  }
}

const openEntries = () =>
  database.db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly title: string }>(sql`
      select title from record.entry where practice = ${practice} and closed_at is null order by title`),
  )

const patientNow = () =>
  database.db.transaction(systemProof(practice), (tx) => patientByNhsNumber(tx, ann))

describe('importFiles', () => {
  test('puts the person on the list and their record beside them, the same again unchanged', async () => {
    practice = await aPractice(database.db)
    const whole = file('a.json', aWholeRecord('2026-02-01', ['Asthma', 'Eczema']))

    const [first] = await run([whole])
    expect(first?.patients).toMatchObject([
      { nhsNumber: ann, stored: { stored: 2, updated: 0, unchanged: 0, closed: 0 } },
    ])
    expect(first && isAllIn(first)).toBe(true)
    expect(await patientNow()).toMatchObject({
      familyName: 'Patel',
      givenName: 'Ann Jo',
      bornOn: '1961-05-04',
    })

    const [second] = await run([whole])
    expect(second?.patients[0]?.stored).toMatchObject({
      stored: 0,
      updated: 0,
      unchanged: 2,
      closed: 0,
      released: 0,
      held: 0,
    })
  })

  test('a newer export closes what vanished, and an older one is refused unless forced', async () => {
    practice = await aPractice(database.db)
    const older = file('older.json', aWholeRecord('2026-01-01', ['Asthma', 'Eczema']))
    const newer = file('newer.json', aWholeRecord('2026-02-01', ['Asthma', 'Gout']))
    await run([older])
    const [report] = await run([newer])
    expect(report?.patients[0]?.stored).toMatchObject({ stored: 1, unchanged: 1, closed: 1 })
    expect(await openEntries()).toEqual([{ title: 'Asthma' }, { title: 'Gout' }])

    const [late] = await run([older])
    expect(late?.patients[0]?.refused).toContain('a newer export of this patient is stored already')
    expect(late && isAllIn(late)).toBe(false)
    expect(late?.tally).toMatchObject({ entry: 0, quarantined: 9 })
    expect(await openEntries()).toEqual([{ title: 'Asthma' }, { title: 'Gout' }])

    const [forced] = await run([older], { isForced: true })
    expect(forced?.patients[0]?.stored).toMatchObject({ closed: 1 })
  })

  test('part of a record closes nothing and leaves the list as it is', async () => {
    practice = await aPractice(database.db)
    await run([
      file(
        'whole.json',
        aWholeRecord('2026-02-01', ['Asthma'], {
          telecom: [{ system: 'phone', use: 'mobile', value: '07700 900000' }],
        }),
      ),
    ])
    const some = aBundle([
      aPatientResource({ name: [{ family: 'PATEL' }] }),
      aResource('Condition', 'Gout', { code: aConcept('Gout') }),
    ])
    const [report] = await run([file('some.json', some)])
    expect(report).toMatchObject({
      source: 'fhir-r4',
      isWhole: false,
      patients: [{ stored: { stored: 1, closed: 0 } }],
    })
    expect(await patientNow()).toMatchObject({ familyName: 'Patel', mobile: '07700 900000' })
  })

  test('a masked NHS number is refused and nothing stored, unless the right one is given by hand', async () => {
    practice = await aPractice(database.db)
    const masked = {
      identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '1234567890' }],
    }
    const files = [file('masked.json', aWholeRecord('2026-02-01', ['Asthma'], masked))]
    const [refused] = await run(files)
    expect(refused?.patients[0]?.refused).toContain('1234567890 is masked or mistyped')
    expect(await openEntries()).toEqual([])

    const [kept] = await run(files, { nhsNumber: ann })
    expect(kept?.patients).toMatchObject([{ nhsNumber: ann, stored: { stored: 1 } }])
  })

  test('another number or date of birth than the list has is refused', async () => {
    practice = await aPractice(database.db)
    await run([file('a.json', aWholeRecord('2026-02-01', ['Asthma']))])
    const [born] = await run([
      file('b.json', aWholeRecord('2026-02-02', ['Gout'], { birthDate: '1999-01-01' })),
    ])
    expect(born?.patients[0]?.refused).toBe(
      "the practice's list has another date of birth for this NHS number",
    )
    const [number] = await run([file('c.json', aWholeRecord('2026-02-02', ['Gout']))], {
      nhsNumber: '9990000026' as NhsNumber,
    })
    expect(number?.patients[0]?.refused).toContain('the file says another NHS number')
    expect(await openEntries()).toEqual([{ title: 'Asthma' }])
  })

  test('somebody of another name is refused, unless by force; one name may have changed', async () => {
    practice = await aPractice(database.db)
    const named = (given: string, family: string) => ({ name: [{ given: [given], family }] })
    await run([file('a.json', aWholeRecord('2026-02-01', ['Asthma'], named('Zoë', 'Patel')))])
    const stranger = file('b.json', aWholeRecord('2026-02-02', ['Gout'], named('Bob', 'Strange')))
    const [refused] = await run([stranger])
    expect(refused?.patients[0]?.refused).toBe(
      "the practice's list has somebody of another name for this NHS number",
    )
    expect(await openEntries()).toEqual([{ title: 'Asthma' }])

    const married = aWholeRecord('2026-02-03', ['Eczema'], named('ZOE', 'Patel-Smith'))
    expect((await run([file('c.json', married)])).every(isAllIn)).toBe(true)
    const [forced] = await run([stranger], { isForced: true })
    expect(forced?.patients[0]).toMatchObject({ stored: { stored: 1 } })
  })

  test('someone the file does not describe must be on the list already', async () => {
    practice = await aPractice(database.db)
    const identifier = { system: 'https://fhir.nhs.uk/Id/nhs-number', value: ann }
    const some = file(
      'some.json',
      aBundle([
        { resourceType: 'Condition', id: 'k', code: aConcept('Gout'), subject: { identifier } },
      ]),
    )
    const [unknown] = await run([some])
    expect(unknown?.patients[0]?.refused).toContain('not on the practice')
    await run([file('person.json', aPatientResource())])
    const [known] = await run([some])
    expect(known?.patients[0]?.stored).toMatchObject({ stored: 1 })
  })

  test('a broken file or patient stops no other', async () => {
    practice = await aPractice(database.db)
    const two = aBundle([
      aPatientResource({
        id: 'p2',
        identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000026' }],
        birthDate: '19',
      }),
      aPatientResource(),
      aResource('Condition', 'a', { code: aConcept('Asthma') }),
      {
        ...aResource('Condition', 'b', { code: aConcept('Gout') }),
        subject: aReference('Patient/p2'),
      },
    ])
    const reports = await run([
      file('not.json', '{'),
      file('two.json', two),
      file('no.txt', 'hello'),
    ])
    expect(reports.map((report) => report.unreadable ?? 'read')).toEqual([
      expect.stringContaining('it is not JSON'),
      'read',
      expect.stringContaining('it is not JSON'),
    ])
    expect(reports[1]?.patients).toMatchObject([
      { refused: 'the file gives no whole date of birth' },
      { stored: { stored: 1 } },
    ])
    expect(reports[1]?.addsUp).toBe(true)
  })

  test('what the database refuses takes the whole patient with it, and is named', async () => {
    practice = await aPractice(database.db)
    const good = aResource('Observation', 'good', { code: aConcept('A') })
    const bad = aResource('Observation', 'bad', { code: aConcept('B') })
    const admin = adminOf(database)
    await admin(`alter table record.entry add constraint no_b check (title <> 'B')`)
    const [report] = await run([file('a.json', aBundle([aPatientResource(), good, bad]))])
    await admin('alter table record.entry drop constraint no_b')
    expect(report?.patients[0]?.refused).toBe(
      'the database refused Observation/bad (23514), so none of it was kept',
    )
    expect(await openEntries()).toEqual([])
    expect(await patientNow()).toBeUndefined()
  })

  test('NDJSON files of one kind each are read together', async () => {
    practice = await aPractice(database.db)
    const lines = (...resources: readonly unknown[]) =>
      resources.map((each) => JSON.stringify(each)).join('\n')
    const reports = await run([
      file(
        'Condition.ndjson',
        lines(
          aResource('Condition', 'a', { code: aConcept('Asthma') }),
          aResource('Condition', 'b', { code: aConcept('Gout') }),
        ),
      ),
      file('Patient.ndjson', lines(aPatientResource(), { resourceType: 'Organization', id: 'o' })),
    ])
    expect(reports.every(isAllIn)).toBe(true)
    expect(await openEntries()).toEqual([{ title: 'Asthma' }, { title: 'Gout' }])
  })

  test('taken as whole by hand, a file closes what it no longer has; a file of one kind never does', async () => {
    practice = await aPractice(database.db)
    const gout = aResource('Condition', 'gout', { code: aConcept('Gout') })
    const asthma = aResource('Condition', 'asthma', { code: aConcept('Asthma') })
    await run([file('both.json', aBundle([aPatientResource(), gout, asthma]))])
    const patient = file('Patient.ndjson', aPatientResource())
    await run([patient, file('Condition.ndjson', gout)], { isWhole: true })
    expect(await openEntries()).toEqual([{ title: 'Asthma' }, { title: 'Gout' }])
    await run([file('one.json', aBundle([aPatientResource(), gout]))], { isWhole: true })
    expect(await openEntries()).toEqual([{ title: 'Gout' }])
  })

  test('structured records of one run never reach into one another', async () => {
    practice = await aPractice(database.db)
    const other = aPatientResource({
      id: 'p2',
      identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000026' }],
    })
    const stray = {
      ...aResource('Condition', 'stray', { code: aConcept('Gout') }),
      subject: aReference('Patient/p2'),
    }
    const first = aWholeRecord('2026-02-01', ['Asthma'])
    const second = aWholeRecord('2026-02-01', ['Eczema'])
    const reports = await run([
      file('one.json', { ...first, entry: [...first.entry, { resource: stray }] }),
      file('two.json', { ...second, entry: [{ resource: other }, ...second.entry.slice(1)] }),
    ])
    expect(reports.map((report) => report.patients.map((patient) => patient.nhsNumber))).toEqual([
      [ann],
      ['9990000026'],
    ])
  })

  test('keeps what it sets aside, whole, with the report', async () => {
    practice = await aPractice(database.db)
    const nameless = aResource('Condition', 'k', { note: [{ text: 'Burning feet' }] })
    const [report] = await run([
      file('a.json', aBundle([aPatientResource(), nameless, { resourceType: 'Slot', id: 's' }])),
    ])
    expect(report && isAllIn(report)).toBe(false)
    const kept = await database.db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly sourceKey: string; readonly resource: unknown }>(sql`
        select source_key, resource from record.quarantined where practice = ${practice} order by source_key`),
    )
    expect(kept).toMatchObject([
      { sourceKey: 'Condition/k', resource: nameless },
      { sourceKey: 'Slot/s' },
    ])
  })
})

function adminOf(test: TestDatabase) {
  return async (statement: string) => {
    const client = new pg.Client(test.settings)
    await client.connect()
    await client.query(statement)
    await client.end()
  }
}
