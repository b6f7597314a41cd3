import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { instantAt, minutesAfter, type LocalDate } from '#kernel/time'
import { sql, systemProof, type Database } from '#platform/db'
import { runDueJobs } from '#platform/jobs'
import { openLog } from '#platform/log'
import type { Acting, StaffActing } from '#modules/access'
import { addStaff, type StaffId } from '#modules/directory'
import {
  addSession,
  bookAppointment,
  cancelAppointment,
  setBookingRules,
  type AppointmentId,
  type SessionId,
  type SlotId,
} from '#modules/appointments'
import { aKey, aNewSlot } from '../../../../../test/support/clinic.ts'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aPatient, aPractice, aStaffMember } from '../../../../../test/support/surgery.ts'
import type { ChangeId } from '../../domain/changes/change.ts'
import type { AskedChange } from '../../domain/changes/plan.ts'
import { defaultRules } from '../../domain/slot.ts'
import { clinicChangeWords } from '../../queries/changes/change-words.ts'
import { changeById, waitingChange } from '../../queries/changes/stored-changes.ts'
import { clinicSessions } from '../../queries/changes/clinic-sessions.ts'
import { unblockSlots } from '../change-slots.ts'
import { moveAppointment } from '../move-appointment.ts'
import { createSlotType } from '../templates/save-slot-type.ts'
import { offerSlot } from '../waitlist/offer-slot.ts'
import { makeChange } from './make-change.ts'
import { changeJobs, sendChange } from './send-change.ts'
import { whenNotInUse } from './when-not-in-use.ts'
import { sendChangeNow, undoChange } from './undo-change.ts'

const now = new Date('2026-03-02T08:00:00Z')
const nine = new Date('2026-03-03T09:00:00Z')
const told = minutesAfter(now, 10)
const words = 'Dr Okafor is away. We are sorry.'

let test$: TestDatabase
let db: Database
let practice: OdsCode
let manager: StaffActing<'publish-slots'>
let other: StaffId
let ann: Acting<'appointments'>
let bob: Acting<'appointments'>
let sessionId: SessionId
let slotIds: readonly SlotId[]

beforeAll(async () => {
  test$ = await makeDatabase(now)
  db = test$.db
})
afterAll(() => test$.drop())
beforeEach(async () => {
  test$.setNow(now)
  practice = await aPractice(db)
  const staff = { name: 'Sam Reed', roles: ['practice-manager'] as const }
  manager = (await aStaffMember<'publish-slots'>(db, practice, staff)).acting
  other = (await aStaffMember(db, practice, { name: 'Dr Other', roles: ['clinician'] })).staffId
  ann = (await aPatient<'appointments'>(db, practice)).acting
  bob = (await aPatient<'appointments'>(db, practice)).acting
  const made = await aSession(nine, 4)
  ;[sessionId, slotIds] = [made.sessionId, made.slotIds]
})

async function aSession(startsAt: Date, count: number, given: { staffId?: StaffId } = {}) {
  const slots = Array.from({ length: count }, (_, index) => ({
    ...aNewSlot({ startsAt: minutesAfter(startsAt, index * 10) }),
    slotId: newId<'Slot'>(db.now()),
  }))
  const id = await db.transaction(systemProof(practice), (tx) =>
    addSession(tx, {
      name: 'Morning surgery',
      startsAt,
      endsAt: minutesAfter(startsAt, count * 10),
      slots,
      ...given,
    }),
  )
  return { sessionId: id, slotIds: slots.map((slot) => slot.slotId) }
}

async function book(acting: Acting<'appointments'>, slotId: SlotId | undefined) {
  if (!slotId) throw new Error('No slot')
  const booked = await bookAppointment(db, acting, {
    slotId,
    reason: 'Sore knee',
    phone: '07700 900123',
    idempotencyKey: aKey(db),
  })
  if (!booked.ok) throw new Error(booked.refusal.reason)
  return booked.value
}

async function make(asked: AskedChange, changeId = newId<'ClinicChange'>(db.now())) {
  const made = await whenNotInUse(db, manager, (tx) => makeChange(tx, { changeId, asked, words }))
  if (!made.ok) throw new Error(made.refusal)
  return made.value
}

const cancel = () => make({ kind: 'cancel', sessionIds: [sessionId] })

const undo = (changeId: ChangeId) => whenNotInUse(db, manager, (tx) => undoChange(tx, changeId))

