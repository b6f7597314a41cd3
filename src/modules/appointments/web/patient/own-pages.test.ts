import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { instantAt, minutesAfter, minutesBefore } from '#kernel/time'
import { sql, systemProof } from '#platform/db'
import { setBookingRules } from '#modules/appointments'
import {
  aPatientSide,
  bookedBy,
  idIn,
  openPatientPages,
  type PatientSide,
  type SomePatient,
} from '../../../../../test/support/patient-side.ts'
import { aDay } from '../../../../../test/support/planning.ts'
import { aStaffMember } from '../../../../../test/support/surgery.ts'
import type { Visitor } from '../../../../../test/support/visitor.ts'
import { calendarFile } from './calendar-file.ts'

const now = new Date('2026-03-02T08:00:00Z')
const startsAt = new Date('2026-03-04T09:05:00Z')

let pages: Awaited<ReturnType<typeof openPatientPages>>
let app: FastifyInstance
let side: PatientSide
let one: SomePatient
let patient: Visitor

beforeAll(async () => {
  pages = await openPatientPages(now)
  ;({ app } = pages)
})
afterAll(() => pages.close())
beforeEach(async () => {
  pages.database.setNow(now)
  side = await aPatientSide(app)
  one = await side.someone()
  ;({ patient } = one)
})

async function passTimeUntil(then: Date): Promise<void> {
  pages.database.setNow(then)
  patient = await one.signInAgain()
}

describe('a video appointment', () => {
  test('leads to where the practice says video is joined, until it is over', async () => {
    await app.db.transaction(systemProof(side.practice), (tx) =>
      setBookingRules(tx, { videoLink: 'https://video.example.test/room' }),
    )
    const slotId = await side.slot({ startsAt, deliveryChannel: 'video' })
    const path = await bookedBy(patient, slotId)
    expect((await patient.get(path)).html).toContain('href="https://video.example.test/room"')
    await passTimeUntil(minutesAfter(startsAt, 60))
    expect((await patient.get(path)).html).not.toContain('video.example.test')
  })
})

describe('the calendar file', () => {
  const appointmentId = newId<'Appointment'>(now)
  const bookedAt = now
  const of = (day: string, time: string) => {
    const start = instantAt(aDay(day), time)
    return calendarFile({
      appointmentId,
      bookedAt,
      startsAt: start,
      endsAt: minutesAfter(start, 10),
    })
  }

  test.each([
    ['2026-03-28', '09:00', '20260328T090000Z'],
    ['2026-03-29', '09:00', '20260329T080000Z'],
    ['2026-10-24', '09:00', '20261024T080000Z'],
    ['2026-10-25', '09:00', '20261025T090000Z'],
  ])('has the instant of %s at %s in England, whichever clock holds', (day, time, instant) => {
    expect(of(day, time)).toContain(`DTSTART:${instant}`)
  })

  test('is the same each time it is made, and changes its name for no other time', () => {
    expect(of('2026-03-28', '09:00')).toBe(of('2026-03-28', '09:00'))
    expect(of('2026-03-30', '09:00')).toContain(`UID:${appointmentId}@patient-online`)
  })

  test('says only that it is a GP surgery appointment, and that it does not update itself', async () => {
    const smear = await side.type({ name: 'Cervical screening' })
    const slotId = await side.slot({ startsAt, slotTypeId: smear, slotType: 'Cervical screening' })
    const path = await bookedBy(patient, slotId)
    const page = await patient.get(path)
    expect(page.html).toContain(`href="${path}/calendar.ics"`)
    expect(page.words).toContain('Your calendar does not update itself')
    const file = await patient.get(`${path}/calendar.ics`)
    expect(file.status).toBe(200)
    const unfolded = file.html.replaceAll('\r\n ', '')
    expect(unfolded).toContain('SUMMARY:GP surgery appointment\r\n')
    expect(unfolded).toContain('DESCRIPTION:This entry does not update itself')
    expect(unfolded).not.toMatch(/screening|knee|Riverbank|VALARM/i)
    expect(unfolded).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR$/)
  })

  test('is only for appointments that are to come', async () => {
    const path = await bookedBy(patient, await side.slot({ startsAt }))
    await passTimeUntil(minutesAfter(startsAt, 10))
    expect(await patient.get(`${path}/calendar.ics`)).toMatchObject({ status: 303, location: path })
    expect((await patient.get(path)).html).not.toContain('calendar.ics')
  })
})

