import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter } from '#kernel/time'
import { sql, systemProof, type Database } from '#platform/db'
import type { Acting, StaffActing } from '#modules/access'
import {
  bookAppointment,
  cancelAppointment,
  moveAppointment,
  setBookingRules,
  upcomingAppointments,
  type AppointmentId,
  type SlotId,
} from '#modules/appointments'
import {
  aClinic,
  aKey,
  aNewSlot,
  storedHolders,
  storedSlots,
} from '../../../../test/support/clinic.ts'
import { makeDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import { aPatient, aPractice, aStaffMember } from '../../../../test/support/surgery.ts'
import { defaultRules } from '../domain/slot.ts'
import { blockSlots, unblockSlots } from './change-slots.ts'

const now = new Date('2026-03-02T08:00:00Z')
const maxHeld = 2
const people = 3
const slotCount = 4

/** One thing done. `person` says nothing where staff do it. */
interface Step {
  readonly do: 'book' | 'cancel' | 'move' | 'block' | 'unblock'
  readonly person: number
  readonly slot: number
  /** Where a move goes. */
  readonly to: number
}

const person = fc.nat(people - 1)
const slot = fc.nat(slotCount - 1)
const deeds: readonly Step['do'][] = [
  'book',
  'book',
  'book',
  'cancel',
  'cancel',
  'move',
  'move',
  'move',
  'block',
  'unblock',
]
const steps: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom(...deeds),
  person,
  slot,
  to: slot,
})
/** Rounds one after another; what is in a round happens at once. */
const histories = fc.array(fc.array(steps, { minLength: 1, maxLength: 8 }), {
  minLength: 4,
  maxLength: 10,
})

describe('any history of booking, moving, cancelling, blocking and unblocking, much of it at once', () => {
  let test$: TestDatabase
  let db: Database
  let practice: OdsCode
  let patients: readonly Acting<'appointments'>[]
  let staff: StaffActing<'publish-slots'>

  beforeAll(async () => {
    test$ = await makeDatabase(now)
    db = test$.db
    practice = await aPractice(db)
    const made = await Promise.all(
      Array.from({ length: people }, () => aPatient<'appointments'>(db, practice)),
    )
    patients = made.map((one) => one.acting)
    staff = (
      await aStaffMember<'publish-slots'>(db, practice, {
        name: 'Sam Reed',
        roles: ['practice-manager'],
      })
    ).acting
    await db.transaction(systemProof(practice), (tx) =>
      setBookingRules(tx, { ...defaultRules, maxHeld, waitlistOpen: false }),
    )
  })
  afterAll(() => test$.drop())

  test('never leaves a slot with two live appointments, a patient over the limit, or a slot that is not what it says', async () => {
    let booked = 0
    let moved = 0
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const slotIds = await freshSlots()
        for (const round of history) {
          const outcomes = await Promise.all(round.map((step) => take(step, slotIds)))
          booked += outcomes.filter((outcome) => outcome === 'booked').length
          moved += outcomes.filter((outcome) => outcome === 'moved').length
          await expectWhole()
          await expectBlocked(round, outcomes, slotIds)
        }
      }),
      { numRuns: 40 },
    )
    expect(booked).toBeGreaterThan(50)
    expect(moved).toBeGreaterThan(5)
  })

  async function freshSlots(): Promise<readonly SlotId[]> {
    await db.transaction(systemProof(practice), async (tx) => {
      await tx.run(sql`
        update appointments.appointment
        set cancelled_at = ${now}, cancelled_by = 'staff'
        where practice = ${practice}
          and cancelled_at is null
      `)
      await tx.run(sql`
        update appointments.slot
        set state = 'free'
        where practice = ${practice}
          and state = 'booked'
      `)
    })
    const starts = Array.from({ length: slotCount }, (_, index) =>
      minutesAfter(now, 600 + index * 10),
    )
    return aClinic(
      db,
      practice,
      starts.map((startsAt) => aNewSlot({ startsAt, minutes: 15 })),
    )
  }

  async function take(step: Step, slotIds: readonly SlotId[]): Promise<string> {
    const slotId = slotIds[step.slot]
    if (!slotId) throw new Error('No slot')
    if (step.do === 'block' || step.do === 'unblock') {
      const change = step.do === 'block' ? blockSlots : unblockSlots
      const changed = await db.transaction(staff, (tx) => change(tx, [slotId]))
      return changed.ok ? step.do : 'refused'
    }
    const acting = patients[step.person]
    if (!acting) throw new Error('No patient')
    if (step.do === 'book') {
      const outcome = await bookAppointment(db, acting, {
        slotId,
        reason: '',
        idempotencyKey: aKey(db),
      })
      return outcome.ok ? 'booked' : outcome.refusal.reason
    }
    if (step.do === 'move') return move(acting, slotIds[step.to])
    const appointmentId = await ownIn(acting, slotId)
    if (!appointmentId) return 'nothing'
    const cancelled = await db.transaction(acting, (tx) => cancelAppointment(tx, appointmentId))
    return cancelled.ok ? 'cancelled' : cancelled.refusal.reason
  }

  async function move(acting: Acting<'appointments'>, slotId: SlotId | undefined): Promise<string> {
    const held = await db.transaction(acting, upcomingAppointments)
    const appointmentId = held[0]?.appointmentId
    if (!slotId || !appointmentId) return 'nothing'
    const idempotencyKey = aKey(db)
    const moved = await moveAppointment(db, acting, { appointmentId, slotId, idempotencyKey })
    if (!moved.ok) return moved.refusal.reason
    const again = await moveAppointment(db, acting, { appointmentId, slotId, idempotencyKey })
    expect(again).toEqual(moved)
    return 'moved'
  }

  async function ownIn(
    acting: Acting<'appointments'>,
    slotId: SlotId,
  ): Promise<AppointmentId | undefined> {
    const row = await db.transaction(acting, (tx) =>
      tx.maybe<{ readonly appointmentId: AppointmentId }>(sql`
        select appointment_id
        from appointments.appointment
        where practice = ${practice}
          and patient_id = ${acting.patientId}
          and slot_id = ${slotId}
        order by cancelled_at desc nulls first
        limit 1
      `),
    )
    return row?.appointmentId
  }

  /** What staff were told is blocked stays so, unless someone unblocked it: no booking slips in. */
  async function expectBlocked(
    round: readonly Step[],
    outcomes: readonly string[],
    slotIds: readonly SlotId[],
  ): Promise<void> {
    const stored = new Map((await storedSlots(db, practice)).map((one) => [one.slotId, one.state]))
    for (const [index, slotId] of slotIds.entries()) {
      const done = outcomes.filter((_, at) => round[at]?.slot === index)
      if (done.includes('block') && !done.includes('unblock')) {
        expect(stored.get(slotId)).toBe('blocked')
      }
    }
  }

  async function expectWhole(): Promise<void> {
    for (const stored of await storedSlots(db, practice)) {
      expect(stored.live).toBe(stored.state === 'booked' ? 1 : 0)
    }
    for (const held of (await storedHolders(db, practice)).values()) {
      expect(held).toBeLessThanOrEqual(maxHeld)
    }
  }
})
