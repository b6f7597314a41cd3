import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter } from '#kernel/time'
import { sql, systemProof, type Database } from '#platform/db'
import type { Acting } from '#modules/access'
import type { PatientId } from '#modules/directory'
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
import { anAccount, aPatient, aPractice } from '../../../../../test/support/surgery.ts'
import {
  hiddenField,
  openPages,
  signedIn,
  type Answer,
  type Visitor,
} from '../../../../../test/support/visitor.ts'
import type { PracticeSettings } from '../../domain/slot.ts'
import { registerAppointments } from '../../plugin.ts'

const now = new Date('2026-03-02T08:00:00Z')
const startsAt = new Date('2026-03-04T09:05:00Z')

let test$: TestDatabase
let db: Database
let app: FastifyInstance
let practice: OdsCode
let holder: Acting<'appointments'>
let slotId: SlotId
let held: AppointmentId
let ann: Person
let bea: Person

interface Person {
  readonly visitor: Visitor
  readonly patientId: PatientId
  readonly acting: Acting<'appointments'>
}

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
  await setRules({})
  holder = (await aPatient<'appointments'>(db, practice)).acting
  slotId = await aSlotAt(startsAt)
  held = await booked(holder, slotId)
  ann = await someone()
  bea = await someone()
})

async function someone(): Promise<Person> {
  const accountId = await anAccount(db, 'patient', { practice, subjectId: newId(now) })
  const made = await aPatient<'appointments'>(db, practice, { accountId })
  const link = { practice, subjectId: made.patientId, relation: 'self' as const }
  return {
    visitor: await signedIn(app, accountId, link),
    patientId: made.patientId,
    acting: made.acting,
  }
}

function setRules(rules: Partial<PracticeSettings>): Promise<void> {
  return db.transaction(systemProof(practice), (tx) => setBookingRules(tx, rules))
}

async function aSlotAt(at: Date, given = {}): Promise<SlotId> {
  const [slot] = await aClinic(db, practice, [aNewSlot({ startsAt: at, ...given })])
  if (!slot) throw new Error('No slot')
  return slot
}

async function booked(who: Acting<'appointments'>, slot: SlotId): Promise<AppointmentId> {
  const asked = { slotId: slot, reason: '', idempotencyKey: aKey(db) }
  const outcome = await bookAppointment(db, who, asked)
  if (!outcome.ok) throw new Error(outcome.refusal.reason)
  return outcome.value
}

const wishes = {
  how: ['in-person'],
  weekday: ['1', '2', '3', '4', '5'],
  fromTime: '',
  untilTime: '',
  until: '2026-03-30',
  with: '',
  reason: '',
}

async function joins(
  who: Person,
  given: Readonly<Record<string, string | readonly string[]>> = {},
) {
  const page = await who.visitor.get('/appointments/waitlist/new')
  const idempotencyKey = hiddenField(page, 'idempotencyKey')
  return who.visitor.post('/appointments/waitlist', { ...wishes, idempotencyKey, ...given })
}

async function giveBack(): Promise<void> {
  await db.transaction(holder, (tx) => cancelAppointment(tx, held))
  await runJobs(db)
}

/** The way to what is offered, as the waiting list shows it. */
async function offerPath(who: Person): Promise<string> {
  const list = await who.visitor.get('/appointments/waitlist')
  const path = /\/appointments\/offers\/[0-9a-f-]{36}/.exec(list.html)?.[0]
  if (path === undefined) throw new Error('Nothing is offered')
  return path
}

function faultsOf(page: Answer): readonly string[] {
  const summary = /nhsuk-error-summary__list.*?<\/ul>/s.exec(page.html)?.[0] ?? ''
  return [...summary.matchAll(/<a href="#([^"]*)">([^<]*)</g)].map(
    ([, field = '', message = '']) => `${field}: ${message}`,
  )
}

