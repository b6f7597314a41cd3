import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { addDays, localDateOf, minutesAfter, minutesBefore } from '#kernel/time'
import { sql, systemProof, type Database } from '#platform/db'
import type { Acting, StaffActing } from '#modules/access'
import {
  addPastAppointments,
  addSession,
  bookAppointment,
  createSlotType,
  setBookingRules,
} from '#modules/appointments'
import { aClinic, aKey, aNewSlot, storedSlots } from '../../../../test/support/clinic.ts'
import { makeDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import { aSlotType } from '../../../../test/support/planning.ts'
import { aPatient, aPractice, aStaffMember } from '../../../../test/support/surgery.ts'
import { blockSlots, publishSlots, unblockSlots, withdrawSlots } from '../commands/change-slots.ts'
import { halvesFrom, weekAtAGlance } from '../domain/patient/week.ts'
import type { TypeTerms } from '../domain/slot-type.ts'
import { defaultRules } from '../domain/slot.ts'
import { bookedOnDay, clinicsOfDay } from './clinics.ts'
import { ownTerms } from './eligibility.ts'
import { pastAppointments, upcomingAppointments } from './own-appointments.ts'
import { freeInHalves } from './patient/free-in-halves.ts'
import { bookableSlots, slotsNear, type SlotFilter } from './slots.ts'

const now = new Date('2026-03-02T08:00:00Z')
const tomorrow = new Date('2026-03-03T09:00:00Z')
const everything = { from: now, until: minutesAfter(now, 500_000) }

let test$: TestDatabase
let db: Database
let practice: OdsCode
let acting: Acting<'appointments'>
let staff: StaffActing<'publish-slots'>

beforeAll(async () => {
  test$ = await makeDatabase(now)
  db = test$.db
})
afterAll(() => test$.drop())
beforeEach(async () => {
  practice = await aPractice(db)
  acting = (await aPatient<'appointments'>(db, practice)).acting
  staff = (
    await aStaffMember<'publish-slots'>(db, practice, {
      name: 'Dr Okafor',
      roles: ['practice-manager'],
    })
  ).acting
})

function find(filter: Partial<SlotFilter> = {}) {
  return db.transaction(acting, (tx) => bookableSlots(tx, { ...everything, ...filter }))
}

describe('bookableSlots', () => {
  test('offers only what is free, online, described, released, before closing and inside the horizon', async () => {
    await db.transaction(systemProof(practice), (tx) =>
      setBookingRules(tx, { ...defaultRules, horizonDays: 7 }),
    )
    const [offered, blocked] = await aClinic(db, practice, [
      aNewSlot({ startsAt: tomorrow }),
      aNewSlot({ startsAt: tomorrow }),
      aNewSlot({ startsAt: tomorrow, bookableOnline: false }),
      aNewSlot({ startsAt: tomorrow, nationalCategory: 'Practice meeting' }),
      aNewSlot({ startsAt: tomorrow, releasedAt: minutesAfter(now, 1) }),
      aNewSlot({ startsAt: minutesAfter(now, 60) }),
      aNewSlot({ startsAt: new Date('2026-03-10T00:00:00Z') }),
    ])
    if (!blocked) throw new Error('No slot')
    await db.transaction(staff, (tx) => blockSlots(tx, [blocked]))
    expect((await find()).map((slot) => slot.slotId)).toEqual([offered])
  })

  test('offers exactly what booking would grant', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            startsIn: fc.integer({ min: -30, max: 4000 }),
            releasedIn: fc.integer({ min: -60, max: 60 }),
            bookableOnline: fc.boolean(),
          }),
          { minLength: 1, maxLength: 6 },
        ),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 1, max: 3 }),
        async (given, closesMinutesBefore, horizonDays) => {
          practice = await aPractice(db)
          await db.transaction(systemProof(practice), (tx) =>
            setBookingRules(tx, { ...defaultRules, closesMinutesBefore, horizonDays, maxHeld: 20 }),
          )
          const slotIds = await aClinic(
            db,
            practice,
            given.map((one) =>
              aNewSlot({
                startsAt: minutesAfter(now, one.startsIn),
                releasedAt: minutesAfter(now, one.releasedIn),
                bookableOnline: one.bookableOnline,
              }),
            ),
          )
          acting = (await aPatient<'appointments'>(db, practice)).acting
          const offered = new Set((await find()).map((slot) => slot.slotId))
          for (const slotId of slotIds) {
            const asking = (await aPatient<'appointments'>(db, practice)).acting
            const outcome = await bookAppointment(db, asking, {
              slotId,
              reason: '',
              idempotencyKey: aKey(db),
            })
            expect(outcome.ok).toBe(offered.has(slotId))
          }
        },
      ),
      { numRuns: 15 },
    )
  })

  test('gives at most 100, soonest first, and goes on after the last one without loss', async () => {
    const starts = Array.from({ length: 103 }, (_, index) =>
      minutesAfter(tomorrow, Math.floor(index / 2) * 10),
    )
    const slotIds = await aClinic(
      db,
      practice,
      starts.map((startsAt) => aNewSlot({ startsAt })),
    )
    const first = await find()
    const after = first.at(-1)?.slotId
    const rest = await find(after ? { after } : {})
    expect(first).toHaveLength(100)
    expect(first.map((slot) => slot.startsAt)).toEqual(
      first.map((slot) => slot.startsAt).toSorted((a, b) => Number(a) - Number(b)),
    )
    expect(new Set([...first, ...rest].map((slot) => slot.slotId))).toEqual(new Set(slotIds))
    expect(rest).toHaveLength(3)
  })

  test('narrows by how and by whom, and shows nothing of another practice', async () => {
    const [video] = await aClinic(db, practice, [
      aNewSlot({ startsAt: tomorrow, deliveryChannel: 'video' }),
    ])
    const { staffId } = staff
    const [ofDoctor] = await aClinic(db, practice, [aNewSlot({ startsAt: tomorrow })], { staffId })
    expect((await find({ deliveryChannel: 'video' })).map((slot) => slot.slotId)).toEqual([video])
    expect(await find({ staffId })).toMatchObject([{ slotId: ofDoctor, clinician: 'Dr Okafor' }])
    acting = (await aPatient<'appointments'>(db, await aPractice(db))).acting
    expect(await find()).toEqual([])
  })
})

