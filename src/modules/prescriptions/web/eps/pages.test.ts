import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { sql, systemProof } from '#platform/db'
import { openAccess } from '#modules/access'
import { savePharmacies } from '#modules/prescriptions'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { openEpsServer, type EpsServer } from '../../../../../test/support/eps-server.ts'
import {
  anEpsPractice,
  anOrder,
  aPharmacy,
  approve,
  coded,
  runThese,
  stateOf,
} from '../../../../../test/support/eps-practice.ts'
import { aDay } from '../../../../../test/support/planning.ts'
import { aPatient, aStaffMember, anAccount } from '../../../../../test/support/surgery.ts'
import { openPages, signedIn, type Answer } from '../../../../../test/support/visitor.ts'
import type { EpsConnection } from '../../commands/eps/connection.ts'
import { epsJobs } from '../../commands/eps/jobs.ts'
import { parsePostcode, type Postcode } from '../../domain/eps/postcode.ts'
import { registerEpsIdentity } from './identity-routes.tsx'
import { registerOutbox } from './outbox-routes.tsx'
import { registerPharmacies } from './pharmacy-routes.tsx'

const now = new Date('2026-04-02T09:00:00Z')
const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000)

let database: TestDatabase
let app: FastifyInstance

beforeAll(async () => {
  database = await makeDatabase(now)
  app = await openPages(database.db, registerPharmacies, (on) => {
    registerOutbox(on, false)
    registerEpsIdentity(on, false)
  })
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

const at = (text: string): Postcode => {
  const postcode = parsePostcode(text)
  if (postcode === undefined) throw new Error('Not a postcode')
  return postcode
}

async function someone(
  practice: OdsCode,
  given: { readonly prescriptions?: 'view' | 'manage'; readonly isProxy?: boolean } = {},
) {
  const { db } = app
  const accountId = await anAccount(db, 'patient', { practice, subjectId: newId(db.now()) })
  const { isProxy = false, prescriptions = 'manage' } = given
  const patient = await aPatient(db, practice, isProxy ? {} : { accountId, prescriptions })
  if (isProxy) {
    await db.transaction(systemProof(practice), (tx) =>
      openAccess(tx, {
        accountId,
        patientId: patient.patientId,
        relation: 'proxy',
        appointments: 'manage',
        prescriptions: 'manage',
        recordCurrent: 'full',
        recordHistorical: 'full',
        effectiveFrom: new Date(0),
      }),
    )
  }
  const visitor = await signedIn(app, accountId, {
    practice,
    subjectId: patient.patientId,
    relation: isProxy ? 'proxy' : 'self',
  })
  return { visitor, patientId: patient.patientId }
}

const namesIn = (answer: Answer) =>
  [...answer.html.matchAll(/<h3[^>]*>([^<]+)<\/h3>/g)].map(([, name]) => name)

describe('the page of a nominated pharmacy', () => {
  test('lets a patient find one, check it and use it, and keeps what it was before', async () => {
    const { practice, pharmacy } = await anEpsPractice(app.db)
    const other = aPharmacy({ name: 'Canalside Pharmacy' })
    await app.db.transaction(systemProof(practice), (tx) => savePharmacies(tx, [other]))
    const { visitor, patientId } = await someone(practice)

    const none = await visitor.get('/prescriptions/pharmacy')
    expect(none.words).toContain('You have not chosen one here')
    const found = await visitor.get('/prescriptions/pharmacy/search?near=canalside')
    expect(found.html).toContain(`/prescriptions/pharmacy/choose/${other.odsCode}`)

    const check = await visitor.get(`/prescriptions/pharmacy/choose/${other.odsCode}`)
    expect(check.words).toContain('Canalside Pharmacy')
    const changed = await visitor.post('/prescriptions/pharmacy', { pharmacy: other.odsCode })
    expect(changed).toMatchObject({ status: 303, location: '/prescriptions/pharmacy/changed' })
    expect((await visitor.get('/prescriptions/pharmacy/changed')).words).toContain(
      'Pharmacy changed',
    )

    database.setNow(after(1))
    await visitor.post('/prescriptions/pharmacy', { pharmacy: pharmacy.odsCode })
    database.setNow(after(2))
    await visitor.post('/prescriptions/pharmacy', { pharmacy: pharmacy.odsCode })
    const page = await visitor.get('/prescriptions/pharmacy')
    expect(page.words).toContain(pharmacy.name)
    expect(page.words).toContain('2 April 2026: Canalside Pharmacy')

    const told = await app.db.transaction(systemProof(practice), async (tx) => ({
      jobs: await tx.many<{ readonly kind: string }>(sql`
        select kind from jobs.job where practice = ${practice} and kind like 'prescriptions.%'`),
      events: await tx.many<{ readonly type: string }>(sql`
        select type
        from audit.event
        where practice = ${practice}
          and patient_id = ${patientId}
          and type = 'prescriptions.pharmacy-nominated'`),
    }))
    expect(told.jobs.map(({ kind }) => kind)).toEqual([
      'prescriptions.send-pharmacy-changed',
      'prescriptions.send-pharmacy-changed',
    ])
    expect(told.events).toHaveLength(2)

    database.setNow(after(3))
    await visitor.post('/prescriptions/pharmacy', { pharmacy: 'none' })
    expect((await visitor.get('/prescriptions/pharmacy')).words).toContain(
      'You have not chosen one here',
    )
  })

  test('tells a proxy plainly that they may not, and lets nothing through', async () => {
    const { practice, pharmacy } = await anEpsPractice(app.db)
    const { visitor } = await someone(practice, { isProxy: true })
    const page = await visitor.get('/prescriptions/pharmacy')
    expect(page.status).toBe(200)
    expect(page.words).toContain('You cannot change this for somebody else')
    expect(page.html).not.toContain('/prescriptions/pharmacy/search')
    const posted = await visitor.post('/prescriptions/pharmacy', { pharmacy: pharmacy.odsCode })
    expect(posted.status).toBe(403)
    expect(posted.words).toContain('You cannot change the pharmacy for somebody else')
    for (const path of ['search?near=LS1', `choose/${pharmacy.odsCode}`, 'none'])
      expect((await visitor.get(`/prescriptions/pharmacy/${path}`)).status).toBe(403)
  })

  test('lets whoever may only view see it and change nothing', async () => {
    const { practice, pharmacy } = await anEpsPractice(app.db)
    const { visitor } = await someone(practice, { prescriptions: 'view' })
    expect((await visitor.get('/prescriptions/pharmacy')).status).toBe(200)
    const posted = await visitor.post('/prescriptions/pharmacy', { pharmacy: pharmacy.odsCode })
    expect(posted.status).toBe(403)
  })

  test('offers none that closed or that patients do not choose', async () => {
    const { practice } = await anEpsPractice(app.db)
    const closed = aPharmacy({ name: 'Gone Pharmacy', closedOn: aDay('2026-04-02') })
    const surgery = aPharmacy({ name: 'Gone Surgery', kind: 'dispensing-practice' })
    await app.db.transaction(systemProof(practice), (tx) => savePharmacies(tx, [closed, surgery]))
    const { visitor } = await someone(practice)
    const found = await visitor.get('/prescriptions/pharmacy/search?near=gone')
    expect(found.words).toContain('No pharmacy is found for “gone”')
    for (const { odsCode } of [closed, surgery]) {
      expect((await visitor.get(`/prescriptions/pharmacy/choose/${odsCode}`)).status).toBe(409)
      expect((await visitor.post('/prescriptions/pharmacy', { pharmacy: odsCode })).status).toBe(
        409,
      )
    }
    expect((await visitor.get('/prescriptions/pharmacy/choose/FNONE')).status).toBe(404)
    expect((await visitor.post('/prescriptions/pharmacy', { pharmacy: '' })).status).toBe(404)
  })

  test('says that orders cannot go to one that closed since it was chosen', async () => {
    const { practice, pharmacy } = await anEpsPractice(app.db)
    const { visitor } = await someone(practice)
    await visitor.post('/prescriptions/pharmacy', { pharmacy: pharmacy.odsCode })
    await app.db.transaction(systemProof(practice), (tx) =>
      savePharmacies(tx, [{ ...pharmacy, closedOn: aDay('2026-04-01') }]),
    )
    expect((await visitor.get('/prescriptions/pharmacy')).words).toContain(
      'This pharmacy has closed',
    )
  })
})

describe('searching for a pharmacy', () => {
  test('puts those of the same sector first, then of the same first half, then by its number', async () => {
    const { practice } = await anEpsPractice(app.db)
    const shops = [
      aPharmacy({ name: 'Far', postcode: at('QX14 1AA') }),
      aPharmacy({ name: 'Next door', postcode: at('QX2 5AB') }),
      aPharmacy({ name: 'Same half', postcode: at('QX1 9ZZ') }),
      aPharmacy({ name: 'Same sector', postcode: at('QX1 4AP') }),
      aPharmacy({ name: 'Elsewhere', postcode: at('QXX1 1AA'.replace('QXX', 'Q')) }),
      aPharmacy({ name: 'By post', postcode: at('QX1 4AB'), kind: 'distance-selling' }),
    ]
    await app.db.transaction(systemProof(practice), (tx) => savePharmacies(tx, shops))
    const { visitor } = await someone(practice)
    const search = async (near: string) =>
      namesIn(await visitor.get(`/prescriptions/pharmacy/search?near=${encodeURIComponent(near)}`))
    expect(await search('qx1 4ap')).toEqual(['Same sector', 'Same half', 'Next door', 'Far'])
    expect(await search('QX14')).toEqual(['Far', 'Next door', 'Same sector', 'Same half'])
    const online = await visitor.get('/prescriptions/pharmacy/search?online=yes')
    expect(namesIn(online)).toEqual(['By post'])
    expect(online.words).toContain('Sign up with it first')
  })

  test('takes what is typed for words, never for a pattern, and pages', async () => {
    const { practice } = await anEpsPractice(app.db)
    const shops = Array.from({ length: 12 }, (_, place) =>
      aPharmacy({ name: `Hundred% Health ${String(place).padStart(2, '0')}` }),
    )
    await app.db.transaction(systemProof(practice), (tx) => savePharmacies(tx, shops))
    const { visitor } = await someone(practice)
    const path = '/prescriptions/pharmacy/search'
    const first = await visitor.get(`${path}?near=hundred%25%20h`)
    expect(namesIn(first)).toHaveLength(10)
    expect(namesIn(await visitor.get(`${path}?near=hundred%25%20h&page=2`))).toHaveLength(2)
    expect(namesIn(await visitor.get(`${path}?near=%25%25`))).toEqual([])
    expect((await visitor.get(`${path}?near=`)).status).toBe(400)
    expect((await visitor.get(`${path}?near=${'x'.repeat(500)}`)).status).toBe(400)
  })
})

describe('the settings of electronic prescriptions', () => {
  const path = '/practice/prescriptions/settings/electronic'
  const numbers = {
    title: 'Dr',
    givenName: 'Ada',
    familyName: 'Okafor',
    register: 'gmc',
    registration: '6095103',
    din: '',
    sdsUserId: '5550 8668 9106',
    roleProfileId: '200102238987',
    roleCode: 'R0260',
  }

  async function aManager(practice: OdsCode) {
    const name = { name: 'Graham Holt', roles: ['practice-manager'] } as const
    const { staffId } = await aStaffMember(app.db, practice, name)
    const link = { practice, subjectId: staffId, relation: 'staff' as const }
    return signedIn(app, await anAccount(app.db, 'practice', link), link)
  }

  test('make a practice and a prescriber known, so that what they approve is sent', async () => {
    database.setNow(now)
    const made = await anEpsPractice(app.db, { isSetUp: false })
    const { practice, patient, prescriber, pharmacy } = made
    const manager = await aManager(practice)
    const before = await manager.get(path)
    expect(before.words).toContain('every prescription goes on paper')
    expect(before.words).toContain('Not set up: on paper')

    const parent = { parentCode: ' qwo ', parentName: 'A made-up board' }
    expect((await manager.post(path, parent)).status).toBe(303)
    const form = await manager.get(`${path}/${prescriber.staffId}`)
    expect(form.html).toContain('value="Okafor"')
    const saved = await manager.post(`${path}/${prescriber.staffId}`, numbers)
    expect(saved.status).toBe(303)
    const later = await manager.get(path)
    expect(later.html).toContain('value="QWO"')
    expect(later.words).toContain('Set up')

    const where = { practice, patientId: patient.patientId }
    const order = await anOrder(app.db, where, [coded], pharmacy.odsCode)
    for (const itemId of order.itemIds) await approve(app.db, prescriber, itemId)
    expect((await stateOf(app.db, practice, order.itemIds[0]))?.paperReason).toBeUndefined()
  })

  test('say every fault at once, and keep what was typed', async () => {
    database.setNow(now)
    const { practice, prescriber } = await anEpsPractice(app.db, { isSetUp: false })
    const manager = await aManager(practice)
    const wrong = await manager.post(`${path}/${prescriber.staffId}`, {
      ...numbers,
      sdsUserId: '123',
      registration: '93I0468E',
      roleCode: 'R9999',
    })
    expect(wrong.status).toBe(400)
    expect(wrong.words).toContain('The smartcard number has 12 digits')
    expect(wrong.words).toContain('Choose the role on their smartcard')
    expect(wrong.html).toContain('value="93I0468E"')
    const register = await manager.post(`${path}/${prescriber.staffId}`, {
      ...numbers,
      registration: '93I0468E',
    })
    expect(register.words).toContain('A GMC number has 7 digits')
    const parent = await manager.post(path, { parentCode: '!', parentName: '' })
    expect(parent.words).toContain('The code has 3 to 10 letters and digits')
    expect(parent.words).toContain('Enter the name')
    expect((await manager.get(`${path}/${newId(now)}`)).status).toBe(404)
  })
})

describe('the outbox', () => {
  let server: EpsServer

  beforeAll(async () => {
    server = await openEpsServer()
  })
  afterAll(() => server.close())

  /** Answers as the server does, and needs no token. */
  const refusing: EpsConnection = {
    post: () =>
      Promise.resolve({
        status: 400,
        body: {
          resourceType: 'OperationOutcome',
          issue: [{ severity: 'error', code: 'value', diagnostics: 'The dose is too long.' }],
        },
      }),
    ask: () => Promise.resolve(undefined),
  }

  async function aWaitingPrescription() {
    database.setNow(now)
    const made = await anEpsPractice(app.db)
    const { practice, patient, prescriber, pharmacy } = made
    const where = { practice, patientId: patient.patientId }
    const order = await anOrder(app.db, where, [coded], pharmacy.odsCode)
    for (const itemId of order.itemIds) await approve(app.db, prescriber, itemId)
    await run(2)
    return { ...made, ...order }
  }

  async function run(minutes: number, eps?: EpsConnection) {
    database.setNow(after(minutes))
    const notice = { kind: 'prescriptions.send-decision' as const, run: () => Promise.resolve() }
    await runThese(app.db, [...epsJobs(eps), notice])
  }

  async function staff(practice: OdsCode, role: 'receptionist' | 'prescriber') {
    const { staffId } = await aStaffMember(app.db, practice, { name: 'Sam Staff', roles: [role] })
    const link = { practice, subjectId: staffId, relation: 'staff' as const }
    return signedIn(app, await anAccount(app.db, 'practice', link), link)
  }

  const path = '/practice/prescriptions/outbox'
  const messageIn = (answer: Answer) =>
    /outbox\/([0-9a-f-]{36})\/paper/.exec(answer.html)?.[1] ?? ''

  test('says that nothing is connected, and lists what waits', async () => {
    const { practice } = await aWaitingPrescription()
    const visitor = await staff(practice, 'receptionist')
    const page = await visitor.get(`${path}?view=waiting`)
    expect(page.words).toContain('No prescribing system is connected')
    expect(page.words).toContain('Amlodipine 5mg tablets')
    expect(page.words).toContain('Waiting to be sent')
    expect((await visitor.get(path)).words).toContain('Nothing needs you')
  })

  test('puts a prescription on paper once, after asking, and says so to the next', async () => {
    const { practice, itemIds } = await aWaitingPrescription()
    const visitor = await staff(practice, 'receptionist')
    const id = messageIn(await visitor.get(`${path}?view=waiting`))
    const ask = await visitor.get(`${path}/${id}/paper`)
    expect(ask.words).toContain('Put this prescription on paper?')
    expect(ask.words).not.toContain('Check that it has not arrived')
    expect((await visitor.post(`${path}/${id}/paper`)).status).toBe(303)
    expect(await stateOf(app.db, practice, itemIds[0])).toMatchObject({
      state: 'approved',
      paperReason: 'practice-choice',
    })
    const again = await visitor.post(`${path}/${id}/paper`)
    expect(again.status).toBe(409)
    expect(again.words).toContain('Put on paper')
    await run(120, refusing)
    const later = await staff(practice, 'receptionist')
    expect((await later.get(`${path}?view=gone`)).words).toContain('Put on paper')
  })

  test('shows why one was refused, and lets a prescriber alone send it anew', async () => {
    const { practice, itemIds } = await aWaitingPrescription()
    await run(120, refusing)
    const reception = await staff(practice, 'receptionist')
    const page = await reception.get(path)
    expect(page.words).toContain('Needs you (1)')
    expect(page.words).toContain('The dose is too long.')
    expect(page.words).not.toContain('Send as a new prescription')
    const id = messageIn(page)
    expect((await reception.post(`${path}/${id}/send-anew`)).status).toBe(403)

    const prescriber = await staff(practice, 'prescriber')
    expect((await prescriber.post(`${path}/${id}/send-anew`)).status).toBe(303)
    expect((await prescriber.post(`${path}/${id}/send-anew`)).status).toBe(409)
    const accepting: EpsConnection = {
      post: async (messageId, body) => {
        const answer = await fetch(`${server.url}/$process-message`, {
          method: 'POST',
          headers: { authorization: `Bearer ${server.token}`, 'x-request-id': messageId },
          body,
        })
        return { status: answer.status, body: await answer.json() }
      },
      ask: () => Promise.resolve(undefined),
    }
    await run(240, accepting)
    expect(server.taken).toHaveLength(1)
    expect(await stateOf(app.db, practice, itemIds[0])).toMatchObject({ state: 'sent' })
    const later = await staff(practice, 'prescriber')
    expect((await later.get(path)).words).toContain('Nothing needs you')
  })

  test('warns before paper where it may have arrived, and sends it again on request', async () => {
    const { practice } = await aWaitingPrescription()
    const broken: EpsConnection = {
      post: () => Promise.resolve({ status: 0, body: undefined }),
      ask: () => Promise.resolve(undefined),
    }
    await run(120, broken)
    const visitor = await staff(practice, 'receptionist')
    const page = await visitor.get(`${path}?view=waiting`)
    expect(page.words).toContain('Came to nothing: no answer')
    const id = messageIn(page)
    expect((await visitor.get(`${path}/${id}/paper`)).words).toContain(
      'Check that it has not arrived',
    )
    expect((await visitor.post(`${path}/${id}/retry`)).status).toBe(303)
    expect((await visitor.get(`${path}/${newId(now)}/paper`)).status).toBe(404)
    expect((await visitor.post(`${path}/${newId(now)}/retry`)).status).toBe(404)
  })

  test('shows nothing of another practice', async () => {
    const { practice } = await aWaitingPrescription()
    const id = messageIn(await (await staff(practice, 'receptionist')).get(`${path}?view=waiting`))
    const { practice: elsewhere } = await anEpsPractice(app.db)
    const visitor = await staff(elsewhere, 'prescriber')
    expect((await visitor.get(`${path}?view=waiting`)).words).toContain('Nothing is waiting')
    for (const step of ['retry', 'paper', 'send-anew'])
      expect((await visitor.post(`${path}/${id}/${step}`)).status).toBe(404)
  })
})
