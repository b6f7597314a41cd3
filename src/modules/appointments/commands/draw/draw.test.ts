import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { textHash } from '#kernel/keyed-hash'
import type { OdsCode } from '#kernel/ods-code'
import { localDateOf, minutesAfter, minutesBefore, type LocalDate } from '#kernel/time'
import { sql, systemProof, type Database } from '#platform/db'
import type { Acting, StaffActing } from '#modules/access'
import { bookAppointment, setBookingRules, type SlotId } from '#modules/appointments'
import {
  aClinic,
  aKey,
  aNewSlot,
  storedHolders,
  storedSlots,
} from '../../../../../test/support/clinic.ts'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { runJobs } from '../../../../../test/support/jobs.ts'
import { aPatient, aPractice, aStaffMember } from '../../../../../test/support/surgery.ts'
import { allot, type DrawId, type DrawWishes } from '../../domain/draw/allot.ts'
import type { DrawPlan } from '../../domain/draw/draw.ts'
import { differences, drawnRecord, storedResults } from '../../queries/draw/audit.ts'
import { drawById, ownEntry } from '../../queries/draw/draws.ts'
import { cancelDraw } from './cancel-draw.ts'
import { enterDraw, withdrawFromDraw, type Entering } from './enter-draw.ts'
import { makeDraw } from './make-draw.ts'

const now = new Date('2026-03-02T08:00:00Z')
const opensAt = minutesAfter(now, 60)
const closesAt = minutesAfter(now, 600)
const startsAt = new Date('2026-03-04T09:00:00Z')

type Patient = Acting<'appointments'>

let test$: TestDatabase
let db: Database
let practice: OdsCode
let staff: StaffActing<'publish-slots'>
let ann: Patient
let bea: Patient

beforeAll(async () => {
  test$ = await makeDatabase(now)
  db = test$.db
})
afterAll(() => test$.drop())
beforeEach(async () => {
  test$.setNow(now)
  practice = await aPractice(db)
  await db.transaction(systemProof(practice), (tx) => setBookingRules(tx, { maxHeld: 1 }))
  const roles = ['practice-manager'] as const
  staff = (await aStaffMember<'publish-slots'>(db, practice, { name: 'Max Ray', roles })).acting
  ann = (await aPatient<'appointments'>(db, practice)).acting
  bea = (await aPatient<'appointments'>(db, practice)).acting
})

function slotsAt(...starts: readonly Date[]): Promise<readonly SlotId[]> {
  const unreleased = { bookableOnline: false } as const
  return aClinic(
    db,
    practice,
    starts.map((at) => aNewSlot({ startsAt: at, ...unreleased })),
  )
}

async function aDraw(slotIds: readonly SlotId[], given: Partial<DrawPlan> = {}): Promise<DrawId> {
  const drawId = newId<'Draw'>(db.now())
  const plan = {
    drawId,
    name: 'Spring clinic',
    opensAt,
    closesAt,
    priorities: [],
    slotIds,
    ...given,
  }
  const made = await db.transaction(staff, (tx) => makeDraw(tx, plan))
  if (!made.ok) throw new Error(made.refusal.join())
  test$.setNow(plan.opensAt)
  return drawId
}

function entering(drawId: DrawId, given: Partial<Entering> & Partial<DrawWishes> = {}): Entering {
  const { phone, reason = '', idempotencyKey = newId<'DrawForm'>(db.now()), ...wishes } = given
  return {
    drawId,
    reason,
    idempotencyKey,
    ...(phone && { phone }),
    wishes: {
      days: [localDateOf(startsAt)],
      fromTime: '00:00',
      untilTime: '23:59',
      deliveryChannels: ['in-person'],
      ...wishes,
    },
  }
}

async function enter(
  who: Patient,
  drawId: DrawId,
  given: Partial<Entering> & Partial<DrawWishes> = {},
) {
  const entered = await enterDraw(db, who, entering(drawId, given))
  if (!entered.ok) throw new Error(entered.refusal)
  return entered.value
}

async function close(): Promise<void> {
  test$.setNow(closesAt)
  await runJobs(db)
}

async function resultOf(who: Patient, drawId: DrawId) {
  const entry = await db.transaction(who, (tx) => ownEntry(tx, drawId, who.patientId))
  return entry?.whyUnplaced ?? entry?.outcome
}

