import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter } from '#kernel/time'
import { sql, systemProof, type Database, type Statement } from '#platform/db'
import type { Role } from '#modules/access'
import { bookAppointment, setBookingRules, type SlotId } from '#modules/appointments'
import { aClinic, aKey, aNewSlot } from '../../../../../test/support/clinic.ts'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
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
  type Answer,
  type Visitor,
} from '../../../../../test/support/visitor.ts'
import { registerAppointments } from '../../plugin.ts'

const now = new Date('2026-03-02T08:45:00Z')
const nine = new Date('2026-03-02T09:00:00Z')
const day = '/practice/appointments?day=2026-03-02'

type Ann = Awaited<ReturnType<typeof aPatient<'appointments'>>>

let test$: TestDatabase
let db: Database
let app: FastifyInstance
let practice: OdsCode
let desk: Visitor
let ann: Ann

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
  desk = await staff(['receptionist'])
  ann = await aPatient<'appointments'>(db, practice)
})

/** Patients may book until the last moment; `rules` are set besides. */
function setRules(rules: Parameters<typeof setBookingRules>[1]): Promise<void> {
  return db.transaction(systemProof(practice), (tx) =>
    setBookingRules(tx, { closesMinutesBefore: 0, ...rules }),
  )
}

async function staff(roles: readonly Role[], name = 'Sam Reed'): Promise<Visitor> {
  const { staffId } = await aStaffMember(db, practice, { name, roles })
  const accountId = await anAccount(db, 'practice', { practice, subjectId: staffId })
  return signedIn(app, accountId, { practice, subjectId: staffId, relation: 'staff' })
}

async function slots(...given: readonly Parameters<typeof aNewSlot>[0][]) {
  return aClinic(db, practice, given.map(aNewSlot))
}

async function oneSlot(given: Partial<Parameters<typeof aNewSlot>[0]> = {}): Promise<SlotId> {
  const [slotId] = await slots({ startsAt: minutesAfter(nine, 24 * 60), ...given })
  if (!slotId) throw new Error('No slot')
  return slotId
}

async function annBooks(slotId: SlotId, who = ann): Promise<string> {
  const booked = await bookAppointment(db, who.acting, {
    slotId,
    reason: 'Sore <knee>',
    idempotencyKey: aKey(db),
  })
  if (!booked.ok) throw new Error(booked.refusal.reason)
  return booked.value
}

const own = (path = '') => `/practice/patients/${ann.patientId}/appointments${path}`

function run(statement: Statement) {
  return db.transaction(systemProof(practice), (tx) => tx.run(statement))
}

function trail(type: string) {
  return db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly about?: string; readonly details: Readonly<Record<string, unknown>> }>(sql`
      select patient_id as about, details
      from audit.event
      where practice = ${practice}
        and type = ${type}
      order by event_id
    `),
  )
}

/** The buttons of a page's attendance form: their words and what they send. */
function steps(page: Answer): Readonly<Record<string, string>> {
  const found = page.html.matchAll(/name="step"[^>]*value="([^"]+)"[^>]*>([^<]+)</g)
  return Object.fromEntries([...found].map(([, value, text]) => [text?.trim(), String(value)]))
}