describe('freeInHalves', () => {
  test('counts in each half of a day just what the list offers, whatever kinds ask and sessions are', async () => {
    const { staffId } = staff
    const inSystem = systemProof(practice)
    const terms: readonly Partial<TypeTerms>[] = [
      {},
      { ownClinicianOnly: true },
      { sex: 'male' },
      { minAge: 100 },
      { horizonDays: 3 },
      { closesMinutesBefore: 2880 },
    ]
    const made = await Promise.all(
      terms.map((given, index) => {
        const { slotTypeId, ...draft } = aSlotType({ name: `Kind ${index}`, ...given })
        return db.transaction(inSystem, (tx) => createSlotType(tx, slotTypeId, draft))
      }),
    )
    const kinds = [undefined, ...made.map((one) => (one.ok ? one.value : undefined))]
    // A time every 97 minutes, so that halves, kinds and sessions meet in every combination.
    const slots = Array.from({ length: 120 }, (_, index) => {
      const slotTypeId = kinds[index % kinds.length]
      const deliveryChannel = index % 5 === 0 ? ('video' as const) : ('in-person' as const)
      const startsAt = minutesAfter(now, 1 + index * 97)
      return aNewSlot({ startsAt, deliveryChannel, ...(slotTypeId && { slotTypeId }) })
    })
    await aClinic(db, practice, slots.slice(0, 60))
    await aClinic(db, practice, slots.slice(40), { staffId })
    await db.transaction(inSystem, (tx) =>
      tx.run(sql`
        update directory.patient
        set usual_staff_id = ${staffId}
        where practice = ${practice}
      `),
    )
    const halves = halvesFrom(localDateOf(now))
    const [from = now, until = now] = [halves[0], halves.at(-1)]
    const searches = [{}, { deliveryChannel: 'video' }, { staffId }, { atMainSite: true }] as const
    for (const search of searches) {
      const [counted, listed] = await db.transaction(acting, (tx) =>
        Promise.all([
          freeInHalves(tx, localDateOf(now), search, ownTerms(tx)),
          bookableSlots(tx, { ...search, from, until, atMost: 1000 }),
        ]),
      )
      const week = weekAtAGlance(localDateOf(now), counted)
      const shown = week.flatMap(({ morning, afternoon }) => [morning, afternoon])
      const wanted = halves.slice(0, -1).map((begins, index) => {
        const ends = halves[index + 1] ?? until
        const within = listed.filter(({ startsAt }) => startsAt >= begins && startsAt < ends)
        const [first] = within
        return { free: within.length, ...(first && { first: first.startsAt }) }
      })
      expect(listed.length).toBeGreaterThan(5)
      expect(shown).toEqual(wanted)
    }
  })
})

describe('slotsNear', () => {
  test('gives the nearest offered slots, before or after', async () => {
    const at = (minutes: number) => aNewSlot({ startsAt: minutesAfter(tomorrow, minutes) })
    const [early, , close, late] = await aClinic(db, practice, [at(-20), at(-600), at(10), at(30)])
    const near = await db.transaction(acting, (tx) => slotsNear(tx, tomorrow, 3))
    expect(near.map((slot) => slot.slotId)).toEqual([close, early, late])
  })
})

