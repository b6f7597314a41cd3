import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter, minutesBefore } from '#kernel/time'
import { brokenConstraint, sql, systemProof, type Database } from '#platform/db'
import type { Acting, StaffActing } from '#modules/access'
import {
  bookAppointment,
  setBookingRules,
  type AppointmentId,
  type SlotId,
} from '#modules/appointments'
import type { PatientId } from '#modules/directory'
import { aClinic, aKey, aNewSlot } from '../../../../../test/support/clinic.ts'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aPatient, aPractice, aStaffMember } from '../../../../../test/support/surgery.ts'
import { moveAppointment } from '../move-appointment.ts'
import { publishSlots } from '../change-slots.ts'
import { bookForPatient, type DeskBooking } from './book-for-patient.ts'
import { cancelForPatient } from './cancel-for-patient.ts'
import { moveForPatient } from './move-for-patient.ts'
import { overbook } from './overbook.ts'
import { recordAttendance } from './record-attendance.ts'

const now = new Date('2026-03-02T08:00:00Z')
const startsAt = new Date('2026-03-04T09:00:00Z')

/** Somebody who may do everything that is done here. */
type Desk = StaffActing<never>

let test$: TestDatabase
let db: Database
let practice: OdsCode
let desk: Desk
let patientId: PatientId
let patient: Acting<'appointments'>

beforeAll(async () => {
  test$ = await makeDatabase(now)
  db = test$.db
})
afterAll(() => test$.drop())
beforeEach(async () => {
  test$.setNow(now)
  practice = await aPractice(db)
  desk = await staff('Sam Reed')
  const ann = await aPatient<'appointments'>(db, practice)
  patientId = ann.patientId
  patient = ann.acting
})

async function staff(name: string): Promise<Desk> {
  const given = { name, roles: ['practice-manager'] } as const
  return (await aStaffMember<never>(db, practice, given)).acting
}

async function slots(...given: readonly Parameters<typeof aNewSlot>[0][]) {
  return aClinic(db, practice, given.map(aNewSlot))
}

async function oneSlot(given: Partial<Parameters<typeof aNewSlot>[0]> = {}): Promise<SlotId> {
  const [slotId] = await slots({ startsAt, ...given })
  if (!slotId) throw new Error('No slot')
  return slotId
}

function book(slotId: SlotId, given: Partial<DeskBooking> = {}, acting = desk) {
  return bookForPatient(db, acting, {
    patientId,
    slotId,
    method: 'phone',
    reason: '',
    seen: [],
    idempotencyKey: aKey(db),
    ...given,
  })
}

async function booked(slotId: SlotId, given: Partial<DeskBooking> = {}): Promise<AppointmentId> {
  const done = await book(slotId, given)
  if (!done.ok) throw new Error(done.refusal.reason)
  return done.value
}

interface Row {
  readonly slotState: string
  readonly bookedBy: string
  readonly bookedByStaff?: string
  readonly method: string
  readonly reason: string
  readonly cancelledBy?: string
  readonly cancelledByStaff?: string
  readonly cancelReason?: string
  readonly movedTo?: string
}

function stored(): Promise<readonly Row[]> {
  return db.transaction(systemProof(practice), (tx) =>
    tx.many<Row>(sql`
      select slot.state as slot_state, appointment.booked_by, appointment.booked_by_staff,
        appointment.method, appointment.reason, appointment.cancelled_by,
        appointment.cancelled_by_staff, appointment.cancel_reason, appointment.moved_to
      from appointments.appointment
      join appointments.slot
        on slot.practice = appointment.practice
        and slot.slot_id = appointment.slot_id
      where appointment.practice = ${practice}
      order by appointment.starts_at, appointment.booked_at, appointment.appointment_id
    `),
  )
}

function traces() {
  return db.transaction(systemProof(practice), async (tx) => {
    const events = await tx.many<{ readonly said: string; readonly about?: string }>(sql`
      select type || ' ' || outcome as said, patient_id as about
      from audit.event
      where practice = ${practice}
        and type <> 'appointments.booking-rules-set'
        and (type like 'appointments.a%' or type like 'appointments.slot-%')
      order by said
    `)
    const jobs = await tx.many<{ readonly kind: string }>(sql`
      select kind
      from jobs.job
      where practice = ${practice}
        and kind like 'appointments.%'
      order by kind
    `)
    return {
      events: events.map((row) => row.said.replace('appointments.', '')),
      about: [...new Set(events.map((row) => row.about))],
      jobs: jobs.map((row) => row.kind.replace('appointments.', '')),
    }
  })
}

