import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { newId } from '#kernel/id'
import { systemProof } from '#platform/db'
import { openAccess, setPracticeServices, type RecordLevel, type Role } from '#modules/access'
import { beginSignIn, type AccountId } from '#modules/accounts'
import { addPatients, type PatientId } from '#modules/directory'
import type { LocalDate } from '#kernel/time'
import { makeDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import {
  aConsultation,
  aNote,
  aRecord,
  aResult,
  aWeight,
  store,
} from '../../../../test/support/record-builders.ts'
import {
  anAccount,
  anNhsNumber,
  aPractice,
  aStaffMember,
} from '../../../../test/support/surgery.ts'
import { hiddenField, openPages, signedIn, type Answer } from '../../../../test/support/visitor.ts'
import type { IncomingEntry } from '../domain/entry.ts'
import { registerRecord } from '../plugin.ts'

let base: TestDatabase
let app: FastifyInstance
let practice: OdsCode
let admin: pg.Client

beforeAll(async () => {
  base = await makeDatabase()
  app = await openPages(base.db, registerRecord)
  practice = await aPractice(base.db)
  admin = new pg.Client(base.settings)
  await admin.connect()
})
afterAll(async () => {
  await app.close()
  await admin.end()
  await base.drop()
})

interface Switches {
  readonly current?: RecordLevel
  readonly historical?: RecordLevel
  readonly effectiveFrom?: Date
  readonly hasLooked?: boolean
  readonly practice?: OdsCode
}

async function aReader(entries: readonly IncomingEntry[], switches: Switches = {}) {
  const at = switches.practice ?? practice
  const patientId: PatientId = newId(base.db.now())
  const accountId = await anAccount(base.db, 'patient', { practice: at, subjectId: patientId })
  await base.db.transaction(systemProof(at), async (tx) => {
    await addPatients(tx, [
      {
        patientId,
        nhsNumber: anNhsNumber(),
        givenName: 'Ann',
        familyName: 'Patel',
        bornOn: '1961-04-12' as LocalDate,
        sex: 'female',
        addressLines: [],
        registration: 'active',
      },
    ])
    await openAccess(tx, {
      accountId,
      patientId,
      relation: 'self',
      appointments: 'none',
      prescriptions: 'none',
      recordCurrent: switches.current ?? 'full',
      recordHistorical: switches.historical ?? switches.current ?? 'full',
      effectiveFrom: switches.effectiveFrom ?? new Date(0),
    })
  })
  await store(base.db, at, patientId, aRecord(entries))
  const visitor = await signedIn(app, accountId, {
    practice: at,
    subjectId: patientId,
    relation: 'self',
  })
  if (switches.hasLooked !== false) await visitor.post('/record/first-look')
  return { patientId, accountId, visitor }
}

async function aDecider(role: Role, at = practice) {
  const { staffId } = await aStaffMember(base.db, at, { name: `Dr ${role}`, roles: [role] })
  const link = { practice: at, subjectId: staffId }
  return signedIn(app, await anAccount(base.db, 'practice', link), { ...link, relation: 'staff' })
}

async function idOf(patientId: PatientId, key: string): Promise<string> {
  const { rows } = await admin.query<{ entry_id: string }>(
    'select entry_id from record.entry where patient_id = $1 and source_key = $2',
    [patientId, key],
  )
  return rows[0]?.entry_id ?? 'none'
}

const seen = (page: Answer) => ({
  decisionNo: hiddenField(page, 'decisionNo'),
  contentHash: hiddenField(page, 'contentHash'),
})
/** What the checkbox of one that goes with the entry sends. */
const alsoOf = (page: Answer, entryId: string) =>
  new RegExp(`name="also"[^>]* value="(${entryId} [^"]+)"`).exec(page.html)?.[1] ?? ''
const places = [
  '',
  '/medicines',
  '/allergies',
  '/problems',
  '/consultations',
  '/results',
  '/immunisations',
  '/documents',
  '/referrals',
  '/measurements',
]

describe('before the first look', () => {
  test('the patient reads once what to know, and is then led to the page they asked for', async () => {
    const { visitor } = await aReader([aWeight({ sourceKey: 'w' })], { hasLooked: false })
    const before = await visitor.get('/record/measurements')
    expect(before).toMatchObject({ status: 200 })
    expect(before.words).toContain('Before you look at your health record')
    expect(before.words).not.toContain('80 kg')
    const sent = await visitor.post('/record/first-look', { next: hiddenField(before, 'next') })
    expect(sent).toMatchObject({ status: 303, location: '/record/measurements' })
    expect((await visitor.get('/record/measurements')).words).toContain('80 kg')
  })

  test('nobody can be sent to another site from there', async () => {
    const { visitor } = await aReader([])
    expect(
      await visitor.post('/record/first-look', { next: '//evil.example/record' }),
    ).toMatchObject({ location: '/record' })
    expect(await visitor.post('/record/first-look', { next: '/recordx' })).toMatchObject({
      location: '/record',
    })
  })
})

describe('a part of the record', () => {
  test('is word for word the same whether nothing was written or something is withheld', async () => {
    const { visitor: empty } = await aReader([])
    const held = (sourceKey: string, kind: IncomingEntry['kind']) =>
      aNote({ sourceKey, kind, title: `zqheldtitle ${kind}` })
    const { visitor: withheld } = await aReader([
      held('1', 'medication'),
      held('2', 'allergy'),
      held('3', 'problem'),
      held('4', 'consultation'),
      held('5', 'result'),
      held('6', 'immunisation'),
      held('7', 'document'),
      held('8', 'referral'),
      held('9', 'observation'),
      aResult({ sourceKey: 'u', markers: ['unfiled'] }),
      aWeight({ sourceKey: 'm', markers: ['nopat'] }),
    ])
    const plain = (html: string) => html.replaceAll(/value="[^"]{20,}"/g, '')
    for (const place of places) {
      const [one, other] = [
        await empty.get(`/record${place}`),
        await withheld.get(`/record${place}`),
      ]
      expect(plain(other.html), place).toBe(plain(one.html))
      if (place !== '') expect(one.words).toContain('nothing recorded to show here')
      expect(one.words).not.toMatch(/no allergies|no results/i)
    }
  })

  test('says that the access does not include it, who decides, and how to ask', async () => {
    const { visitor } = await aReader([aResult({ sourceKey: 'r' })], { current: 'summary' })
    const page = await visitor.get('/record/results')
    expect(page).toMatchObject({ status: 200 })
    expect(page.words).toContain('Your online access does not include this part')
    expect(page.words).toContain('not switched on for your account')
    expect(page.words).not.toContain('Serum')
    const elsewhere = await aPractice(base.db)
    await base.db.transaction(systemProof(elsewhere), (tx) =>
      setPracticeServices(tx, { appointments: true, prescriptions: true, recordLevel: 'summary' }),
    )
    const { visitor: other } = await aReader([], { practice: elsewhere })
    expect((await other.get('/record/results')).words).toContain(
      'does not show this part online to any of its patients',
    )
  })

  test('says from when on it is open, and shows what was written from then on', async () => {
    const from = new Date('2026-02-01T00:00:00Z')
    const old = new Date('2026-01-01T09:00:00Z')
    const { visitor } = await aReader(
      [
        aWeight({ sourceKey: 'new' }),
        aWeight({
          sourceKey: 'old',
          value: { number: 77, unit: 'kg' },
          recordedAt: old,
          clinicalAt: old,
        }),
      ],
      { current: 'full', historical: 'summary', effectiveFrom: from },
    )
    const page = await visitor.get('/record/measurements')
    expect(page.words).toContain('from 1 February 2026 on')
    expect(page.words).toContain('80 kg')
    expect(page.words).not.toContain('77 kg')
  })

  test('goes by pages of 50, the newest first, without a gap where something is held', async () => {
    const at = (index: number) => new Date(Date.UTC(2025, 0, 1 + index))
    const entries = Array.from({ length: 110 }, (_, index) =>
      aWeight({
        sourceKey: `w${index}`,
        value: { number: 90 + index, unit: 'kg' },
        clinicalAt: at(index),
        ...(index % 2 === 0 && { text: 'Not yet seen by a doctor' }),
      }),
    )
    const { visitor } = await aReader(entries)
    const figuresOf = (page: Answer) =>
      [...page.words.matchAll(/(\d{2,3}) kg/g)].map((found) => Number(found[1]))
    const first = figuresOf(await visitor.get('/record/measurements'))
    const second = figuresOf(await visitor.get('/record/measurements?page=2'))
    expect(first).toEqual(Array.from({ length: 50 }, (_, index) => 199 - 2 * index))
    expect(second).toEqual([99, 97, 95, 93, 91])
    expect(await visitor.get('/record/measurements?page=3')).toMatchObject({ status: 404 })
  })

  test('shows dates as exactly as they are known, and the original words', async () => {
    const { visitor } = await aReader([
      aNoteless('p1', {
        kind: 'problem',
        title: 'Essential hypertension',
        clinicalAt: new Date('2019-01-01'),
        clinicalPrecision: 'year',
      }),
      aNoteless('p2', {
        kind: 'problem',
        title: 'Asthma',
        clinicalAt: new Date('2019-03-01'),
        clinicalPrecision: 'month',
      }),
    ])
    const { words } = await visitor.get('/record/problems')
    expect(words).toContain('Essential hypertension Since 2019')
    expect(words).toContain('Asthma Since March 2019')
  })

  test('shows medicines in use and past apart, with their supplies, without status words', async () => {
    const detail = {
      type: 'repeat',
      status: 'active',
      dose: 'One tablet each morning',
      quantity: '28 tablet',
    } as const
    const { visitor } = await aReader([
      aNoteless('m', { kind: 'medication', title: 'Amlodipine 5mg tablets', detail }),
      aNoteless('i', {
        kind: 'issue',
        title: 'Amlodipine 5mg tablets',
        parentKey: 'm',
        clinicalAt: new Date('2026-01-05'),
        detail: { quantity: '28 tablet' },
      }),
      aNoteless('s', {
        kind: 'medication',
        title: 'Ramipril 5mg capsules',
        detail: { ...detail, status: 'stopped', stoppedOn: '2025-01-01' },
      }),
    ])
    const current = (await visitor.get('/record/medicines')).words
    expect(current).toContain('Amlodipine 5mg tablets How to take it One tablet each morning')
    expect(current).toContain('Supplied on: 5 January 2026')
    expect(current).not.toMatch(/Ramipril|active|completed/)
    const past = (await visitor.get('/record/medicines?show=past')).words
    expect(past).toContain('Ramipril 5mg capsules')
    expect(past).toContain('Stopped 1 January 2025')
  })
})

function aNoteless(sourceKey: string, given: Partial<IncomingEntry>): IncomingEntry {
  const { value: _value, ...weight } = aWeight({ sourceKey })
  return { ...weight, codings: [{ system: 'http://snomed.info/sct', code: '1' }], ...given }
}

describe('a test result', () => {
  test('shows value, range and place in words, and its course as a picture and a table', async () => {
    const earlier = new Date('2025-02-20T09:00:00Z')
    const { patientId, visitor } = await aReader([
      aResult({ sourceKey: 'now' }),
      aResult({
        sourceKey: 'then',
        value: { number: 137, unit: 'mmol/L', low: 133, high: 146 },
        clinicalAt: earlier,
        recordedAt: earlier,
        filedAt: earlier,
      }),
    ])
    const list = await visitor.get('/record/results')
    expect(list.words.match(/Serum sodium level/g)).toHaveLength(1)
    const page = await visitor.get(`/record/results/${await idOf(patientId, 'now')}`)
    expect(page.words).toContain('Result 140 mmol/L')
    expect(page.words).toContain('133 to 146 mmol/L. Within the usual range')
    expect(page.html).toContain('<svg')
    expect(page.words).toContain('137 mmol/L')
  })

  test('that is held, of someone else, or not there, is the same 404', async () => {
    const { patientId, visitor } = await aReader([
      aResult({ sourceKey: 'held', text: 'zqcomment, not yet seen by a doctor' }),
    ])
    const other = await aReader([aResult({ sourceKey: 'theirs' })])
    const held = await visitor.get(`/record/results/${await idOf(patientId, 'held')}`)
    const theirs = await visitor.get(`/record/results/${await idOf(other.patientId, 'theirs')}`)
    const absent = await visitor.get(`/record/results/${newId(new Date())}`)
    expect([held.status, theirs.status, absent.status]).toEqual([404, 404, 404])
    expect(held.html).toBe(absent.html)
    expect(theirs.html).toBe(absent.html)
    expect(await visitor.get('/record/results/nonsense')).toMatchObject({ status: 404 })
  })
})

describe('a consultation', () => {
  test('shows what was released under its headings, and no heading of what was not', async () => {
    const inVisit = { encounterKey: 'c', parentKey: 'c' }
    const { patientId, visitor } = await aReader([
      aConsultation({ sourceKey: 'c' }),
      aNoteless('h1', { kind: 'heading', title: 'Examination', ...inVisit, position: 0 }),
      aWeight({ sourceKey: 'w', encounterKey: 'c', parentKey: 'h1' }),
      aNoteless('h2', { kind: 'heading', title: 'Comment', ...inVisit, position: 1 }),
      aNote({ sourceKey: 'n', encounterKey: 'c', parentKey: 'h2' }),
    ])
    expect((await visitor.get('/record/consultations')).words).toContain(
      'nothing recorded to show here',
    )
    const decider = await aDecider('clinician')
    const id = await idOf(patientId, 'c')
    const review = await decider.get(`/practice/disclosure/${id}`)
    await decider.post(`/practice/disclosure/${id}/release`, {
      ...seen(review),
      also: [
        alsoOf(review, await idOf(patientId, 'h1')),
        alsoOf(review, await idOf(patientId, 'h2')),
      ],
    })
    const { words } = await visitor.get(`/record/consultations/${id}`)
    expect(words).toMatch(/Examination Body weight : 80 kg/)
    expect(words).not.toMatch(/Comment|zqheld/)
  })
})

describe('a document', () => {
  test('is read on its page and sent so that no browser runs it, under a name that says nothing', async () => {
    const { patientId, accountId, visitor } = await aReader([
      aNote({
        sourceKey: 'd',
        kind: 'document',
        title: 'Letter from clinic',
        text: '',
        content: {
          contentType: 'text/html',
          bytes: new TextEncoder().encode('<script>1</script>'),
        },
      }),
    ])
    const id = await idOf(patientId, 'd')
    expect(await visitor.get(`/record/documents/${id}/file`)).toMatchObject({ status: 404 })
    const decider = await aDecider('clinician')
    await decider.post(
      `/practice/disclosure/${id}/release`,
      seen(await decider.get(`/practice/disclosure/${id}`)),
    )
    expect((await visitor.get(`/record/documents/${id}`)).words).toContain(
      'Download file (18 bytes)',
    )

    const cookie = await cookieOf(accountId, patientId)
    const file = await app.inject({ url: `/record/documents/${id}/file`, headers: { cookie } })
    expect(file.statusCode).toBe(200)
    expect(file.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-disposition': 'attachment; filename="document-2026-02-20.bin"',
      'cache-control': 'no-store',
    })
    expect(file.headers['content-security-policy']).toContain('sandbox')
    expect(file.body).toBe('<script>1</script>')
  })
})