describe('the waiting list', () => {
  test('takes somebody on once, and shows them since when and for what they wait', async () => {
    const page = await ann.visitor.get('/appointments/waitlist/new')
    expect(page.words).toContain('We keep it for 2 hours, nights not counted')
    const form = {
      ...wishes,
      idempotencyKey: hiddenField(page, 'idempotencyKey'),
      fromTime: '09:00',
    }
    const sent = await ann.visitor.post('/appointments/waitlist', form)
    expect(sent).toMatchObject({ status: 303, location: '/appointments/waitlist?done=joined' })
    expect(await ann.visitor.post('/appointments/waitlist', form)).toMatchObject({ status: 303 })
    const list = await ann.visitor.get(sent.location ?? '')
    expect(list.words).toContain('Waiting since 2 March 2026')
    expect(list.words).toContain('Mondays, Tuesdays, Wednesdays, Thursdays and Fridays')
    expect(list.words).toContain('From 9:00am')
    expect(list.words).toContain('Until 30 March 2026')
    expect(list.html.match(/Waiting since/g)).toHaveLength(1)
  })

  test('says to somebody who waits already that new wishes were not kept', async () => {
    const other = hiddenField(await ann.visitor.get('/appointments/waitlist/new'), 'idempotencyKey')
    await joins(ann)
    const again = await ann.visitor.post('/appointments/waitlist', {
      ...wishes,
      idempotencyKey: other,
    })
    expect(again.location).toBe('/appointments/waitlist?done=already')
    const list = await ann.visitor.get(again.location ?? '')
    expect(list.words).toContain('What you chose now was not kept')
  })

  test('begins with what a search looked for', async () => {
    const path = '/appointments/waitlist/new?how=video&from=2026-03-09&until=2026-03-11'
    const page = await ann.visitor.get(path)
    expect(page.html).toMatch(/value="video"[^>]*checked|checked[^>]*value="video"/)
    expect(page.html).not.toMatch(/value="in-person"[^>]*checked|checked[^>]*value="in-person"/)
    expect(page.words).toContain('from Monday 9 March 2026 on')
    expect(page.words).toContain('Until 11 March 2026')
  })

  test('tells every fault at once, in page order, and keeps what was typed', async () => {
    const page = await joins(ann, {
      how: ['telephone'],
      otherPhone: '12345',
      weekday: [],
      fromTime: 'early',
      until: '',
    })
    expect(page.status).toBe(400)
    expect(page.html).toContain('<title>Error: Join the waiting list')
    expect(faultsOf(page)).toEqual([
      'otherPhone: Enter a phone number, like 01632 960 001 or 07700 900 982',
      'weekday: Choose at least one day of the week',
      'fromTime: Enter a time, like 09:00',
      'until: Choose how long you want to wait',
    ])
    expect(page.html).toContain('value="12345"')
    const missing = await joins(ann, {
      how: ['telephone'],
      weekday: [],
      untilTime: '08:00',
      fromTime: '09:00',
    })
    expect(faultsOf(missing)).toEqual([
      'otherPhone: Choose or enter a phone number for telephone appointments',
      'weekday: Choose at least one day of the week',
      'untilTime: The latest time must not be before the earliest',
    ])
  })

  test('offers no day that was made up in a hidden field', async () => {
    const page = await joins(ann, { weekday: [], prefilledUntil: newId(now) })
    expect(page.status).toBe(400)
    expect(page.html).not.toContain('prefilledUntil')
    const from = await joins(ann, { weekday: [], from: '317799093' })
    expect(from.status).toBe(400)
    expect(from.html).not.toContain('317799093')
  })

  test('waits for something earlier than an appointment, which is kept until then', async () => {
    const later = await booked(ann.acting, await aSlotAt(minutesAfter(startsAt, 2880)))
    const page = await ann.visitor.get(`/appointments/waitlist/new?replaces=${later}`)
    expect(page.words).toContain('Be told if something earlier comes up')
    expect(page.words).toContain('You keep your appointment on Friday 6 March 2026 at 9:05am')
    const sent = await ann.visitor.post('/appointments/waitlist', {
      ...wishes,
      until: '2026-03-06',
      replaces: hiddenField(page, 'replaces'),
      idempotencyKey: hiddenField(page, 'idempotencyKey'),
    })
    expect(sent.status).toBe(303)
    await giveBack()
    const offer = await ann.visitor.get(await offerPath(ann))
    expect(offer.words).toContain('It replaces your appointment on Friday 6 March 2026 at 9:05am')
    const accepted = await ann.visitor.post(`${await offerPath(ann)}/accept`)
    expect(accepted.location).toMatch(/\/booked$/)
    expect((await ann.visitor.get(`/appointments/${later}`)).words).toContain('moved')
  })

  test('lets somebody leave, after asking', async () => {
    await joins(ann)
    const list = await ann.visitor.get('/appointments/waitlist')
    const path = /\/appointments\/waitlist\/[0-9a-f-]{36}\/leave/.exec(list.html)?.[0] ?? ''
    expect((await ann.visitor.get(path)).words).toContain('You have waited since 2 March 2026')
    expect((await bea.visitor.get(path)).status).toBe(404)
    expect((await bea.visitor.post(path)).status).toBe(404)
    expect((await ann.visitor.post(path)).location).toBe('/appointments/waitlist?done=left')
    expect((await ann.visitor.post(path)).location).toBe('/appointments/waitlist?done=left')
    const after = await ann.visitor.get('/appointments/waitlist?done=left')
    expect(after.words).toContain('You are not waiting for an appointment')
  })

  test('says so where the practice keeps none', async () => {
    await setRules({ waitlistOpen: false })
    expect((await ann.visitor.get('/appointments/waitlist/new')).location).toBe(
      '/appointments/waitlist',
    )
    expect((await ann.visitor.get('/appointments/waitlist')).words).toContain(
      'does not keep a waiting list',
    )
  })

  test('never tells anything of who else waits', async () => {
    await joins(bea)
    await joins(ann)
    const words = (await ann.visitor.get('/appointments/waitlist')).words
    expect(words).not.toMatch(/\b(position|others|people ahead|1st|2nd)\b/i)
  })
})