async function stateOf(slotId: SlotId): Promise<string | undefined> {
  const row = await db.transaction(systemProof(practice), (tx) =>
    tx.maybe<{ readonly state: string }>(sql`
      select state
      from appointments.slot
      where practice = ${practice}
        and slot_id = ${slotId}
    `),
  )
  return row?.state
}

describe('bookForPatient', () => {
  test('books a slot that is not online, saying who booked it and how, and the patient is told', async () => {
    const slotId = await oneSlot({ bookableOnline: false })
    expect((await book(slotId, { method: 'letter', reason: 'Review' })).ok).toBe(true)
    expect(await stored()).toEqual([
      {
        slotState: 'booked',
        bookedBy: 'staff',
        bookedByStaff: desk.staffId,
        method: 'letter',
        reason: 'Review',
      },
    ])
    expect(await traces()).toEqual({
      events: ['appointment-booked done'],
      about: [patientId],
      jobs: ['send-confirmation'],
    })
  })

  test('books once however often the form is sent, and its key books no other slot', async () => {
    const [one, two] = await slots({ startsAt }, { startsAt: minutesAfter(startsAt, 10) })
    if (!one || !two) throw new Error('No slots')
    const idempotencyKey = aKey(db)
    const first = await book(one, { idempotencyKey })
    expect(await book(one, { idempotencyKey })).toEqual(first)
    expect(await book(two, { idempotencyKey })).toMatchObject({
      refusal: { reason: 'key-used-for-another' },
    })
    const both = await Promise.all([1, 2, 3].map(() => book(one, { idempotencyKey })))
    expect(both).toEqual([first, first, first])
    expect(await stored()).toHaveLength(1)
  })

  test('gives one slot to one of two members of staff and a patient who want it at once', async () => {
    for (let round = 0; round < 5; round++) {
      const at = minutesAfter(startsAt, round * 60)
      const slotId = await oneSlot({ startsAt: at })
      const others = await Promise.all([
        aPatient<'appointments'>(db, practice),
        aPatient<'appointments'>(db, practice),
        aPatient<'appointments'>(db, practice),
      ])
      const [first, second, third] = others
      const colleague = await staff('Kim Lee')
      const outcomes = await Promise.all([
        book(slotId, { patientId: first.patientId }),
        book(slotId, { patientId: second.patientId }, colleague),
        bookAppointment(db, third.acting, { slotId, reason: '', idempotencyKey: aKey(db) }),
      ])
      expect(outcomes.filter((one) => one.ok)).toHaveLength(1)
      const reasons = outcomes.flatMap((one) => (one.ok ? [] : [one.refusal.reason]))
      expect(reasons).toEqual(['slot-taken', 'slot-taken'])
      expect(await stateOf(slotId)).toBe('booked')
    }
  })

  test('never gives one patient two at one time, though two members of staff try at once', async () => {
    const [one] = await aClinic(db, practice, [aNewSlot({ startsAt })])
    const [two] = await aClinic(db, practice, [aNewSlot({ startsAt: minutesAfter(startsAt, 5) })])
    if (!one || !two) throw new Error('No slots')
    const seen = ['same-day']
    const outcomes = await Promise.all([
      book(one, { seen }),
      book(two, { seen }, await staff('Kim Lee')),
    ])
    expect(outcomes.map((one) => (one.ok ? 'booked' : one.refusal.reason)).toSorted()).toEqual([
      'booked',
      'overlaps-another',
    ])
    expect((await stored()).map((row) => row.slotState)).toEqual(['booked'])
  })

  test('says what speaks against it first, and books over the limit when told to', async () => {
    await db.transaction(systemProof(practice), (tx) => setBookingRules(tx, { maxHeld: 1 }))
    await booked(await oneSlot({ startsAt: minutesAfter(startsAt, 60) }))
    const slotId = await oneSlot({ releasedAt: minutesAfter(now, 60) })
    const told = await book(slotId)
    expect(told).toMatchObject({
      refusal: {
        reason: 'alerts-unseen',
        alerts: [{ alert: 'same-day' }, { alert: 'over-limit' }, { alert: 'not-released' }],
      },
    })
    expect(await stateOf(slotId)).toBe('free')
    expect((await book(slotId, { seen: ['same-day', 'over-limit'] })).ok).toBe(false)
    const seen = ['same-day', 'over-limit', 'not-released']
    expect((await book(slotId, { seen })).ok).toBe(true)
  })

  test('never takes a slot that is held, blocked or of a cancelled session', async () => {
    const set = (slotId: SlotId, state: string) =>
      db.transaction(systemProof(practice), (tx) =>
        tx.run(sql`
          update appointments.slot
          set state = ${state}
          where practice = ${practice}
            and slot_id = ${slotId}
        `),
      )
    const slotId = await oneSlot()
    await set(slotId, 'held')
    expect(await book(slotId)).toMatchObject({ refusal: { reason: 'slot-held' } })
    await set(slotId, 'blocked')
    expect(await book(slotId)).toMatchObject({ refusal: { reason: 'slot-blocked' } })
    await set(slotId, 'free')
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(
        sql`update appointments.session set cancelled_at = ${now} where practice = ${practice}`,
      ),
    )
    expect(await book(slotId)).toMatchObject({ refusal: { reason: 'session-cancelled' } })
    expect((await traces()).events).toEqual(Array(3).fill('appointment-booked refused'))
  })

  test('says the same of somebody else’s patient and slot as of none', async () => {
    const slotId = await oneSlot()
    const elsewhere = await aPractice(db)
    const stranger = await aPatient(db, elsewhere)
    expect(await book(slotId, { patientId: stranger.patientId })).toMatchObject({
      refusal: { reason: 'patient-not-found' },
    })
    const [theirs] = await aClinic(db, elsewhere, [aNewSlot({ startsAt })])
    if (!theirs) throw new Error('No slot')
    expect(await book(theirs)).toMatchObject({ refusal: { reason: 'slot-not-found' } })
    expect(await book(newId<'Slot'>(now))).toMatchObject({ refusal: { reason: 'slot-not-found' } })
  })
})

