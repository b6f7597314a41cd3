import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { minutesAfter, minutesBefore } from '#kernel/time'
import { sql, systemProof } from '#platform/db'
import type { SlotId } from '#modules/appointments'
import { storedSlots } from '../../../../../test/support/clinic.ts'
import {
  aPatientSide,
  bookedBy,
  idIn,
  openPatientPages,
  type PatientSide,
  type SomePatient,
} from '../../../../../test/support/patient-side.ts'
import { hiddenField, type Visitor } from '../../../../../test/support/visitor.ts'

const now = new Date('2026-03-02T08:00:00Z')
const startsAt = new Date('2026-03-04T09:05:00Z')
const later = minutesAfter(startsAt, 120)

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

async function formFor(path: string, slotId: SlotId) {
  const page = await patient.get(`${path}/move/${slotId}`)
  expect(page.status).toBe(200)
  return { slot: slotId, idempotencyKey: hiddenField(page, 'idempotencyKey') }
}

async function stateOf(slotId: SlotId) {
  const slots = await storedSlots(app.db, side.practice)
  return slots.find((slot) => slot.slotId === slotId)
}

describe('moving, page by page', () => {
  test('leads from the appointment over the list to the new time, and the old one says where it went', async () => {
    const old = await side.slot({ startsAt })
    const free = await side.slot({ startsAt: later })
    const path = await bookedBy(patient, old)
    expect((await patient.get(path)).html).toContain(`href="${path}/move"`)

    const list = await patient.get(`${path}/move`)
    expect(list.words).toContain('Choose a new time')
    expect(list.words).toContain('It stays booked until you have confirmed the new time.')
    expect(list.html).toContain(`href="${path}/move/${free}"`)

    const check = await patient.get(`${path}/move/${free}`)
    expect(check.words).toContain('Now you have Wednesday 4 March 2026 at 9:05am.')
    expect(check.words).toContain('Time 11:05am')
    expect(check.words).toContain('What you wrote when you booked goes with it.')
    expect((await stateOf(old))?.live).toBe(1)

    const moved = await patient.post(`${path}/move`, await formFor(path, free))
    expect(moved.status).toBe(303)
    expect(moved.location).toMatch(/^\/appointments\/[0-9a-f-]{36}\/moved$/)
    const end = await patient.get(moved.location ?? '')
    expect(end.html).toMatch(/<title>Appointment moved – /)
    expect(end.words).toContain('My knee')
    expect(end.words).toContain('If it is in your calendar, take it out there.')
    expect([(await stateOf(old))?.live, (await stateOf(free))?.live]).toEqual([0, 1])

    const left = await patient.get(path)
    expect(left.words).toContain('You moved this appointment to Wednesday 4 March 2026 at 11:05am')
    expect(left.html).toContain(`href="${(moved.location ?? '').replace('/moved', '')}"`)
    expect((await patient.get('/appointments')).words).toContain(
      'Wednesday 4 March 2026 at 9:05am , in person. Moved to Wednesday 4 March 2026 at 11:05am',
    )
  })

  test('gives the same appointment again to a form sent twice', async () => {
    const path = await bookedBy(patient, await side.slot({ startsAt }))
    const form = await formFor(path, await side.slot({ startsAt: later }))
    const first = await patient.post(`${path}/move`, form)
    expect(await patient.post(`${path}/move`, form)).toMatchObject({
      status: 303,
      location: first.location,
    })
  })

  test('is possible at the limit, and to a time that overlaps the old one', async () => {
    await side.rules({ maxHeld: 1 })
    const path = await bookedBy(patient, await side.slot({ startsAt }))
    const close = await side.slot({ startsAt: minutesAfter(startsAt, 5) })
    const moved = await patient.post(`${path}/move`, await formFor(path, close))
    expect(moved.status).toBe(303)
  })

  test('asks for a number where the new one is by telephone, and offers the one given before', async () => {
    const path = await bookedBy(patient, await side.slot({ startsAt }))
    const phoned = await side.slot({ startsAt: later, deliveryChannel: 'telephone' })
    const form = await formFor(path, phoned)
    const missing = await patient.post(`${path}/move`, form)
    expect(missing.status).toBe(400)
    expect(missing.html).toContain('<title>Error: Check and move your appointment')
    expect(missing.words).toContain('Enter a phone number')
    const wrong = await patient.post(`${path}/move`, { ...form, otherPhone: '12345' })
    expect(wrong.html).toContain('value="12345"')
    expect(hiddenField(wrong, 'idempotencyKey')).toBe(form.idempotencyKey)

    const moved = await patient.post(`${path}/move`, { ...form, otherPhone: '01632 960002' })
    const next = (moved.location ?? '').replace('/moved', '')
    expect((await patient.get(next)).words).toContain('We will phone you on 01632 960002')
    const again = await side.slot({
      startsAt: minutesAfter(later, 60),
      deliveryChannel: 'telephone',
    })
    expect((await patient.get(`${next}/move/${again}`)).html).toMatch(
      /value="01632 960002"[^>]* checked/,
    )
  })

  test('shows the slots of a kind that the old one was an invitation to', async () => {
    const review = await side.type({ name: 'Review', invitedOnly: true })
    const old = await side.slot({ startsAt, slotTypeId: review, slotType: 'Review' })
    const other = await side.slot({ startsAt: later, slotTypeId: review, slotType: 'Review' })
    await side.invite(one.patientId, review, '2026-04-01')
    const path = await bookedBy(patient, old)
    expect((await patient.get('/appointments/slots')).html).not.toContain(other)
    expect((await patient.get(`${path}/move`)).html).toContain(`${path}/move/${other}`)
    const moved = await patient.post(`${path}/move`, await formFor(path, other))
    expect(moved.status).toBe(303)
  })

  test('begins among times of the same kind, from which one can look at all', async () => {
    const slotTypeId = await side.type({ name: 'Blood test' })
    const path = await bookedBy(patient, await side.slot({ startsAt, slotTypeId }))
    const other = await side.slot({ startsAt: later })
    const same = await side.slot({ startsAt: minutesAfter(later, 60), slotTypeId })
    const start = `${path}/move?type=${slotTypeId}`
    expect((await patient.get(path)).html).toContain(`href="${start}"`)
    const { html, words } = await patient.get(start)
    expect([html.includes(same), html.includes(other)]).toEqual([true, false])
    expect(words).toContain('You are looking for Blood test Remove')
    expect((await patient.get(`${path}/move`)).html).toContain(other)
  })

  test('asks for no reason again, though the practice asks for one when booking', async () => {
    const path = await bookedBy(patient, await side.slot({ startsAt }))
    await app.db.transaction(systemProof(side.practice), (tx) =>
      tx.run(sql`update appointments.appointment set reason = ''
        where practice = ${side.practice} and appointment_id = ${idIn(path)}`),
    )
    await side.rules({ reasonRequired: true })
    const form = await formFor(path, await side.slot({ startsAt: later }))
    expect((await patient.post(`${path}/move`, form)).status).toBe(303)
  })
})

