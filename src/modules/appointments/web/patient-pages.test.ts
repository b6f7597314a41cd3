import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter, minutesBefore } from '#kernel/time'
import { sql, systemProof, type Database } from '#platform/db'
import {
  addPastAppointments,
  setBookingRules,
  type BookingRules,
  type SlotId,
} from '#modules/appointments'
import type { PatientId } from '#modules/directory'
import { aClinic, aNewSlot } from '../../../../test/support/clinic.ts'
import { makeDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import { anAccount, aPatient, aPractice } from '../../../../test/support/surgery.ts'
import { hiddenField, openPages, signedIn, type Visitor } from '../../../../test/support/visitor.ts'
import { defaultRules } from '../domain/slot.ts'
import { registerAppointments } from '../plugin.ts'

const now = new Date('2026-03-02T08:00:00Z')
const startsAt = new Date('2026-03-04T09:05:00Z')

let test$: TestDatabase
let db: Database
let app: FastifyInstance
let practice: OdsCode
let patient: Visitor
let patientId: PatientId
let signInAgain: () => Promise<Visitor>

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
  ;({ patient, patientId, signInAgain } = await someone())
})

async function someone() {
  const accountId = await anAccount(db, 'patient', { practice, subjectId: newId(now) })
  const made = await aPatient(db, practice, { accountId })
  const link = { practice, subjectId: made.patientId, relation: 'self' as const }
  const again = (): Promise<Visitor> => signedIn(app, accountId, link)
  return { patient: await again(), patientId: made.patientId, signInAgain: again }
}

/** Lets time pass; whoever was signed in has been signed out by then, and signs in again. */
async function passTimeUntil(then: Date): Promise<void> {
  test$.setNow(then)
  patient = await signInAgain()
}

async function oneSlot(given: Partial<Parameters<typeof aNewSlot>[0]> = {}): Promise<SlotId> {
  const [slotId] = await aClinic(db, practice, [aNewSlot({ startsAt, ...given })])
  if (!slotId) throw new Error('No slot')
  return slotId
}

function setRules(rules: Partial<BookingRules>): Promise<void> {
  return db.transaction(systemProof(practice), (tx) =>
    setBookingRules(tx, { ...defaultRules, ...rules }),
  )
}

async function formOf(
  slotId: SlotId,
  visitor = patient,
): Promise<Readonly<Record<string, string>>> {
  const page = await visitor.get(`/appointments/slots/${slotId}`)
  expect(page.status).toBe(200)
  return { slot: hiddenField(page, 'slot'), idempotencyKey: hiddenField(page, 'idempotencyKey') }
}

async function bookedBy(visitor: Visitor, slotId: SlotId): Promise<string> {
  const answer = await visitor.post('/appointments', {
    ...(await formOf(slotId, visitor)),
    reason: '',
  })
  expect(answer.status).toBe(303)
  return (answer.location ?? '').replace(/\/booked$/, '')
}