describe('an invitation to a type of slot', () => {
  async function invited(slotIds: readonly SlotId[]): Promise<void> {
    const slotTypeId = newId<'SlotType'>(now)
    await db.transaction(systemProof(practice), async (tx) => {
      await tx.run(sql`
        insert into appointments.slot_type (practice, slot_type_id, name, minutes, invited_only)
        values (${practice}, ${slotTypeId}, ${slotTypeId}, 10, true)
      `)
      await tx.run(sql`
        insert into appointments.invitation
          (practice, invitation_id, patient_id, slot_type_id, kind, invited_at, expires_on)
        values (${practice}, ${newId(now)}, ${patientId}, ${slotTypeId}, 'recall', ${now},
          '2026-04-01')
      `)
      await tx.run(sql`
        update appointments.slot
        set slot_type_id = ${slotTypeId}
        where practice = ${practice}
          and slot_id = any(${slotIds}::uuid[])
      `)
    })
  }

  async function isUsed(): Promise<boolean | undefined> {
    const row = await db.transaction(systemProof(practice), (tx) =>
      tx.maybe<{ readonly isUsed: boolean }>(sql`
        select used_at is not null as is_used
        from appointments.invitation
        where practice = ${practice}
      `),
    )
    return row?.isUsed
  }

  const inDays = (days: number) => minutesAfter(startsAt, days * 24 * 60)

  test('is used by booking, carried along by moving, and open again without the appointment', async () => {
    const [one, two, other] = [
      await oneSlot(),
      await oneSlot({ startsAt: inDays(1) }),
      await oneSlot({ startsAt: inDays(2) }),
    ]
    await invited([one, two])
    const first = await booked(one)
    expect(await isUsed()).toBe(true)

    const move = (appointmentId: AppointmentId, slotId: SlotId, seen: readonly string[] = []) =>
      moveForPatient(db, desk, { patientId, appointmentId, slotId, seen, idempotencyKey: aKey(db) })
    const second = await move(first, two)
    if (!second.ok) throw new Error(second.refusal.reason)
    expect(await isUsed()).toBe(true)

    const third = await move(second.value, other)
    if (!third.ok) throw new Error(third.refusal.reason)
    expect(await isUsed()).toBe(false)

    const fourth = await move(third.value, one)
    expect(fourth).toMatchObject({ refusal: { reason: 'slot-held' } })
  })

  test('is open again once the appointment is cancelled, and its lack is told and no more', async () => {
    const [one, two] = [await oneSlot(), await oneSlot({ startsAt: inDays(1) })]
    await invited([one, two])
    const appointmentId = await booked(one)
    expect(await book(two)).toMatchObject({
      refusal: { alerts: [{ alert: 'not-eligible', unmet: 'invitation' }] },
    })
    expect((await book(two, { seen: ['not-eligible'] })).ok).toBe(true)
    const asked = { patientId, appointmentId, wishedBy: 'patient', reason: 'x' } as const
    await db.transaction(desk, (tx) => cancelForPatient(tx, asked))
    expect(await isUsed()).toBe(false)
  })
})

