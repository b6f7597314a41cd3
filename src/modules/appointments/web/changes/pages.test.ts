import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId, type Id } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter } from '#kernel/time'
import { sql, systemProof, type Database } from '#platform/db'
import { runDueJobs } from '#platform/jobs'
import { openLog } from '#platform/log'
import type { Role } from '#modules/access'
import { addPatients, addRooms, addStaff, type PatientId, type StaffId } from '#modules/directory'
import { addSession, bookAppointment, type SessionId, type SlotId } from '#modules/appointments'
import { aKey, aNewSlot } from '../../../../../test/support/clinic.ts'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aDay } from '../../../../../test/support/planning.ts'
import {
  aPatient,
  aPractice,
  aStaffMember,
  anAccount,
  anNhsNumber,
} from '../../../../../test/support/surgery.ts'
import {
  hiddenField,
  openPages,
  signedIn,
  type Answer,
  type Visitor,
} from '../../../../../test/support/visitor.ts'
import { bookForPatient } from '../../commands/desk/book-for-patient.ts'
import { createSlotType } from '../../commands/templates/save-slot-type.ts'
import { appointmentJobs, registerAppointments } from '../../plugin.ts'

const now = new Date('2026-03-02T08:00:00Z')
const nine = new Date('2026-03-03T09:00:00Z')
const changes = '/practice/appointments/changes'

let test$: TestDatabase
let db: Database
let app: FastifyInstance
let practice: OdsCode
let manager: Visitor
let doctor: StaffId
let nurse: StaffId
let room: Id<'Room'>
let sessionId: SessionId
let slotIds: readonly SlotId[]

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
  manager = await staffMember(['practice-manager'])
  ;[doctor, nurse] = [newId<'Staff'>(now), newId<'Staff'>(now)]
  room = newId<'Room'>(now)
  await db.transaction(systemProof(practice), async (tx) => {
    const gp = { jobTitle: 'GP', roles: ['clinician'] as const, seesPatients: true }
    await addStaff(tx, [
      { staffId: doctor, name: 'Dr Okafor', ...gp },
      { staffId: nurse, name: 'Nurse Lund', ...gp },
    ])
    await addRooms(tx, [{ roomId: room, name: 'Room 2' }])
  })
  ;({ sessionId, slotIds } = await aSession(nine, 3))
})

async function staffMember(roles: readonly Role[]): Promise<Visitor> {
  const { staffId } = await aStaffMember(db, practice, { name: 'Sam Reed', roles })
  const accountId = await anAccount(db, 'practice', { practice, subjectId: staffId })
  return signedIn(app, accountId, { practice, subjectId: staffId, relation: 'staff' })
}

async function aSession(startsAt: Date, count: number, staffId: StaffId = doctor) {
  const slots = Array.from({ length: count }, (_, index) => ({
    ...aNewSlot({ startsAt: minutesAfter(startsAt, index * 10) }),
    slotId: newId<'Slot'>(now),
  }))
  const added = await db.transaction(systemProof(practice), (tx) =>
    addSession(tx, {
      name: 'Morning surgery',
      startsAt,
      endsAt: minutesAfter(startsAt, count * 10),
      staffId,
      slots,
    }),
  )
  return { sessionId: added, slotIds: slots.map((slot) => slot.slotId) }
}

/** Ann Patel, who signs in, is booked online. */
async function annBooks(slotId = slotIds[0]) {
  const { acting } = await aPatient<'appointments'>(db, practice)
  if (!slotId) throw new Error('No slot')
  const booking = { slotId, reason: 'Sore knee', idempotencyKey: aKey(db) }
  const booked = await bookAppointment(db, acting, booking)
  if (!booked.ok) throw new Error(booked.refusal.reason)
  return { acting, appointmentId: booked.value }
}

/** Ivy Holt, who never signs in, is booked at the desk. */
async function ivyIsBooked(slotId = slotIds[1]): Promise<PatientId> {
  const patientId = newId<'Patient'>(now)
  await db.transaction(systemProof(practice), (tx) =>
    addPatients(tx, [
      {
        patientId,
        nhsNumber: anNhsNumber(),
        givenName: 'Ivy',
        familyName: 'Holt',
        bornOn: aDay('1938-01-05'),
        sex: 'female',
        addressLines: [],
        phone: '0113 496 0123',
        registration: 'active',
      },
    ]),
  )
  const clerk = await aStaffMember<'book-for-patients'>(db, practice, {
    name: 'Jo Clerk',
    roles: ['receptionist'],
  })
  if (!slotId) throw new Error('No slot')
  const booked = await bookForPatient(db, clerk.acting, {
    patientId,
    slotId,
    method: 'phone',
    reason: '',
    seen: [],
    idempotencyKey: aKey(db),
  })
  if (!booked.ok) throw new Error(booked.refusal.reason)
  return patientId
}