describe('an offer', () => {
  test('says until when it is kept, and is accepted once', async () => {
    await joins(ann, { reason: 'My knee' })
    await giveBack()
    const path = await offerPath(ann)
    const offer = await ann.visitor.get(path)
    expect(offer.words).toContain('It is kept for you until Monday 2 March 2026 at 10:00am')
    expect(offer.words).toContain('Wednesday 4 March 2026')
    const accepted = await ann.visitor.post(`${path}/accept`)
    expect(accepted.status).toBe(303)
    expect(await ann.visitor.post(`${path}/accept`)).toMatchObject({
      status: 303,
      location: accepted.location,
    })
    expect((await ann.visitor.get(accepted.location ?? '')).words).toContain('My knee')
    expect((await ann.visitor.get(path)).location).toMatch(/^\/appointments\/[0-9a-f-]{36}$/)
    const list = await ann.visitor.get('/appointments/waitlist')
    expect(list.words).toContain('You took an appointment that was offered to you')
  })

  test('is declined, and then goes to the next, while the place is kept', async () => {
    await joins(ann)
    test$.setNow(minutesAfter(now, 1))
    await joins(bea)
    await giveBack()
    const path = await offerPath(ann)
    expect((await ann.visitor.post(`${path}/decline`)).location).toBe(
      '/appointments/waitlist?done=declined',
    )
    await runJobs(db)
    const page = await ann.visitor.get(path)
    expect(page.words).toContain('You declined this appointment')
    expect(page.words).toContain('You are still waiting')
    expect((await bea.visitor.get(await offerPath(bea))).words).toContain(
      'It is kept for you until',
    )
  })

  test('tells kindly that it ran out, or that someone else was sooner', async () => {
    await setRules({ offersAtOnce: 2 })
    await joins(ann)
    await joins(bea)
    await giveBack()
    const [hers, theirs] = [await offerPath(ann), await offerPath(bea)]
    await ann.visitor.post(`${hers}/accept`)
    const gone = await bea.visitor.post(`${theirs}/accept`)
    expect(gone.status).toBe(409)
    expect(gone.words).toContain('This appointment is no longer there')
    expect(gone.words).toContain('have not lost your place')
    await runJobs(db)
    expect((await bea.visitor.get(theirs)).words).toContain('This appointment is no longer there')

    held = await booked(holder, await aSlotAt(minutesAfter(startsAt, 60)))
    await giveBack()
    const path = await offerPath(bea)
    test$.setNow(minutesAfter(db.now(), 121))
    const again = await signInAgain(bea)
    const late = await again.post(`${path}/accept`)
    expect(late.status).toBe(409)
    expect(late.words).toContain('This offer has run out')
  })

  test('asks for a phone number where it needs one and has none', async () => {
    const phoneSlot = await aSlotAt(minutesAfter(startsAt, 60), { deliveryChannel: 'telephone' })
    const caller = (await aPatient<'appointments'>(db, practice)).acting
    const theirs = await bookAppointment(db, caller, {
      slotId: phoneSlot,
      reason: '',
      phone: '01632 960 002',
      idempotencyKey: aKey(db),
    })
    if (!theirs.ok) throw new Error(theirs.refusal.reason)
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        insert into appointments.waitlist_entry
          (practice, waitlist_id, patient_id, since, joined_at, joined_from, from_day, until_day,
           delivery_channels)
        values (${practice}, ${newId(now)}, ${ann.patientId}, ${now}, ${now}, 'cancelled-clinic',
          '2026-03-02', '2026-03-30', '{telephone}')
      `),
    )
    await db.transaction(caller, (tx) => cancelAppointment(tx, theirs.value))
    await runJobs(db)
    const path = await offerPath(ann)
    const none = await ann.visitor.post(`${path}/accept`)
    expect(none.status).toBe(400)
    expect(faultsOf(none)).toEqual(['otherPhone: Enter a phone number'])
    const wrong = await ann.visitor.post(`${path}/accept`, { otherPhone: '12' })
    expect(wrong.html).toContain('value="12"')
    const right = await ann.visitor.post(`${path}/accept`, { otherPhone: '01632 960 001' })
    expect(right.status).toBe(303)
    expect((await ann.visitor.get(right.location ?? '')).words).toContain('01632 960 001')
  })

  test('says what stands in the way where it cannot be taken, and is kept', async () => {
    await setRules({ maxHeld: 1 })
    await joins(ann)
    await giveBack()
    await booked(ann.acting, await aSlotAt(minutesAfter(startsAt, 600)))
    const refused = await ann.visitor.post(`${await offerPath(ann)}/accept`)
    expect(refused.status).toBe(409)
    expect(refused.words).toContain('You have as many appointments as you can')
    expect(refused.words).toContain('is kept for you until')
  })

  test('is not there for anyone else', async () => {
    await joins(ann)
    await giveBack()
    const path = await offerPath(ann)
    expect((await bea.visitor.get(path)).status).toBe(404)
    expect((await bea.visitor.post(`${path}/accept`)).status).toBe(404)
    expect((await bea.visitor.post(`${path}/decline`)).status).toBe(404)
  })
})

async function signInAgain(who: Person): Promise<Visitor> {
  const link = { practice, subjectId: who.patientId, relation: 'self' as const }
  return signedIn(app, who.acting.accountId, link)
}
