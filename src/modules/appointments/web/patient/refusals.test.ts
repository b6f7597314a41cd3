import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { minutesAfter } from '#kernel/time'
import { sql, systemProof } from '#platform/db'
import type { SlotId } from '#modules/appointments'
import {
  aPatientSide,
  openPatientPages,
  type PatientSide,
  type SomePatient,
} from '../../../../../test/support/patient-side.ts'
import { aStaffMember } from '../../../../../test/support/surgery.ts'
import { hiddenField, type Visitor } from '../../../../../test/support/visitor.ts'
import type { SlotType } from '../../domain/slot-type.ts'

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

async function slotOfType(terms: Partial<SlotType>): Promise<SlotId> {
  const slotTypeId = await side.type({ name: 'Special', ...terms })
  return side.slot({ startsAt, slotTypeId, slotType: 'Special' })
}

/** Everyone born on 12 April 1961 and female, as those who are made for tests are. */
describe('a slot of a kind that is not for this patient', () => {
  test.each([
    [{ minAge: 65 }, 'It is for people aged 65 or over.'],
    [{ maxAge: 63 }, 'It is for people aged 63 or under.'],
    [{ minAge: 40, maxAge: 63 }, 'It is for people aged 40 to 63.'],
    [{ sex: 'male' }, 'It is for male patients.'],
    [{ ownSiteOnly: true }, 'It is for patients who use the place where it is.'],
    [{ ownClinicianOnly: true }, 'It is for patients whose own doctor or nurse'],
    [{ invitedOnly: true }, 'It is for people whom the GP surgery has invited to book it.'],
  ] as const)('says which of its terms is not met: %o', async (terms, words) => {
    if ('ownSiteOnly' in terms)
      await side.settle(one.patientId, { siteId: await side.site('Mill') })
    const slotId = await slotOfType(terms)
    expect((await patient.get('/appointments/slots')).html).not.toContain(slotId)
    const answer = await patient.get(`/appointments/slots/${slotId}`)
    expect(answer.status).toBe(409)
    expect(answer.words).toContain('You cannot book this kind of appointment online')
    expect(answer.words).toContain(words)
    expect(answer.words).toContain('You have not booked anything.')
    expect(answer.words).toContain('Phone your GP surgery on 0113 496 0000')
    expect(answer.words).toContain('call 111')
  })

  test('is bookable from the day on which the patient is old enough, in England', async () => {
    const slotTypeId = await side.type({ name: 'From 65', minAge: 65 })
    const before = await side.slot({ startsAt: new Date('2026-04-11T22:30:00Z'), slotTypeId })
    const from = await side.slot({ startsAt: new Date('2026-04-11T23:30:00Z'), slotTypeId })
    expect((await patient.get(`/appointments/slots/${before}`)).status).toBe(409)
    expect((await patient.get(`/appointments/slots/${from}`)).status).toBe(200)
    const list = await patient.get('/appointments/slots')
    expect([list.html.includes(before), list.html.includes(from)]).toEqual([false, true])
  })

  test('is bookable for those of the clinician whose session it is in', async () => {
    const { staffId } = await aStaffMember(app.db, side.practice, {
      name: 'Dr Okafor',
      roles: ['prescriber'],
    })
    await side.settle(one.patientId, { staffId })
    const slotTypeId = await side.type({ name: 'Own', ownClinicianOnly: true })
    const slotId = await side.slot({ startsAt, slotTypeId }, { staffId })
    expect((await patient.get(`/appointments/slots/${slotId}`)).status).toBe(200)
  })

  test('refuses at the last step what stopped being for them meanwhile', async () => {
    const slotTypeId = await side.type({ name: 'Review', invitedOnly: true })
    const slotId = await side.slot({ startsAt, slotTypeId })
    await side.invite(one.patientId, slotTypeId, '2026-03-31')
    const page = await patient.get(`/appointments/slots/${slotId}`)
    await app.db.transaction(systemProof(side.practice), (tx) =>
      tx.run(sql`update appointments.invitation set withdrawn_at = ${now}
        where practice = ${side.practice}`),
    )
    const form = { slot: slotId, idempotencyKey: hiddenField(page, 'idempotencyKey'), reason: '' }
    const answer = await patient.post('/appointments', form)
    expect(answer.status).toBe(409)
    expect(answer.words).toContain('whom the GP surgery has invited')
  })
})

describe('a slot that is kept for someone else', () => {
  test('says so, and what else there is', async () => {
    const slotId = await side.slot({ startsAt })
    const other = await side.slot({ startsAt: minutesAfter(startsAt, 20) })
    await app.db.transaction(systemProof(side.practice), (tx) =>
      tx.run(sql`update appointments.slot set state = 'held'
        where practice = ${side.practice} and slot_id = ${slotId}`),
    )
    const answer = await patient.get(`/appointments/slots/${slotId}`)
    expect(answer.status).toBe(409)
    expect(answer.words).toContain('This appointment is being kept for someone else')
    expect(answer.html).toContain(`href="/appointments/slots/${other}"`)
  })
})

describe('a practice that lets patients have no appointments online', () => {
  test('is told as it is, not as a limit of none', async () => {
    await side.rules({ maxHeld: 0 })
    const answer = await patient.get(`/appointments/slots/${await side.slot({ startsAt })}`)
    expect(answer.status).toBe(409)
    expect(answer.words).toContain('You cannot book appointments online at the moment')
    expect(answer.words).not.toContain('0 upcoming')
  })
})

describe('the reason', () => {
  test('is as long as the practice lets it be', async () => {
    await side.rules({ reasonMax: 20, reasonRequired: true })
    const slotId = await side.slot({ startsAt })
    const page = await patient.get(`/appointments/slots/${slotId}`)
    expect(page.words).toContain('You can enter up to 20 characters')
    const form = { slot: slotId, idempotencyKey: hiddenField(page, 'idempotencyKey') }
    const long = await patient.post('/appointments', { ...form, reason: 'x'.repeat(21) })
    expect(long.status).toBe(400)
    expect(long.words).toContain('What you write must be 20 characters or less')
    expect(long.html).toContain('x'.repeat(21))
    const booked = await patient.post('/appointments', { ...form, reason: 'x'.repeat(20) })
    expect(booked.status).toBe(303)
  })

  test('is not asked for where the practice wants none, and needs no warning then', async () => {
    await side.rules({ reasonMax: 0, reasonRequired: true })
    const slotId = await side.slot({ startsAt })
    const page = await patient.get(`/appointments/slots/${slotId}`)
    expect(page.html).not.toContain('name="reason"')
    expect(page.words).not.toContain('who are not doctors or nurses')
    const form = { slot: slotId, idempotencyKey: hiddenField(page, 'idempotencyKey') }
    expect((await patient.post('/appointments', form)).status).toBe(303)
  })
})