async function toldTo(who: Patient): Promise<readonly string[]> {
  const rows = await db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly subject: string }>(sql`
      select subject
      from messages.notice
      where practice = ${practice}
        and patient_id = ${who.patientId}
    `),
  )
  return rows.map((row) => row.subject)
}

async function waitsSince(who: Patient): Promise<Date | undefined> {
  const row = await db.transaction(who, (tx) =>
    tx.maybe<{ readonly since: Date }>(sql`
      select since
      from appointments.waitlist_entry
      where practice = ${practice}
        and patient_id = ${who.patientId}
        and ended_at is null
    `),
  )
  return row?.since
}

describe('a draw', () => {
  test('books what it allots, releases what is left to everyone, and tells everyone', async () => {
    const [first, second] = await slotsAt(startsAt, minutesAfter(startsAt, 10))
    const drawId = await aDraw([first, second].filter((id) => id !== undefined))
    await enter(ann, drawId, { reason: 'My knee' })
    await close()
    expect(await resultOf(ann, drawId)).toBe('allotted')
    const slots = await storedSlots(db, practice)
    expect(slots.map(({ state, live }) => [state, live]).toSorted()).toEqual([
      ['booked', 1],
      ['free', 0],
    ])
    expect(await toldTo(ann)).toEqual(['The appointment draw is over'])
    const booked = await bookAppointment(db, bea, {
      slotId: second ?? first ?? newId(now),
      reason: '',
      idempotencyKey: aKey(db),
    })
    expect(booked.ok).toBe(true)
  })

  test('keeps its slots from everyone until it is drawn', async () => {
    const [slotId] = await slotsAt(startsAt)
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update appointments.slot
        set bookable_online = true
        where practice = ${practice}
      `),
    )
    const drawId = await aDraw(slotId ? [slotId] : [])
    const asked = { slotId: slotId ?? newId(now), reason: '', idempotencyKey: aKey(db) }
    expect(await bookAppointment(db, ann, asked)).toMatchObject({ ok: false })
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        insert into jobs.job (practice, job_id, kind, payload, run_at)
        values (${practice}, ${newId(now)}, 'appointments.offer-slot',
          ${JSON.stringify({ slotId })}, ${now})
      `),
    )
    await runJobs(db)
    expect((await storedSlots(db, practice)).map((slot) => slot.state)).toEqual(['held'])
    expect(await db.transaction(staff, (tx) => cancelDraw(tx, drawId))).toMatchObject({ ok: true })
    expect((await storedSlots(db, practice)).map((slot) => slot.state)).toEqual(['free'])
  })

  test('gives the slot to somebody who cares for someone first, where the practice says so', async () => {
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update directory.patient
        set is_carer = true
        where practice = ${practice}
          and patient_id = ${bea.patientId}
      `),
    )
    for (let round = 0; round < 4; round++) {
      test$.setNow(now)
      const slotIds = await slotsAt(minutesAfter(startsAt, round * 30))
      const drawId = await aDraw(slotIds, { priorities: ['carer'] })
      await enter(ann, drawId)
      await enter(bea, drawId)
      await close()
      expect(await resultOf(bea, drawId)).toBe('allotted')
      expect(await resultOf(ann, drawId)).toBe('none-left')
      await db.transaction(systemProof(practice), (tx) =>
        tx.run(sql`
          update appointments.appointment
          set cancelled_at = ${db.now()}, cancelled_by = 'staff'
          where practice = ${practice}
            and cancelled_at is null
        `),
      )
    }
  })

  test('puts who has nothing on the waitlist, counted from the first draw in a row without luck', async () => {
    const first = await aDraw(await slotsAt(startsAt), { priorities: ['carer'] })
    await enter(ann, first, { days: [localDateOf(startsAt)], fromTime: '23:00' })
    const asked = db.now()
    await close()
    expect(await resultOf(ann, first)).toBe('none-suits')
    expect(await waitsSince(ann)).toEqual(asked)

    await db.transaction(ann, (tx) =>
      tx.run(sql`
        update appointments.waitlist_entry
        set ended_at = ${db.now()}, ended_by = 'left'
        where practice = ${practice}
          and patient_id = ${ann.patientId}
      `),
    )
    const next = { opensAt: closesAt, closesAt: minutesAfter(closesAt, 60) }
    const second = await aDraw(await slotsAt(minutesAfter(startsAt, 30)), next)
    await enter(ann, second, { fromTime: '23:00' })
    test$.setNow(next.closesAt)
    await runJobs(db)
    expect(await waitsSince(ann)).toEqual(asked)
  })

  test('can be worked out again from what it recorded, which names and describes nobody', async () => {
    const drawId = await aDraw(await slotsAt(startsAt, minutesAfter(startsAt, 10)))
    const people = await Promise.all(
      Array.from({ length: 5 }, async () => (await aPatient<'appointments'>(db, practice)).acting),
    )
    for (const one of people) await enter(one, drawId, { reason: 'Private words' })
    const before = await db.transaction(staff, (tx) => drawById(tx, drawId))
    await close()
    const { record, stored } = await db.transaction(staff, async (tx) => ({
      record: await drawnRecord(tx, drawId),
      stored: await storedResults(tx, drawId),
    }))
    if (!record) throw new Error('Nothing was recorded')
    expect(textHash(record.seed)).toBe(before?.seedHash)
    const computed = allot(record.inputs, record.seed)
    expect(computed.filter((one) => one.slotId)).toHaveLength(2)
    expect(differences(computed, stored)).toEqual([])
    expect(differences(computed, stored.slice(1))).toHaveLength(1)
    const told = JSON.stringify(record.inputs)
    for (const secret of [
      'Private',
      '1961',
      'Patel',
      'female',
      ...people.map((p) => p.patientId),
    ]) {
      expect(told).not.toContain(secret)
    }
  })

  test('keeps its seed from everyone before it is drawn, staff included', async () => {
    const drawId = await aDraw(await slotsAt(startsAt))
    expect(await db.transaction(staff, (tx) => drawnRecord(tx, drawId))).toBeUndefined()
    const peek = (who: Patient | typeof staff) =>
      db.transaction<typeof who, unknown>(who, (tx) =>
        tx.many(sql`
          select seed
          from appointments.draw
          where practice = ${practice}
        `),
      )
    await expect(peek(ann)).rejects.toThrow('permission denied')
    await expect(peek(staff)).rejects.toThrow('permission denied')
  })

  test('ends well with no entries, and with no slots left', async () => {
    const empty = await aDraw(await slotsAt(startsAt))
    test$.setNow(now)
    const gone = await aDraw(await slotsAt(minutesAfter(startsAt, 30)))
    await enter(ann, gone)
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update appointments.slot
        set state = 'blocked'
        where practice = ${practice}
          and draw_id = ${gone}
      `),
    )
    await close()
    expect((await db.transaction(staff, (tx) => drawById(tx, empty)))?.drawnAt).toEqual(closesAt)
    expect(await resultOf(ann, gone)).toBe('none-suits')
    expect((await storedSlots(db, practice)).map((slot) => slot.state).toSorted()).toEqual([
      'blocked',
      'free',
    ])
  })

  test('is run once, however many workers try', async () => {
    const drawId = await aDraw(await slotsAt(startsAt, minutesAfter(startsAt, 10)))
    await enter(ann, drawId)
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        insert into jobs.job (practice, job_id, kind, payload, run_at)
        values (${practice}, ${newId(now)}, 'appointments.run-draw',
          ${JSON.stringify({ drawId })}, ${closesAt})
      `),
    )
    test$.setNow(closesAt)
    await Promise.all([runJobs(db), runJobs(db), runJobs(db)])
    expect((await storedSlots(db, practice)).filter((slot) => slot.live > 0)).toHaveLength(1)
    expect(await toldTo(ann)).toHaveLength(1)
  })

  test('and a booking of the same patient never both hold, nor wait for each other for ever', async () => {
    for (let round = 0; round < 8; round++) {
      practice = await aPractice(db)
      test$.setNow(now)
      await db.transaction(systemProof(practice), (tx) => setBookingRules(tx, { maxHeld: 1 }))
      const roles = ['practice-manager'] as const
      staff = (await aStaffMember<'publish-slots'>(db, practice, { name: 'Max Ray', roles })).acting
      const people = await Promise.all(
        Array.from(
          { length: 4 },
          async () => (await aPatient<'appointments'>(db, practice)).acting,
        ),
      )
      const drawId = await aDraw(
        await slotsAt(...[0, 10, 20, 30].map((minutes) => minutesAfter(startsAt, minutes))),
      )
      for (const one of people) await enter(one, drawId)
      const open = await aClinic(
        db,
        practice,
        people.map((_, index) => aNewSlot({ startsAt: minutesAfter(startsAt, 500 + index * 10) })),
      )
      test$.setNow(closesAt)
      const bookings = people.map((one, index) =>
        bookAppointment(db, one, {
          slotId: open[index] ?? newId(now),
          reason: '',
          idempotencyKey: aKey(db),
        }),
      )
      await Promise.all([...bookings, runJobs(db).catch(() => undefined)])
      test$.setNow(minutesAfter(closesAt, 1))
      await runJobs(db)
      const held = await storedHolders(db, practice)
      expect([...held.values()]).toEqual([1, 1, 1, 1])
      expect((await db.transaction(staff, (tx) => drawById(tx, drawId)))?.drawnAt).toBeDefined()
    }
  })

  test('keeps no number with an appointment that is not by telephone', async () => {
    const phoned = aNewSlot({
      startsAt: minutesAfter(startsAt, 60),
      deliveryChannel: 'telephone',
      bookableOnline: false,
    })
    const slotIds = [...(await slotsAt(startsAt)), ...(await aClinic(db, practice, [phoned]))]
    const drawId = await aDraw(slotIds)
    for (const who of [ann, bea]) {
      await enter(who, drawId, {
        deliveryChannels: ['in-person', 'telephone'],
        phone: '0113 496 0',
      })
    }
    await close()
    const made = await db.transaction(systemProof(practice), (tx) =>
      tx.many<{ readonly phone?: string }>(sql`
        select phone
        from appointments.appointment
        where practice = ${practice}
        order by starts_at
      `),
    )
    expect(made.map((one) => one.phone)).toEqual([undefined, '0113 496 0'])
  })

  test('gives nobody more than the practice allows', async () => {
    const [open] = await aClinic(db, practice, [
      aNewSlot({ startsAt: minutesAfter(startsAt, 500) }),
    ])
    await bookAppointment(db, ann, {
      slotId: open ?? newId(now),
      reason: '',
      idempotencyKey: aKey(db),
    })
    const drawId = await aDraw(await slotsAt(startsAt))
    await enter(ann, drawId)
    await close()
    expect(await resultOf(ann, drawId)).toBe('limit')
  })
})

describe('entering a draw', () => {
  test('is once for each form, and the last wishes count', async () => {
    const [early, late] = [startsAt, minutesAfter(startsAt, 240)]
    const drawId = await aDraw(await slotsAt(early, late))
    const form = entering(drawId)
    const [first, again] = await Promise.all([enterDraw(db, ann, form), enterDraw(db, ann, form)])
    expect(first.ok).toBe(true)
    expect(again).toEqual(first)
    await enter(ann, drawId, { fromTime: '12:00' })
    await close()
    const entry = await db.transaction(ann, (tx) => ownEntry(tx, drawId, ann.patientId))
    expect(entry?.startsAt).toEqual(late)
  })

  test('is from the minute it opens until the minute it closes', async () => {
    const drawId = await aDraw(await slotsAt(startsAt))
    const at = async (when: Date) => {
      test$.setNow(when)
      const entered = await enterDraw(db, ann, entering(drawId))
      return entered.ok ? 'in' : entered.refusal
    }
    expect(await at(minutesBefore(opensAt, 1))).toBe('not-open-yet')
    expect(await at(opensAt)).toBe('in')
    expect(await at(minutesBefore(closesAt, 1))).toBe('in')
    expect(await at(closesAt)).toBe('closed')
    expect(await db.transaction(ann, (tx) => withdrawFromDraw(tx, drawId))).toEqual({
      ok: false,
      refusal: 'closed',
    })
  })

  test('needs wishes that can be met, and a number for the telephone', async () => {
    const drawId = await aDraw(await slotsAt(startsAt))
    const why = async (given: Partial<DrawWishes>) => {
      const entered = await enterDraw(db, ann, entering(drawId, given))
      return entered.ok ? 'in' : entered.refusal
    }
    expect(await why({ days: [] })).toBe('wishes-unclear')
    expect(await why({ days: ['2027-01-01' as LocalDate] })).toBe('wishes-unclear')
    expect(await why({ fromTime: '12:00', untilTime: '11:00' })).toBe('wishes-unclear')
    expect(await why({ deliveryChannels: ['telephone'] })).toBe('phone-needed')
  })

  test('is never said to be done of who left since, whatever form they send again', async () => {
    const drawId = await aDraw(await slotsAt(startsAt))
    const form = entering(drawId)
    await enterDraw(db, ann, form)
    await db.transaction(ann, (tx) => withdrawFromDraw(tx, drawId))
    const again = await enterDraw(db, ann, form)
    const stands = await db.transaction(ann, (tx) => ownEntry(tx, drawId, ann.patientId))
    expect(again).toEqual({ ok: true, value: stands?.entryId })
    await db.transaction(ann, (tx) => withdrawFromDraw(tx, drawId))
    await close()
    expect(await enterDraw(db, ann, form)).toEqual({ ok: false, refusal: 'closed' })
  })

  test('can be undone until it closes, and done again', async () => {
    const drawId = await aDraw(await slotsAt(startsAt))
    await enter(ann, drawId)
    const leave = () => db.transaction(ann, (tx) => withdrawFromDraw(tx, drawId))
    expect(await leave()).toEqual({ ok: true, value: 'withdrawn' })
    expect(await leave()).toEqual({ ok: true, value: 'withdrawn' })
    await enter(ann, drawId)
    await leave()
    await enter(bea, drawId)
    await close()
    expect(await resultOf(bea, drawId)).toBe('allotted')
    expect(await toldTo(ann)).toEqual([])
  })
})

describe('makeDraw', () => {
  test('refuses slots that are taken, in another draw, not described or too early, all at once', async () => {
    const [early, ok] = await slotsAt(minutesBefore(closesAt, 1), startsAt)
    const [taken] = await aClinic(db, practice, [
      aNewSlot({ startsAt: minutesAfter(startsAt, 60) }),
    ])
    await bookAppointment(db, ann, {
      slotId: taken ?? newId(now),
      reason: '',
      idempotencyKey: aKey(db),
    })
    const bare = await aClinic(db, practice, [
      {
        startsAt: minutesAfter(startsAt, 90),
        minutes: 10,
        slotType: 'Bare',
        bookableOnline: false,
      },
    ])
    const slotIds = [early, ok, taken, ...bare].filter((id) => id !== undefined)
    const made = await db.transaction(staff, (tx) =>
      makeDraw(tx, {
        drawId: newId(now),
        name: 'No',
        opensAt: closesAt,
        closesAt,
        priorities: [],
        slotIds,
      }),
    )
    expect(made).toEqual({
      ok: false,
      refusal: [
        'closes-before-it-opens',
        'slots-not-free',
        'slots-not-described',
        'slots-start-before-the-result',
      ],
    })
    expect((await storedSlots(db, practice)).filter((slot) => slot.state === 'held')).toEqual([])
    await aDraw(ok ? [ok] : [])
    test$.setNow(now)
    await expect(aDraw(ok ? [ok] : [])).rejects.toThrow('slots-not-free')
  })

  test('calls off what was not drawn yet, and tells who asked', async () => {
    const drawId = await aDraw(await slotsAt(startsAt))
    await enter(ann, drawId)
    const call = () => db.transaction(staff, (tx) => cancelDraw(tx, drawId))
    expect(await call()).toEqual({ ok: true, value: 'cancelled' })
    expect(await call()).toEqual({ ok: true, value: 'cancelled' })
    await close()
    expect(await toldTo(ann)).toHaveLength(1)
    expect((await storedSlots(db, practice)).map((slot) => slot.state)).toEqual(['free'])
    const other = await aDraw(await slotsAt(minutesAfter(startsAt, 30)), {
      opensAt: closesAt,
      closesAt: minutesAfter(closesAt, 10),
    })
    test$.setNow(minutesAfter(closesAt, 10))
    await runJobs(db)
    expect(await db.transaction(staff, (tx) => cancelDraw(tx, other))).toEqual({
      ok: false,
      refusal: 'drawn-already',
    })
  })
})