describe('moveForPatient', () => {
  const to = minutesAfter(startsAt, 24 * 60)

  function move(appointmentId: AppointmentId, slotId: SlotId, idempotencyKey = aKey(db)) {
    const moving = { patientId, appointmentId, slotId, seen: [], idempotencyKey }
    return moveForPatient(db, desk, moving)
  }

  test('takes the new slot and gives the old one to those who wait, in one go', async () => {
    const [old, slotId] = [await oneSlot(), await oneSlot({ startsAt: to })]
    const appointmentId = await booked(old, { method: 'in-person', reason: 'Bloods' })
    const moved = await move(appointmentId, slotId)
    expect(moved.ok).toBe(true)
    expect([await stateOf(old), await stateOf(slotId)]).toEqual(['held', 'booked'])
    expect(await stored()).toMatchObject([
      { cancelledBy: 'staff', cancelledByStaff: desk.staffId, movedTo: moved.ok && moved.value },
      { method: 'in-person', reason: 'Bloods', bookedByStaff: desk.staffId },
    ])
    expect((await traces()).jobs).toEqual(['offer-slot', 'send-confirmation', 'send-moved'])
  })

  test('moves once however often the form is sent', async () => {
    const [old, slotId] = [await oneSlot(), await oneSlot({ startsAt: to })]
    const appointmentId = await booked(old)
    const key = aKey(db)
    const first = await move(appointmentId, slotId, key)
    expect(await move(appointmentId, slotId, key)).toEqual(first)
    expect(await move(appointmentId, slotId)).toMatchObject({
      refusal: { reason: 'cannot-leave', because: { reason: 'cancelled-already' } },
    })
    expect(await stored()).toHaveLength(2)
  })

  test('leaves the old appointment as it was where the new slot is not to be had', async () => {
    const [old, slotId] = [await oneSlot(), await oneSlot({ startsAt: to })]
    const appointmentId = await booked(old)
    const other = await aPatient(db, practice)
    await booked(slotId, { patientId: other.patientId })
    expect(await move(appointmentId, slotId)).toMatchObject({ refusal: { reason: 'slot-taken' } })
    expect(await stateOf(old)).toBe('booked')
    expect((await stored())[0]).not.toHaveProperty('cancelledBy')
  })

  test('moves to a time that overlaps only the one left behind', async () => {
    const old = await oneSlot({ minutes: 20 })
    const slotId = await oneSlot({ startsAt: minutesAfter(startsAt, 10) })
    expect((await move(await booked(old), slotId)).ok).toBe(true)
  })

  test('never loses or doubles an appointment where staff and patient move it at once', async () => {
    for (let round = 0; round < 5; round++) {
      const hour = round * 24 * 60
      const old = await oneSlot({ startsAt: minutesAfter(startsAt, hour) })
      const one = await oneSlot({ startsAt: minutesAfter(startsAt, hour + 60) })
      const two = await oneSlot({ startsAt: minutesAfter(startsAt, hour + 120) })
      const ann = await aPatient<'appointments'>(db, practice)
      const appointmentId = await booked(old, { patientId: ann.patientId })
      const outcomes = await Promise.all([
        moveForPatient(db, desk, {
          patientId: ann.patientId,
          appointmentId,
          slotId: one,
          seen: [],
          idempotencyKey: aKey(db),
        }),
        moveAppointment(db, ann.acting, { appointmentId, slotId: two, idempotencyKey: aKey(db) }),
      ])
      expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
      const states = [await stateOf(one), await stateOf(two)].toSorted()
      expect(states).toEqual(['booked', 'free'])
      expect(await stateOf(old)).toBe('held')
    }
  })
})