describe('the attendance of a day', () => {
  async function press(text: string, back: string, visitor = desk): Promise<Answer> {
    const page = await visitor.get(back === 'today' ? '/practice' : day)
    const step = steps(page)[text]
    if (step === undefined)
      throw new Error(`No button ${text} among ${Object.keys(steps(page)).join()}`)
    return visitor.post('/practice/appointments/attendance', { back, step })
  }

  test('goes on by one press a step, and each press comes back to the same row', async () => {
    const appointmentId = await annBooks(await oneSlot({ startsAt: nine }))
    test$.setNow(minutesAfter(nine, -4))
    const arrived = await press('Arrived', '2026-03-02')
    expect(arrived).toMatchObject({ status: 303, location: `${day}#at-${appointmentId}` })
    test$.setNow(minutesAfter(nine, 3))
    const waiting = await desk.get(day)
    expect(waiting.html).toContain(`id="at-${appointmentId}"`)
    expect(waiting.words).toContain('Arrived 8:56am, waiting 7 minutes')
    expect(waiting.words).toContain(
      '1 arrived and waiting, 0 in progress, 0 seen, 0 did not attend',
    )
    const begun = await press('Start', 'today')
    expect(begun.location).toBe(`/practice#at-${appointmentId}`)
    expect((await desk.get('/practice')).words).toContain('In progress 9:03am, waited 7 minutes')
    await press('Seen', 'today')
    expect((await desk.get('/practice')).words).toContain('Seen 9:03am')
    await press('Undo', 'today')
    expect(Object.keys(steps(await desk.get('/practice')))).toEqual(['Seen', 'Undo'])
  })

  test('offers “Did not attend” from the start time on', async () => {
    await annBooks(await oneSlot({ startsAt: nine }))
    test$.setNow(minutesAfter(nine, -1))
    expect(Object.keys(steps(await desk.get(day)))).toEqual(['Arrived'])
    test$.setNow(nine)
    expect(Object.keys(steps(await desk.get(day)))).toEqual(['Arrived', 'Did not attend'])
    await press('Did not attend', '2026-03-02')
    expect((await desk.get(day)).words).toContain('Did not attend')
  })

  test('tells who was slower how it is now', async () => {
    await annBooks(await oneSlot({ startsAt: nine }))
    test$.setNow(nine)
    const step = steps(await desk.get('/practice'))['Did not attend'] ?? ''
    await press('Arrived', 'today', await staff(['receptionist'], 'Kim Lee'))
    const told = await desk.post('/practice/appointments/attendance', { back: 'today', step })
    expect(told).toMatchObject({ status: 303, location: '/practice?told=changed' })
    const page = await desk.get(told.location ?? '')
    expect(page.words).toContain('Somebody else changed that first. What you see is how it is now.')
    expect(page.words).toContain('Arrived 9:00am')
  })

  test('is not there for what nobody booked, nor for a step that is none', async () => {
    const post = (step: string) => desk.post('/practice/appointments/attendance', { step })
    expect((await post(`arrive booked ${ann.patientId}`)).location).toBe('/practice?told=not-found')
    expect((await post(`leave booked ${ann.patientId}`)).status).toBe(404)
    expect(
      (await (await staff(['ig-lead'])).post('/practice/appointments/attendance')).status,
    ).toBe(403)
  })
})

