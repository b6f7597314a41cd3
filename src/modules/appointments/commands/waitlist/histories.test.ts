import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { textHash } from '#kernel/keyed-hash'
import type { OdsCode } from '#kernel/ods-code'
import { localDateOf, minutesAfter } from '#kernel/time'
import { sql, systemProof, type Database } from '#platform/db'
import { runDueJobs } from '#platform/jobs'
import type { Acting, StaffActing } from '#modules/access'
import {
  bookAppointment,
  cancelAppointment,
  moveAppointment,
  setBookingRules,
  type AppointmentId,
  type SlotId,
} from '#modules/appointments'
import {
  aClinic,
  aKey,
  aNewSlot,
  storedHolders,
  storedSlots,
} from '../../../../../test/support/clinic.ts'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aPatient, aPractice, aStaffMember } from '../../../../../test/support/surgery.ts'
import { allot, type DrawId } from '../../domain/draw/allot.ts'
import type { OfferId, WaitlistId } from '../../domain/waitlist/line.ts'
import { allWeekdays, anyTime } from '../../domain/waitlist/wishes.ts'
import { appointmentJobs } from '../../plugin.ts'
import { differences, drawnRecord, storedResults } from '../../queries/draw/audit.ts'
import { drawById } from '../../queries/draw/draws.ts'
import { publishSlots, withdrawSlots } from '../change-slots.ts'
import { enterDraw, withdrawFromDraw } from '../draw/enter-draw.ts'
import { makeDraw } from '../draw/make-draw.ts'
import { acceptOffer } from './accept-offer.ts'
import { declineOffer } from './decline-offer.ts'
import { joinWaitlist } from './join-waitlist.ts'
import { leaveWaitlist } from './leave-waitlist.ts'

const begin = new Date('2026-03-02T08:00:00Z')
const maxHeld = 2
const people = 5
const slotCount = 5

/** One thing done by one person, or by staff, to one slot. */
interface Step {
  readonly do: keyof typeof weights
  readonly person: number
  readonly slot: number
}

const weights = {
  book: 5,
  cancel: 5,
  move: 2,
  join: 4,
  'join-instead': 2,
  leave: 1,
  accept: 6,
  decline: 2,
  withdraw: 1,
  publish: 2,
  'make-draw': 2,
  enter: 3,
  'leave-draw': 1,
}

const deeds = Object.entries(weights).flatMap(([deed, weight]) =>
  Array.from({ length: weight }, () => deed as Step['do']),
)
const steps: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom(...deeds),
  person: fc.nat(people - 1),
  slot: fc.nat(slotCount - 1),
})
/** What is in a round happens at once; then some minutes pass, and the jobs that are due are done. */
const rounds = fc.record({
  steps: fc.array(steps, { minLength: 2, maxLength: 9 }),
  /** Jobs taken up while people act. */
  workers: fc.nat(2),
  minutes: fc.constantFrom<number>(1, 1, 20, 70, 130),
})
const histories = fc.array(rounds, { minLength: 4, maxLength: 9 })
/** What chance could leave out: two draws that are drawn, and offers that are made and accepted. */
const certain = [
  aRound(1, [{ do: 'make-draw', person: 0, slot: 1 }]),
  aRound(20, [
    { do: 'enter', person: 3, slot: 1 },
    { do: 'enter', person: 4, slot: 1 },
  ]),
  aRound(1, [{ do: 'make-draw', person: 0, slot: 3 }]),
  aRound(20, [{ do: 'enter', person: 4, slot: 3 }]),
  aRound(1, [{ do: 'join', person: 4, slot: 0 }]),
  aRound(1, [{ do: 'cancel', person: 0, slot: 0 }]),
  aRound(1, [{ do: 'cancel', person: 1, slot: 0 }]),
  aRound(1, [{ do: 'accept', person: 0, slot: 0 }]),
]

function aRound(minutes: number, taken: Step[]) {
  return { steps: taken, workers: 0, minutes }
}

