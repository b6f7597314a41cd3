import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NhsNumber } from '#kernel/nhs-number'
import type { OdsCode } from '#kernel/ods-code'
import { sql, systemProof } from '#platform/db'
import { importFiles, isAllIn, type FileReport } from '#modules/imports'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { aPractice } from './support/surgery.ts'

const shared = fileURLToPath(new URL('../../shared/data/', import.meta.url))
const isAbsent = !existsSync(shared)
const why = isAbsent ? ' (skipped: the shared data is not beside this folder)' : ''

interface Row {
  readonly kind: string
  readonly title: string
  readonly sourceKey: string
  readonly parentKey?: string
  readonly encounterKey?: string
  readonly position: number
  readonly text?: string
  readonly markers: readonly string[]
  readonly detail: Readonly<Record<string, unknown>>
}
interface Resource {
  readonly resourceType: string
  readonly id?: string
  readonly intent?: string
  readonly [name: string]: unknown
}

let database: TestDatabase
let practice: OdsCode

const namesIn = (folder: string, end: string) =>
  isAbsent
    ? []
    : readdirSync(`${shared}${folder}`)
        .filter((name) => name.endsWith(end))
        .toSorted()
const fileOf = (path: string) => ({
  name: path.split('/').at(-1) ?? path,
  bytes: readFileSync(`${shared}${path}`),
})
const run = (paths: readonly string[], nhsNumber?: string) =>
  importFiles(database.db, paths.map(fileOf), {
    practice,
    ...(nhsNumber && { nhsNumber: nhsNumber as NhsNumber }),
  })
const rows = () =>
  database.db.transaction(systemProof(practice), (tx) =>
    tx.many<Row>(sql`
      select kind, title, source_key, parent_key, encounter_key, position, text, markers, detail
      from record.entry where practice = ${practice} and closed_at is null`),
  )
const resourcesOf = (path: string): readonly Resource[] =>
  (
    JSON.parse(readFileSync(`${shared}${path}`, 'utf8')) as { entry: { resource: Resource }[] }
  ).entry.map((entry) => entry.resource)
const countWhere = <Item>(items: readonly Item[], is: (item: Item) => boolean) =>
  items.filter(is).length
const only = (reports: readonly FileReport[]) => reports[0]

const gp = 'gp2gp-uat-stu3/'
const exports = namesIn(gp, '.json')
/** The file's first ten digits; the reference patient's are wrong by one. */
const numberOf = (name: string) =>
  name.startsWith('9690937287') ? '9690937286' : name.slice(0, 10)
const meyersInJanuary = `${gp}9465701262_Meyers_full_20210119.json`
const meyersInJune = `${gp}9465701262_Meyers_full_20210602.json`

beforeAll(async () => {
  database = await makeDatabase(new Date('2026-11-22T09:00:00Z'))
})
afterAll(() => database.drop())