/** Lets the worker do what is due at a time, until nothing is. */
async function work(at: Date): Promise<void> {
  test$.setNow(at)
  const handlers = new Map(changeJobs.map((handler) => [handler.kind as string, handler]))
  await db.transaction(systemProof(practice), (tx) =>
    tx.run(sql`
      update jobs.job
      set done_at = ${now}
      where practice = ${practice}
        and kind <> 'appointments.send-clinic-change'
        and done_at is null`),
  )
  for (let round = 0; round < 3; round++) await runDueJobs(db, handlers, openLog('silent'))
}

/** Everything a change may touch, as it is stored. */
function stored() {
  return db.transaction(systemProof(practice), async (tx) => ({
    sessions: await tx.many<object>(sql`
      select session_id, staff_id, room_id, site_id, name, starts_at, ends_at, cancelled_at
      from appointments.session
      where practice = ${practice}
        and (cancelled_at is null or exists (
          select from appointments.slot
          where slot.practice = session.practice and slot.session_id = session.session_id))
      order by starts_at, session_id`),
    slots: await tx.many<{
      readonly slotId: SlotId
      readonly state: string
      readonly bookableOnline: boolean
    }>(sql`
      select slot_id, session_id, starts_at, minutes, state, bookable_online
      from appointments.slot where practice = ${practice} order by slot_id`),
    appointments: await tx.many<{
      readonly appointmentId: AppointmentId
      readonly patientId: string
      readonly startsAt: Date
      readonly cancelledAt?: Date
      readonly cancelledBy?: string
      readonly changeWords?: string
      readonly changeWasAt?: Date
    }>(sql`
      select appointment_id, patient_id, slot_id, starts_at, ends_at, cancelled_at, cancelled_by,
        change_words, change_was_at
      from appointments.appointment where practice = ${practice} order by appointment_id`),
  }))
}

async function appointment(appointmentId: AppointmentId) {
  return (await stored()).appointments.find((one) => one.appointmentId === appointmentId)
}

async function jobsOf(kind: string): Promise<number> {
  const row = await db.transaction(systemProof(practice), (tx) =>
    tx.maybe<{ readonly many: number }>(sql`
      select count(*)::integer as many from jobs.job
      where practice = ${practice} and kind = ${kind}`),
  )
  return row?.many ?? 0
}

function waitlist() {
  return db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly patientId: string; readonly since: Date; readonly untilDay: string }>(sql`
      select patient_id, since, joined_from, until_day, delivery_channels, phone, reason
      from appointments.waitlist_entry
      where practice = ${practice} and ended_at is null order by patient_id`),
  )
}

async function liveInCancelled(): Promise<number> {
  const row = await db.transaction(systemProof(practice), (tx) =>
    tx.maybe<{ readonly many: number }>(sql`
      select count(*)::integer as many
      from appointments.appointment
      join appointments.slot using (practice, slot_id)
      join appointments.session using (practice, session_id)
      where practice = ${practice}
        and appointment.cancelled_at is null
        and session.cancelled_at is not null`),
  )
  return row?.many ?? 0
}