describe('a move that is refused', () => {
  const stillBooked = 'Your appointment on Wednesday 4 March 2026 at 9:05am is still booked.'

  async function refused(path: string, slotId: SlotId, meanwhile: () => Promise<unknown>) {
    const form = await formFor(path, slotId)
    await meanwhile()
    const answer = await patient.post(`${path}/move`, form)
    expect(answer.status).toBe(409)
    expect(answer.words).toContain('Phone your GP surgery on 0113 496 0000')
    expect(answer.words).toContain('call 111. In an emergency call 999.')
    return answer
  }

  test('because someone else was faster: the old one stands, and others near it are offered', async () => {
    const old = await side.slot({ startsAt })
    const path = await bookedBy(patient, old)
    const wanted = await side.slot({ startsAt: later })
    const other = await side.slot({ startsAt: minutesAfter(later, 10) })
    const answer = await refused(path, wanted, async () =>
      bookedBy((await side.someone()).patient, wanted),
    )
    expect(answer.words).toContain('Someone else has taken this appointment')
    expect(answer.words).toContain(stillBooked)
    expect(answer.words).not.toContain('You have not booked anything')
    expect(answer.html).toContain(`href="${path}/move/${other}"`)
    expect((await stateOf(old))?.live).toBe(1)
  })

  test('after the cut-off for leaving the old one: says until when, and to phone now', async () => {
    const path = await bookedBy(patient, await side.slot({ startsAt }))
    const wanted = await side.slot({ startsAt: minutesAfter(startsAt, 1440) })
    const answer = await refused(path, wanted, async () => {
      pages.database.setNow(minutesBefore(startsAt, 60))
      patient = await one.signInAgain()
    })
    expect(answer.words).toContain('It is too late to move this appointment online')
    expect(answer.words).toContain('You could move it here until Wednesday 4 March 2026 at 8:05am.')
    expect(answer.words).toContain(`${stillBooked} If you cannot come, phone your GP surgery now.`)
    const list = await patient.get(`${path}/move`)
    expect([list.status, list.words.includes(stillBooked)]).toEqual([409, true])
  })

  test('where the practice changes nothing online: says so, before and while moving', async () => {
    const path = await bookedBy(patient, await side.slot({ startsAt }))
    const answer = await refused(path, await side.slot({ startsAt: later }), () =>
      side.rules({ cancelOnline: false }),
    )
    expect(answer.words).toContain('Your GP surgery does not move appointments online')
    expect(answer.words).toContain(stillBooked)
    expect((await patient.get(path)).words).toContain('does not move or cancel appointments online')
  })

  test('because it was moved or cancelled in another tab: leads to what holds', async () => {
    const path = await bookedBy(patient, await side.slot({ startsAt }))
    const wanted = await side.slot({ startsAt: later })
    const faster = await side.slot({ startsAt: minutesAfter(later, 60) })
    let now$ = ''
    const answer = await refused(path, wanted, async () => {
      const moved = await patient.post(`${path}/move`, await formFor(path, faster))
      now$ = (moved.location ?? '').replace('/moved', '')
    })
    expect(answer.words).toContain('This appointment was moved already')
    expect(answer.words).not.toContain('still booked')
    expect(answer.html).toContain(`href="${now$}"`)

    const cancelled = await refused(now$, wanted, () => patient.post(`${now$}/cancel`))
    expect(cancelled.words).toContain('This appointment was cancelled')
    expect((await patient.get(`${now$}/move`)).status).toBe(409)
  })

  test('not for them, kept for others, not yet released or already theirs: each says which', async () => {
    const old = await side.slot({ startsAt })
    const path = await bookedBy(patient, old)
    const young = await side.type({ name: 'Young', minAge: 11, maxAge: 25 })
    const notForThem = await side.slot({ startsAt: later, slotTypeId: young })
    const kept = await side.slot({ startsAt: later })
    await app.db.transaction(systemProof(side.practice), (tx) =>
      tx.run(sql`update appointments.slot set state = 'held'
        where practice = ${side.practice} and slot_id = ${kept}`),
    )
    const early = await side.slot({ startsAt: later, releasedAt: minutesAfter(now, 60) })
    for (const [slotId, words] of [
      [notForThem, 'It is for people aged 11 to 25.'],
      [kept, 'This appointment is being kept for someone else'],
      [early, 'You can book it from Monday 2 March 2026 at 9:00am.'],
      [old, 'You have that time already'],
    ] as const) {
      const answer = await patient.get(`${path}/move/${slotId}`)
      expect(answer.status).toBe(409)
      expect(answer.words).toContain(words)
      expect(answer.words).toContain(stillBooked)
    }
  })

  test('for who may only look: says who decides, of any appointment or none', async () => {
    const path = await bookedBy(patient, await side.slot({ startsAt }))
    const form = await formFor(path, await side.slot({ startsAt: later }))
    await app.db.transaction(systemProof(side.practice), (tx) =>
      tx.run(sql`update access.association set appointments = 'view'
        where practice = ${side.practice} and patient_id = ${one.patientId}`),
    )
    for (const answer of [
      await patient.get(`${path}/move`),
      await patient.get(`/appointments/${newId(now)}/move`),
      await patient.get(`${path}/move/${form.slot}`),
      await patient.post(`${path}/move`, form),
      await patient.post(`${path}/move`, { ...form, otherPhone: '12345' }),
    ]) {
      expect(answer.status).toBe(403)
      expect(answer.words).toContain('Your GP surgery decides who can book')
    }
  })

  test('of somebody else’s appointment, or to another practice’s slot: nothing is found of either', async () => {
    const path = await bookedBy(patient, await side.slot({ startsAt }))
    const form = await formFor(path, await side.slot({ startsAt: later }))
    const other = (await side.someone()).patient
    const none = `/appointments/${newId(now)}`
    for (const end of ['/move', `/move/${form.slot}`, '/moved', '/calendar.ics']) {
      const foreign = await other.get(`${path}${end}`)
      expect([foreign.status, foreign.words]).toEqual([404, (await other.get(none + end)).words])
    }
    expect((await other.post(`${path}/move`, form)).status).toBe(404)
    expect((await patient.post(`${path}/move`, {})).status).toBe(404)

    const elsewhere = await aPatientSide(app)
    const foreign = await elsewhere.slot({ startsAt: later })
    const [there, nowhere] = [
      await patient.get(`${path}/move/${foreign}`),
      await patient.get(`${path}/move/${newId(now)}`),
    ]
    expect([there.status, nowhere.status]).toEqual([409, 409])
    expect(there.words).toBe(nowhere.words)
    expect(there.words).toContain(stillBooked)
  })
})