describe('the day', () => {
  test('says of every slot what it is, and of a held one what for', async () => {
    const [free, booked, held, blocked] = await slots(
      { startsAt: nine },
      { startsAt: minutesAfter(nine, 10) },
      { startsAt: minutesAfter(nine, 20) },
      { startsAt: minutesAfter(nine, 30) },
    )
    if (!free || !booked || !held || !blocked) throw new Error('No slots')
    await annBooks(booked)
    await run(
      sql`update appointments.slot set state = 'held' where practice = ${practice} and slot_id = ${held}`,
    )
    await run(
      sql`update appointments.slot set state = 'blocked' where practice = ${practice} and slot_id = ${blocked}`,
    )
    const page = await desk.get(day)
    expect(page.words).toContain('1 clinic: 1 booked, 1 free, 1 held, 1 blocked, 0 overbooked.')
    expect(page.words).toContain('Held for the waiting list')
    expect(page.html).toContain(`href="/practice/appointments/find?slot=${free}"`)
    expect(page.html).not.toContain(`find?slot=${held}`)
    expect(page.html).toContain(`href="${own()}"`)
    expect(page.words).toContain('born 12 April 1961. Online.')
  })

  test('shows cancelled sessions as cancelled, and flags slots that nobody described', async () => {
    await oneSlot({ startsAt: nine })
    await run(
      sql`update appointments.session set cancelled_at = ${now} where practice = ${practice}`,
    )
    await aClinic(
      db,
      practice,
      [{ startsAt: nine, minutes: 10, slotType: 'Odd', bookableOnline: false }],
      { name: 'Odd clinic' },
    )
    const page = await desk.get(day)
    expect(page.words).toContain('1 clinic (and 1 cancelled): 0 booked, 1 free')
    expect(page.words).toContain('Cancelled No clinician yet: Morning surgery')
    expect(page.words).toContain(
      '1 slot has no national category for patients or no way of meeting',
    )
    expect((await desk.get('/practice')).words).toContain('Cancelled')
  })

  test('gives a prescriber no way to book, move, cancel or overbook', async () => {
    const [, slotId] = await slots({ startsAt: nine }, { startsAt: minutesAfter(nine, 10) })
    if (!slotId) throw new Error('No slot')
    await annBooks(slotId)
    const prescriber = await staff(['prescriber'])
    const free = /find\?slot=/
    expect((await desk.get('/practice')).html).toMatch(free)
    expect((await prescriber.get('/practice')).html).not.toMatch(free)
    const page = await prescriber.get(day)
    expect(page.html).not.toMatch(/\/(book|move|cancel|overbook)"|find\?slot=/)
    expect(page.words).toContain('Patel, Ann')
  })
})

describe('the week', () => {
  test('counts each session’s slots, by clinician and day, and leads to the day', async () => {
    const { staffId } = await aStaffMember(db, practice, { name: 'Dr Okafor', roles: [] })
    const [slotId] = await aClinic(
      db,
      practice,
      [aNewSlot({ startsAt: nine }), aNewSlot({ startsAt: minutesAfter(nine, 10) })],
      { staffId, name: 'Okafor clinic' },
    )
    if (!slotId) throw new Error('No slot')
    await annBooks(slotId)
    await aClinic(db, practice, [aNewSlot({ startsAt: minutesAfter(nine, 6 * 24 * 60) })], {
      name: 'Sunday clinic',
    })
    const page = await desk.get('/practice/appointments/week?day=2026-03-04')
    expect(page.words).toContain('Week from Monday 2 March 2026')
    expect(page.words).toMatch(/Dr Okafor .*Okafor clinic .*9:00am to 9:20am 1 booked, 1 free/)
    expect(page.words).toMatch(/No clinician yet .*Sunday clinic .*0 booked, 1 free/)
    expect(page.words).toContain('2 sessions: 1 booked, 2 free, 0 held, 0 blocked.')
    expect(page.html).toContain('href="/practice/appointments?day=2026-03-08"')
    const empty = await desk.get('/practice/appointments/week?day=2026-03-15')
    expect(empty.words).toContain('There are no sessions in this week.')
  })
})

describe('finding a patient’s next', () => {
  test('works by name, NHS number and date of birth, and is in the trail', async () => {
    await annBooks(await oneSlot())
    for (const search of ['pat', 'Ann Patel', 'Patel, Ann', '12/4/1961', '1961-04-12']) {
      const page = await desk.get(
        `/practice/appointments/find?search=${encodeURIComponent(search)}`,
      )
      expect(page.words).toContain('Patel, Ann')
      expect(page.words).toContain('Tuesday 3 March 2026 at 9:00am')
    }
    expect((await trail('appointments.patients-searched'))[0]?.details).toEqual({
      patientIds: [ann.patientId],
    })
    const nobody = await desk.get('/practice/appointments/find?search=Zzz')
    expect(nobody.words).toContain('Nobody registered here is found for “Zzz”.')
    const wrong = await desk.get('/practice/appointments/find?search=9990000009')
    expect(wrong.status).toBe(400)
    expect(wrong.html).toContain('href="#search"')
  })

  test('finds nobody of another practice', async () => {
    practice = await aPractice(db)
    const other = await staff(['receptionist'])
    expect((await other.get('/practice/appointments/find?search=pat')).words).toContain('Nobody')
    expect((await other.get(own())).status).toBe(404)
  })
})

describe('a patient’s appointments', () => {
  test('show what is to come, missed, cancelled and moved, and how each was booked', async () => {
    const [one, two, three, four] = await slots(
      { startsAt: nine },
      { startsAt: minutesAfter(nine, 24 * 60) },
      { startsAt: minutesAfter(nine, 48 * 60) },
      { startsAt: minutesAfter(nine, 72 * 60) },
    )
    if (!one || !two || !three || !four) throw new Error('No slots')
    await setRules({ maxHeld: 9, missedAdviseAt: 1, missedAdvice: 'Ask how they are.' })
    await annBooks(one)
    const cancelled = await annBooks(two)
    const moved = await annBooks(three)
    await desk.post(own(`/${cancelled}/cancel`), { wishedBy: 'patient', reason: 'Feels better' })
    await take(own(`/${moved}/move/${four}`))
    test$.setNow(minutesAfter(nine, 1))
    const page = await desk.get(day)
    await desk.post('/practice/appointments/attendance', {
      back: 'today',
      step: steps(page)['Did not attend'] ?? '',
    })
    test$.setNow(minutesAfter(nine, 12))
    const shown = await desk.get(own())
    expect(shown.words).toContain('Next appointment: Thursday 5 March 2026 at 9:00am.')
    expect(shown.words).toContain(
      'Moved to Thursday 5 March 2026 at 9:00am, by the surgery (Sam Reed)',
    )
    expect(shown.words).toContain('by the patient, recorded by Sam Reed: “Feels better”')
    expect(shown.words).toContain('Did not attend')
    expect(shown.words).toContain('1 appointment missed in the last 12 months. Ask how they are.')
    expect(shown.html).toContain('“Sore &lt;knee>”')
    expect((await trail('appointments.patient-appointments-viewed')).at(-1)?.about).toBe(
      ann.patientId,
    )
    // The advice is there when booking, and stands in nobody's way.
    const slotId = await oneSlot({ startsAt: minutesAfter(nine, 96 * 60) })
    const confirming = await desk.get(own(`/book/${slotId}`))
    expect(confirming.words).toContain('1 appointment missed in the last 12 months.')
    expect(confirming.words).toContain('Book appointment')
    expect(confirming.html).not.toContain('name="seen"')
    expect((await take(own(`/book/${slotId}`))).status).toBe(303)
  })

  test('page back through what is old', async () => {
    const starts = Array.from({ length: 32 }, (_, hour) => minutesAfter(nine, hour * 60))
    const made = await slots(...starts.map((startsAt) => ({ startsAt })))
    await setRules({ maxHeld: 20, horizonDays: 100 })
    for (const slotId of made) {
      const appointmentId = await annBooks(slotId)
      await run(sql`
        update appointments.appointment
        set cancelled_at = ${now}, cancelled_by = 'patient'
        where practice = ${practice} and appointment_id = ${appointmentId}`)
    }
    const first = await desk.get(own())
    const older = /href="([^"]+\?after=[^"]+)"/.exec(first.html)?.[1] ?? ''
    const second = await desk.get(older)
    expect(second.words).toContain('Monday 2 March 2026 at 9:00am')
    expect(first.words).not.toContain('Monday 2 March 2026 at 9:00am')
    expect(second.html).not.toContain('Older appointments')
  })

  test('are for those who see clinics', async () => {
    expect((await (await staff(['ig-lead'])).get(own())).status).toBe(403)
    expect((await (await staff(['clinician'])).get(own())).html).not.toContain(own('/book'))
  })
})

/** Opens a confirmation and sends it as it stands, with `given` typed. */
async function take(path: string, given: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const page = await desk.get(path)
  if (page.status !== 200) return page
  const seen = [...page.html.matchAll(/name="seen" value="([^"]+)"/g)].map(([, name]) =>
    String(name),
  )
  const phone = /name="phone"[^>]* value="([^"]*)"/.exec(page.html)?.[1]
  return desk.post(path, {
    idempotencyKey: hiddenField(page, 'idempotencyKey'),
    method: 'phone',
    reason: '',
    seen,
    ...(phone !== undefined && { phone }),
    ...given,
  })
}