async function cookieOf(accountId: AccountId, patientId: PatientId): Promise<string> {
  const token = await beginSignIn(base.db, accountId, 'patient', {
    practice,
    subjectId: patientId,
    relation: 'self',
  })
  return `patient-sign-in=${accountId}.${token}`
}

describe('every view', () => {
  test('is in the audit trail, without a clinical word', async () => {
    const { patientId, visitor } = await aReader([aResult({ sourceKey: 'r' })])
    for (const place of places) await visitor.get(`/record${place}`)
    const entryId = await idOf(patientId, 'r')
    await visitor.get(`/record/results/${entryId}`)
    const { rows } = await admin.query<{ type: string; details: object }>(
      "select type, details from audit.event where patient_id = $1 and type like '%viewed' order by event_id",
      [patientId],
    )
    expect(rows.map((row) => row.type).toSorted()).toEqual(
      [
        'record.overview-viewed',
        'record.medicines-viewed',
        'record.allergies-viewed',
        'record.problems-viewed',
        'record.consultations-viewed',
        'record.results-viewed',
        'record.immunisations-viewed',
        'record.documents-viewed',
        'record.referrals-viewed',
        'record.measurements-viewed',
        'record.result-viewed',
      ].toSorted(),
    )
    for (const { type, details } of rows)
      expect(details).toEqual(type === 'record.result-viewed' ? { entryId } : {})
  })

  test('of a document says which it was, whoever looked, as does its download', async () => {
    const content = { contentType: 'text/plain', bytes: new TextEncoder().encode('Dear Dr') }
    const letter = aNote({ sourceKey: 'd', kind: 'document', title: 'Letter', text: '', content })
    const { patientId, visitor } = await aReader([letter])
    const entryId = await idOf(patientId, 'd')
    const decider = await aDecider('clinician')
    const review = await decider.get(`/practice/disclosure/${entryId}`)
    await decider.post(`/practice/disclosure/${entryId}/release`, seen(review))
    await visitor.get(`/record/documents/${entryId}`)
    await visitor.get(`/record/documents/${entryId}/file`)
    await decider.get(`/practice/patients/${patientId}/record/as-patient/documents/${entryId}`)
    const { rows } = await admin.query<{ type: string; details: object }>(
      `select type, details from audit.event where patient_id = $1
       and (type like 'record.document%' or type = 'record.seen-as-patient') order by type`,
      [patientId],
    )
    expect(rows).toEqual([
      { type: 'record.document-downloaded', details: { entryId } },
      { type: 'record.document-viewed', details: { entryId } },
      { type: 'record.seen-as-patient', details: { entryId } },
    ])
  })

  test('of the queue says whose entries were listed', async () => {
    const own = await aPractice(base.db)
    const { patientId } = await aReader([aNote({ sourceKey: 'n' })], { practice: own })
    await (await aDecider('ig-lead', own)).get('/practice/disclosure')
    const { rows } = await admin.query<{ details: object }>(
      "select details from audit.event where practice = $1 and type = 'record.queue-viewed'",
      [own],
    )
    expect(rows).toEqual([{ details: { patientIds: [patientId] } }])
  })
})