describe('booking, page by page', () => {
  test('leads from the list over the form to a confirmation with date, time and place', async () => {
    const slotId = await oneSlot()
    const list = await patient.get('/appointments/slots')
    expect(list.html).toContain(`href="/appointments/slots/${slotId}"`)
    expect(list.words).toContain(
      'The next available appointment is Wednesday 4 March 2026 at 9:05am.',
    )
    const form = await formOf(slotId)
    const sent = await patient.post('/appointments', { ...form, reason: 'My knee' })
    expect(sent.status).toBe(303)
    expect(sent.location).toMatch(/^\/appointments\/[0-9a-f-]{36}\/booked$/)
    const confirmation = await patient.get(sent.location ?? '')
    expect(confirmation.words).toContain('Appointment booked')
    expect(confirmation.words).toContain('Wednesday 4 March 2026')
    expect(confirmation.words).toContain('9:05am')
    expect(confirmation.words).toContain('Riverbank Surgery')
    expect(confirmation.html).toMatch(/<title>Appointment booked – [^<]*<\/title>/)
    expect((await patient.get('/appointments')).words).toContain('Wednesday 4 March 2026 at 9:05am')
  })

  test('gives the first appointment again to a form sent twice', async () => {
    const form = { ...(await formOf(await oneSlot())), reason: '' }
    const first = await patient.post('/appointments', form)
    const second = await patient.post('/appointments', form)
    expect(second).toMatchObject({ status: 303, location: first.location })
  })

  test('warns beside the reason who may read it and when', async () => {
    const page = await patient.get(`/appointments/slots/${await oneSlot()}`)
    expect(page.words).toContain('who are not doctors or nurses')
    expect(page.words).toContain('may not be read before the day')
  })

  test('tells every fault at once, in page order, and keeps what was typed', async () => {
    await setRules({ reasonRequired: true })
    const form = await formOf(await oneSlot({ deliveryChannel: 'telephone' }))
    const long = await patient.post('/appointments', {
      ...form,
      reason: 'x'.repeat(151),
      otherPhone: 'ring me',
    })
    expect(long.status).toBe(400)
    expect(long.html).toContain('<title>Error: Check and book your appointment')
    const summary = long.html.slice(long.html.indexOf('error-summary'))
    expect(summary.indexOf('href="#reason"')).toBeGreaterThan(0)
    expect(summary.indexOf('href="#otherPhone"')).toBeGreaterThan(summary.indexOf('href="#reason"'))
    expect(long.html).toContain('x'.repeat(151))
    expect(long.html).toContain('value="ring me"')

    const empty = await patient.post('/appointments', { ...form, reason: ' ' })
    expect(empty.status).toBe(400)
    expect(empty.words).toContain('Enter why you need the appointment')
    expect(empty.words).toContain('Enter a phone number')
    expect(hiddenField(empty, 'idempotencyKey')).toBe(form['idempotencyKey'])
  })

  test('offers the numbers on record for a telephone slot, and keeps another for this appointment alone', async () => {
    const slotId = await oneSlot({ deliveryChannel: 'telephone' })
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
      update directory.patient
      set mobile = '07700 900001'
      where practice = ${practice}
        and patient_id = ${patientId}
    `),
    )
    const page = await patient.get(`/appointments/slots/${slotId}`)
    expect(page.html).toContain('value="07700 900001"')
    const form = await formOf(slotId)
    expect((await patient.post('/appointments', form)).words).toContain(
      'Choose which phone number we should call',
    )
    const sent = await patient.post('/appointments', {
      ...form,
      phone: 'other',
      otherPhone: '01632 960002',
    })
    expect((await patient.get(sent.location ?? '')).words).toContain(
      'We will phone you on 01632 960002',
    )
    const next = await oneSlot({
      startsAt: minutesAfter(startsAt, 60),
      deliveryChannel: 'telephone',
    })
    const nextForm = await patient.get(`/appointments/slots/${next}`)
    expect(nextForm.html).not.toContain('01632 960002')
  })

  test('says nothing different for a slot of another practice and for none', async () => {
    const slotId = await oneSlot()
    practice = await aPractice(db)
    const { patient: other } = await someone()
    const foreign = await other.get(`/appointments/slots/${slotId}`)
    const none = await other.get(`/appointments/slots/${newId(now)}`)
    expect(foreign.status).toBe(404)
    expect(foreign.words).toBe(none.words)
    const key = newId(now)
    expect((await other.post('/appointments', { slot: slotId, idempotencyKey: key })).status).toBe(
      404,
    )
    expect((await other.post('/appointments', {})).status).toBe(404)
  })
})

describe('a booking that is refused', () => {
  async function refusedAfter(slotId: SlotId, meanwhile: () => Promise<unknown>) {
    const form = await formOf(slotId)
    await meanwhile()
    const answer = await patient.post('/appointments', { ...form, reason: '' })
    expect(answer.status).toBe(409)
    expect(answer.words).toContain('Phone your GP surgery on 0113 496 0000')
    expect(answer.words).toContain('111')
    return answer
  }

  test('because someone else was faster: says so, and offers the nearest others', async () => {
    const slotId = await oneSlot()
    const other = await oneSlot({ startsAt: minutesAfter(startsAt, 10) })
    const answer = await refusedAfter(slotId, async () =>
      bookedBy((await someone()).patient, slotId),
    )
    expect(answer.words).toContain('Someone else has taken this appointment')
    expect(answer.html).toContain(`href="/appointments/slots/${other}"`)
    const looked = await patient.get(`/appointments/slots/${slotId}`)
    expect(looked.status).toBe(409)
  })

  test('at the limit: says how many are allowed', async () => {
    await setRules({ maxHeld: 1 })
    const slotId = await oneSlot()
    const other = await oneSlot({ startsAt: minutesAfter(startsAt, 60) })
    const answer = await refusedAfter(slotId, () => bookedBy(patient, other))
    expect(answer.words).toContain('lets you have 1 upcoming appointment at a time')
  })

  test('because it overlaps another: leads to the one they have', async () => {
    const slotId = await oneSlot()
    const other = await oneSlot({ startsAt: minutesBefore(startsAt, 5) })
    let path = ''
    const answer = await refusedAfter(slotId, async () => {
      path = await bookedBy(patient, other)
    })
    expect(answer.words).toContain('You have another appointment at that time')
    expect(answer.html).toContain(`href="${path}"`)
  })

  test('after closing: says when booking closed', async () => {
    const answer = await refusedAfter(await oneSlot(), () =>
      passTimeUntil(minutesBefore(startsAt, 30)),
    )
    expect(answer.words).toContain('It is too late to book this appointment online')
    expect(answer.words).toContain('Online booking closed Wednesday 4 March 2026 at 8:05am.')
  })

  test('once it has started: says that it is in the past', async () => {
    const answer = await refusedAfter(await oneSlot(), () => passTimeUntil(startsAt))
    expect(answer.words).toContain('This appointment is in the past')
  })

  test('not yet released, offline or too far ahead: each says which', async () => {
    const releasedAt = new Date('2026-03-03T08:00:00Z')
    const early = await patient.get(`/appointments/slots/${await oneSlot({ releasedAt })}`)
    expect(early.words).toContain('You can book it from Tuesday 3 March 2026 at 8:00am.')
    const offline = await patient.get(
      `/appointments/slots/${await oneSlot({ bookableOnline: false })}`,
    )
    expect(offline.words).toContain('This appointment cannot be booked online')
    const far = await patient.get(
      `/appointments/slots/${await oneSlot({ startsAt: new Date('2026-08-03T09:00:00Z') })}`,
    )
    expect(far.words).toContain('This appointment is too far ahead')
    expect([early.status, offline.status, far.status]).toEqual([409, 409, 409])
  })

  test('with a key that booked another: says so', async () => {
    const form = await formOf(await oneSlot())
    await patient.post('/appointments', { ...form, reason: '' })
    const other = await oneSlot({ startsAt: minutesAfter(startsAt, 60) })
    const answer = await patient.post('/appointments', { ...form, slot: other, reason: '' })
    expect(answer.status).toBe(409)
    expect(answer.words).toContain('This page was used to book another appointment')
  })

  test('in a second tab: says that it is theirs already', async () => {
    const slotId = await oneSlot()
    const answer = await refusedAfter(slotId, () => bookedBy(patient, slotId))
    expect(answer.words).toContain('You have already booked this appointment')
  })

  test('for who may only look: books nothing, and says who decides', async () => {
    const slotId = await oneSlot()
    const form = await formOf(slotId)
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
      update access.association
      set appointments = 'view'
      where practice = ${practice}
        and patient_id = ${patientId}
    `),
    )
    for (const answer of [
      await patient.post('/appointments', form),
      await patient.get('/appointments/slots'),
      await patient.get(`/appointments/slots/${slotId}`),
    ]) {
      expect(answer.status).toBe(403)
      expect(answer.words).toContain('Your GP surgery decides who can book')
    }
    const own = await patient.get('/appointments')
    expect(own.status).toBe(200)
    expect(own.html).not.toContain('href="/appointments/slots"')
  })
})