describe('booking for a patient', () => {
  test('goes from the list of free slots to one that is booked, online or not', async () => {
    const [shown, off] = await slots(
      { startsAt: minutesAfter(nine, 24 * 60), slotType: 'Nurse' },
      { startsAt: minutesAfter(nine, 24 * 60 + 10), bookableOnline: false },
    )
    const list = await desk.get(own('/book'))
    expect(list.words).toContain('Book for Ann Patel')
    expect(list.html).toContain(`href="${own(`/book/${shown}`)}"`)
    const nurses = await desk.get(own('/book?type=Nurse&how=in-person&from=2026-03-03'))
    expect(nurses.html).toContain(String(shown))
    expect(nurses.html).not.toContain(String(off))
    expect((await desk.get(own('/book?from=2026-03-04'))).words).toContain('Nothing is free')

    const booked = await take(own(`/book/${off}`), { method: 'letter', reason: 'Review due' })
    expect(booked).toMatchObject({ status: 303, location: own('?done=booked') })
    const page = await desk.get(booked.location ?? '')
    expect(page.words).toContain('Appointment booked. The patient is told.')
    expect(page.words).toMatch(/By letter, by Sam Reed, Monday 2 March 2026.*“Review due”/)
  })

  test('starts from a free slot of the day too, by choosing whom it is for', async () => {
    const slotId = await oneSlot()
    const page = await desk.get(`/practice/appointments/find?slot=${slotId}&search=patel`)
    expect(page.words).toContain('Who is the appointment for?')
    expect(page.html).toContain(`href="${own(`/book/${slotId}`)}"`)
  })

  test('tells what speaks against it before confirming, and again where it is new', async () => {
    const slotId = await oneSlot()
    const path = own(`/book/${slotId}`)
    const before = await desk.get(path)
    expect(before.words).not.toContain('Before you confirm')
    await annBooks(await oneSlot({ startsAt: minutesAfter(nine, 25 * 60) }))
    const fields = { idempotencyKey: hiddenField(before, 'idempotencyKey'), method: 'phone' }
    const told = await desk.post(path, { ...fields, reason: 'Kept' })
    expect(told.status).toBe(409)
    expect(told.words).toContain('Before you confirm')
    expect(told.words).toContain('The patient has another appointment that day, at 10:00am.')
    expect(told.html).toContain('value="Kept"')
    const done = await desk.post(path, { ...fields, seen: 'same-day' })
    expect(done.status).toBe(303)
  })

  test('tells every fault at once in page order and keeps what was typed', async () => {
    const slotId = await oneSlot({ deliveryChannel: 'telephone' })
    const path = own(`/book/${slotId}`)
    const page = await desk.get(path)
    const answer = await desk.post(path, {
      idempotencyKey: hiddenField(page, 'idempotencyKey'),
      reason: 'x'.repeat(151),
      phone: 'none',
    })
    expect(answer.status).toBe(400)
    const links = [...answer.html.matchAll(/<li><a href="#(\w+)"/g)].map(([, field]) => field)
    expect(links).toEqual(['method', 'reason', 'phone'])
    expect(answer.html).toContain('value="none"')
    expect(answer.html).toMatch(/<title>Error: /)
  })

  test('says who was quicker, and what is free near it', async () => {
    const [slotId, next] = await slots(
      { startsAt: minutesAfter(nine, 24 * 60) },
      { startsAt: minutesAfter(nine, 24 * 60 + 10) },
    )
    if (!slotId) throw new Error('No slot')
    const path = own(`/book/${slotId}`)
    const page = await desk.get(path)
    await annBooks(slotId, await aPatient<'appointments'>(db, practice))
    const fields = { idempotencyKey: hiddenField(page, 'idempotencyKey'), method: 'phone' }
    const answer = await desk.post(path, fields)
    expect(answer.status).toBe(409)
    expect(answer.words).toContain('Somebody else has taken this slot')
    expect(answer.html).toContain(`href="${own(`/book/${next}`)}"`)
    expect((await desk.get(path)).status).toBe(409)
  })

  test('is only for those who book for patients', async () => {
    const slotId = await oneSlot()
    const prescriber = await staff(['prescriber'])
    for (const path of [own('/book'), own(`/book/${slotId}`)]) {
      expect((await prescriber.get(path)).status).toBe(403)
    }
  })
})

