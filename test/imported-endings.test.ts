import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql, systemProof, type Database } from '#platform/db'
import { beginSignIn } from '#modules/accounts'
import { bookAppointment } from '#modules/appointments'
import { patientById, type Patient } from '#modules/directory'
import { importFiles, isAllIn } from '#modules/imports'
import { liveSignIn } from '../src/modules/accounts/commands/signing-in/live-sign-in.ts'
import { aBundle, aPatientResource } from '../src/modules/imports/domain/test-export.ts'
import { aClinic, aKey, aNewSlot, storedSlots } from './support/clinic.ts'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { runJobs } from './support/jobs.ts'
import { aProxyFor, storedPatient } from './support/joining.ts'
import { aPlacedOrder } from './support/ordered.ts'
import { actingFor, anAccount, aPatient, aPractice } from './support/surgery.ts'

/** DOMAIN EX-2, EX-3, RA-11: what a GP system says of a registration ends here what hangs on it. */
describe('importing somebody whose registration ended', () => {
  let database: TestDatabase
  let db: Database

  beforeAll(async () => {
    database = await makeDatabase()
    db = database.db
  })
  afterAll(() => database.drop())

  /** A patient with an account, a proxy, an appointment to come, an order and open sign-ins. */
  async function somebody() {
    const practice = await aPractice(db)
    const linked = { practice, subjectId: '019caa00-0000-7000-8000-000000000000' }
    const accountId = await anAccount(db, 'patient', linked)
    const person = await aPatient<'appointments'>(db, practice, { accountId })
    const { patientId } = person
    const startsAt = new Date('2026-03-05T09:00:00Z')
    const [slotId] = await aClinic(db, practice, [aNewSlot({ startsAt })])
    if (slotId === undefined) throw new Error('No slot')
    const booked = await bookAppointment(db, person.acting, {
      slotId,
      reason: '',
      idempotencyKey: aKey(db),
    })
    if (!booked.ok) throw new Error('Not booked')
    await aPlacedOrder(db, actingFor<'prescriptions'>(practice, patientId, accountId), [
      { detail: { lastIssuedOn: '2026-01-02' } },
    ])
    const patient = await storedPatient(db, practice, patientId)
    const proxy = await aProxyFor(db, practice, patient)
    const link = { practice, subjectId: patientId } as const
    const own = await beginSignIn(db, accountId, 'patient', { ...link, relation: 'self' })
    const theirs = await beginSignIn(db, proxy.accountId, 'patient', { ...link, relation: 'proxy' })
    const state = async () => {
      const of = <Row extends object>(statement: ReturnType<typeof sql>) =>
        db.transaction(systemProof(practice), (tx) => tx.many<Row>(statement))
      const slots = await storedSlots(db, practice)
      const orders = await of<{ readonly state: string }>(sql`
        select state from prescriptions.order_item where practice = ${practice}`)
      const open = await of<{ readonly associationId: string }>(sql`
        select association_id from access.association
        where practice = ${practice} and patient_id = ${patientId} and ends_at is null`)
      const notices = await of<{ readonly subject: string }>(sql`
        select subject from messages.notice
        where practice = ${practice} and patient_id = ${patientId}
          and subject = 'An appointment was cancelled'`)
      return {
        booked: slots.filter(({ live }) => live > 0).length,
        orders: orders.map((one) => one.state),
        open: open.length,
        signedIn: [
          (await liveSignIn(db, accountId, own, 'patient')) !== undefined,
          (await liveSignIn(db, proxy.accountId, theirs, 'patient')) !== undefined,
        ],
        told: notices.length,
      }
    }
    return { practice, patient, state }
  }

  const resource = ({ nhsNumber, bornOn }: Patient, given: Readonly<Record<string, unknown>>) =>
    aPatientResource({
      identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: nhsNumber }],
      birthDate: bornOn,
      ...given,
    })
  const take = async (one: Awaited<ReturnType<typeof somebody>>, given: object) => {
    const bundle = aBundle([resource(one.patient, { ...given })])
    const bytes = new TextEncoder().encode(JSON.stringify(bundle))
    const reports = await importFiles(db, [{ name: 'a.json', bytes }], { practice: one.practice })
    expect(reports.every(isAllIn)).toBe(true)
    await runJobs(db)
    return one.state()
  }
  const all = {
    booked: 1,
    orders: ['requested'],
    open: 2,
    signedIn: [true, true],
    told: 0,
  }
  const nothing = { booked: 0, orders: ['cancelled'], open: 0, signedIn: [false, false] }

  test('changes nothing for somebody who is still registered', async () => {
    const one = await somebody()
    const before = await one.state()
    expect(await take(one, {})).toEqual({ ...all, orders: before.orders })
  })

  test.each([
    ['left', { active: false }, 1],
    ['died', { deceasedBoolean: true }, 0],
  ])('who %s loses what was booked, ordered, open and signed in', async (_, given, told) => {
    const one = await somebody()
    expect(await take(one, given)).toEqual({ ...nothing, told })
    expect(await take(one, given)).toEqual({ ...nothing, told })
  })

  test('who is another patient here is closed, and the other stays', async () => {
    const one = await somebody()
    const [kept] = await db.transaction(systemProof(one.practice), (tx) =>
      tx.many<{ readonly patientId: Patient['patientId'] }>(sql`
        insert into directory.patient
          (practice, patient_id, nhs_number, given_name, family_name, born_on, sex, registration,
           updated_at)
        values (${one.practice}, '019caa00-0000-7000-8000-00000000aaaa', '9990000026', 'Ann',
          'Patel', '1961-04-12', 'female', 'active', ${tx.now})
        returning patient_id`),
    )
    const identifier = { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000026' }
    const link = [{ other: { identifier }, type: 'replaced-by' }]
    expect(await take(one, { link })).toMatchObject(nothing)
    const twin = await storedPatient(db, one.practice, one.patient.patientId)
    expect(twin.mergedInto).toBe(kept?.patientId)
  })

  test('marked as sensitive serves nothing while the mark is there, and loses nothing', async () => {
    const one = await somebody()
    const before = await one.state()
    const marked = await take(one, { meta: { security: [{ code: 'R' }] } })
    expect(marked).toEqual({ ...before, told: 0 })
    const after = await db.transaction(systemProof(one.practice), (tx) =>
      patientById(tx, one.patient.patientId),
    )
    expect(after?.isSensitive).toBe(true)
    expect(await take(one, {})).toEqual({ ...before, told: 0 })
    const still = await storedPatient(db, one.practice, one.patient.patientId)
    expect(still.isSensitive).toBe(true)
  })
})