describe('the list of slots', () => {
  test('says, when empty, when more are released and how to get urgent help', async () => {
    await oneSlot({ releasedAt: new Date('2026-03-03T08:00:00Z') })
    const page = await patient.get('/appointments/slots')
    expect(page.words).toContain('No appointments found')
    expect(page.words).toContain(
      'More appointments can be booked from Tuesday 3 March 2026 at 8:00am.',
    )
    expect(page.words).toContain('In an emergency call 999')
  })

  test('is narrowed by period and how, and says how to widen when nothing is left', async () => {
    const video = await oneSlot({ deliveryChannel: 'video' })
    const nextWeek = await oneSlot({ startsAt: new Date('2026-03-10T09:00:00Z') })
    const byVideo = await patient.get('/appointments/slots?how=video&period=any&with=')
    expect(byVideo.html).toContain(video)
    expect(byVideo.html).not.toContain(nextWeek)
    const later = await patient.get('/appointments/slots?period=next-week')
    expect(later.html).toContain(nextWeek)
    expect(later.html).not.toContain(video)
    expect((await patient.get('/appointments/slots?period=tomorrow')).words).toContain(
      'Look at appointments at any time',
    )
    expect(
      (await patient.get('/appointments/slots?period=nonsense&how=1&with=2&after=3')).status,
    ).toBe(200)
  })

  test('pages, and every slot is on one of the pages', async () => {
    const starts = Array.from({ length: 130 }, (_, index) => minutesAfter(startsAt, index * 5))
    const slotIds = await aClinic(
      db,
      practice,
      starts.map((start) => aNewSlot({ startsAt: start })),
    )
    const seen = new Set<string>()
    let path: string | undefined = '/appointments/slots'
    let pages = 0
    while (path !== undefined && pages < 10) {
      const page: Awaited<ReturnType<Visitor['get']>> = await patient.get(path)
      for (const [, id] of page.html.matchAll(/href="\/appointments\/slots\/([0-9a-f-]{36})"/g))
        seen.add(id ?? '')
      path = /href="(\/appointments\/slots\?[^"]*after=[^"]*)"/
        .exec(page.html)?.[1]
        ?.replaceAll('&amp;', '&')
      pages++
    }
    expect(pages).toBe(3)
    expect(seen).toEqual(new Set(slotIds))
  })
})

