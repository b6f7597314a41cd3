import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter, minutesBefore } from '#kernel/time'
import { systemProof, type Database } from '#platform/db'
import type { Acting } from '#modules/access'
import {
  bookAppointment,
  cancelAppointment,
  setBookingRules,
  type SlotId,
} from '#modules/appointments'
import {
  aClinic,
  aKey,
  aNewSlot,
  storedHolders,
  storedSlots,
  storedTraces,
} from '../../../../test/support/clinic.ts'
import { makeDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import { aPatient, aPractice } from '../../../../test/support/surgery.ts'
import { defaultRules } from '../domain/slot.ts'

const now = new Date('2026-03-02T08:00:00Z')
const startsAt = new Date('2026-03-04T09:00:00Z')

let test$: TestDatabase
let db: Database
let practice: OdsCode

beforeAll(async () => {
  test$ = await makeDatabase(now)
  db = test$.db
})
afterAll(() => test$.drop())
beforeEach(async () => {
  test$.setNow(now)
  practice = await aPractice(db)
})

async function patientActing(): Promise<Acting<'appointments'>> {
  return (await aPatient<'appointments'>(db, practice)).acting
}

function book(
  acting: Acting<'appointments'>,
  slotId: SlotId,
  given: Partial<Parameters<typeof bookAppointment>[2]> = {},
) {
  return bookAppointment(db, acting, { slotId, reason: '', idempotencyKey: aKey(db), ...given })
}

async function oneSlot(given: Parameters<typeof aNewSlot>[0] = { startsAt }): Promise<SlotId> {
  const [slotId] = await aClinic(db, practice, [aNewSlot(given)])
  if (!slotId) throw new Error('No slot')
  return slotId
}

async function setRules(rules: Partial<typeof defaultRules>): Promise<void> {
  await db.transaction(systemProof(practice), (tx) =>
    setBookingRules(tx, { ...defaultRules, ...rules }),
  )
}

describe('bookAppointment', () => {
  test('books a free slot, with one audit event and one confirmation job', async () => {
    const slotId = await oneSlot()
    const booked = await book(await patientActing(), slotId)
    expect(booked.ok).toBe(true)
    expect(await storedSlots(db, practice)).toEqual([{ slotId, state: 'booked', live: 1 }])
    expect(await storedTraces(db, practice)).toEqual({
      events: ['appointments.appointment-booked done'],
      jobs: ['appointments.send-confirmation'],
    })
  })

  test('says that another patient has the slot, writes nothing but that it was refused', async () => {
    const slotId = await oneSlot()
    await book(await patientActing(), slotId)
    expect(await book(await patientActing(), slotId)).toEqual({
      ok: false,
      refusal: { reason: 'slot-taken' },
    })
    expect(await storedTraces(db, practice)).toEqual({
      events: ['appointments.appointment-booked done', 'appointments.appointment-booked refused'],
      jobs: ['appointments.send-confirmation'],
    })
  })

  test('gives the first appointment again to a form sent again, and refuses its key for another slot', async () => {
    const [first, second] = await aClinic(db, practice, [
      aNewSlot({ startsAt }),
      aNewSlot({ startsAt: minutesAfter(startsAt, 10) }),
    ])
    if (!first || !second) throw new Error('No slots')
    const acting = await patientActing()
    const idempotencyKey = aKey(db)
    const booked = await book(acting, first, { idempotencyKey })
    expect(await book(acting, first, { idempotencyKey })).toEqual(booked)
    expect(await book(acting, second, { idempotencyKey })).toEqual({
      ok: false,
      refusal: { reason: 'key-used-for-another' },
    })
    expect((await storedTraces(db, practice)).jobs).toHaveLength(1)
  })

  test('gives the first appointment again even once booking has closed', async () => {
    const slotId = await oneSlot()
    const acting = await patientActing()
    const idempotencyKey = aKey(db)
    const booked = await book(acting, slotId, { idempotencyKey })
    test$.setNow(minutesBefore(startsAt, 1))
    expect(await book(acting, slotId, { idempotencyKey })).toEqual(booked)
  })

  test('says not found for a slot of another practice, as for one that never was', async () => {
    const slotId = await oneSlot()
    practice = await aPractice(db)
    const elsewhere = await patientActing()
    const notFound = { ok: false, refusal: { reason: 'slot-not-found' } }
    expect(await book(elsewhere, slotId)).toEqual(notFound)
    expect(await book(elsewhere, newId<'Slot'>(now))).toEqual(notFound)
  })

  test('keeps the phone number with the appointment, and asks for one by telephone', async () => {
    const slotId = await oneSlot({ startsAt, deliveryChannel: 'telephone' })
    const acting = await patientActing()
    expect(await book(acting, slotId)).toEqual({
      ok: false,
      refusal: { reason: 'answers-missing', missing: ['phone-needed'] },
    })
    expect((await book(acting, slotId, { phone: '01632 960001' })).ok).toBe(true)
  })

  test('lets one of 64 patients have a slot that all want at once, and tells 63 that it is taken', async () => {
    const slotId = await oneSlot()
    const patients = await Promise.all(Array.from({ length: 64 }, patientActing))
    const outcomes = await Promise.all(patients.map((acting) => book(acting, slotId)))
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    const reasons = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.refusal.reason]))
    expect(reasons).toEqual(Array(63).fill('slot-taken'))
    expect(await storedSlots(db, practice)).toEqual([{ slotId, state: 'booked', live: 1 }])
  })

  test('gives one patient who asks for 16 slots at once as many as the limit, and frees the rest', async () => {
    await setRules({ maxHeld: 3 })
    const starts = Array.from({ length: 16 }, (_, index) => minutesAfter(startsAt, index * 10))
    const slotIds = await aClinic(
      db,
      practice,
      starts.map((start) => aNewSlot({ startsAt: start })),
    )
    const acting = await patientActing()
    const outcomes = await Promise.all(slotIds.map((slotId) => book(acting, slotId)))
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(3)
    const refusals = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.refusal]))
    expect(refusals).toEqual(
      Array.from({ length: 13 }, () => ({ reason: 'too-many-held', maxHeld: 3 })),
    )
    const slots = await storedSlots(db, practice)
    expect(slots.filter((slot) => slot.state === 'free')).toHaveLength(13)
    expect(slots.every((slot) => slot.live === (slot.state === 'booked' ? 1 : 0))).toBe(true)
  })

  test('lets a patient at one below the limit win one of two slots at once', async () => {
    await setRules({ maxHeld: 2 })
    const starts = [0, 10, 20].map((minutes) => minutesAfter(startsAt, minutes))
    const [held, ...wanted] = await aClinic(
      db,
      practice,
      starts.map((start) => aNewSlot({ startsAt: start })),
    )
    if (!held) throw new Error('No slot')
    const acting = await patientActing()
    await book(acting, held)
    const outcomes = await Promise.all(wanted.map((slotId) => book(acting, slotId)))
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect((await storedHolders(db, practice)).get(acting.patientId)).toBe(2)
  })

  test('refuses one of two overlapping slots asked for at once', async () => {
    const [one] = await aClinic(db, practice, [aNewSlot({ startsAt, minutes: 20 })])
    const [other] = await aClinic(db, practice, [
      aNewSlot({ startsAt: minutesAfter(startsAt, 10) }),
    ])
    if (!one || !other) throw new Error('No slots')
    const acting = await patientActing()
    const outcomes = await Promise.all([book(acting, one), book(acting, other)])
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({
      refusal: { reason: 'overlaps-another' },
    })
  })

  test('books once for a double click, and answers both the same', async () => {
    const slotId = await oneSlot()
    const acting = await patientActing()
    const idempotencyKey = aKey(db)
    const clicks = Array.from({ length: 8 }, () => book(acting, slotId, { idempotencyKey }))
    const outcomes = await Promise.all(clicks)
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true)
    expect(new Set(outcomes.map((outcome) => (outcome.ok ? outcome.value : ''))).size).toBe(1)
    expect((await storedTraces(db, practice)).jobs).toHaveLength(1)
  })
})