describe('moving and cancelling for a patient', () => {
  test('moves to another slot, and shows the old time until then', async () => {
    const appointmentId = await annBooks(await oneSlot())
    const slotId = await oneSlot({ startsAt: minutesAfter(nine, 48 * 60) })
    const list = await desk.get(own(`/${appointmentId}/move`))
    expect(list.words).toContain('It is on Tuesday 3 March 2026 at 9:00am, and stays so until')
    const moved = await take(own(`/${appointmentId}/move/${slotId}`))
    expect(moved.location).toBe(own('?done=moved'))
    expect((await desk.get(own())).words).toContain(
      'Next appointment: Wednesday 4 March 2026 at 9:00am.',
    )
    const again = await desk.get(own(`/${appointmentId}/move`))
    expect(again.status).toBe(409)
    expect(again.words).toContain('This appointment was cancelled or moved already')
  })

  test('asks on whose wish and why before cancelling', async () => {
    const appointmentId = await annBooks(await oneSlot())
    const path = own(`/${appointmentId}/cancel`)
    const empty = await desk.post(path, { reason: '' })
    expect(empty.status).toBe(400)
    const links = [...empty.html.matchAll(/<li><a href="#(\w+)"/g)].map(([, field]) => field)
    expect(links).toEqual(['wishedBy', 'reason'])
    const done = await desk.post(path, { wishedBy: 'staff', reason: 'Doctor is ill' })
    expect(done.location).toBe(own('?done=cancelled'))
    expect((await desk.get(path)).status).toBe(409)
  })

  test('does neither once the patient came, and says what to do', async () => {
    await annBooks(await oneSlot({ startsAt: nine }))
    const page = await desk.get(day)
    const step = steps(page)['Arrived'] ?? ''
    await desk.post('/practice/appointments/attendance', { back: 'today', step })
    const appointmentId = step.split(' ')[2] ?? ''
    for (const way of ['move', 'cancel']) {
      const answer = await desk.get(own(`/${appointmentId}/${way}`))
      expect(answer.status).toBe(409)
      expect(answer.words).toContain('undo it on the page of its day first')
    }
  })

  test('is not there for somebody else’s appointment', async () => {
    const other = await aPatient<'appointments'>(db, practice)
    const theirs = await annBooks(await oneSlot(), other)
    for (const way of ['move', 'cancel']) {
      expect((await desk.get(own(`/${theirs}/${way}`))).status).toBe(404)
    }
    const fields = { wishedBy: 'staff', reason: 'x' }
    expect((await desk.post(own(`/${theirs}/cancel`), fields)).status).toBe(404)
  })
})