describe('any history of booking, waiting, offering and drawing, much of it at once', () => {
  let test$: TestDatabase
  let db: Database
  let practice: OdsCode
  let patients: readonly Acting<'appointments'>[]
  let staff: StaffActing<'publish-slots'>
  let time = begin
  let slotIds: readonly SlotId[] = []
  let draws: readonly DrawId[] = []
  const seen = { offered: 0, accepted: 0, freed: 0, drawn: 0, fair: 0 }

  beforeAll(async () => {
    test$ = await makeDatabase(begin)
    db = test$.db
  })
  afterAll(() => test$.drop())

  test('keeps one appointment a slot, the limit, a fair order and draws that can be worked out again', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.constantFrom(1, 2), async (history, offersAtOnce) => {
        await start(offersAtOnce)
        for (const round of history) {
          const workers = Array.from({ length: round.workers }, workOnce)
          await Promise.all([...round.steps.map(take), ...workers])
          await expectWhole()
          await expectNothingForgotten()
          time = minutesAfter(time, round.minutes)
          test$.setNow(time)
          await settleAll()
          await expectWhole()
          await expectSettled(offersAtOnce)
        }
        await expectSameDraws()
      }),
      {
        numRuns: 17,
        endOnFailure: true,
        examples: [
          [certain, 1],
          [certain, 2],
        ],
      },
    )
    expect(seen.offered).toBeGreaterThan(3)
    expect(seen.accepted).toBeGreaterThan(1)
    expect(seen.drawn).toBeGreaterThan(2)
    expect(seen.fair).toBeGreaterThan(1)
  }, 60_000)

  /** A practice of its own for each history: clinics, patients, and half of the slots booked. */
  async function start(offersAtOnce: number): Promise<void> {
    time = begin
    test$.setNow(time)
    practice = await aPractice(db)
    draws = []
    const made = await Promise.all(
      Array.from({ length: people }, () => aPatient<'appointments'>(db, practice)),
    )
    patients = made.map((one) => one.acting)
    const roles = ['practice-manager'] as const
    staff = (await aStaffMember<'publish-slots'>(db, practice, { name: 'Max Ray', roles })).acting
    await db.transaction(systemProof(practice), (tx) =>
      setBookingRules(tx, { maxHeld, offersAtOnce, offerMinutes: 60, maxMissedOffers: 2 }),
    )
    const starts = Array.from({ length: slotCount }, (_, index) =>
      minutesAfter(begin, 3000 + index * 10 + (index > 2 ? 1440 : 0)),
    )
    slotIds = await aClinic(
      db,
      practice,
      starts.map((startsAt) => aNewSlot({ startsAt, minutes: 15 })),
    )
    await Promise.all(
      [0, 1, 2].map((index) => take({ do: 'book', person: index, slot: index * 2 })),
    )
    await take({ do: 'join', person: 3, slot: 0 })
  }

  async function take(step: Step): Promise<void> {
    const slotId = slotIds[step.slot]
    const acting = patients[step.person]
    if (!slotId || !acting) throw new Error('Nothing to do it with')
    switch (step.do) {
      case 'book':
        await bookAppointment(db, acting, { slotId, reason: '', idempotencyKey: aKey(db) })
        return
      case 'cancel': {
        const appointmentId = await heldBy(acting)
        if (appointmentId)
          await db.transaction(acting, (tx) => cancelAppointment(tx, appointmentId))
        return
      }
      case 'move': {
        const appointmentId = await heldBy(acting)
        if (!appointmentId) return
        await moveAppointment(db, acting, { appointmentId, slotId, idempotencyKey: aKey(db) })
        return
      }
      case 'withdraw':
        await db.transaction(staff, (tx) => withdrawSlots(tx, [slotId]))
        return
      case 'publish':
        await db.transaction(staff, (tx) => publishSlots(tx, [slotId], begin))
        return
      default:
        await takeFairly(step.do, acting, slotId)
    }
  }

  async function takeFairly(
    deed: Exclude<Step['do'], 'book' | 'cancel' | 'move' | 'withdraw' | 'publish'>,
    acting: Acting<'appointments'>,
    slotId: SlotId,
  ): Promise<void> {
    switch (deed) {
      case 'join':
      case 'join-instead':
        return join(acting, deed === 'join' ? undefined : await heldBy(acting))
      case 'leave': {
        const place = await placeOf(acting)
        if (place) await db.transaction(acting, (tx) => leaveWaitlist(tx, place))
        return
      }
      case 'accept':
      case 'decline': {
        const offer = await anOffer(patients.indexOf(acting))
        if (!offer) return
        const { offerId } = offer
        if (deed === 'decline') {
          await db.transaction(offer.acting, (tx) => declineOffer(tx, offerId))
          return
        }
        const accepted = await acceptOffer(db, offer.acting, { offerId })
        if (accepted.ok) seen.accepted++
        return
      }
      case 'make-draw':
        return draw(slotId)
      case 'enter':
      case 'leave-draw': {
        const drawId = draws.at(-1)
        if (!drawId) return
        if (deed === 'leave-draw') {
          await db.transaction(acting, (tx) => withdrawFromDraw(tx, drawId))
          return
        }
        const wishes = {
          days: [localDateOf(minutesAfter(begin, 3000)), localDateOf(minutesAfter(begin, 4440))],
          ...anyTime,
          deliveryChannels: ['in-person'] as const,
        }
        const days = wishes.days.slice(0, 1)
        const idempotencyKey = newId<'DrawForm'>(time)
        const given = { drawId, reason: '', idempotencyKey }
        const entered = await enterDraw(db, acting, { ...given, wishes })
        if (!entered.ok) await enterDraw(db, acting, { ...given, wishes: { ...wishes, days } })
      }
    }
  }

  async function join(
    acting: Acting<'appointments'>,
    replaces: AppointmentId | undefined,
  ): Promise<void> {
    const joining = {
      waitlistId: newId<'Waitlist'>(time),
      reason: '',
      ...(replaces && { replaces }),
      wishes: {
        fromDay: localDateOf(time),
        untilDay: localDateOf(minutesAfter(time, 14_400)),
        weekdays: allWeekdays,
        ...anyTime,
        deliveryChannels: ['in-person'] as const,
      },
    }
    await db.transaction(acting, (tx) => joinWaitlist(tx, joining))
  }

  async function draw(slotId: SlotId): Promise<void> {
    const drawId = newId<'Draw'>(time)
    const made = await db.transaction(staff, (tx) =>
      makeDraw(tx, {
        drawId,
        name: 'A draw',
        opensAt: time,
        closesAt: minutesAfter(time, 15),
        priorities: ['carer'],
        slotIds: [slotId],
      }),
    )
    if (made.ok) draws = [...draws, drawId]
  }

  async function heldBy(acting: Acting<'appointments'>): Promise<AppointmentId | undefined> {
    const row = await db.transaction(acting, (tx) =>
      tx.maybe<{ readonly appointmentId: AppointmentId }>(sql`
        select appointment_id
        from appointments.appointment
        where practice = ${practice}
          and patient_id = ${acting.patientId}
          and cancelled_at is null
        order by starts_at desc
        limit 1
      `),
    )
    return row?.appointmentId
  }

  async function placeOf(acting: Acting<'appointments'>): Promise<WaitlistId | undefined> {
    const row = await db.transaction(acting, (tx) =>
      tx.maybe<{ readonly waitlistId: WaitlistId }>(sql`
        select waitlist_id
        from appointments.waitlist_entry
        where practice = ${practice}
          and patient_id = ${acting.patientId}
          and ended_at is null
        limit 1
      `),
    )
    return row?.waitlistId
  }

  /** One of the offers that wait for an answer, and whose it is. */
  async function anOffer(which: number) {
    const offers = await db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly offerId: OfferId; readonly patientId: string }>(sql`
        select offer_id, patient_id
        from appointments.slot_offer
        where practice = ${practice}
          and closed_at is null
        order by offer_id
      `),
    )
    const offer = offers[which % Math.max(offers.length, 1)]
    const acting = patients.find((one) => one.patientId === offer?.patientId)
    return offer && acting && { offerId: offer.offerId, acting }
  }

  /** Runs the jobs that are due one after another, and looks at each offer as soon as it is made. */
  async function settleAll(): Promise<void> {
    const faults: unknown[] = []
    const log = { error: (fault: unknown) => faults.push(fault), warn: ignore, info: ignore }
    while (await runDueJobs(db, handlers, log, 1)) await expectFair()
    expect(faults).toEqual([])
  }

  /** One worker's turn while people act: what it cannot do now is done later. */
  async function workOnce(): Promise<void> {
    await runDueJobs(db, handlers, { error: ignore, warn: ignore, info: ignore }, 1)
  }

  /** Nobody who waited longer, and to whom the slot is of use, was passed over for a new offer. */
  async function expectFair(): Promise<void> {
    const rows = await db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly passed: number; readonly others: number }>(sql`
        with fresh as (
          select offer.slot_id, offer.patient_id, entry.since, entry.waitlist_id, slot.starts_at,
            slot.minutes
          from appointments.slot_offer offer
          join appointments.waitlist_entry entry using (practice, waitlist_id)
          join appointments.slot on slot.practice = offer.practice and slot.slot_id = offer.slot_id
          where offer.practice = ${practice}
            and offer.offered_at = ${time}
            and offer.closed_at is null
        ), longer as (
          select other.patient_id, fresh.slot_id,
            not exists (
              select from appointments.slot_offer had
              where had.practice = other.practice
                and had.patient_id = other.patient_id
                and (had.closed_at is null or had.closed_at = ${time} or had.slot_id = fresh.slot_id))
            and (
              select count(*) from appointments.appointment held
              where held.practice = other.practice
                and held.patient_id = other.patient_id
                and held.cancelled_at is null
                and held.appointment_id is distinct from other.replaces
            ) < ${maxHeld}
            and not exists (
              select from appointments.appointment held
              where held.practice = other.practice
                and held.patient_id = other.patient_id
                and held.cancelled_at is null
                and held.appointment_id is distinct from other.replaces
                and tstzrange(held.starts_at, held.ends_at) && tstzrange(
                  fresh.starts_at, fresh.starts_at + fresh.minutes * interval '1 minute'))
            and (other.replaces is null or exists (
              select from appointments.appointment held
              where held.practice = other.practice
                and held.appointment_id = other.replaces
                and held.cancelled_at is null
                and held.starts_at > fresh.starts_at)) as is_passed
          from fresh
          join appointments.waitlist_entry other
            on other.practice = ${practice}
            and other.ended_at is null
            and other.patient_id <> fresh.patient_id
            and (other.since, other.waitlist_id) < (fresh.since, fresh.waitlist_id)
        )
        select count(*) filter (where is_passed)::integer as passed, count(*)::integer as others
        from longer
      `),
    )
    expect(rows[0]?.passed).toBe(0)
    seen.fair += rows[0]?.others ?? 0
  }

  async function expectWhole(): Promise<void> {
    for (const stored of await storedSlots(db, practice)) {
      expect(stored.live).toBe(stored.state === 'booked' ? 1 : 0)
    }
    for (const held of (await storedHolders(db, practice)).values()) {
      expect(held).toBeLessThanOrEqual(maxHeld)
    }
  }

  /** A held slot is in a draw, offered to somebody, or about to be looked at: at any time. */
  async function expectNothingForgotten(): Promise<void> {
    const rows = await db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly slotId: SlotId }>(sql`
        select slot.slot_id
        from appointments.slot
        left join appointments.draw using (practice, draw_id)
        where slot.practice = ${practice}
          and slot.state = 'held'
          and (draw.draw_id is null or draw.drawn_at is not null)
          and not exists (
            select from jobs.job
            where job.practice = slot.practice
              and job.kind in ('appointments.offer-slot', 'appointments.close-offer')
              and job.payload ->> 'slotId' = slot.slot_id::text
              and job.done_at is null)
      `),
    )
    expect(rows).toEqual([])
  }

  /** Once the jobs are done, a held slot has an offer that has not run out, and nobody has two. */
  async function expectSettled(offersAtOnce: number): Promise<void> {
    await expectNothingForgotten()
    const rows = await db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly state: string; readonly inDraw: boolean; readonly offers: number }>(sql`
        select slot.state, draw.draw_id is not null and draw.drawn_at is null as in_draw,
          (select count(*)
            from appointments.slot_offer offer
            where offer.practice = slot.practice
              and offer.slot_id = slot.slot_id
              and offer.closed_at is null
              and offer.expires_at > ${time})::integer as offers
        from appointments.slot
        left join appointments.draw using (practice, draw_id)
        where slot.practice = ${practice}
      `),
    )
    for (const row of rows) {
      const isOffered = row.state === 'held' && !row.inDraw
      expect(row.offers > 0).toBe(isOffered)
      expect(row.offers).toBeLessThanOrEqual(offersAtOnce)
      seen.offered += row.offers
      if (row.state === 'free') seen.freed++
    }
  }

  async function expectSameDraws(): Promise<void> {
    for (const drawId of draws) {
      const {
        draw: one,
        record,
        stored,
      } = await db.transaction(staff, async (tx) => ({
        draw: await drawById(tx, drawId),
        record: await drawnRecord(tx, drawId),
        stored: await storedResults(tx, drawId),
      }))
      expect(record === undefined).toBe(one?.drawnAt === undefined)
      if (!record) continue
      seen.drawn++
      expect(textHash(record.seed)).toBe(one?.seedHash)
      expect(differences(allot(record.inputs, record.seed), stored)).toEqual([])
    }
  }
})

const byKind = new Map<string, (typeof appointmentJobs)[number]>(
  appointmentJobs.map((handler) => [handler.kind, handler]),
)
/** Whom jobs tell is not looked at here. */
const handlers = {
  get: (kind: string) =>
    byKind.get(kind) ??
    (kind.includes('.send-') ? { kind, run: () => Promise.resolve() } : undefined),
} as Parameters<typeof runDueJobs>[1]

function ignore(): void {}