describe('staff', () => {
  test('decide on one screen and are led to what waits next', async () => {
    const own = await aPractice(base.db)
    const { patientId } = await aReader([aNote({ sourceKey: 'a' }), aNote({ sourceKey: 'b' })], {
      practice: own,
    })
    const decider = await aDecider('ig-lead', own)
    const queue = await decider.get('/practice/disclosure?kind=note')
    expect(queue.words).toContain('2 entries held.')
    expect(queue.words).toContain(
      'Somebody outside the family said this, with no sign that the patient was there or knows.',
    )
    const [first, second] = [await idOf(patientId, 'a'), await idOf(patientId, 'b')].toSorted()
    const review = await decider.get(`/practice/disclosure/${first}?kind=note`)
    expect(review.html).toContain('<mark class="app-mark">Neighbour rang')
    expect(review.words).toContain('What the patient would see Comment')
    const done = await decider.post(`/practice/disclosure/${first}/release`, {
      ...seen(review),
      kind: 'note',
      rule: '',
    })
    expect(done).toMatchObject({
      status: 303,
      location: `/practice/disclosure/${second}?kind=note#decide`,
    })
    const last = await decider.post(`/practice/disclosure/${second}/release`, {
      ...seen(await decider.get(`/practice/disclosure/${second}`)),
      kind: 'note',
      rule: '',
    })
    expect(last).toMatchObject({ status: 303, location: '/practice/disclosure?kind=note' })
    expect((await decider.get('/practice/disclosure')).words).toContain('Nothing is waiting')
  })

  test('are told every fault of a withholding at once, and keep what they typed', async () => {
    const { patientId } = await aReader([aNote({ sourceKey: 'n' })])
    const decider = await aDecider('clinician')
    const path = `/practice/disclosure/${await idOf(patientId, 'n')}`
    const review = await decider.get(path)
    const faulty = await decider.post(`${path}/withhold`, {
      ...seen(review),
      explanation: 'x'.repeat(501),
      day: '30',
      month: '2',
      year: '2026',
    })
    expect(faulty.status).toBe(400)
    expect(faulty.html).toContain('<title>Error: ')
    expect(faulty.words).toContain(
      'There is a problem Choose the ground for withholding this Explanation must be 500 characters or fewer Review date must be a real date',
    )
    expect(faulty.html).toMatch(/name="day"[^>]*value="30"|value="30"[^>]*name="day"/)
    expect(faulty.html).toContain('x'.repeat(501))
    for (const [day, month, year] of [
      ['2', '3', '2026'],
      ['3', '3', '2027'],
    ] as const) {
      expect(
        (
          await decider.post(`${path}/withhold`, {
            ...seen(review),
            ground: 'third-party',
            day,
            month,
            year,
          })
        ).words,
      ).toContain('after today and no later than 2 March 2027')
    }
    expect(
      await decider.post(`${path}/withhold`, {
        ...seen(review),
        ground: 'third-party',
        day: '2',
        month: '3',
        year: '2027',
      }),
    ).toMatchObject({ status: 303 })
    expect((await decider.get(path)).words).toContain('Withheld, review 2 March 2027')
  })

  test('are told who decided before them', async () => {
    const { patientId } = await aReader([aNote({ sourceKey: 'n' })])
    const [one, two] = [await aDecider('clinician'), await aDecider('ig-lead')]
    const path = `/practice/disclosure/${await idOf(patientId, 'n')}`
    const before = seen(await one.get(path))
    expect(await one.post(`${path}/release`, before)).toMatchObject({ status: 303 })
    expect(await one.post(`${path}/release`, before)).toMatchObject({ status: 303 })
    const late = await two.post(`${path}/withhold`, {
      ...before,
      ground: 'third-party',
      day: '1',
      month: '6',
      year: '2026',
    })
    expect(late.status).toBe(409)
    expect(late.words).toContain('Dr clinician released it on Monday 2 March 2026 at 8:00am')
  })

  test('are told when what they chose to release with an entry has changed since', async () => {
    const visitOf = (text: string) => [
      aConsultation({ sourceKey: 'c' }),
      aNote({ sourceKey: 'n', encounterKey: 'c', parentKey: 'c', text }),
    ]
    const { patientId } = await aReader(visitOf('Daughter rang.'))
    const decider = await aDecider('clinician')
    const [id, note] = [await idOf(patientId, 'c'), await idOf(patientId, 'n')]
    const review = await decider.get(`/practice/disclosure/${id}`)
    await store(base.db, practice, patientId, aRecord(visitOf('Daughter rang again.')))
    const answer = await decider.post(`/practice/disclosure/${id}/release`, {
      ...seen(review),
      also: alsoOf(review, note),
    })
    expect(answer.status).toBe(409)
    expect(answer.words).toContain(
      'Something that goes with the entry has changed since you read it',
    )
  })

  test('see the whole record with what the patient sees of it, and then the record as the patient sees it', async () => {
    const { patientId, visitor } = await aReader(
      [
        aWeight({ sourceKey: 'w' }),
        aNote({ sourceKey: 'n' }),
        aNote({ sourceKey: 'x', markers: ['nopat'] }),
      ],
      { current: 'detailed' },
    )
    const decider = await aDecider('clinician')
    const record = `/practice/patients/${patientId}/record`
    const whole = (await decider.get(record)).words
    expect(whole).toContain('Shown')
    expect(whole).toContain('Held')
    expect(whole).toContain('In the GP system it is marked as not for the patient')
    const strip = (html: string) =>
      html
        .slice(html.indexOf('<h1'), html.indexOf('</main>'))
        .replaceAll(`${record}/as-patient`, '/record')
        // What else the patient can do is not theirs to do.
        .replace(/<h2[^>]*>More<\/h2><ul>.*?<\/ul>/, '')
    for (const place of places) {
      const as = await decider.get(`${record}/as-patient${place}`)
      expect(as.status).toBe(200)
      expect(strip(as.html), place).toBe(strip((await visitor.get(`/record${place}`)).html))
    }
    const { rows } = await admin.query<{ n: number }>(
      "select count(*)::int as n from audit.event where patient_id = $1 and type = 'record.seen-as-patient' and actor_kind = 'staff'",
      [patientId],
    )
    expect(rows[0]?.n).toBe(places.length)
  })

  test('of another practice find neither the entry nor the patient', async () => {
    const { patientId } = await aReader([aNote({ sourceKey: 'n' })])
    const elsewhere = await aPractice(base.db)
    const { staffId } = await aStaffMember(base.db, elsewhere, {
      name: 'Dr Far',
      roles: ['clinician'],
    })
    const link = { practice: elsewhere, subjectId: staffId }
    const far = await signedIn(app, await anAccount(base.db, 'practice', link), {
      ...link,
      relation: 'staff',
    })
    const id = await idOf(patientId, 'n')
    for (const path of [
      `/practice/disclosure/${id}`,
      `/practice/disclosure/${id}/file`,
      `/practice/patients/${patientId}/record`,
      `/practice/patients/${patientId}/record/as-patient`,
    ]) {
      expect((await far.get(path)).status, path).toBe(404)
    }
    expect(
      await far.post(`/practice/disclosure/${id}/release`, { decisionNo: '1', contentHash: 'x' }),
    ).toMatchObject({ status: 404 })
  })

  test('without the role are told so', async () => {
    const desk = await aDecider('receptionist')
    expect(await desk.get('/practice/disclosure')).toMatchObject({ status: 403 })
  })
})
