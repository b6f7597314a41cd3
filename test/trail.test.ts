import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql, systemProof } from '#platform/db'
import { aSignedInPatient, aSignedInStaffMember, testApp } from './support/app.ts'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { aPractice } from './support/surgery.ts'

let database: TestDatabase
let app: FastifyInstance

beforeAll(async () => {
  database = await makeDatabase()
  app = await testApp(database.db)
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

type Practice = Awaited<ReturnType<typeof aPractice>>

function eventsOf(practice: Practice) {
  return database.db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly type: string; readonly patientId?: string; readonly details: object }>(sql`
      select type, patient_id, details
      from audit.event
      where practice = ${practice}
        and type <> 'accounts.signed-in'
        and actor_kind <> 'system'
      order by event_id
    `),
  )
}

test.each([
  ['/home', 'home.home-viewed'],
  ['/notices', 'messages.notices-viewed'],
  ['/appointments', 'appointments.appointments-viewed'],
  ['/prescriptions', 'prescriptions.medicines-viewed'],
  ['/prescriptions/orders', 'prescriptions.orders-viewed'],
  ['/prescriptions/order', 'prescriptions.medicines-viewed'],
])('a patient who looks at %s is in the audit trail', async (url, type) => {
  const practice = await aPractice(database.db)
  const { cookie, patientId } = await aSignedInPatient(database.db, practice)
  const page = await app.inject({ url, headers: { cookie } })
  expect(page.statusCode).toBe(200)
  expect(await eventsOf(practice)).toEqual([{ type, patientId, details: {} }])
})

test('a search for patients is in the audit trail with whom it showed, not with what was typed', async () => {
  const practice = await aPractice(database.db)
  const { patientId } = await aSignedInPatient(database.db, practice)
  const { cookie } = await aSignedInStaffMember(database.db, practice, ['receptionist'])
  await app.inject({ url: '/practice/patients?search=Pat', headers: { cookie } })
  expect(await eventsOf(practice)).toEqual([
    { type: 'practice.patients-searched', details: { patientIds: [patientId] } },
  ])
})