describe('an appointment', () => {
  test('that is to come offers to tell of something earlier, where the practice keeps a waiting list', async () => {
    const path = await bookedBy(patient, await side.slot({ startsAt }))
    const link = `href="/appointments/waitlist/new?replaces=${idIn(path)}"`
    expect((await patient.get(path)).html).toContain(link)
    await side.rules({ waitlistOpen: false })
    expect((await patient.get(path)).html).not.toContain(link)
  })

  test('that was booked by phone says so, and can be cancelled and moved here', async () => {
    const path = await bookedBy(patient, await side.slot({ startsAt }))
    expect((await patient.get(path)).words).toContain('What you wrote My knee')
    await side.mark(idIn(path), 'booked-by-phone')
    expect((await patient.get(path)).words).toContain('Reason given My knee')
    expect((await patient.get('/appointments')).words).toContain(
      'Wednesday 4 March 2026 at 9:05am , in person. Booked by phone',
    )
    const page = await patient.get(path)
    expect(page.words).toContain('Booked By phone')
    expect(page.html).toContain(`href="${path}/move"`)
    expect((await patient.post(`${path}/cancel`)).status).toBe(303)
  })

  test('that was missed says so without blame, and how to put it right', async () => {
    const path = await bookedBy(patient, await side.slot({ startsAt }))
    await passTimeUntil(minutesAfter(startsAt, 60))
    await side.mark(idIn(path), 'missed')
    expect((await patient.get('/appointments')).words).toContain('in person. You did not attend')
    const { words } = await patient.get(path)
    expect(words).toContain('You did not attend this appointment.')
    expect(words).toContain('something makes it hard for you to come, tell your GP surgery')
  })

  test('that the surgery cancelled gives its words, what is free instead, and that one waits', async () => {
    const path = await bookedBy(patient, await side.slot({ startsAt }))
    const other = await side.slot({ startsAt: minutesAfter(startsAt, 30) })
    await side.mark(idIn(path), 'cancelled-by-staff')
    expect((await patient.get('/appointments')).words).toContain('. Cancelled by your GP surgery')
    const before = await patient.get(path)
    expect(before.words).toContain('They say: The doctor is ill')
    expect(before.words).not.toContain('waiting list')
    expect(before.html).toContain(`href="/appointments/slots/${other}"`)
    await app.db.transaction(systemProof(side.practice), (tx) =>
      tx.run(sql`
        insert into appointments.waitlist_entry
          (practice, waitlist_id, patient_id, since, joined_at, joined_from, from_day, until_day,
           delivery_channels)
        values (${side.practice}, ${newId(now)}, ${one.patientId}, ${minutesBefore(now, 14_400)},
          ${now}, 'cancelled-clinic', '2026-03-02', '2026-04-01', '{in-person}')
      `),
    )
    const after = await patient.get(path)
    expect(after.words).toContain('count as waiting since 20 February 2026')
    expect(after.html).toContain('href="/appointments/waitlist"')
    expect(after.words).toContain('Phone your GP surgery on 0113 496 0000')
  })

  test('that the surgery cancelled offers others of its kind before those that are nearer', async () => {
    const slotTypeId = await side.type({ name: 'Blood test' })
    const path = await bookedBy(patient, await side.slot({ startsAt, slotTypeId }))
    const near = await side.slot({ startsAt: minutesAfter(startsAt, 10) })
    const ofKind = await side.slot({ startsAt: minutesAfter(startsAt, 2880), slotTypeId })
    await side.mark(idIn(path), 'cancelled-by-staff')
    const { html, words } = await patient.get(path)
    expect(words).toContain('What you could book instead')
    expect([html.includes(ofKind), html.includes(near)]).toEqual([true, false])
  })

  test('that the surgery changed says when it was before, and its words', async () => {
    const path = await bookedBy(patient, await side.slot({ startsAt }))
    await app.db.transaction(systemProof(side.practice), (tx) =>
      tx.run(sql`
        update appointments.appointment
        set change_words = 'The room is being painted', change_told_at = ${now},
          change_was_at = ${minutesBefore(startsAt, 60)}
        where practice = ${side.practice} and appointment_id = ${idIn(path)}`),
    )
    const { words } = await patient.get(path)
    expect(words).toContain('It was on Wednesday 4 March 2026 at 8:05am')
    expect(words).toContain('They say: The room is being painted')
  })
})

