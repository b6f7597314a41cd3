import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { newId } from '#kernel/id'
import { sql, systemProof, type Database } from '#platform/db'
import type { Role } from '#modules/access'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { aPatient, aPractice, aStaffMember, anAccount } from './support/surgery.ts'
import { openPages, signedIn, type Visitor } from './support/visitor.ts'
import { registerAppointments } from '../src/modules/appointments/plugin.ts'
import { registerPrescriptions } from '../src/modules/prescriptions/plugin.ts'
import { registerAccess } from '../src/modules/access/plugin.ts'

const allOff = {
  appointments: 'none',
  prescriptions: 'none',
  recordCurrent: 'none',
  recordHistorical: 'none',
}

describe('what people can use', () => {
  let database: TestDatabase
  let db: Database
  let app: FastifyInstance

  beforeAll(async () => {
    database = await makeDatabase()
    db = database.db
    app = await openPages(db, registerAccess, registerAppointments, (server) =>
      registerPrescriptions(server, { isEpsConnected: false }),
    )
  })
  afterAll(async () => {
    await app.close()
    await database.drop()
  })

  async function aSurgery(given: Parameters<typeof aPatient>[2] = {}) {
    const practice = await aPractice(db)
    const subject = { practice, subjectId: newId(db.now()) }
    const accountId = await anAccount(db, 'patient', subject)
    const { patientId } = await aPatient(db, practice, { ...given, accountId })
    const link = { practice, subjectId: patientId, relation: 'self' as const }
    const association = await db.transaction(systemProof(practice), (tx) =>
      tx.maybe<{ readonly associationId: string }>(sql`
        select association_id from access.association
        where practice = ${practice} and patient_id = ${patientId}`),
    )
    const access = `/practice/patients/${patientId}/online/access/${association?.associationId}`
    return { practice, patientId, patient: await signedIn(app, accountId, link), access }
  }
  const staff = async (practice: OdsCode, role: Role): Promise<Visitor> => {
    const { staffId } = await aStaffMember(db, practice, { name: 'Sam Staff', roles: [role] })
    const accountId = await anAccount(db, 'practice', { practice, subjectId: staffId })
    return signedIn(app, accountId, { practice, subjectId: staffId, relation: 'staff' })
  }

  test('a missing service says which switch is off, and is asked for in the same place', async () => {
    const { practice, patient } = await aSurgery({ prescriptions: 'none' })
    const missing = await patient.get('/prescriptions')
    expect(missing.status).toBe(403)
    expect(missing.words).toContain('it is not switched on for your account')
    expect(missing.html).toContain('Ask for repeat prescriptions')
    await patient.post('/account/services/ask', { service: 'prescriptions', level: 'manage' })
    await patient.post('/account/services/ask', { service: 'prescriptions', level: 'manage' })
    const waiting = await patient.get('/account/services')
    expect(waiting.words.match(/You asked on 2 March 2026/g)).toHaveLength(1)

    const authoriser = await staff(practice, 'access-authoriser')
    const queue = await authoriser.get('/practice/online')
    const [, requestId = ''] = /online\/requests\/([\da-f-]{36})/.exec(queue.html) ?? []
    const path = `/practice/online/requests/${requestId}`
    const noWords = await authoriser.post(path, { outcome: 'refused', answer: ' ' })
    expect(noWords.words).toContain('Enter words for the patient')
    expect((await authoriser.post(path, { outcome: 'granted', answer: '' })).status).toBe(303)
    expect((await authoriser.post(path, { outcome: 'granted', answer: '' })).words).toContain(
      'decided or taken back meanwhile',
    )
    expect((await patient.get('/prescriptions')).status).toBe(200)
    expect((await patient.get('/account/services')).words).toContain('switched on, 2 March 2026')
  })

  test('what one has already cannot be asked for', async () => {
    const { patient } = await aSurgery()
    const asked = await patient.post('/account/services/ask', {
      service: 'appointments',
      level: 'manage',
    })
    expect(asked.status).toBe(400)
    expect(asked.words).toContain('You have this already, or more')
  })

  /** DESIGN I-5. */
  test('what is switched off is off at the very next request, and in a form half filled in', async () => {
    const { practice, patient, access } = await aSurgery()
    expect((await patient.get('/appointments/slots')).status).toBe(200)
    const authoriser = await staff(practice, 'clinician')
    expect((await authoriser.post(access, allOff)).status).toBe(303)
    expect((await patient.get('/appointments/slots')).status).toBe(403)
    const sent = await patient.post('/appointments', { slot: practice, reason: 'My knee' })
    expect(sent.status).toBe(403)
  })

  /** DOMAIN CO-3. */
  test('suspended, ended and never given look the same, and only staff can tell', async () => {
    const shown = async (how: 'suspend' | 'end', role: Role) => {
      const { practice, patient, access } = await aSurgery()
      const visitor = await staff(practice, role)
      expect((await visitor.post(`${access}/${how}`)).status).toBe(303)
      return (await patient.get('/appointments')).html.replaceAll(/value="[^"]*"/g, '')
    }
    const suspended = await shown('suspend', 'receptionist')
    const ended = await shown('end', 'access-authoriser')
    const practiceCode = /S\d{7}/g
    expect(suspended.replaceAll(practiceCode, '')).toBe(ended.replaceAll(practiceCode, ''))
  })

  test('resumed, it is as it was', async () => {
    const { practice, patient, access } = await aSurgery()
    const authoriser = await staff(practice, 'access-authoriser')
    await authoriser.post(`${access}/suspend`)
    expect((await patient.get('/appointments')).status).toBe(403)
    await authoriser.post(`${access}/resume`)
    expect((await patient.get('/appointments')).status).toBe(200)
  })

  test('the practice’s switch closes it for all, keeps each patient’s own, and says whom it reaches first', async () => {
    const { practice, patient } = await aSurgery()
    const manager = await staff(practice, 'practice-manager')
    const path = '/practice/online/settings'
    const page = await manager.get(path)
    const now = Object.fromEntries(
      [...page.html.matchAll(/<select[^>]*name="(\w+)"[\s\S]*?<\/select>/g)].map(([list, name]) => [
        name ?? '',
        /value="(\w+)" selected/.exec(list)?.[1] ?? '',
      ]),
    )
    const form = {
      ...now,
      recordWaitsMonths: '0',
      linkageDays: '28',
      proxyReviewAge: '11',
      firstAppointments: '5',
      secondStepMinutes: '0',
    }
    const check = await manager.post(`${path}/check`, { ...form, appointments: 'off' })
    expect(check.words).toContain('1 account has this switched on')
    expect((await patient.get('/appointments')).status).toBe(200)
    expect((await manager.post(path, { ...form, appointments: 'off' })).status).toBe(303)
    const off = await patient.get('/appointments')
    expect(off.words).toContain('The surgery decides this for all its patients')
    expect(off.html).not.toContain('Ask for appointments')
    await manager.post(path, form)
    expect((await patient.get('/appointments')).status).toBe(200)
    const wrong = await manager.post(`${path}/check`, { ...form, proxyReviewAge: '14' })
    expect(wrong.words).toContain('enter a whole number from 11 to 13')
  })
})