describe('own appointments', () => {
  test('come upcoming first, then past and cancelled by page, and only their own', async () => {
    const other = (await aPatient(db, practice)).acting
    const past = Array.from({ length: 5 }, (_, index) => minutesBefore(now, (index + 1) * 1440))
    const session = {
      name: 'Clinic',
      startsAt: minutesBefore(now, 9000),
      endsAt: minutesAfter(now, 9000),
    }
    const bookedAt = minutesBefore(now, 20_000)
    await db.transaction(systemProof(practice), (tx) =>
      addPastAppointments(tx, [
        {
          ...session,
          slots: [
            ...past.map((startsAt, index) => ({
              ...aNewSlot({ startsAt }),
              appointment: {
                patientId: index === 4 ? other.patientId : acting.patientId,
                bookedAt,
                reason: '',
              },
            })),
            {
              ...aNewSlot({ startsAt: tomorrow }),
              appointment: { patientId: acting.patientId, bookedAt, reason: 'Knee' },
            },
            {
              ...aNewSlot({ startsAt: minutesAfter(tomorrow, 60) }),
              appointment: { patientId: acting.patientId, bookedAt, reason: '', cancelledAt: now },
            },
          ],
        },
      ]),
    )
    const upcoming = await db.transaction(acting, upcomingAppointments)
    expect(upcoming).toMatchObject([{ startsAt: tomorrow, reason: 'Knee' }])
    const page = await db.transaction(acting, (tx) => pastAppointments(tx, { count: 3 }))
    const after = page.at(-1)?.appointmentId
    const rest = await db.transaction(acting, (tx) =>
      pastAppointments(tx, { count: 3, ...(after && { after }) }),
    )
    expect([...page, ...rest].map((one) => one.startsAt)).toEqual([
      minutesAfter(tomorrow, 60),
      ...past.slice(0, 4),
    ])
    const states = (await storedSlots(db, practice)).map((slot) => `${slot.state} ${slot.live}`)
    expect(states.filter((state) => state === 'booked 1')).toHaveLength(6)
    expect(states.filter((state) => state === 'free 0')).toHaveLength(1)
  })
})

describe('staff: sessions, slots and who is booked', () => {
  const day = addDays(localDateOf(now), 1)

  test('shows sessions of a day with slots and patients, also a session that has none', async () => {
    const [slotId] = await aClinic(db, practice, [aNewSlot({ startsAt: tomorrow })], {
      staffId: staff.staffId,
    })
    if (!slotId) throw new Error('No slot')
    await db.transaction(systemProof(practice), (tx) =>
      addSession(tx, {
        name: 'Empty',
        startsAt: minutesAfter(tomorrow, 60),
        endsAt: minutesAfter(tomorrow, 90),
        slots: [],
      }),
    )
    await bookAppointment(db, acting, { slotId, reason: 'Sore knee', idempotencyKey: aKey(db) })
    const [clinics, booked] = await db.transaction(
      staff,
      async (tx) => [await clinicsOfDay(tx, day), await bookedOnDay(tx, day)] as const,
    )
    expect(
      clinics.map((clinic) => [
        clinic.name,
        clinic.clinician,
        clinic.slots.map((slot) => slot.state),
      ]),
    ).toEqual([
      ['Morning surgery', 'Dr Okafor', ['booked']],
      ['Empty', undefined, []],
    ])
    expect(booked).toMatchObject([{ slotId, patientId: acting.patientId, reason: 'Sore knee' }])
  })

  test('publishes, withdraws, blocks and unblocks slots, all of them or none', async () => {
    const [free, booked] = await aClinic(db, practice, [
      aNewSlot({ startsAt: tomorrow, bookableOnline: false }),
      aNewSlot({ startsAt: minutesAfter(tomorrow, 10) }),
    ])
    if (!free || !booked) throw new Error('No slots')
    await bookAppointment(db, acting, { slotId: booked, reason: '', idempotencyKey: aKey(db) })
    const online = async () => (await find()).map((slot) => slot.slotId)
    expect(
      await db.transaction(staff, (tx) => publishSlots(tx, [free, booked], now)),
    ).toMatchObject({ ok: true })
    expect(await online()).toEqual([free])
    expect(await db.transaction(staff, (tx) => blockSlots(tx, [free, booked]))).toEqual({
      ok: false,
      refusal: { reason: 'booked', slotIds: [booked] },
    })
    expect(await online()).toEqual([free])
    await db.transaction(staff, (tx) => blockSlots(tx, [free]))
    expect(await online()).toEqual([])
    await db.transaction(staff, (tx) => unblockSlots(tx, [free, booked]))
    expect(await online()).toEqual([free])
    await db.transaction(staff, (tx) => withdrawSlots(tx, [free]))
    expect(await online()).toEqual([])
    const elsewhere = newId<'Slot'>(now)
    expect(await db.transaction(staff, (tx) => blockSlots(tx, [free, elsewhere]))).toEqual({
      ok: false,
      refusal: { reason: 'not-found', slotIds: [elsewhere] },
    })
    const events = await db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly type: string }>(sql`
        select type
        from audit.event
        where practice = ${practice}
          and type like 'appointments.slots%'
        order by type
      `),
    )
    expect(events.map((event) => event.type)).toEqual([
      'appointments.slots-blocked',
      'appointments.slots-published',
      'appointments.slots-unblocked',
      'appointments.slots-withdrawn',
    ])
  })
})
