import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { sql, systemProof, type Database } from '#platform/db'
import { associationsOfPatient } from '#modules/access'
import { bookAppointment } from '#modules/appointments'
import type { PatientId, RegistrationChange } from '#modules/directory'
import { aClinic, aKey, aNewSlot, storedSlots } from './support/clinic.ts'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { runJobs } from './support/jobs.ts'
import { aPatientWithoutAccount, detailsFor, storedPatient, typedFrom } from './support/joining.ts'
import { aPlacedOrder, putItem } from './support/ordered.ts'
import { actingFor, aPatient, aPractice, aStaffMember } from './support/surgery.ts'
import { openAssociation } from '../src/modules/access/queries/associations.ts'
import { presentLinkage } from '../src/modules/registration/commands/linkage/present-linkage.ts'
import { recordRegistration } from '../src/modules/registration/commands/registering/end-registration.ts'

/** DOMAIN EX-2, EX-3, RA-11. */
describe('recordRegistration', () => {
  let database: TestDatabase
  let db: Database
  let practice: OdsCode

  beforeAll(async () => {
    database = await makeDatabase()
    db = database.db
  })
  afterAll(() => database.drop())

  async function somebodyWithAnAppointment() {
    practice = await aPractice(db)
    const patient = await aPatient<'appointments'>(db, practice)
    const startsAt = new Date('2026-03-05T09:00:00Z')
    const [slotId] = await aClinic(db, practice, [aNewSlot({ startsAt })])
    if (slotId === undefined) throw new Error('No slot')
    const booking = { slotId, reason: '', idempotencyKey: aKey(db) }
    const booked = await bookAppointment(db, patient.acting, booking)
    if (!booked.ok) throw new Error('Not booked')
    return patient
  }
  const record = async (patientId: PatientId, change: RegistrationChange) => {
    const desk = await aStaffMember<'verify-identity'>(db, practice, {
      name: 'Sam Desk',
      roles: ['receptionist'],
    })
    return db.transaction(desk.acting, (tx) => recordRegistration(tx, patientId, change))
  }
  const inPractice = <Row extends object>(statement: ReturnType<typeof sql>) =>
    db.transaction(systemProof(practice), (tx) => tx.many<Row>(statement))
  const notices = (patientId: PatientId) =>
    inPractice<{ readonly subject: string }>(sql`
      select subject from messages.notice
      where practice = ${practice} and patient_id = ${patientId}
      order by notice_id`)
  const mayAct = async ({
    acting,
    accountId,
    patientId,
  }: Awaited<ReturnType<typeof somebodyWithAnAppointment>>) => {
    const at = { practice: acting.practice, accountId, patientId, now: db.now() }
    return (await db.transaction(acting, (tx) => openAssociation(tx, at))) !== undefined
  }

  test('leaving ends access at once, frees what was booked, and takes orders back', async () => {
    const patient = await somebodyWithAnAppointment()
    const { patientId } = patient
    await runJobs(db)
    expect(await notices(patientId)).not.toContainEqual({ subject: 'An appointment was cancelled' })
    expect(await mayAct(patient)).toBe(true)
    expect(await record(patientId, { kind: 'left' })).toEqual({ ok: true })
    expect(await mayAct(patient)).toBe(false)
    await runJobs(db)
    expect(await storedSlots(db, practice)).toMatchObject([{ live: 0 }])
    expect(await notices(patientId)).toContainEqual({ subject: 'An appointment was cancelled' })
    expect(await record(patientId, { kind: 'left' })).toEqual({
      ok: false,
      refusal: 'nothing-changed',
    })
  })

  test('who comes back has a new period, and no access until signed up anew', async () => {
    const patient = await somebodyWithAnAppointment()
    const { patientId } = patient
    await record(patientId, { kind: 'left' })
    database.setNow(new Date('2026-06-01T08:00:00Z'))
    await record(patientId, { kind: 'active' })
    expect(await mayAct(patient)).toBe(false)
    expect(await storedPatient(db, practice, patientId)).toMatchObject({
      registration: 'active',
      registeredOn: '2026-06-01',
    })
    expect(
      await inPractice(sql`
        select began_on, ended_on from directory.registration_period
        where practice = ${practice} and patient_id = ${patientId}
        order by began_on`),
    ).toEqual([{ beganOn: '0001-01-01', endedOn: '2026-03-02' }, { beganOn: '2026-06-01' }])
    database.setNow(new Date('2026-03-02T08:00:00Z'))
  })

  test('after a death nothing is sent to anybody', async () => {
    const { patientId } = await somebodyWithAnAppointment()
    await record(patientId, { kind: 'deceased' })
    await runJobs(db)
    expect(await notices(patientId)).toEqual([])
    expect(await storedSlots(db, practice)).toMatchObject([{ live: 0 }])
  })

  test('orders that nobody decided yet are taken back, and what was decided stays', async () => {
    const patient = await somebodyWithAnAppointment()
    const { patientId } = patient
    const ordering = actingFor<'prescriptions'>(practice, patientId, patient.accountId)
    const { itemIds } = await aPlacedOrder(db, ordering, [
      { detail: { lastIssuedOn: '2026-01-02' } },
      { title: 'Ramipril 5mg capsules', detail: { lastIssuedOn: '2026-01-02' } },
    ])
    const [waiting = '', approved = ''] = itemIds
    const doctor = await aStaffMember(db, practice, { name: 'Dr Okafor', roles: ['prescriber'] })
    await putItem(db, doctor.acting, approved, { state: 'approved', at: db.now() })
    await record(patientId, { kind: 'left' })
    await runJobs(db)
    const states = await inPractice<{ readonly itemId: string; readonly state: string }>(sql`
      select item_id, state from prescriptions.order_item
      where practice = ${practice} and patient_id = ${patientId}`)
    const stateOf = (id: string) => states.find(({ itemId }) => itemId === id)?.state
    expect([stateOf(waiting), stateOf(approved)]).toEqual(['cancelled', 'approved'])
  })

  test('a mark as sensitive closes everything while it is there, and loses nothing', async () => {
    const patient = await somebodyWithAnAppointment()
    const { patientId } = patient
    await record(patientId, { kind: 'sensitive', isSensitive: true })
    expect(await mayAct(patient)).toBe(false)
    await record(patientId, { kind: 'sensitive', isSensitive: false })
    expect(await mayAct(patient)).toBe(true)
  })

  test('the other entry of one person is closed, and only that one', async () => {
    const kept = await somebodyWithAnAppointment()
    const twin = await aPatient<'appointments'>(db, practice)
    expect(await record(twin.patientId, { kind: 'merged', into: kept.patientId })).toEqual({
      ok: true,
    })
    expect(await mayAct(twin)).toBe(false)
    expect(await mayAct(kept)).toBe(true)
    expect(await record(kept.patientId, { kind: 'merged', into: twin.patientId })).toEqual({
      ok: false,
      refusal: 'nothing-changed',
    })
  })

  test('details that are out are good for nothing after leaving', async () => {
    practice = await aPractice(db)
    const patient = await aPatientWithoutAccount(db, practice)
    const typed = typedFrom(practice, patient, await detailsFor(db, practice, patient))
    await record(patient.patientId, { kind: 'left' })
    await record(patient.patientId, { kind: 'active' })
    expect(await presentLinkage(db, typed)).toEqual({ ok: false, refusal: 'account-archived' })
    const none = await db.transaction(systemProof(practice), (tx) =>
      associationsOfPatient(tx, patient.patientId),
    )
    expect(none).toEqual([])
  })
})