describe('cancelling a session', () => {
  test('closes it to bookings at once, and patients see what they were told until they are told', async () => {
    const appointmentId = await book(ann, slotIds[0])
    const before = await appointment(appointmentId)
    await cancel()
    expect(await appointment(appointmentId)).toEqual(before)
    expect((await stored()).slots.map((slot) => slot.state).toSorted()).toEqual([
      'blocked',
      'blocked',
      'blocked',
      'booked',
    ])
    const tried = await bookAppointment(db, bob, {
      slotId: slotIds[1] as SlotId,
      reason: '',
      idempotencyKey: aKey(db),
    })
    expect(tried).toMatchObject({ ok: false })
    expect(await jobsOf('appointments.send-clinic-cancelled')).toBe(0)
  })

  test('when sent cancels, tells, and lets patients wait from when they had booked', async () => {
    const appointmentId = await book(ann, slotIds[0])
    const changeId = await cancel()
    await work(minutesAfter(told, -1))
    expect((await appointment(appointmentId))?.cancelledAt).toBeUndefined()
    await work(told)
    expect(await appointment(appointmentId)).toMatchObject({
      cancelledAt: told,
      cancelledBy: 'staff',
      changeWords: words,
    })
    expect(await jobsOf('appointments.send-clinic-cancelled')).toBe(1)
    expect(await waitlist()).toEqual([
      {
        patientId: ann.patientId,
        since: now,
        joinedFrom: 'cancelled-clinic',
        untilDay: '2026-03-31',
        deliveryChannels: ['in-person', 'telephone', 'video'],
        phone: '07700 900123',
        reason: 'Sore knee',
      },
    ])
    expect(await db.transaction(ann, (tx) => clinicChangeWords(tx, appointmentId))).toEqual({
      changeWords: words,
      changeToldAt: told,
    })
    const change = await db.transaction(manager, (tx) => changeById(tx, changeId))
    expect(change?.told).toEqual([
      { appointmentId, patientId: ann.patientId, outcome: 'cancelled', isReached: true },
    ])
    expect(new Set((await stored()).slots.map((slot) => slot.state))).toEqual(new Set(['blocked']))
  })

  test('sends once, however often it is asked to', async () => {
    await book(ann, slotIds[0])
    const changeId = await cancel()
    await work(told)
    const after = await stored()
    await db.transaction(systemProof(practice), (tx) => sendChange(tx, changeId))
    expect(await stored()).toEqual(after)
    expect(await jobsOf('appointments.send-clinic-cancelled')).toBe(1)
    expect(await waitlist()).toHaveLength(1)
  })

  test('is made once, however often the form is sent', async () => {
    const changeId = await cancel()
    await make({ kind: 'cancel', sessionIds: [sessionId] }, changeId)
    expect(await jobsOf('appointments.send-clinic-change')).toBe(1)
  })

  test('sends all of it after the server stopped in the middle', async () => {
    await book(ann, slotIds[0])
    const changeId = await cancel()
    const before = await stored()
    test$.setNow(minutesAfter(told, 240))
    await expect(
      db.transaction(systemProof(practice), async (tx) => {
        await sendChange(tx, changeId)
        throw new Error('The power went')
      }),
    ).rejects.toThrow('The power went')
    expect(await stored()).toEqual(before)
    await work(minutesAfter(told, 241))
    expect(await liveInCancelled()).toBe(0)
    expect(await jobsOf('appointments.send-clinic-cancelled')).toBe(1)
  })

  test('undone, leaves everything as it was', async () => {
    await book(ann, slotIds[1])
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update appointments.slot set state = 'blocked'
        where practice = ${practice} and slot_id = ${slotIds[3]}`),
    )
    const before = await stored()
    const changeId = await cancel()
    expect(await stored()).not.toEqual(before)
    expect(await undo(changeId)).toMatchObject({ ok: true })
    expect(await stored()).toEqual(before)
    expect(await undo(changeId)).toMatchObject({ ok: true })
    await work(minutesAfter(told, 1))
    expect(await stored()).toEqual(before)
    expect(await jobsOf('appointments.send-clinic-cancelled')).toBe(0)
  })

  test('cannot be undone once patients are told', async () => {
    const changeId = await cancel()
    await work(told)
    expect(await undo(changeId)).toEqual({ ok: false, refusal: 'sent' })
    expect(await undo(newId<'ClinicChange'>(now))).toEqual({ ok: false, refusal: 'not-found' })
  })

  test('keeps what a patient cancelled meanwhile, undone or sent, and tells them nothing', async () => {
    const appointmentId = await book(ann, slotIds[0])
    const first = await cancel()
    await db.transaction(ann, (tx) => cancelAppointment(tx, appointmentId))
    expect((await stored()).slots.find((slot) => slot.slotId === slotIds[0])).toMatchObject({
      state: 'free',
      bookableOnline: false,
    })
    await undo(first)
    expect((await appointment(appointmentId))?.cancelledBy).toBe('patient')
    // The slot goes to those who wait, as if it had been given up without the change.
    expect((await stored()).slots.find((slot) => slot.slotId === slotIds[0])).toMatchObject({
      state: 'held',
      bookableOnline: true,
    })
    expect(await jobsOf('appointments.offer-slot')).toBe(1)

    await cancel()
    await work(told)
    expect((await appointment(appointmentId))?.cancelledBy).toBe('patient')
    expect(await jobsOf('appointments.send-clinic-cancelled')).toBe(0)
    expect(await waitlist()).toEqual([])
  })

  test('leaves alone who moved to another session meanwhile', async () => {
    const elsewhere = await aSession(minutesAfter(nine, 300), 1)
    const appointmentId = await book(ann, slotIds[0])
    await cancel()
    const moved = await moveAppointment(db, ann, {
      appointmentId,
      slotId: elsewhere.slotIds[0] as SlotId,
      idempotencyKey: aKey(db),
    })
    expect(moved.ok).toBe(true)
    await work(told)
    const live = (await stored()).appointments.filter((one) => !one.cancelledAt)
    expect(live).toHaveLength(1)
    expect(await liveInCancelled()).toBe(0)
    expect(await waitlist()).toEqual([])
  })

  test('of one that has begun cancels what is left, and who was seen stays seen', async () => {
    const [seen, coming] = [await book(ann, slotIds[0]), await book(bob, slotIds[2])]
    test$.setNow(minutesAfter(nine, 15))
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update appointments.appointment set arrived_at = ${nine}, started_at = ${nine}
        where practice = ${practice} and appointment_id = ${seen}`),
    )
    const before = await stored()
    const changeId = await cancel()
    await undo(changeId)
    expect(await stored()).toEqual(before)
    await cancel()
    await work(minutesAfter(nine, 25))
    expect((await appointment(seen))?.cancelledAt).toBeUndefined()
    expect((await appointment(coming))?.cancelledBy).toBe('staff')
    const [first] = (await stored()).sessions
    expect(first).toMatchObject({ sessionId, endsAt: minutesAfter(nine, 20) })
    expect(first).not.toHaveProperty('cancelledAt')
  })

  test('cancels also who had arrived already', async () => {
    const appointmentId = await book(ann, slotIds[0])
    await cancel()
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update appointments.appointment set arrived_at = ${now}
        where practice = ${practice} and appointment_id = ${appointmentId}`),
    )
    await work(told)
    expect((await appointment(appointmentId))?.cancelledBy).toBe('staff')
  })

  test('lets a patient with two cancelled appointments wait once, from the earlier booking', async () => {
    await book(ann, slotIds[0])
    test$.setNow(minutesAfter(now, 2))
    await book(ann, slotIds[2])
    await cancel()
    await work(minutesAfter(now, 20))
    expect(await waitlist()).toMatchObject([{ since: now }])
    expect(await jobsOf('appointments.send-clinic-cancelled')).toBe(2)
  })

  test('keeps its slots from whoever still has the day before them', async () => {
    await cancel()
    const tried = await db.transaction(manager, (tx) => unblockSlots(tx, slotIds))
    expect(tried).toMatchObject({ ok: false, refusal: { reason: 'not-found' } })
  })

  test('takes back what was being offered, and offers it again when undone', async () => {
    const booked = await book(ann, slotIds[0])
    const waitlistId = newId<'Waitlist'>(now)
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        insert into appointments.waitlist_entry
          (practice, waitlist_id, patient_id, since, joined_at, joined_from, from_day, until_day,
           delivery_channels)
        values (${practice}, ${waitlistId}, ${bob.patientId}, ${now}, ${now}, 'patient',
          '2026-03-02', '2026-03-31', '{in-person}')`),
    )
    await db.transaction(ann, (tx) => cancelAppointment(tx, booked))
    await db.transaction(systemProof(practice), (tx) => offerSlot(tx, slotIds[0] as SlotId))
    const offers = () =>
      db.transaction(systemProof(practice), (tx) =>
        tx.many<{ readonly outcome?: string }>(sql`
          select outcome from appointments.slot_offer
          where practice = ${practice} order by offered_at`),
      )
    expect(await offers()).toEqual([{}])
    const changeId = await cancel()
    expect(await offers()).toEqual([{ outcome: 'withdrawn' }])
    await undo(changeId)
    expect((await stored()).slots.find((slot) => slot.slotId === slotIds[0])?.state).toBe('held')
    await db.transaction(systemProof(practice), (tx) => offerSlot(tx, slotIds[0] as SlotId))
    expect(await offers()).toEqual([{ outcome: 'withdrawn' }, {}])
  })

  test('puts nobody on a waitlist that the practice does not keep', async () => {
    await db.transaction(systemProof(practice), (tx) =>
      setBookingRules(tx, { ...defaultRules, waitlistOpen: false }),
    )
    await book(ann, slotIds[0])
    await cancel()
    await work(told)
    expect(await waitlist()).toEqual([])
  })

  test('neither tells nor lists a patient who has died', async () => {
    const appointmentId = await book(ann, slotIds[0])
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update directory.patient set registration = 'deceased'
        where practice = ${practice} and patient_id = ${ann.patientId}`),
    )
    await cancel()
    await work(told)
    expect((await appointment(appointmentId))?.cancelledBy).toBe('staff')
    expect(await jobsOf('appointments.send-clinic-cancelled')).toBe(0)
    expect(await waitlist()).toEqual([])
  })

  test('refuses a session with a change that waits, and one of another practice', async () => {
    await cancel()
    const again = await db.transaction(manager, (tx) =>
      makeChange(tx, {
        changeId: newId<'ClinicChange'>(now),
        asked: { kind: 'move', sessionId, startTime: '10:00' },
        words,
      }),
    )
    expect(again).toEqual({ ok: false, refusal: 'change-waiting' })
    const mine = sessionId
    practice = await aPractice(db)
    const staff = { name: 'Sam Reed', roles: ['practice-manager'] as const }
    const stranger = (await aStaffMember<'publish-slots'>(db, practice, staff)).acting
    const theirs = await db.transaction(stranger, (tx) =>
      makeChange(tx, {
        changeId: newId<'ClinicChange'>(now),
        asked: { kind: 'cancel', sessionIds: [mine] },
        words,
      }),
    )
    expect(theirs).toEqual({ ok: false, refusal: 'not-found' })
  })

  test('can be told at once, and then not be undone', async () => {
    const appointmentId = await book(ann, slotIds[0])
    const changeId = await cancel()
    test$.setNow(minutesAfter(now, 1))
    await db.transaction(manager, (tx) => sendChangeNow(tx, changeId))
    await work(minutesAfter(now, 1))
    expect((await appointment(appointmentId))?.cancelledBy).toBe('staff')
    expect(await undo(changeId)).toMatchObject({ refusal: 'sent' })
    await work(told)
    expect(await jobsOf('appointments.send-clinic-cancelled')).toBe(1)
  })
})

describe('giving a session to someone else', () => {
  const amend = (to: { staffId?: StaffId; name: string }) => make({ kind: 'amend', sessionId, to })

  test('waits while patients are booked, and then changes session and patients together', async () => {
    const appointmentId = await book(ann, slotIds[0])
    const before = await stored()
    const changeId = await amend({ staffId: other, name: 'Late surgery' })
    expect((await stored()).sessions).toEqual(before.sessions)
    expect((await db.transaction(manager, (tx) => waitingChange(tx, [sessionId])))?.changeId).toBe(
      changeId,
    )
    await work(told)
    expect((await stored()).sessions).toMatchObject([{ staffId: other, name: 'Late surgery' }])
    expect(await appointment(appointmentId)).toMatchObject({ changeWords: words, startsAt: nine })
    expect((await stored()).slots).toEqual(before.slots)
    expect(await jobsOf('appointments.send-clinic-changed')).toBe(1)
    expect(await waitlist()).toEqual([])
  })

  test('is undone by waiting no longer', async () => {
    await book(ann, slotIds[0])
    const before = await stored()
    await undo(await amend({ staffId: other, name: 'Late surgery' }))
    expect(await stored()).toEqual(before)
  })

  test('is done at once where nobody is booked, or only the name changes', async () => {
    const changeId = await amend({ staffId: other, name: 'Morning surgery' })
    expect((await stored()).sessions).toMatchObject([{ staffId: other }])
    expect(await undo(changeId)).toMatchObject({ refusal: 'sent' })
    await book(ann, slotIds[0])
    await amend({ staffId: other, name: 'Late surgery' })
    expect((await stored()).sessions).toMatchObject([{ name: 'Late surgery' }])
    expect(await jobsOf('appointments.send-clinic-changed')).toBe(0)
    expect(await jobsOf('appointments.send-clinic-change')).toBe(0)
  })
})

describe('moving a session to another time', () => {
  const move = (startTime: string) => make({ kind: 'move', sessionId, startTime })

  test('moves session, slots and appointments together when patients are told', async () => {
    const [first, second] = [await book(ann, slotIds[0]), await book(ann, slotIds[1])]
    await move('09:10')
    expect((await appointment(first))?.startsAt).toEqual(nine)
    await work(told)
    expect(await appointment(first)).toMatchObject({
      startsAt: minutesAfter(nine, 10),
      changeWasAt: nine,
      changeWords: words,
    })
    expect((await appointment(second))?.startsAt).toEqual(minutesAfter(nine, 20))
    const after = await stored()
    expect(after.sessions).toMatchObject([{ startsAt: minutesAfter(nine, 10) }])
    expect(after.slots.map((slot) => slot.state).toSorted()).toEqual([
      'booked',
      'booked',
      'free',
      'free',
    ])
    await move('08:30')
    await work(minutesAfter(told, 10))
    expect((await appointment(first))?.startsAt).toEqual(minutesAfter(nine, -30))
  })

  test('cancels, tells and lets wait who has another appointment at the new time', async () => {
    const elsewhere = await aSession(minutesAfter(nine, 60), 1)
    const clashing = await book(ann, slotIds[0])
    const fine = await book(bob, slotIds[1])
    await move('10:00')
    // She books it only while the change waits, so that no preview could have known.
    const kept = await book(ann, elsewhere.slotIds[0])
    await work(told)
    expect((await appointment(clashing))?.cancelledBy).toBe('staff')
    expect((await appointment(kept))?.cancelledAt).toBeUndefined()
    expect((await appointment(fine))?.startsAt).toEqual(minutesAfter(nine, 70))
    expect(await jobsOf('appointments.send-clinic-cancelled')).toBe(1)
    expect(await jobsOf('appointments.send-clinic-changed')).toBe(1)
    expect(await waitlist()).toMatchObject([{ patientId: ann.patientId }])
    const slot = (await stored()).slots.find((one) => one.slotId === slotIds[0])
    expect(slot).toMatchObject({ state: 'held', startsAt: minutesAfter(nine, 60) })
  })

  test('keeps to the limit of places where another was booked after the old time', async () => {
    const soon = await aSession(minutesAfter(now, 61), 1)
    const first = await book(ann, soon.slotIds[0])
    sessionId = soon.sessionId
    await move('11:00')
    // The worker stood still until after the old time, and she booked another in the same place.
    test$.setNow(minutesAfter(now, 70))
    const second = await book(ann, slotIds[3])
    await work(minutesAfter(now, 71))
    expect((await appointment(first))?.startsAt).toEqual(minutesAfter(now, 180))
    expect((await appointment(second))?.cancelledAt).toBeUndefined()
  })

  test('tells at once where the old or new time would come first', async () => {
    const soon = await aSession(minutesAfter(now, 65), 1)
    await book(ann, soon.slotIds[0])
    sessionId = soon.sessionId
    test$.setNow(minutesAfter(now, 60))
    const changeId = await move('11:00')
    const change = await db.transaction(manager, (tx) => changeById(tx, changeId))
    expect(change?.sendsAt).toEqual(minutesAfter(now, 60))
  })

  test('leaves at the old time who was called in although the session was to move', async () => {
    const soon = await aSession(minutesAfter(now, 75), 2)
    const [seen, coming] = [await book(ann, soon.slotIds[0]), await book(bob, soon.slotIds[1])]
    sessionId = soon.sessionId
    test$.setNow(minutesAfter(now, 60))
    await move('11:00')
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update appointments.appointment set started_at = ${minutesAfter(now, 66)}
        where practice = ${practice} and appointment_id = ${seen}`),
    )
    await work(minutesAfter(now, 72))
    expect((await appointment(seen))?.startsAt).toEqual(minutesAfter(now, 75))
    expect((await appointment(coming))?.startsAt).toEqual(minutesAfter(now, 190))
    const slot = (await stored()).slots.find((one) => one.slotId === soon.slotIds[0])
    expect(slot).toMatchObject({ state: 'booked', startsAt: minutesAfter(now, 75) })
  })
})

