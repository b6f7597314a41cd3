import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter } from '#kernel/time'
import { sql, systemProof, type Database } from '#platform/db'
import type { Acting } from '#modules/access'
import {
  bookAppointment,
  cancelAppointment,
  setBookingRules,
  type AppointmentId,
  type SlotId,
} from '#modules/appointments'
import { aClinic, aKey, aNewSlot } from '../../../../../test/support/clinic.ts'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { runJobs } from '../../../../../test/support/jobs.ts'
import {
  anAccount,
  aPatient,
  aPractice,
  aStaffMember,
} from '../../../../../test/support/surgery.ts'
import {
  hiddenField,
  openPages,
  signedIn,
  type Visitor,
} from '../../../../../test/support/visitor.ts'
import { registerAppointments } from '../../plugin.ts'

const now = new Date('2026-03-02T08:00:00Z')
const startsAt = new Date('2026-03-04T09:05:00Z')
const list = '/practice/appointments/waitlist'

let test$: TestDatabase
let db: Database
let app: FastifyInstance
let practice: OdsCode
let desk: Visitor
let holder: Acting<'appointments'>
let ann: Acting<'appointments'>
let held: AppointmentId
let slotId: SlotId

beforeAll(async () => {
  test$ = await makeDatabase(now)
  db = test$.db
  app = await openPages(db, registerAppointments)
})
afterAll(async () => {
  await app.close()
  await test$.drop()
})
beforeEach(async () => {
  test$.setNow(now)
  practice = await aPractice(db)
  const { staffId } = await aStaffMember(db, practice, {
    name: 'Sam Reed',
    roles: ['receptionist'],
  })
  const accountId = await anAccount(db, 'practice', { practice, subjectId: staffId })
  desk = await signedIn(app, accountId, { practice, subjectId: staffId, relation: 'staff' })
  holder = (await aPatient<'appointments'>(db, practice)).acting
  ann = (await aPatient<'appointments'>(db, practice)).acting
  ;[slotId] = (await aClinic(db, practice, [aNewSlot({ startsAt })])) as readonly [SlotId]
  const booked = await bookAppointment(db, holder, {
    slotId,
    reason: '',
    idempotencyKey: aKey(db),
  })
  if (!booked.ok) throw new Error(booked.refusal.reason)
  held = booked.value
})

const wishes = {
  how: ['in-person'],
  weekday: ['3'],
  fromTime: '',
  untilTime: '',
  until: '2026-03-30',
  with: '',
  reason: 'Knee',
}

async function add(given: Readonly<Record<string, string | readonly string[]>> = {}) {
  const form = await desk.get(`${list}/new?patient=${ann.patientId}`)
  return desk.post(list, {
    ...wishes,
    patient: ann.patientId,
    idempotencyKey: hiddenField(form, 'idempotencyKey'),
    ...given,
  })
}

async function giveBack(): Promise<void> {
  await db.transaction(holder, (tx) => cancelAppointment(tx, held))
  await runJobs(db)
}

describe('the waiting list for staff', () => {
  test('finds a patient, adds them, and shows since when and for what they wait', async () => {
    const found = await desk.get(`${list}/new?search=pat`)
    expect(found.html).toContain(`?patient=${ann.patientId}`)
    expect((await add()).location).toBe(`${list}?done=added`)
    const page = await desk.get(list)
    expect(page.words).toContain('Patel, Ann')
    expect(page.words).toContain('2 March 2026')
    expect(page.words).toContain('Wednesdays')
    expect(page.words).toContain('“Knee”')
    expect((await add()).location).toBe(`${list}?done=already`)
    expect((await desk.get(list)).html.match(/Patel, Ann/g)).toHaveLength(1)
  })

  test('keeps a form with faults as it was typed', async () => {
    const again = await add({ weekday: [], reason: 'Left knee' })
    expect(again.status).toBe(400)
    expect(again.words).toContain('Choose at least one day of the week')
    expect(again.html).toContain('Left knee')
  })

  test('shows what is offered with the time left, and takes the patient’s answer by phone', async () => {
    await add()
    await giveBack()
    test$.setNow(minutesAfter(now, 15))
    const page = await desk.get(list)
    expect(page.words).toContain('1 hour 45 minutes left')
    const path = /\/practice\/appointments\/offers\/[0-9a-f-]{36}/.exec(page.html)?.[0] ?? ''
    expect((await desk.get(path)).words).toContain('Offer to Ann Patel')
    expect((await desk.post(`${path}/accept`)).location).toBe(`${list}?done=accepted`)
    expect((await desk.get(list)).words).toContain('Nobody is waiting')
    const late = await desk.post(`${path}/decline`)
    expect(late.status).toBe(409)
    expect(late.words).toContain('This offer was accepted')
    expect(late.words).toContain('Ann Patel has the appointment on Wednesday 4 March 2026')
    expect((await desk.get(path)).words).toContain('This offer was accepted')
  })

  test('asks for a reason that patients must give, where this one gave none', async () => {
    await add({ reason: '' })
    await giveBack()
    await db.transaction(systemProof(practice), (tx) =>
      setBookingRules(tx, { reasonRequired: true }),
    )
    const page = await desk.get(list)
    const path = /\/practice\/appointments\/offers\/[0-9a-f-]{36}/.exec(page.html)?.[0] ?? ''
    const again = await desk.post(`${path}/accept`)
    expect(again.status).toBe(400)
    expect(again.words).toContain('Enter why you need the appointment')
    const wrong = await desk.post(`${path}/accept`, { reason: 'Knee', otherPhone: 'x' })
    expect(wrong.status).toBe(400)
    expect(wrong.html).toContain('value="Knee"')
    const done = await desk.post(`${path}/accept`, { reason: 'Knee' })
    expect(done.location).toBe(`${list}?done=accepted`)
  })

  test('ends a place after asking, and the look at the list is in the trail', async () => {
    await add()
    const page = await desk.get(list)
    const end = /\/practice\/appointments\/waitlist\/[0-9a-f-]{36}\/end/.exec(page.html)?.[0] ?? ''
    expect((await desk.get(end)).words).toContain('End the place of Ann Patel?')
    expect((await desk.post(end)).location).toBe(`${list}?done=ended`)
    expect((await desk.get(list)).words).toContain('Nobody is waiting')
    const seen = await db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly details: { readonly patientIds: readonly string[] } }>(sql`
        select details
        from audit.event
        where practice = ${practice}
          and type = 'appointments.waitlist-viewed'
        order by event_id
      `),
    )
    expect(seen.some((one) => one.details.patientIds.includes(ann.patientId))).toBe(true)
  })
})