describe('cancelForPatient', () => {
  function cancel(appointmentId: AppointmentId, wishedBy: 'patient' | 'staff' = 'patient') {
    const asked = { patientId, appointmentId, wishedBy, reason: 'Feeling better' }
    return db.transaction(desk, (tx) => cancelForPatient(tx, asked))
  }

  test('says on whose wish and who recorded it, tells the patient and frees the slot once', async () => {
    const slotId = await oneSlot()
    const appointmentId = await booked(slotId)
    test$.setNow(minutesBefore(startsAt, 5))
    expect((await cancel(appointmentId)).ok).toBe(true)
    expect((await cancel(appointmentId)).ok).toBe(true)
    expect(await stored()).toMatchObject([
      { cancelledBy: 'patient', cancelledByStaff: desk.staffId, cancelReason: 'Feeling better' },
    ])
    expect(await stateOf(slotId)).toBe('held')
    expect((await traces()).jobs).toEqual(['offer-slot', 'send-cancellation', 'send-confirmation'])
  })

  test('gives a slot that is not online, or not yet released, straight back', async () => {
    const offline = await oneSlot({ bookableOnline: false })
    await cancel(await booked(offline), 'staff')
    expect(await stateOf(offline)).toBe('free')
    const later = await oneSlot({ releasedAt: minutesAfter(now, 60) })
    await cancel(await booked(later, { seen: ['not-released'] }))
    expect(await stateOf(later)).toBe('free')
    expect((await traces()).jobs).not.toContain('offer-slot')
  })

  test('either cancels or records the arrival where both are wanted at once', async () => {
    for (let round = 0; round < 5; round++) {
      const slotId = await oneSlot({ startsAt: minutesAfter(now, 60 + round * 30) })
      const seen = ['same-day', 'over-limit']
      const appointmentId = await booked(slotId, { seen })
      const step = { appointmentId, step: 'arrive', seen: 'booked' } as const
      const [cancelled, arrived] = await Promise.all([
        cancel(appointmentId),
        db.transaction(desk, (tx) => recordAttendance(tx, step)),
      ])
      expect([cancelled.ok, arrived.ok].filter(Boolean)).toHaveLength(1)
      expect(await stateOf(slotId)).toBe(arrived.ok ? 'booked' : 'held')
    }
  })

  test('refuses from the start on, and for somebody else’s patient says not found', async () => {
    const appointmentId = await booked(await oneSlot())
    test$.setNow(startsAt)
    expect(await cancel(appointmentId)).toMatchObject({ refusal: { reason: 'in-the-past' } })
    practice = await aPractice(db)
    desk = await staff('Kim Lee')
    expect(await cancel(appointmentId)).toMatchObject({ refusal: { reason: 'not-found' } })
  })
})