const preview = (query: Readonly<Record<string, string>>) =>
  manager.get(
    `${changes}/preview?${new URLSearchParams({ session: sessionId, ...query }).toString()}`,
  )

/** Sends the form of a preview as it stands. */
function goOn(page: Answer, given: Readonly<Record<string, string>> = {}): Promise<Answer> {
  expect(page.status).toBe(200)
  const hidden = [...page.html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)]
  const fields: Record<string, string[]> = {}
  for (const [, name = '', value = ''] of hidden) (fields[name] ??= []).push(value)
  delete fields['_csrf']
  const words = /<textarea[^>]*name="words"[^>]*>([^<]*)/.exec(page.html)?.[1]
  const typed = words === undefined ? {} : { words: words.replaceAll('&amp;', '&').trim() }
  return manager.post(changes, { ...fields, ...typed, ...given })
}

/** The next day the manager signs in again. */
async function later(at: Date): Promise<void> {
  test$.setNow(at)
  manager = await staffMember(['practice-manager'])
}

async function work(at: Date): Promise<void> {
  test$.setNow(at)
  const handlers = new Map(appointmentJobs.map((handler) => [handler.kind as string, handler]))
  await db.transaction(systemProof(practice), (tx) =>
    tx.run(sql`
      update jobs.job set done_at = ${now}
      where practice = ${practice} and kind = 'appointments.send-confirmation'`),
  )
  for (let round = 0; round < 3; round++) await runDueJobs(db, handlers, openLog('silent'))
}

describe('a session’s page', () => {
  test('says who, where, when, the slots and who is booked, and the look is in the trail', async () => {
    await annBooks()
    const page = await manager.get(`/practice/appointments/sessions/${sessionId}`)
    expect(page.words).toContain('Session on Tuesday 3 March 2026, 9:00am to 9:30am')
    expect(page.words).toContain('Clinician Dr Okafor')
    expect(page.words).toContain('Patel, Ann, born 12 April 1961')
    for (const action of ['amend', 'move', 'extend', 'split'])
      expect(page.html).toContain(`/practice/appointments/sessions/${sessionId}/${action}`)
    const events = await db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly type: string }>(sql`
        select type from audit.event
        where practice = ${practice} and type = 'appointments.session-viewed'`),
    )
    expect(events).toHaveLength(1)
  })

  test('of another practice is not there', async () => {
    const mine = sessionId
    practice = await aPractice(db)
    const stranger = await staffMember(['practice-manager'])
    for (const path of ['', '/amend', '/split'])
      expect((await stranger.get(`/practice/appointments/sessions/${mine}${path}`)).status).toBe(
        404,
      )
    const asked = await stranger.get(`${changes}/preview?kind=cancel&session=${mine}`)
    expect(asked.status).toBe(404)
  })

  test('is only for those who publish', async () => {
    const clerk = await staffMember(['receptionist'])
    const path = `/practice/appointments/sessions/${sessionId}`
    expect((await clerk.get(path)).status).toBe(403)
    expect((await clerk.post(changes, {})).status).toBe(403)
  })
})