describe.skipIf(isAbsent)(`real exports of GP systems${why}`, () => {
  test('there are eight of them', () => {
    expect(exports).toHaveLength(8)
  })

  test.each(exports)(
    '%s is refused as published, and goes in whole with its right number',
    async (name) => {
      practice = await aPractice(database.db)
      const refused = only(await run([gp + name]))
      expect(refused?.patients[0]?.refused).toContain('its check digit is wrong')
      expect(await rows()).toEqual([])

      const report = only(await run([gp + name], numberOf(name)))
      expect(report).toMatchObject({
        addsUp: true,
        isWhole: true,
        source: 'gp-connect',
        setAside: [],
      })
      expect(report && isAllIn(report)).toBe(true)

      const resources = resourcesOf(gp + name)
      const stored = await rows()
      const contained = resources.flatMap(
        (each) => (each['contained'] as Resource[] | undefined) ?? [],
      )
      expect(report?.counted).toBe(resources.length + contained.length)
      const is =
        (...types: readonly string[]) =>
        (each: Resource) =>
          types.includes(each.resourceType)
      const kinds = (...names: readonly string[]) =>
        countWhere(stored, (row) => names.includes(row.kind))
      const all = [...resources, ...contained]
      expect(kinds('allergy')).toBe(countWhere(all, is('AllergyIntolerance')))
      expect(kinds('problem')).toBe(countWhere(all, is('Condition')))
      expect(kinds('immunisation')).toBe(countWhere(all, is('Immunization')))
      expect(kinds('report')).toBe(countWhere(all, is('DiagnosticReport')))
      expect(kinds('referral')).toBe(countWhere(all, is('ReferralRequest')))
      expect(kinds('document')).toBe(countWhere(all, is('DocumentReference')))
      expect(kinds('request')).toBe(countWhere(all, is('ProcedureRequest')))
      expect(kinds('consultation')).toBe(countWhere(all, is('Encounter')))
      expect(kinds('medication')).toBe(
        countWhere(
          all,
          (each) => each.intent === 'plan' && each.resourceType === 'MedicationRequest',
        ),
      )
      expect(kinds('issue')).toBe(
        countWhere(
          all,
          (each) => each.intent === 'order' && each.resourceType === 'MedicationRequest',
        ),
      )
      expect(
        kinds(
          'note',
          'result',
          'result-group',
          'measurement',
          'observation',
          'family-history',
          'procedure',
        ),
      ).toBe(countWhere(all, is('Observation')))
      const notes = countWhere(all, (each) =>
        JSON.stringify(each['code'] ?? '').includes('37331000000100'),
      )
      expect(kinds('note')).toBe(notes)
      expect(report?.tally.entry).toBe(stored.length)
    },
  )

  test.each(exports)(
    '%s keeps every consultation as its headings and items in order',
    async (name) => {
      practice = await aPractice(database.db)
      await run([gp + name], numberOf(name))
      const byKey = new Map((await rows()).map((row) => [row.sourceKey, row]))
      const resources = new Map(
        resourcesOf(gp + name).map((each) => [`${each.resourceType}/${each.id}`, each]),
      )
      let seen = 0
      for (const list of resources.values()) {
        const code = (list['code'] as { coding?: { code: string }[] } | undefined)?.coding?.[0]
          ?.code
        if (list.resourceType !== 'List' || code !== '24781000000107' || !list['title']) continue
        const items = ((list['entry'] as { item: { reference?: string } }[] | undefined) ?? []).map(
          (entry) => entry.item.reference ?? '',
        )
        const direct = items
          .flatMap((item) => byKey.get(item) ?? [])
          .filter((row) => row.parentKey === `List/${list.id}`)
        expect(direct.map((row) => row.position)).toEqual(
          direct.map((row) => row.position).toSorted((a, b) => a - b),
        )
        for (const item of items) {
          const row = byKey.get(item)
          if (!row) continue
          seen++
          const encounter = (list['encounter'] as { reference: string }).reference
          expect(row.encounterKey ?? encounter).toBe(encounter)
          expect(isBelow(item, `List/${list.id}`, byKey) || row.kind === 'issue').toBe(true)
        }
      }
      if (!name.includes('Meyers_full_20210119')) expect(seen).toBeGreaterThan(0)
    },
  )

  test('every issue is below its medicine, every result below its report', async () => {
    practice = await aPractice(database.db)
    for (const name of exports) await run([gp + name], numberOf(name))
    const all = await rows()
    const byKey = new Map(all.map((row) => [row.sourceKey, row]))
    for (const issue of all.filter((row) => row.kind === 'issue')) {
      expect(byKey.get(issue.parentKey ?? '')?.kind).toBe('medication')
    }
    const inReports = all.filter(
      (row) =>
        row.kind === 'result' &&
        row.parentKey !== undefined &&
        ['report', 'result-group', 'result'].includes(byKey.get(row.parentKey)?.kind ?? ''),
    )
    expect(inReports.length).toBeGreaterThan(180)
    expect(
      all.filter((row) => row.kind === 'result-group').every((row) => row.parentKey !== undefined),
    ).toBe(true)
  })

  test('diary entries, and the document of another patient, can never be shown', async () => {
    practice = await aPractice(database.db)
    for (const name of exports) await run([gp + name], numberOf(name))
    const all = await rows()
    const diary = all.filter((row) => row.markers.includes('diary'))
    expect(diary.map((row) => row.kind)).toEqual(diary.map(() => 'request'))
    const newest = exports.filter((name) => !name.includes('Meyers_full_20210119'))
    const planned = newest
      .flatMap((name) => resourcesOf(gp + name))
      .filter((each) => each.resourceType === 'ProcedureRequest' && each.intent === 'plan')
    expect(diary.map((row) => row.sourceKey).toSorted()).toEqual(
      planned.map((each) => `ProcedureRequest/${each.id}`).toSorted(),
    )
    expect(
      all.find((row) => row.sourceKey === 'DocumentReference/D7AF52BA-79BA-4AF8-9010-F0C2DF916CEC')
        ?.markers,
    ).toContain('unreviewed')
    const { count } = (await database.db.transaction(systemProof(practice), (tx) =>
      tx.maybe<{ readonly count: number }>(sql`
        select count(*)::integer as count
        from record.entry join record.disclosure_decision using (practice, entry_id)
        where practice = ${practice} and outcome = 'released' and (markers <> '{}' or kind = 'document')`),
    )) ?? { count: -1 }
    expect(count).toBe(0)
  })

  test('Meyers in January, then June: updated, what vanished closed, nothing twice, the same again unchanged', async () => {
    practice = await aPractice(database.db)
    await run([meyersInJanuary], '9465701262')
    const january = new Set((await rows()).map((row) => row.sourceKey))
    const report = only(await run([meyersInJune], '9465701262'))
    const after = await rows()
    const june = new Set(after.map((row) => row.sourceKey))
    expect(june.size).toBe(after.length)
    const vanished = [...january].filter((key) => !june.has(key))
    const { stored } = report?.patients[0] ?? {}
    expect(vanished).toContain('Condition/7A41FAD0-E01B-4112-868F-261C69EA4AFA-PROB')
    expect(stored).toMatchObject({
      closed: vanished.length,
      stored: [...june].filter((key) => !january.has(key)).length,
    })
    expect(stored?.updated).toBeGreaterThan(0)
    expect(
      after.find((row) => row.sourceKey.startsWith('Condition/828198DE'))?.detail,
    ).toMatchObject({ status: 'past' })

    const again = only(await run([meyersInJune], '9465701262'))
    expect(again?.patients[0]?.stored).toMatchObject({
      stored: 0,
      updated: 0,
      unchanged: after.length,
      closed: 0,
      released: 0,
      held: 0,
    })
    const late = only(await run([meyersInJanuary], '9465701262'))
    expect(late?.patients[0]?.refused).toContain('newer export')
  })

  test('documents marked NOPAT go in, and are marked', async () => {
    for (const name of namesIn(`${gp}nopat`, '.json')) {
      practice = await aPractice(database.db)
      await run([`${gp}9465701459_Nel_full_20210602.json`], '9465701459')
      const report = only(await run([`${gp}nopat/${name}`], '9465701459'))
      expect(report && isAllIn(report)).toBe(true)
      expect((await rows()).find((row) => row.kind === 'document')).toMatchObject({
        title: 'Referral Letter (21-Sep-2020)',
        markers: ['nopat'],
      })
    }
  })

  test('the invalid resources are set aside, or kept so that they can do no harm', async () => {
    practice = await aPractice(database.db)
    await run([`${gp}9465701459_Nel_full_20210602.json`], '9465701459')
    const invalid = namesIn(`${gp}invalid`, '.json')
    const reports = await run(
      invalid.map((name) => `${gp}invalid/${name}`),
      '9465701459',
    )
    expect(reports.map((report) => [report.file, report.patients[0]?.setAside[0]?.reason])).toEqual(
      [
        ['condition_missing_code.json', 'it has no words to name it by'],
        ['medication-request-with-invalid-intent.json', 'it has no words to name it by'],
        ['medication-request-with-invalid-prescription-type.json', 'it has no words to name it by'],
      ],
    )
    expect(reports.every((report) => report.addsUp)).toBe(true)
  })
})