describe('recordAttendance', () => {
  type Asked = Parameters<typeof recordAttendance>[1]
  const record = (asked: Asked, acting = desk) =>
    db.transaction(acting, (tx) => recordAttendance(tx, asked))

  test('records each step and its undoing in the audit trail, and is not so twice', async () => {
    const appointmentId = await booked(await oneSlot())
    test$.setNow(startsAt)
    const arrive: Asked = { appointmentId, step: 'arrive', seen: 'booked' }
    expect(await record(arrive)).toEqual({ ok: true, value: 'arrived' })
    expect(await record(arrive)).toEqual({ ok: true, value: 'arrived' })
    expect(await record({ appointmentId, step: 'undo', seen: 'arrived' })).toEqual({
      ok: true,
      value: 'booked',
    })
    const { events } = await traces()
    expect(events.filter((event) => event === 'attendance-recorded done')).toHaveLength(2)
  })

  test('tells the second of two members of staff what is so now', async () => {
    const appointmentId = await booked(await oneSlot())
    test$.setNow(startsAt)
    const outcomes = await Promise.all([
      record({ appointmentId, step: 'arrive', seen: 'booked' }),
      record({ appointmentId, step: 'miss', seen: 'booked' }, await staff('Kim Lee')),
    ])
    const done = outcomes.find((one) => one.ok)
    const refused = outcomes.find((one) => !one.ok)
    expect(refused).toEqual({
      ok: false,
      refusal: { reason: 'changed', state: done?.ok && done.value },
    })
  })

  test('keeps who was seen from being cancelled or moved', async () => {
    const appointmentId = await booked(await oneSlot())
    test$.setNow(minutesBefore(startsAt, 5))
    await record({ appointmentId, step: 'arrive', seen: 'booked' })
    const asked = { patientId, appointmentId, wishedBy: 'staff', reason: 'x' } as const
    expect(await db.transaction(desk, (tx) => cancelForPatient(tx, asked))).toMatchObject({
      refusal: { reason: 'came-already' },
    })
    expect(
      await record({ appointmentId: newId<'Appointment'>(now), step: 'arrive', seen: 'booked' }),
    ).toMatchObject({ refusal: { reason: 'not-found' } })
  })
})

describe('overbook', () => {
  async function sessionOf(slotId: SlotId) {
    const row = await db.transaction(systemProof(practice), (tx) =>
      tx.maybe<{ readonly sessionId: Parameters<typeof overbook>[1] }>(sql`
        select session_id
        from appointments.slot
        where practice = ${practice}
          and slot_id = ${slotId}
      `),
    )
    if (!row) throw new Error('No session')
    return row.sessionId
  }

  const asked = { time: '09:00', minutes: 10, reason: 'Asked by Dr Okafor' }

  test('adds a slot beside another, by name and with its reason, once however often it is sent', async () => {
    const sessionId = await sessionOf(await oneSlot())
    const slotId = newId<'Slot'>(now)
    const add = () => db.transaction(desk, (tx) => overbook(tx, sessionId, { ...asked, slotId }))
    expect(await add()).toEqual({ ok: true, value: slotId })
    expect(await add()).toEqual({ ok: true, value: slotId })
    const row = await db.transaction(systemProof(practice), (tx) =>
      tx.maybe<object>(sql`
        select state, bookable_online, overbooked_by, overbook_reason, slot_type,
          national_category, delivery_channel
        from appointments.slot
        where practice = ${practice}
          and slot_id = ${slotId}
      `),
    )
    expect(row).toEqual({
      state: 'free',
      bookableOnline: false,
      overbookedBy: desk.staffId,
      overbookReason: asked.reason,
      slotType: 'Routine',
      nationalCategory: 'General Consultation Routine',
      deliveryChannel: 'in-person',
    })
    expect((await book(slotId)).ok).toBe(true)
  })

  test('is never for patients: not to book, not to be published, not in the database', async () => {
    const sessionId = await sessionOf(await oneSlot())
    const slotId = newId<'Slot'>(now)
    await db.transaction(desk, (tx) => overbook(tx, sessionId, { ...asked, slotId }))
    const wanted = { slotId, reason: '', idempotencyKey: aKey(db) }
    expect(await bookAppointment(db, patient, wanted)).toMatchObject({
      refusal: { reason: 'slot-not-online' },
    })
    expect(await db.transaction(desk, (tx) => publishSlots(tx, [slotId], now))).toMatchObject({
      refusal: { reason: 'overbooked' },
    })
    const byHand = db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update appointments.slot
        set bookable_online = true, released_at = ${now}
        where practice = ${practice}
          and slot_id = ${slotId}
      `),
    )
    await expect(byHand).rejects.toSatisfy(
      (fault) => brokenConstraint(fault) === 'overbooked_is_for_staff',
    )
  })

  test('refuses another practice’s session as one that is not there', async () => {
    const sessionId = await sessionOf(await oneSlot())
    practice = await aPractice(db)
    const other = await staff('Kim Lee')
    const slotId = newId<'Slot'>(now)
    expect(
      await db.transaction(other, (tx) => overbook(tx, sessionId, { ...asked, slotId })),
    ).toEqual({ ok: false, refusal: 'session-not-found' })
  })
})
