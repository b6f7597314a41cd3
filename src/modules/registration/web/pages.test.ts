import { inflateSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { encode } from 'uqr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { sql, systemProof, type Database } from '#platform/db'
import type { Role } from '#modules/access'
import { formatName, type Patient } from '#modules/directory'
import { aSignedInStaffMember } from '../../../../test/support/app.ts'
import { makeDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import { aPatientWithoutAccount, detailsFor, typedFrom } from '../../../../test/support/joining.ts'
import { anAccount, aPractice, aStaffMember } from '../../../../test/support/surgery.ts'
import { hiddenField, openPages, signedIn, type Visitor } from '../../../../test/support/visitor.ts'
import type { TypedDetails } from '../commands/linkage/present-linkage.ts'
import { registerRegistration } from '../plugin.ts'

const publicUrl = 'https://online.example'
const usual = {
  method: 'documents',
  photoDocument: 'passport',
  addressDocument: 'council-tax',
  appointments: 'manage',
  prescriptions: 'manage',
  recordCurrent: 'full',
  recordHistorical: 'none',
  handedOver: 'letter',
}

describe('signing up', () => {
  let database: TestDatabase
  let db: Database
  let app: FastifyInstance
  let practice: OdsCode

  beforeAll(async () => {
    database = await makeDatabase()
    db = database.db
    app = await openPages(db, (server) => registerRegistration(server, { publicUrl }))
    practice = await aPractice(db)
  })
  afterAll(async () => {
    await app.close()
    await database.drop()
  })

  const someoneWho = async (role: Role): Promise<Visitor> => {
    const { staffId } = await aStaffMember(db, practice, { name: 'Sam Desk', roles: [role] })
    const accountId = await anAccount(db, 'practice', { practice, subjectId: staffId })
    return signedIn(app, accountId, { practice, subjectId: staffId, relation: 'staff' })
  }
  const online = (patient: Patient) => `/practice/patients/${patient.patientId}/online`
  const postLetter = async (typed: TypedDetails) => {
    const [year = '', month = '', day = ''] = typed.bornOn.split('-')
    const { bornOn: _, ...fields } = typed
    return app.inject({
      method: 'POST',
      url: '/sign-up/letter',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ...fields, year, month, day }).toString(),
    })
  }

  test('at the desk asks for all that is missing at once, and makes nothing', async () => {
    const desk = await someoneWho('receptionist')
    const patient = await aPatientWithoutAccount(db, practice)
    const page = await desk.get(`${online(patient)}/sign-up`)
    const linkageId = hiddenField(page, 'linkageId')
    const { handedOver: _, ...forgotten } = usual
    const first = await desk.post(`${online(patient)}/sign-up`, { ...forgotten, linkageId })
    expect(first.status).toBe(400)
    expect(first.words).toContain('Choose how to hand the details over')
    const { photoDocument: __, addressDocument: ___, ...unseen } = usual
    const second = await desk.post(`${online(patient)}/sign-up`, { ...unseen, linkageId })
    expect(second.words).toContain('Choose the document with a photograph that you saw')
    expect(second.words).toContain('Choose the document with the address that you saw')
    expect((await desk.get(online(patient))).words).not.toContain('Account ID')
  })

  test('sent twice makes one set of details, and shows them once', async () => {
    const desk = await someoneWho('identity-verifier')
    const patient = await aPatientWithoutAccount(db, practice)
    const page = await desk.get(`${online(patient)}/sign-up`)
    const form = { ...usual, linkageId: hiddenField(page, 'linkageId') }
    const made = await desk.post(`${online(patient)}/sign-up`, form)
    expect(made.words).toContain('Linkage key')
    const again = await desk.post(`${online(patient)}/sign-up`, form)
    expect(again.status).toBe(400)
    expect(again.words).toContain('These details were made already')
    const shown = await desk.get(online(patient))
    expect(shown.words).toContain('Documents, seen at the desk')
    expect(shown.words.match(/Good until the end of 30 March 2026/g)).toHaveLength(1)
  })

  test('lets no more of the record be chosen by who only verifies', async () => {
    const patient = await aPatientWithoutAccount(db, practice)
    const desk = await someoneWho('receptionist')
    const page = await desk.get(`${online(patient)}/sign-up`)
    const form = { ...usual, linkageId: hiddenField(page, 'linkageId'), recordHistorical: 'full' }
    const refused = await desk.post(`${online(patient)}/sign-up`, form)
    expect(refused.words).toContain('opens more of the record than your practice gives by default')
    expect(
      (await (await someoneWho('practice-manager')).post(`${online(patient)}/sign-up`, form))
        .status,
    ).toBe(200)
  })

  test('prints a letter whose square code is the link with its details', async () => {
    const desk = await someoneWho('receptionist')
    const patient = await aPatientWithoutAccount(db, practice, { familyName: 'Łoś' })
    const page = await desk.get(`${online(patient)}/sign-up`)
    const linkageId = hiddenField(page, 'linkageId')
    const made = await desk.post(`${online(patient)}/sign-up`, { ...usual, linkageId })
    const key = hiddenField(made, 'key')
    const [, accountRef = ''] = /Account ID (\d{5} \d{5})/.exec(made.words) ?? []
    const clerk = await aSignedInStaffMember(db, practice, ['receptionist'])
    const pdf = await app.inject({
      method: 'POST',
      url: `${online(patient)}/letter`,
      headers: { cookie: clerk.cookie, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ _csrf: clerk.csrf, linkageId, key }).toString(),
    })
    expect(pdf.headers['content-type']).toBe('application/pdf')
    const file = pdf.rawPayload.toString('latin1')
    expect(file).toContain('/Marked true')
    const link = `${publicUrl}/sign-up/letter?practice=${practice}&account=${accountRef.replace(' ', '')}&key=${key.replaceAll('-', '')}`
    expect(squareIn(file)).toEqual(squareOf(link))
    const wrong = await desk.post(`${online(patient)}/letter`, { linkageId, key: 'aaaa-bbbb-cccc' })
    expect(wrong.status).toBe(404)
  })

  test('says the same of every failure, letter for letter', async () => {
    const patient = await aPatientWithoutAccount(db, practice)
    const typed = typedFrom(practice, patient, await detailsFor(db, practice, patient))
    const left = await aPatientWithoutAccount(db, practice)
    const leftTyped = typedFrom(practice, left, await detailsFor(db, practice, left))
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update directory.patient set registration = 'left'
        where practice = ${practice} and patient_id = ${left.patientId}`),
    )
    const tries = [
      { ...typed, key: 'aaaa-bbbb-cccc' },
      { ...typed, familyName: 'Nobody' },
      { ...typed, accountRef: '1234567890' },
      { ...typed, practice: 'Z99999' as OdsCode },
      leftTyped,
    ]
    const told = await Promise.all(tries.map(postLetter))
    const words = told.map(
      ({ statusCode, body }) => `${statusCode} ${body.replaceAll(/value="[^"]*"/g, '')}`,
    )
    expect(new Set(words).size).toBe(1)
    expect(words[0]).toContain('These details did not work')
  })

  test('asked for online tells everybody the same, and leads the desk to the patient', async () => {
    const patient = await aPatientWithoutAccount(db, practice, { familyName: 'Wintergreen' })
    const ask = (fields: Readonly<Record<string, string>>) =>
      app.inject({
        method: 'POST',
        url: '/sign-up/ask',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({
          practice,
          givenName: 'Rose',
          familyName: 'wintergreen',
          day: '6',
          month: '5',
          year: '1944',
          postcode: 'LS1 1AA',
          reachAt: '07700 900456',
          ...fields,
        }).toString(),
      })
    const told = [await ask({}), await ask({ familyName: 'Nobody' })]
    expect((await ask({ practice: 'Z99999' })).statusCode).toBe(200)
    expect(new Set(told.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1)
    expect((await ask({ day: '31', month: '2' })).body).toContain('Enter your date of birth')
    const desk = await someoneWho('receptionist')
    const list = await desk.get('/practice/sign-ups')
    expect(list.html).toContain(`${online(patient)}/sign-up`)
    expect(list.words).toContain('Not one patient has this last name and date of birth')
    const theirs = list.html.split('<section').find((one) => one.includes(online(patient)))
    const [, askedId = ''] = /sign-ups\/([\da-f-]{36})/.exec(theirs ?? '') ?? []
    await desk.post(`/practice/sign-ups/${askedId}`, { outcome: 'signed-up' })
    expect((await desk.get('/practice/sign-ups')).html).not.toContain(`${online(patient)}/sign-up`)
  })

  test('ends signed in, on the patient’s own home', async () => {
    const patient = await aPatientWithoutAccount(db, practice)
    const begun = await postLetter(
      typedFrom(practice, patient, await detailsFor(db, practice, patient)),
    )
    expect(begun.headers.location).toBe(`/sign-up/sign-in?practice=${practice}`)
    const cookie = String(begun.headers['set-cookie']).split(';')[0] ?? ''
    const page = await app.inject({ url: begun.headers.location ?? '', headers: { cookie } })
    expect(page.body).toContain(formatName(patient))
    const [, secret = ''] = /name="secret" value="([^"]+)"/.exec(page.body) ?? []
    const post = (fields: Readonly<Record<string, string>>) =>
      app.inject({
        method: 'POST',
        url: '/sign-up/sign-in',
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ practice, secret, email: '', ...fields }).toString(),
      })
    expect((await post({ password: 'password12' })).statusCode).toBe(400)
    const done = await post({ password: 'three quiet green kettles', noApp: 'yes' })
    expect(done.body).toContain('Keep these codes')
    expect(String(done.headers['set-cookie'])).toContain('patient-sign-in=')
    expect(
      (await post({ password: 'three quiet green kettles', noApp: 'yes' })).headers.location,
    ).toBe('/sign-up/letter')
  })
})

/** The dark parts of a square code, by row and column without the border around them. */
function squareOf(text: string): readonly string[] {
  const { data } = encode(text, { border: 0, ecc: 'M' })
  return data
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`${x},${y}`] : [])))
    .toSorted()
}

/** The dark parts that a PDF draws, read back from its pages. */
function squareIn(pdf: string): readonly string[] {
  const pages = [...pdf.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].flatMap(
    ([, body = '']) => {
      try {
        return [inflateSync(Buffer.from(body, 'latin1')).toString('latin1')]
      } catch {
        return []
      }
    },
  )
  const drawn = [...pages.join('\n').matchAll(/^([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re$/gm)].map(
    ([, x = '', y = '', unit = '']) => ({ x: Number(x), y: Number(y), unit: Number(unit) }),
  )
  const left = Math.min(...drawn.map(({ x }) => x))
  const top = Math.min(...drawn.map(({ y }) => y))
  return drawn
    .map(({ x, y, unit }) => `${Math.round((x - left) / unit)},${Math.round((y - top) / unit)}`)
    .toSorted()
}