describe.skipIf(isAbsent)(`R4 files of other systems${why}`, () => {
  test.each(namesIn('synthea-r4', '.json'))('%s goes in whole', async (name) => {
    practice = await aPractice(database.db)
    const report = only(await run([`synthea-r4/${name}`], '9990000018'))
    expect(report).toMatchObject({ addsUp: true, source: 'fhir-r4', isWhole: false })
    expect(report && isAllIn(report)).toBe(true)
    const resources = resourcesOf(`synthea-r4/${name}`)
    const stored = await rows()
    for (const [kind, type] of [
      ['problem', 'Condition'],
      ['immunisation', 'Immunization'],
      ['procedure', 'Procedure'],
      ['consultation', 'Encounter'],
      ['medication', 'MedicationRequest'],
      ['report', 'DiagnosticReport'],
    ]) {
      expect(
        countWhere(stored, (row) => row.kind === kind),
        kind,
      ).toBe(countWhere(resources, (each) => each.resourceType === type))
    }
    expect(
      stored
        .filter((row) => row.kind === 'problem')
        .every((row) => row.encounterKey?.startsWith('Encounter/')),
    ).toBe(true)
  })

  test('the UK Core examples, which are XML, go in together or are set aside with a reason', async () => {
    practice = await aPractice(database.db)
    const names = namesIn('ukcore-r4/examples', '.xml').filter((name) => name.startsWith('UKCore-'))
    const reports = await run(names.map((name) => `ukcore-r4/examples/${name}`))
    expect(reports.every((report) => report.addsUp && report.unreadable === undefined)).toBe(true)
    const asides = reports.flatMap((report) => [
      ...report.setAside,
      ...report.patients.flatMap((patient) => patient.setAside),
    ])
    expect(asides.every((aside) => aside.reason !== '')).toBe(true)
    expect(await rows()).toContainEqual(
      expect.objectContaining({ kind: 'problem', title: 'Bleeding from ear' }),
    )
    expect((await rows()).length).toBeGreaterThan(50)
  })

  test('searchsets with a bundle in a bundle go in for someone on the list', async () => {
    practice = await aPractice(database.db)
    const path = 'prescriptions-for-patients-r4/success-multiple.json'
    const refused = only(await run([path]))
    expect(refused?.patients[0]?.refused).toContain("not on the practice's list")

    const person = {
      resourceType: 'Patient',
      id: 'p',
      birthDate: '1970-01-01',
      name: [{ family: 'Patel' }],
      identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9449304130' }],
    }
    await importFiles(
      database.db,
      [{ name: 'person.json', bytes: new TextEncoder().encode(JSON.stringify(person)) }],
      { practice },
    )
    const report = only(await run([path]))
    expect(report?.patients).toMatchObject([{ nhsNumber: '9449304130', stored: { stored: 6 } }])
    expect(report && isAllIn(report)).toBe(true)
  })

  test.each([
    ...namesIn('pds-r4/searchResponses', '.json').map((name) => `pds-r4/searchResponses/${name}`),
    ...namesIn('pds-r4/patientResponses', '.json').map((name) => `pds-r4/patientResponses/${name}`),
    ...namesIn('immunisation-r4', '.json').map((name) => `immunisation-r4/${name}`),
    ...namesIn('ips-r4/examples', '.json').map((name) => `ips-r4/examples/${name}`),
  ])('%s is read or refused, and adds up', async (path) => {
    practice = await aPractice(database.db)
    const report = only(await run([path]))
    expect(report?.addsUp).toBe(true)
  })
})

function isBelow(key: string, top: string, byKey: ReadonlyMap<string, Row>): boolean {
  let at: string | undefined = key
  for (let steps = 0; at !== undefined && steps < 20; steps++) {
    if (at === top) return true
    at = byKey.get(at)?.parentKey
  }
  return false
}
