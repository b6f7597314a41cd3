import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter } from '#kernel/time'
import { systemProof, type Database } from '#platform/db'
import type { Acting } from '#modules/access'
import {
  bookAppointment,
  moveAppointment,
  setBookingRules,
  type SlotId,
} from '#modules/appointments'
import {
  aClinic,
  aKey,
  aNewSlot,
  storedSlots,
  storedTraces,
} from '../../../../test/support/clinic.ts'
import { makeDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import { aPatient, aPractice } from '../../../../test/support/surgery.ts'
import { ownAppointment } from '../queries/own-appointments.ts'

const now = new Date('2026-03-02T08:00:00Z')

describe('moveAppointment', () => {
  let test$: TestDatabase
  let db: Database
  let practice: OdsCode
  let ann: Acting<'appointments'>
  let bea: Acting<'appointments'>
  let first: SlotId
  let second: SlotId

  beforeAll(async () => {
    test$ = await makeDatabase(now)
    db = test$.db
  })
  afterAll(() => test$.drop())
  beforeEach(async () => {
    practice = await aPractice(db)
    ann = (await aPatient<'appointments'>(db, practice)).acting
    bea = (await aPatient<'appointments'>(db, practice)).acting
    await db.transaction(systemProof(practice), (tx) => setBookingRules(tx, { maxHeld: 1 }))
    const slots = await aClinic(db, practice, [
      aNewSlot({ startsAt: minutesAfter(now, 600) }),
      aNewSlot({ startsAt: minutesAfter(now, 605) }),
    ])
    ;[first, second] = slots as readonly [SlotId, SlotId]
  })

  test('swaps the slots in one step at the limit, keeps the words, and tells the patient once', async () => {
    const old = await booked(ann, first, 'Sore knee')
    const key = aKey(db)
    const asked = { appointmentId: old, slotId: second, idempotencyKey: key }
    const moved = await moveAppointment(db, ann, asked)
    if (!moved.ok) throw new Error(moved.refusal.reason)
    expect(await moveAppointment(db, ann, asked)).toEqual(moved)

    const [before, after] = await db.transaction(ann, async (tx) => [
      await ownAppointment(tx, old),
      await ownAppointment(tx, moved.value),
    ])
    expect(before?.appointment).toMatchObject({ cancelledAt: now, movedTo: moved.value })
    expect(after?.appointment).toMatchObject({ slotId: second, reason: 'Sore knee' })
    expect(await states()).toEqual(['held 0', 'booked 1'])
    expect((await storedTraces(db, practice)).jobs).toEqual([
      'appointments.offer-slot',
      'appointments.send-confirmation',
      'appointments.send-moved',
    ])
  })

  test('leaves the old appointment as it was where the new slot is taken', async () => {
    const old = await booked(ann, first)
    await booked(bea, second)
    const moved = await moveAppointment(db, ann, {
      appointmentId: old,
      slotId: second,
      idempotencyKey: aKey(db),
    })
    expect(moved).toEqual({ ok: false, refusal: { reason: 'slot-taken' } })
    expect(await states()).toEqual(['booked 1', 'booked 1'])
  })

  test('gives a slot that is wanted by a mover and a booker at once to one of them, and loses nothing', async () => {
    const old = await booked(ann, first)
    const [moved, taken] = await Promise.all([
      moveAppointment(db, ann, { appointmentId: old, slotId: second, idempotencyKey: aKey(db) }),
      bookAppointment(db, bea, { slotId: second, reason: '', idempotencyKey: aKey(db) }),
    ])
    expect([moved.ok, taken.ok].filter(Boolean)).toHaveLength(1)
    expect(await states()).toEqual(moved.ok ? ['held 0', 'booked 1'] : ['booked 1', 'booked 1'])
  })

  test('moves once where one appointment is sent to two slots at once', async () => {
    const old = await booked(ann, first)
    const [third] = await aClinic(db, practice, [aNewSlot({ startsAt: minutesAfter(now, 900) })])
    if (!third) throw new Error('No slot')
    const outcomes = await Promise.all(
      [second, third].map((slotId) =>
        moveAppointment(db, ann, { appointmentId: old, slotId, idempotencyKey: aKey(db) }),
      ),
    )
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect(outcomes.filter((outcome) => !outcome.ok)).toMatchObject([
      { refusal: { reason: 'moved-already' } },
    ])
  })

  test('does not find someone else’s appointment', async () => {
    const old = await booked(bea, first)
    const moved = await moveAppointment(db, ann, {
      appointmentId: old,
      slotId: second,
      idempotencyKey: aKey(db),
    })
    expect(moved).toEqual({ ok: false, refusal: { reason: 'not-found' } })
  })

  async function booked(acting: Acting<'appointments'>, slotId: SlotId, reason = '') {
    const outcome = await bookAppointment(db, acting, { slotId, reason, idempotencyKey: aKey(db) })
    if (!outcome.ok) throw new Error(outcome.refusal.reason)
    return outcome.value
  }

  async function states(): Promise<readonly string[]> {
    const stored = await storedSlots(db, practice)
    return [first, second].map((slotId) => {
      const slot = stored.find((one) => one.slotId === slotId)
      return `${slot?.state} ${slot?.live}`
    })
  }
})