describe('overbooking', () => {
  test('adds a slot with a named reason, and goes on to whom it is for', async () => {
    await oneSlot({ startsAt: nine })
    const page = await desk.get(day)
    const path =
      /href="(\/practice\/appointments\/sessions\/[^"]+\/overbook)"/.exec(page.html)?.[1] ?? ''
    const form = await desk.get(path)
    const idempotencyKey = hiddenField(form, 'idempotencyKey')
    const wrong = await desk.post(path, { idempotencyKey, time: '9 am', minutes: '0', reason: '' })
    expect(wrong.status).toBe(400)
    const links = [...wrong.html.matchAll(/<li><a href="#(\w+)"/g)].map(([, field]) => field)
    expect(links).toEqual(['time', 'minutes', 'reason'])
    const fields = { idempotencyKey, time: '09:05', minutes: '5', reason: 'Chest <pain>' }
    const late = await desk.post(path, { ...fields, time: '10:00' })
    expect(late.words).toContain('The extra slot must start within the session, or at its end')
    const added = await desk.post(path, fields)
    expect(added.location).toBe(`/practice/appointments/find?slot=${idempotencyKey}`)
    expect((await take(own(`/book/${idempotencyKey}`))).status).toBe(303)
    const after = await desk.get(day)
    expect(after.words).toContain('1 booked, 1 free, 0 held, 0 blocked, 1 overbooked')
    expect(after.html).toContain('Overbooked by Sam Reed:')
    expect(after.html).toContain('“Chest &lt;pain>”')
  })
})

describe('lists on paper and as a spreadsheet', () => {
  test('put each clinic on a sheet of its own, or just the one asked for', async () => {
    const slotId = await oneSlot({ startsAt: nine })
    await annBooks(slotId)
    await aClinic(db, practice, [aNewSlot({ startsAt: nine })], { name: 'Other clinic' })
    const both = await desk.get('/practice/appointments/print?day=2026-03-02')
    expect(both.html.match(/class="app-sheet"/g)).toHaveLength(2)
    expect(both.words).toContain('Patel, Ann')
    const page = await desk.get(day)
    const one = /href="(\/practice\/appointments\/print[^"]+session=[^"]+)"/.exec(page.html)?.[1]
    const sheet = await desk.get((one ?? '').replaceAll('&amp;', '&'))
    expect(sheet.html.match(/class="app-sheet"/g)).toHaveLength(1)
    expect(
      (await trail('appointments.clinics-printed')).map((event) => event.details),
    ).toContainEqual({ day: '2026-03-02', patientIds: [ann.patientId] })
  })

  test('export a line a slot, without reasons, and with nothing that a spreadsheet would run', async () => {
    const slotId = await oneSlot({ startsAt: nine, slotType: '=1+1' })
    await annBooks(slotId)
    const file = await desk.get('/practice/appointments/export?day=2026-03-02')
    const [head, line, end] = file.html.split('\r\n')
    expect(head).toMatch(/^\uFEFF"Date","Start","Minutes","Session"/)
    expect(line).toMatch(/^"2026-03-02","09:00","10","Morning surgery","No","","","","'=1\+1"/)
    expect(line).toContain('"Booked","","Patel","Ann","999')
    expect(end).toBe('')
    expect(file.html).not.toContain('knee')
    expect(await trail('appointments.clinics-exported')).toHaveLength(1)
  })
})