describe('cancelling a session', () => {
  test('is shown first: who is booked, who must be phoned, what is free, and what they read', async () => {
    await annBooks()
    await ivyIsBooked()
    await aSession(minutesAfter(nine, 120), 1)
    const page = await preview({ kind: 'cancel' })
    expect(page.words).toContain('Check before you cancel')
    expect(page.words).toContain('Dr Okafor: Morning surgery, Tuesday 3 March 2026')
    expect(page.words).toContain('2 patients are booked. 1 must be phoned')
    expect(page.words).toMatch(/Holt, Ivy.*0113 496 0123.*Cannot be told online: phone them/)
    expect(page.words).toMatch(/Patel, Ann.*Notice online/)
    expect(page.words).toContain('11:00am with Dr Okafor')
    expect(page.words).toContain('Your GP surgery has had to cancel this appointment')
    expect(page.words).toContain('Patients are told at 8:10am. Until then you can undo it.')
    expect(page.words).not.toContain('knee')
  })

  test('is done by one button, can be undone, and then everything is there again', async () => {
    await annBooks()
    const done = await goOn(await preview({ kind: 'cancel' }))
    expect(done.status).toBe(303)
    const page = await manager.get(done.location ?? '')
    expect(page.words).toContain('Change made')
    expect(page.words).toContain('Can be undone until 8:10am')
    expect(page.words).toContain('by Sam Reed')
    const session = `/practice/appointments/sessions/${sessionId}`
    expect((await manager.get(session)).words).toContain('This session is cancelled.')
    expect((await manager.get('/practice/appointments?day=2026-03-03')).words).toMatch(
      /Cancelled Dr Okafor: Morning surgery.*Patients are told at 8:10am/,
    )
    const path = (done.location ?? '').replace(/\?.*/, '')
    const undone = await manager.post(`${path}/undo`)
    expect((await manager.get(undone.location ?? '')).words).toContain('Change undone')
    expect((await manager.get(path)).words).toContain('Nobody was told of it')
    expect((await manager.get(session)).words).not.toContain('cancelled')
    const late = await manager.post(`${path}/tell-now`)
    expect(late.status).toBe(409)
    expect(late.words).toContain('It was undone before')
  })

  test('then tells what was told to whom, and prints whom to phone', async () => {
    await annBooks()
    await ivyIsBooked()
    const done = await goOn(await preview({ kind: 'cancel' }), { words: 'Dr Okafor is away.' })
    const path = (done.location ?? '').replace(/\?.*/, '')
    const before = await manager.get(`${path}/to-phone`)
    expect(before.words).toContain('Patients to phone')
    expect(before.words).toMatch(/Tuesday 3 March 2026 at 9:10am.*Holt, Ivy.*0113 496 0123/)
    expect(before.words).not.toContain('Patel')
    await work(minutesAfter(now, 10))
    const page = await manager.get(path)
    expect(page.words).toContain('Patients told Monday 2 March 2026 at 8:10am')
    expect(page.words).toContain('What patients read Dr Okafor is away.')
    expect(page.words).toMatch(/Patel, Ann.*Told online/)
    expect(page.words).toMatch(/Holt, Ivy.*Not told online: phone them/)
    expect((await manager.get(`${path}/to-phone`)).words).toContain('Holt, Ivy')
    const late = await manager.post(`${path}/undo`)
    expect(late.status).toBe(409)
    expect(late.words).toContain('It is too late to undo this')
    expect((await manager.get(changes)).words).toMatch(
      /Cancelled: Dr Okafor, Morning surgery.*Sam Reed.*2.*Patients told/,
    )
  })

  test('tells at once where asked to', async () => {
    await annBooks()
    const done = await goOn(await preview({ kind: 'cancel' }))
    const path = (done.location ?? '').replace(/\?.*/, '')
    expect((await manager.post(`${path}/tell-now`)).status).toBe(303)
    await work(minutesAfter(now, 1))
    expect((await manager.get(path)).words).toContain('State Patients told')
  })

  test('sent twice is one change', async () => {
    const page = await preview({ kind: 'cancel' })
    const [one, two] = [await goOn(page), await goOn(page)]
    expect(one.location).toBe(two.location)
    expect((await manager.get(changes)).html.match(/changes\/[0-9a-f-]{36}"/g)).toHaveLength(1)
  })

  test('asks again for words that are missing or too long, and keeps them', async () => {
    await annBooks()
    const page = await preview({ kind: 'cancel' })
    const none = await goOn(page, { words: ' ' })
    expect(none.status).toBe(400)
    expect(none.html).toContain('<title>Error: Check before you cancel')
    expect(none.words).toContain('Enter what patients will read')
    const long = await goOn(page, { words: 'x'.repeat(301) })
    expect(long.words).toContain('must be 300 characters or less')
    expect(long.html).toContain('x'.repeat(301))
    expect((await goOn(page, { words: 'x'.repeat(300) })).status).toBe(303)
  })

  test('warns that someone who starts before being told must be phoned now', async () => {
    await annBooks()
    await later(minutesAfter(nine, -5))
    const page = await preview({ kind: 'cancel' })
    expect(page.words).toContain('only after it starts: phone them now')
    expect(page.words).toContain('1 must be phoned')
  })

  test('of what has begun says from when', async () => {
    await later(minutesAfter(nine, 5))
    const page = await preview({ kind: 'cancel' })
    expect(page.words).toContain('it has begun, so it is cancelled from 9:10am on')
  })

  test('says why where it is cancelled already, over, or waiting', async () => {
    await goOn(await preview({ kind: 'cancel' }))
    const again = await preview({ kind: 'cancel' })
    expect(again.status).toBe(409)
    expect(again.words).toContain('Another change to this session is waiting')
    expect(again.words).toContain('See the change that waits')
    await work(minutesAfter(now, 10))
    expect((await preview({ kind: 'cancel' })).words).toContain('cancelled already')
    ;({ sessionId } = await aSession(minutesAfter(now, 20), 1))
    await later(nine)
    expect((await preview({ kind: 'cancel' })).words).toContain('This session is over')
  })
})

describe('cancelling a clinician’s day', () => {
  test('chooses among the sessions of the day, all at first', async () => {
    const afternoon = await aSession(minutesAfter(nine, 300), 2)
    await aSession(minutesAfter(nine, 300), 2, nurse)
    const empty = await manager.get(`${changes}/new`)
    expect(empty.words).toContain('Cancel a clinician’s day')
    const chosen = await manager.get(`${changes}/new?staff=${doctor}&day=2026-03-03`)
    expect(chosen.html.match(/type="checkbox"[^>]*checked/g)).toHaveLength(2)
    expect(chosen.words).toContain('Morning surgery, 2:00pm to 2:20pm')
    await annBooks()
    const both = `session=${sessionId}&session=${afternoon.sessionId}`
    const page = await manager.get(`${changes}/preview?kind=cancel&${both}`)
    expect(page.words).toContain('1 patient is booked. They can be told online.')
    const done = await goOn(page)
    expect((await manager.get(done.location ?? '')).words).toContain('2 sessions from')
  })

  test('says what is missing, and that there is nothing to cancel', async () => {
    const missing = await manager.get(`${changes}/new?staff=&day=soon`)
    expect(missing.html).toContain('href="#staff"')
    expect(missing.html).toContain('href="#day"')
    const none = await manager.get(`${changes}/new?staff=${nurse}&day=2026-03-03`)
    expect(none.words).toContain('There is nothing to cancel on Tuesday 3 March 2026')
    const unchosen = await manager.get(`${changes}/preview?kind=cancel`)
    expect(unchosen.status).toBe(409)
    expect(unchosen.words).toContain('Choose at least one session')
  })
})

describe('changing a session', () => {
  const facts = { name: 'Morning surgery', staffId: '', roomId: '', siteId: '' }

  test('shows clashes of clinician and room, and the change waits on the session’s page', async () => {
    await annBooks()
    await aSession(minutesAfter(nine, 10), 2, nurse)
    const page = await preview({ kind: 'amend', ...facts, staffId: nurse, roomId: room })
    expect(page.words).toContain('Something is in the way')
    expect(page.words).toContain('The clinician has another session then: Morning surgery, 9:10am')
    expect(page.words).toContain('Then Nurse Lund: Morning surgery, Room 2')
    const done = await goOn(page)
    const session = await manager.get(`/practice/appointments/sessions/${sessionId}`)
    expect(session.words).toContain('This session changes at 8:10am, when patients are told.')
    expect(session.words).toContain('Clinician Dr Okafor')
    const day = '/practice/appointments?day=2026-03-03'
    expect((await manager.get(day)).words).toContain(
      'About to change It changes, and patients are told, at 8:10am.',
    )
    await work(minutesAfter(now, 10))
    expect((await manager.get(day)).words).not.toContain('About to change')
    const after = await manager.get(`/practice/appointments/sessions/${sessionId}`)
    expect(after.words).toContain('Clinician Nurse Lund')
    expect((await manager.get(done.location ?? '')).words).toMatch(/Patel, Ann.*Told online/)
  })

  test('with nobody booked is done at once', async () => {
    const page = await preview({ kind: 'amend', ...facts, staffId: nurse })
    expect(page.words).toContain('No patient would notice, so nobody is told.')
    expect(page.words).toContain('It is done at once.')
    expect(page.html).not.toContain('name="words"')
    const done = await goOn(page)
    expect((await manager.get(done.location ?? '')).words).toContain('Done, nobody to tell')
  })

  test('tells every fault at once on the form, with what was typed', async () => {
    const answer = await preview({
      kind: 'amend',
      name: '',
      staffId: 'nobody',
      roomId: 'nowhere',
      siteId: '',
    })
    expect(answer.status).toBe(400)
    const links = [...answer.html.matchAll(/<li><a href="#(\w+)"/g)].map(([, field]) => field)
    expect(links).toEqual(['name', 'staffId', 'roomId'])
    const same = await preview({ kind: 'amend', ...facts, staffId: doctor })
    expect(same.status).toBe(400)
    expect(same.words).toContain('Everything is as it was')
  })

  test('moves to another time, with both times, and who would be in two places', async () => {
    const { acting } = await annBooks()
    const elsewhere = await aSession(minutesAfter(nine, 60), 1, nurse)
    const slotId = elsewhere.slotIds[0]
    if (!slotId) throw new Error('No slot')
    await bookAppointment(db, acting, { slotId, reason: '', idempotencyKey: aKey(db) })
    const page = await preview({ kind: 'move', startTime: '10:00' })
    expect(page.words).toContain('Then Tuesday 3 March 2026, 10:00am to 10:30am')
    expect(page.words).toContain('at 9:00am, then 10:00am')
    expect(page.words).toContain('Has another appointment at the new time.')
    const done = await goOn(page)
    await work(minutesAfter(now, 10))
    expect((await manager.get(done.location ?? '')).words).toContain(
      'Cancelled: they have another appointment at the new time',
    )
  })

  test('refuses a move past midnight or onto a clock change, on the form', async () => {
    const late = await preview({ kind: 'move', startTime: '23:31' })
    expect(late.status).toBe(400)
    expect(late.words).toContain('The session would run past midnight')
    expect(late.html).toContain('value="23:31"')
    ;({ sessionId } = await aSession(new Date('2026-03-29T09:00:00Z'), 3))
    const skipped = await preview({ kind: 'move', startTime: '01:30' })
    expect(skipped.words).toContain('The clocks change over that time')
    expect((await preview({ kind: 'move', startTime: 'soon' })).html).toContain('#startTime')
  })

  test('splits before a slot, and extends by slots of a type', async () => {
    const form = await manager.get(`/practice/appointments/sessions/${sessionId}/split`)
    expect(form.words).toContain('Choose a time 9:10am 9:20am')
    const split = await preview({
      kind: 'split',
      fromSlot: String(slotIds[1]),
      ...facts,
      staffId: nurse,
    })
    expect(split.words).toContain('From 9:10am: Nurse Lund: Morning surgery')
    expect((await goOn(split)).status).toBe(303)

    const slotTypeId = newId<'SlotType'>(now)
    const { acting } = await aStaffMember<'publish-slots'>(db, practice, {
      name: 'Pat Manager',
      roles: ['practice-manager'],
    })
    await db.transaction(acting, (tx) =>
      createSlotType(tx, slotTypeId, {
        name: 'Bloods',
        publicName: '',
        minutes: 10,
        patientsMayBook: false,
        gpConnectMayBook: false,
        release: { rule: 'by-hand' },
        ownSiteOnly: false,
        ownClinicianOnly: false,
        invitedOnly: false,
      }),
    )
    const extend = { kind: 'extend', startTime: '08:40', endTime: '09:10', slotTypeId }
    const page = await preview(extend)
    expect(page.words).toContain('8:40am to 9:10am, with 2 more slots: Bloods')
    expect((await goOn(page)).status).toBe(303)
    const session = await manager.get(`/practice/appointments/sessions/${sessionId}`)
    expect(session.words).toContain('Slots: 3')
    const bare = await preview({ kind: 'extend', startTime: '', endTime: '', slotTypeId: '' })
    const links = [...bare.html.matchAll(/<li><a href="#(\w+)"/g)].map(([, field]) => field)
    expect(links).toEqual(['startTime', 'endTime', 'slotTypeId'])
  })

  test('of a kind that there is not, is not there', async () => {
    expect((await preview({ kind: 'delete' })).status).toBe(404)
    expect((await manager.post(changes, { kind: 'cancel' })).status).toBe(404)
    expect((await manager.get(`${changes}/${newId(now)}`)).status).toBe(404)
    expect((await manager.post(`${changes}/${newId(now)}/undo`)).status).toBe(404)
  })
})

test('a form’s key is its own', async () => {
  const page = await preview({ kind: 'cancel' })
  expect(hiddenField(page, 'idempotencyKey')).not.toBe(
    hiddenField(await preview({ kind: 'cancel' }), 'idempotencyKey'),
  )
})