describe('splitting and extending', () => {
  test('gives the second part to another clinician when patients are told, and only they are', async () => {
    await book(ann, slotIds[0])
    const second = await book(bob, slotIds[2])
    const to = { staffId: other, name: 'Second half' }
    await make({ kind: 'split', sessionId, fromSlot: slotIds[2] as SlotId, to })
    expect((await stored()).sessions).toHaveLength(1)
    await work(told)
    expect((await stored()).sessions).toMatchObject([
      { sessionId, endsAt: minutesAfter(nine, 20), name: 'Morning surgery' },
      { staffId: other, startsAt: minutesAfter(nine, 20), endsAt: minutesAfter(nine, 40) },
    ])
    expect((await appointment(second))?.changeWords).toBe(words)
    expect(await jobsOf('appointments.send-clinic-changed')).toBe(1)
  })

  test('splits at once where patients notice nothing', async () => {
    await book(bob, slotIds[2])
    const to = { name: 'Second half' }
    await make({ kind: 'split', sessionId, fromSlot: slotIds[2] as SlotId, to })
    expect((await stored()).sessions).toHaveLength(2)
    const [first] = await db.transaction(manager, (tx) => clinicSessions(tx, [sessionId]))
    expect(first?.slots).toHaveLength(2)
    expect(await jobsOf('appointments.send-clinic-changed')).toBe(0)
  })

  test('adds slots of a type at both ends', async () => {
    const slotTypeId = newId<'SlotType'>(now)
    await db.transaction(manager, (tx) =>
      createSlotType(tx, slotTypeId, {
        name: 'Blood test',
        publicName: '',
        minutes: 15,
        nationalCategory: 'Planned Clinical Procedure',
        serviceSetting: 'general-practice',
        deliveryChannel: 'in-person',
        patientsMayBook: true,
        gpConnectMayBook: false,
        release: { rule: 'at-once' },
        ownSiteOnly: false,
        ownClinicianOnly: false,
        invitedOnly: false,
      }),
    )
    await make({ kind: 'extend', sessionId, startTime: '08:30', endTime: '10:00', slotTypeId })
    const [extended] = await db.transaction(manager, (tx) => clinicSessions(tx, [sessionId]))
    expect(extended).toMatchObject({
      startsAt: minutesAfter(nine, -30),
      endsAt: minutesAfter(nine, 60),
    })
    expect(extended?.slots.map((slot) => slot.slotType)).toEqual([
      ...Array<string>(2).fill('Blood test'),
      ...Array<string>(4).fill('Routine'),
      'Blood test',
    ])
    expect(extended?.slots.at(-1)).toMatchObject({ slotTypeId, bookableOnline: true })
  })
})