describe('cancelling', () => {
  async function storedReason(path: string): Promise<string | undefined> {
    const row = await app.db.transaction(systemProof(side.practice), (tx) =>
      tx.maybe<{ readonly cancelReason?: string }>(sql`
        select cancel_reason from appointments.appointment
        where practice = ${side.practice} and appointment_id = ${idIn(path)}`),
    )
    return row?.cancelReason
  }

  test.each([
    [{ why: 'Cannot attend' }, 'Cannot attend'],
    [{ why: 'because my knee is better' }, undefined],
    [{}, undefined],
  ])('keeps one of our reasons, and needs none: %o', async (form, reason) => {
    const path = await bookedBy(patient, await side.slot({ startsAt }))
    expect(await patient.post(`${path}/cancel`, form)).toMatchObject({ status: 303 })
    expect(await storedReason(path)).toBe(reason)
    expect((await patient.get('/appointments')).words).toContain('. Cancelled by you')
  })

  test('is refused where the practice does not do it online, which says that it is still booked', async () => {
    const path = await bookedBy(patient, await side.slot({ startsAt }))
    await side.rules({ cancelOnline: false })
    for (const answer of [
      await patient.get(`${path}/cancel`),
      await patient.post(`${path}/cancel`),
    ]) {
      expect(answer.status).toBe(409)
      expect(answer.words).toContain('Your GP surgery does not cancel appointments online')
      expect(answer.words).toContain('The appointment is still booked.')
      expect(answer.words).toContain('Phone your GP surgery on 0113 496 0000')
      expect(answer.words).toContain('call 111')
    }
  })
})