describe('cancelAppointment', () => {
  async function booked(acting: Acting<'appointments'>, slotId: SlotId) {
    const outcome = await book(acting, slotId)
    if (!outcome.ok) throw new Error('Not booked')
    return outcome.value
  }

  test('frees the slot, tells the patient once, and answers the same when asked again', async () => {
    const slotId = await oneSlot()
    const acting = await patientActing()
    const appointmentId = await booked(acting, slotId)
    const asked = () => db.transaction(acting, (tx) => cancelAppointment(tx, appointmentId))
    const answers = [...(await Promise.all([asked(), asked(), asked()])), await asked()]
    expect(answers).toEqual(Array.from({ length: 4 }, () => ({ ok: true, value: appointmentId })))
    expect(await storedSlots(db, practice)).toEqual([{ slotId, state: 'held', live: 0 }])
    expect((await storedTraces(db, practice)).jobs).toEqual([
      'appointments.offer-slot',
      'appointments.send-cancellation',
      'appointments.send-confirmation',
    ])
    expect(await book(await patientActing(), slotId)).toEqual({
      ok: false,
      refusal: { reason: 'slot-held' },
    })
  })

  test('frees the slot for everyone at once where the practice keeps no waitlist', async () => {
    await db.transaction(systemProof(practice), (tx) =>
      setBookingRules(tx, { waitlistOpen: false }),
    )
    const slotId = await oneSlot()
    const acting = await patientActing()
    const appointmentId = await booked(acting, slotId)
    await db.transaction(acting, (tx) => cancelAppointment(tx, appointmentId))
    expect((await book(await patientActing(), slotId)).ok).toBe(true)
    expect((await storedTraces(db, practice)).jobs).not.toContain('appointments.offer-slot')
  })

  test('refuses from the cut-off on, and leaves the slot booked', async () => {
    const slotId = await oneSlot()
    const acting = await patientActing()
    const appointmentId = await booked(acting, slotId)
    test$.setNow(minutesBefore(startsAt, 60))
    const refused = await db.transaction(acting, (tx) => cancelAppointment(tx, appointmentId))
    expect(refused).toEqual({
      ok: false,
      refusal: { reason: 'too-late', until: minutesBefore(startsAt, 60) },
    })
    expect(await storedSlots(db, practice)).toEqual([{ slotId, state: 'booked', live: 1 }])
  })

  test("says not found for somebody else's appointment", async () => {
    const appointmentId = await booked(await patientActing(), await oneSlot())
    const other = await patientActing()
    const refused = await db.transaction(other, (tx) => cancelAppointment(tx, appointmentId))
    expect(refused).toEqual({ ok: false, refusal: { reason: 'not-found' } })
  })
})