describe('any history of a change with patients coming and going', () => {
  const deeds = fc.array(
    fc.record({
      do: fc.constantFrom('book', 'cancel', 'move'),
      person: fc.nat(1),
      slot: fc.nat(3),
    }),
    { maxLength: 6 },
  )
  const changes = fc.constantFrom('cancel', 'amend', 'move', 'split')

  function asked(kind: string): AskedChange {
    const to = { staffId: other, name: 'Other' }
    if (kind === 'cancel') return { kind, sessionIds: [sessionId] }
    if (kind === 'amend') return { kind, sessionId, to }
    if (kind === 'move') return { kind, sessionId, startTime: '10:15' }
    return { kind: 'split', sessionId, fromSlot: slotIds[1] as SlotId, to }
  }

  async function take(deed: { do: string; person: number; slot: number }): Promise<void> {
    const acting = deed.person === 0 ? ann : bob
    const slotId = slotIds[deed.slot] as SlotId
    const own = (await stored()).appointments.find(
      (one) => one.patientId === acting.patientId && !one.cancelledAt,
    )
    if (deed.do === 'book') {
      await bookAppointment(db, acting, { slotId, reason: '', idempotencyKey: aKey(db) })
    } else if (own && deed.do === 'cancel') {
      await db.transaction(acting, (tx) => cancelAppointment(tx, own.appointmentId))
    } else if (own) {
      await moveAppointment(db, acting, {
        appointmentId: own.appointmentId,
        slotId,
        idempotencyKey: aKey(db),
      })
    }
  }

  /** One live appointment in each booked slot and in no other, and at the slot's own time. */
  async function expectWhole(): Promise<void> {
    const wrong = await db.transaction(systemProof(practice), (tx) =>
      tx.many<object>(sql`
        select slot.slot_id
        from appointments.slot
        left join appointments.appointment
          on appointment.practice = slot.practice
          and appointment.slot_id = slot.slot_id
          and appointment.cancelled_at is null
        where slot.practice = ${practice}
          and ((slot.state = 'booked') <> (appointment.appointment_id is not null)
            or appointment.starts_at <> slot.starts_at)`),
    )
    expect(wrong).toEqual([])
  }

  test('undone and left alone it never was; sent, no live appointment lies in a cancelled session', async () => {
    let [undone, sent] = [0, 0]
    await fc.assert(
      fc.asyncProperty(
        deeds,
        changes,
        deeds,
        fc.constantFrom('undone', 'undone in peace', 'sent'),
        async (earlier, kind, meanwhile, end) => {
          test$.setNow(now)
          practice = await aPractice(db)
          const staff = { name: 'Sam Reed', roles: ['practice-manager'] as const }
          manager = (await aStaffMember<'publish-slots'>(db, practice, staff)).acting
          await db.transaction(systemProof(practice), async (tx) => {
            other = newId<'Staff'>(now)
            const doctor = { staffId: other, name: 'Dr Other', jobTitle: 'GP' }
            await addStaff(tx, [{ ...doctor, roles: ['clinician'], seesPatients: true }])
            await setBookingRules(tx, { ...defaultRules, waitlistOpen: false })
          })
          ann = (await aPatient<'appointments'>(db, practice)).acting
          bob = (await aPatient<'appointments'>(db, practice)).acting
          ;({ sessionId, slotIds } = await aSession(nine, 4))
          for (const deed of earlier) await take(deed)
          const before = await stored()
          const changeId = await make(asked(kind))
          const isWaiting = await db.transaction(manager, (tx) => waitingChange(tx, [sessionId]))
          if (end !== 'undone in peace') await Promise.all(meanwhile.map(take))
          if (end !== 'sent' && isWaiting) {
            undone++
            expect(await undo(changeId)).toMatchObject({ ok: true })
            const { slots } = await stored()
            expect(slots.every((slot) => slot.state !== 'blocked' && slot.bookableOnline)).toBe(
              true,
            )
            if (end === 'undone in peace') expect(await stored()).toEqual(before)
          } else {
            sent++
            await work(told)
            const change = await db.transaction(manager, (tx) => changeById(tx, changeId))
            expect(change?.sentAt).toBeDefined()
          }
          expect(await liveInCancelled()).toBe(0)
          await expectWhole()
        },
      ),
      { numRuns: 30 },
    )
    expect(undone).toBeGreaterThan(5)
    expect(sent).toBeGreaterThan(5)
  })

  test('patients who act at the very moment it is made are never in its way, nor it in theirs', async () => {
    for (let round = 0; round < 8; round++) {
      test$.setNow(minutesAfter(now, round * 20))
      ;({ sessionId, slotIds } = await aSession(minutesAfter(nine, 100 + round * 60), 4))
      // Ids rise with the slots: one patient moves up and one down, each to where the other was not.
      const [up, down] = [await book(ann, slotIds[0]), await book(bob, slotIds[3])]
      const move = (acting: typeof ann, appointmentId: AppointmentId, slotId: SlotId | undefined) =>
        moveAppointment(db, acting, {
          appointmentId,
          slotId: slotId as SlotId,
          idempotencyKey: aKey(db),
        })
      await Promise.all([move(ann, up, slotIds[2]), cancel(), move(bob, down, slotIds[1])])
      await expectWhole()
      await work(minutesAfter(now, round * 20 + 15))
      expect(await liveInCancelled()).toBe(0)
      await expectWhole()
    }
  })

  test('a patient who acts at the very moment it is undone or sent ends up whole', async () => {
    for (let round = 0; round < 12; round++) {
      test$.setNow(minutesAfter(now, round % 2))
      const fresh = await aSession(minutesAfter(nine, 100 + round * 60), 4)
      ;({ sessionId, slotIds } = fresh)
      const appointmentId = await book(ann, slotIds[0])
      const changeId = await cancel()
      test$.setNow(minutesAfter(now, 30))
      const race: Promise<unknown>[] = [
        db.transaction(ann, (tx) => cancelAppointment(tx, appointmentId)),
        db.transaction(systemProof(practice), (tx) => sendChange(tx, changeId)),
        ...(round % 3 === 0 ? [undo(changeId)] : []),
      ]
      await Promise.all(race)
      expect((await appointment(appointmentId))?.cancelledAt).toBeDefined()
      await expectWhole()
      expect(await liveInCancelled()).toBe(0)
    }
  })
})

test('a time given by the wall clock is England’s', async () => {
  const summer = await aSession(instantAt('2026-04-01' as LocalDate, '09:00'), 1)
  await make({ kind: 'move', sessionId: summer.sessionId, startTime: '10:00' })
  const [moved] = await db.transaction(manager, (tx) => clinicSessions(tx, [summer.sessionId]))
  expect(moved?.startsAt).toEqual(new Date('2026-04-01T09:00:00Z'))
})