describe('own appointments', () => {
  const asSystem = (statement: ReturnType<typeof sql>) =>
    app.db.transaction(systemProof(side.practice), (tx) => tx.run(statement))

  test('show what one is invited to book, with its first times', async () => {
    const review = await side.type({
      name: 'CKD rv',
      publicName: 'Kidney check',
      invitedOnly: true,
    })
    const given = { slotTypeId: review, slotType: 'CKD rv' }
    const slots = [
      await side.slot({ startsAt, ...given }),
      await side.slot({ startsAt: minutesAfter(startsAt, 10), ...given }),
      await side.slot({ startsAt: minutesAfter(startsAt, 20), ...given }),
      await side.slot({ startsAt: minutesAfter(startsAt, 30), ...given }),
    ]
    expect((await patient.get('/appointments')).words).not.toContain('Kidney')
    await side.invite(one.patientId, review, '2026-03-31')
    const page = await patient.get('/appointments')
    expect(page.words).toContain(
      'You are invited to book: Kidney check. You can book it until 31 March 2026.',
    )
    for (const slotId of slots.slice(0, 3)) expect(page.html).toContain(slotId)
    expect(page.html).not.toContain(slots[3])
    expect(page.html).toContain(`href="/appointments/slots?type=${review}"`)
    const list = await patient.get(`/appointments/slots?type=${review}`)
    expect(list.words).toContain('You are invited to book: Kidney check.')
    expect(list.html).toContain(slots[3])

    const other = await side.someone()
    const refused = await other.patient.get(`/appointments/slots/${slots[0]}`)
    expect(refused.status).toBe(409)
    expect(refused.words).toContain('It is for people whom the GP surgery has invited to book it.')

    await bookedBy(patient, slots[0] ?? newId(now))
    expect((await patient.get('/appointments')).words).not.toContain('You are invited')
  })

  test('show an invitation without times with what to do, until its last day', async () => {
    const review = await side.type({ name: 'Review', invitedOnly: true })
    await side.invite(one.patientId, review, '2026-03-03')
    expect((await patient.get('/appointments')).words).toContain(
      'No times are free at the moment. Look again later, or phone your GP surgery to book it.',
    )
    await passTimeUntil(new Date('2026-03-04T00:00:00Z'))
    expect((await patient.get('/appointments')).words).not.toContain('You are invited')
  })

  test('lead to open offers, draws and the waiting list, and not to those that are over', async () => {
    const slotId = await side.slot({ startsAt })
    const { practice } = side
    const { patientId } = one
    const [waitlistId, offerId, lateId, drawId] = [0, 1, 2, 3].map(() => newId(now))
    await asSystem(sql`
      insert into appointments.waitlist_entry
        (practice, waitlist_id, patient_id, since, joined_at, joined_from, from_day, until_day,
         delivery_channels)
      values (${practice}, ${waitlistId}, ${patientId}, ${now}, ${now}, 'patient', '2026-03-02',
        '2026-04-01', '{in-person}')`)
    await asSystem(sql`
      insert into appointments.slot_offer
        (practice, offer_id, slot_id, waitlist_id, patient_id, offered_at, expires_at, closed_at,
         outcome)
      values
        (${practice}, ${offerId}, ${slotId}, ${waitlistId}, ${patientId}, ${now},
          ${minutesAfter(now, 120)}, null, null),
        (${practice}, ${lateId}, ${slotId}, ${waitlistId}, ${patientId}, ${minutesBefore(now, 90)},
          ${minutesBefore(now, 60)}, ${minutesBefore(now, 60)}, 'expired')`)
    await asSystem(sql`
      insert into appointments.draw
        (practice, draw_id, name, opens_at, closes_at, seed, seed_hash, made_at)
      values (${practice}, ${drawId}, 'Monday draw', ${minutesBefore(now, 60)},
        ${minutesAfter(now, 60)}, ${'a'.repeat(64)}, ${'b'.repeat(64)}, ${now})`)
    const desk = await aStaffMember(app.db, practice, { name: 'Sam', roles: ['receptionist'] })
    await app.db.transaction(desk.acting, (tx) =>
      tx.run(sql`
        insert into appointments.draw_entry
          (practice, draw_id, entry_id, patient_id, entered_at, wishes, idempotency_key)
        values (${practice}, ${drawId}, ${newId(now)}, ${patientId}, ${now}, '{}', ${newId(now)})`),
    )

    const page = await patient.get('/appointments')
    expect(page.words).toContain(
      'You are offered an appointment on Wednesday 4 March 2026 at 9:05am',
    )
    expect(page.words).toContain('before Monday 2 March 2026 at 10:00am')
    expect(page.html).toContain(`href="/appointments/offers/${offerId}"`)
    expect(page.html).not.toContain(lateId)
    expect(page.html).toContain(`href="/appointments/draws/${drawId}"`)
    expect(page.words).toContain('you are in this draw. It closes Monday 2 March 2026 at 9:00am')
    expect(page.html).toContain('href="/appointments/waitlist"')
    expect((await (await side.someone()).patient.get('/appointments')).html).not.toContain(drawId)

    await asSystem(sql`
      update appointments.slot set state = 'held'
      where practice = ${practice} and slot_id = ${slotId}`)
    expect(await patient.get(`/appointments/slots/${slotId}`)).toMatchObject({
      status: 303,
      location: `/appointments/offers/${offerId}`,
    })
    await passTimeUntil(minutesAfter(now, 120))
    expect((await patient.get('/appointments')).words).not.toContain('You are offered')
    expect((await patient.get(`/appointments/slots/${slotId}`)).status).toBe(409)
  })
})