describe('own appointments', () => {
  test('say what to do next when there are none', async () => {
    const page = await patient.get('/appointments')
    expect(page.words).toContain(
      'You have no upcoming appointments. You can book one online, or phone your GP surgery.',
    )
  })

  test('page through what is past', async () => {
    const bookedAt = minutesBefore(now, 50_000)
    await db.transaction(systemProof(practice), (tx) =>
      addPastAppointments(tx, [
        {
          name: 'Old clinic',
          startsAt: minutesBefore(now, 40_000),
          endsAt: now,
          slots: Array.from({ length: 12 }, (_, index) => ({
            ...aNewSlot({ startsAt: minutesBefore(now, 1440 * (index + 1)) }),
            appointment: { patientId, bookedAt, reason: '' },
          })),
        },
      ]),
    )
    const first = await patient.get('/appointments')
    expect(first.html).not.toContain('Old clinic')
    const older = /href="(\/appointments\?after=[^"]*)"/.exec(first.html)?.[1] ?? ''
    const second = await patient.get(older)
    const idsIn = (html: string) =>
      [...html.matchAll(/href="\/appointments\/([0-9a-f-]{36})"/g)].map(([, id]) => id)
    expect(idsIn(first.html)).toHaveLength(10)
    expect(idsIn(second.html)).toHaveLength(2)
    expect(second.words).toContain('For older appointments, ask your GP surgery.')
  })

  test('are cancelled after asking once, and stay cancelled when asked again', async () => {
    await setRules({ waitlistOpen: false })
    const slotId = await oneSlot()
    const path = await bookedBy(patient, slotId)
    expect((await patient.get(`${path}/cancel`)).words).toContain(
      'Do you want to cancel this appointment?',
    )
    const first = await patient.post(`${path}/cancel`)
    expect(first).toMatchObject({ status: 303, location: path })
    expect(await patient.post(`${path}/cancel`)).toMatchObject({ status: 303, location: path })
    expect((await patient.get(path)).words).toContain('Appointment cancelled')
    expect(await patient.get(`${path}/booked`)).toMatchObject({ status: 303, location: path })
    expect((await patient.get('/appointments/slots')).html).toContain(slotId)
  })

  test('cannot be cancelled after the cut-off, and the page says to phone', async () => {
    const path = await bookedBy(patient, await oneSlot())
    await passTimeUntil(minutesBefore(startsAt, 60))
    expect((await patient.get(path)).words).toContain(
      'too late to move or cancel this appointment online',
    )
    for (const answer of [
      await patient.get(`${path}/cancel`),
      await patient.post(`${path}/cancel`),
    ]) {
      expect(answer.status).toBe(409)
      expect(answer.words).toContain('The appointment is still booked.')
      expect(answer.words).toContain('Phone your GP surgery on 0113 496 0000')
    }
  })

  test('of somebody else are not found, as those that never were', async () => {
    const path = await bookedBy(patient, await oneSlot())
    const { patient: other } = await someone()
    for (const end of ['', '/booked', '/cancel']) {
      const foreign = await other.get(`${path}${end}`)
      const none = await other.get(`/appointments/${newId(now)}${end}`)
      expect(foreign.status).toBe(404)
      expect(foreign.words).toBe(none.words)
    }
    expect((await other.post(`${path}/cancel`)).status).toBe(404)
    expect((await other.get('/appointments/nonsense')).status).toBe(404)
    expect((await patient.get(path)).status).toBe(200)
  })

  test('leave a trace of each look, without what was written', async () => {
    const path = await bookedBy(patient, await oneSlot())
    await patient.get(path)
    await patient.get('/appointments')
    const events = await db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly type: string; readonly details: Readonly<Record<string, unknown>> }>(sql`
        select type, details
        from audit.event
        where practice = ${practice}
          and patient_id = ${patientId}
          and type like 'appointments.%'
        order by type
      `),
    )
    expect(events.map((event) => event.type)).toEqual([
      'appointments.appointment-booked',
      'appointments.appointment-viewed',
      'appointments.appointments-viewed',
    ])
  })
})
