import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId, type Id } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { minutesAfter } from '#kernel/time'
import { sql, systemProof, type Database } from '#platform/db'
import type { StaffActing } from '#modules/access'
import { bookAppointment, type SlotId } from '#modules/appointments'
import { aClinic, aKey, aNewSlot } from '../../../../../test/support/clinic.ts'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aDay, aSlotType, aTemplate } from '../../../../../test/support/planning.ts'
import { aPatient, aPractice, aStaffMember } from '../../../../../test/support/surgery.ts'
import type { SlotType } from '../../domain/slot-type.ts'
import { plannedReleases, unplannedReleases } from '../../queries/templates/releases.ts'
import { flaggedGroups } from '../../queries/templates/flagged-slots.ts'
import { slotTypes } from '../../queries/templates/slot-types.ts'
import { sessionTemplates } from '../../queries/templates/templates.ts'
import { createSession } from './add-session.ts'
import { addClosure, addLeave, removeClosure, removeLeave } from './change-calendar.ts'
import { changeReleases } from './change-releases.ts'
import { describeSlots } from './describe-slots.ts'
import { retireSlotType } from './retire-slot-type.ts'
import { changeSlotType, createSlotType } from './save-slot-type.ts'
import { changeTemplate, createTemplate, retireTemplate } from './save-template.ts'
import { makeSessions } from './make-sessions.ts'

const now = new Date('2026-03-02T08:00:00Z')
const tomorrow = new Date('2026-03-03T09:00:00Z')

let test$: TestDatabase
let db: Database
let practice: OdsCode
let staff: StaffActing<'publish-slots'>
let staffId: Id<'Staff'>

beforeAll(async () => {
  test$ = await makeDatabase(now)
  db = test$.db
})
afterAll(() => test$.drop())
beforeEach(async () => {
  test$.setNow(now)
  practice = await aPractice(db)
  const member = await aStaffMember<'publish-slots'>(db, practice, {
    name: 'Dr Okafor',
    roles: ['practice-manager'],
  })
  staff = member.acting
  staffId = member.staffId
})

async function addType(given: Partial<SlotType> = {}): Promise<SlotType> {
  const type = aSlotType({ slotTypeId: newId<'SlotType'>(now), ...given })
  const added = await db.transaction(staff, (tx) => createSlotType(tx, type.slotTypeId, type))
  if (!added.ok) throw new Error(added.refusal.reason)
  return type
}

async function addTemplate(type: SlotType, given: Parameters<typeof aTemplate>[1] = {}) {
  const template = aTemplate(type, { templateId: newId<'Template'>(now), staffId, ...given })
  const add = () => db.transaction(staff, (tx) => createTemplate(tx, template.templateId, template))
  const added = await add()
  if (!added.ok) throw new Error(added.refusal.reason)
  return { template, add }
}

const make = (weeks: number, despiteClashes = false) =>
  db.transaction(staff, (tx) => makeSessions(tx, { weeks, despiteClashes }))

interface StoredSession {
  readonly sessionId: string
  readonly startsAt: Date
  readonly templateDay?: string
  readonly slots: number
}

function stored(): Promise<readonly StoredSession[]> {
  return db.transaction(systemProof(practice), (tx) =>
    tx.many<StoredSession>(sql`
      select session.session_id, session.starts_at, session.template_day,
        count(slot.slot_id)::integer as slots
      from appointments.session
      left join appointments.slot
        on slot.practice = session.practice
        and slot.session_id = session.session_id
      where session.practice = ${practice}
      group by session.session_id, session.starts_at, session.template_day
      order by session.starts_at, session.session_id
    `),
  )
}

interface StoredOffer {
  readonly slotId: SlotId
  readonly slotType: string
  readonly state: string
  readonly bookableOnline: boolean
  readonly releasedAt?: Date
  readonly deliveryChannel?: string
  readonly nationalCategory?: string
}

function storedOffers(): Promise<readonly StoredOffer[]> {
  return db.transaction(systemProof(practice), (tx) =>
    tx.many<StoredOffer>(sql`
      select slot_id, slot_type, state, bookable_online, released_at, delivery_channel,
        national_category
      from appointments.slot
      where practice = ${practice}
      order by starts_at, slot_id
    `),
  )
}

async function events(type: string): Promise<readonly unknown[]> {
  const rows = await db.transaction(systemProof(practice), (tx) =>
    tx.many<{ readonly details: Readonly<Record<string, unknown>> }>(sql`
      select details
      from audit.event
      where practice = ${practice}
        and type = ${type}
      order by event_id
    `),
  )
  return rows.map((row) => row.details)
}

async function bookAs(slotId: SlotId): Promise<void> {
  const { acting } = await aPatient<'appointments'>(db, practice)
  const booked = await bookAppointment(db, acting, { slotId, reason: '', idempotencyKey: aKey(db) })
  expect(booked).toMatchObject({ ok: true })
}

describe('slot types', () => {
  test('are added once however often the form is sent, and no two in use share a name', async () => {
    const type = await addType()
    const again = await db.transaction(staff, (tx) => createSlotType(tx, type.slotTypeId, type))
    expect(again).toEqual({ ok: true, value: type.slotTypeId })
    const other = newId<'SlotType'>(now)
    const named = { ...type, name: 'ROUTINE' }
    expect(await db.transaction(staff, (tx) => createSlotType(tx, other, named))).toEqual({
      ok: false,
      refusal: { reason: 'name-taken' },
    })
    expect(await db.transaction(staff, slotTypes)).toEqual([type])
    expect(await events('appointments.slot-type-added')).toHaveLength(1)
  })

  test('are never offered without category or way of meeting, in the database either', async () => {
    const { nationalCategory: _, deliveryChannel: __, ...bare } = aSlotType({ name: 'Bare' })
    const id = newId<'SlotType'>(now)
    expect(await db.transaction(staff, (tx) => createSlotType(tx, id, bare))).toEqual({
      ok: false,
      refusal: { reason: 'faults', faults: ['category-needed', 'channel-needed'] },
    })
    const kept = { ...bare, patientsMayBook: false }
    expect((await db.transaction(staff, (tx) => createSlotType(tx, id, kept))).ok).toBe(true)
    const behindItsBack = db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update appointments.slot_type
        set patients_may_book = true
        where practice = ${practice}
          and slot_type_id = ${id}
      `),
    )
    await expect(behindItsBack).rejects.toMatchObject({
      constraint: 'offered_types_are_described',
    })
  })

  test('change the free slots made of them only where asked, and never booked or held ones', async () => {
    const type = await addType({ name: 'Review' })
    const of = { slotTypeId: type.slotTypeId, slotType: 'Review' }
    const [free, booked, inDraw] = await aClinic(
      db,
      practice,
      [0, 10, 20].map((after) => aNewSlot({ ...of, startsAt: minutesAfter(tomorrow, after) })),
    )
    if (!free || !booked || !inDraw) throw new Error('No slots')
    await bookAs(booked)
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update appointments.slot
        set state = 'held'
        where practice = ${practice}
          and slot_id = ${inDraw}
      `),
    )
    const before = await storedOffers()
    const change = {
      ...type,
      name: 'Review by phone',
      deliveryChannel: 'telephone',
      release: { rule: 'days-before', days: 0, time: '06:30' },
    } as const
    const save = (follow: boolean) =>
      db.transaction(staff, (tx) => changeSlotType(tx, type.slotTypeId, change, { follow }))
    expect(await save(false)).toEqual({ ok: true, value: { followed: 0 } })
    expect(await storedOffers()).toEqual(before)
    expect(await save(true)).toEqual({ ok: true, value: { followed: 1 } })
    const [first, ...others] = await storedOffers()
    expect(first).toMatchObject({
      slotType: 'Review by phone',
      deliveryChannel: 'telephone',
      bookableOnline: true,
      releasedAt: new Date('2026-03-03T06:30:00Z'),
    })
    expect(others).toEqual(before.slice(1))
  })

  test('retire only when no template makes slots of them, and their slots stay', async () => {
    const type = await addType()
    const { template } = await addTemplate(type)
    const retire = () => db.transaction(staff, (tx) => retireSlotType(tx, type.slotTypeId))
    expect(await retire()).toEqual({
      ok: false,
      refusal: { reason: 'in-templates', templates: ['Morning surgery'] },
    })
    await make(1)
    const slots = await storedOffers()
    await db.transaction(staff, (tx) => retireTemplate(tx, template.templateId))
    expect(await retire()).toEqual({ ok: true, value: type.slotTypeId })
    expect(await retire()).toEqual({ ok: true, value: type.slotTypeId })
    expect(await db.transaction(staff, slotTypes)).toEqual([])
    expect(await storedOffers()).toEqual(slots)
    const same = aSlotType({ name: type.name })
    const again = await db.transaction(staff, (tx) => createSlotType(tx, same.slotTypeId, same))
    expect(again.ok).toBe(true)
  })
})

describe('templates', () => {
  test('are added once however often the form is sent, and come back as they were given', async () => {
    const { template, add } = await addTemplate(await addType())
    expect(await add()).toEqual({ ok: true, value: template.templateId })
    expect(await db.transaction(staff, sessionTemplates)).toEqual([template])
    expect(await events('appointments.template-added')).toHaveLength(1)
  })

  test('are refused with overlapping parts, without parts, and with types out of use', async () => {
    const type = await addType()
    const id = newId<'Template'>(now)
    const part = { slotTypeId: type.slotTypeId, minutes: 15 }
    const save = (given: Parameters<typeof aTemplate>[1]) =>
      db.transaction(staff, (tx) => createTemplate(tx, id, aTemplate(type, given)))
    const overlapping = [
      { ...part, fromTime: '09:00', untilTime: '10:00' },
      { ...part, fromTime: '09:59', untilTime: '11:00' },
      { ...part, fromTime: '12:00', untilTime: '12:00' },
      { ...part, fromTime: '13:00', untilTime: '13:10' },
    ]
    expect(await save({ parts: overlapping })).toMatchObject({
      refusal: {
        reason: 'parts',
        faults: [
          { part: 1, fault: 'overlaps-another' },
          { part: 2, fault: 'until-before-from' },
          { part: 3, fault: 'no-room-for-a-slot' },
        ],
      },
    })
    expect(await save({ parts: [] })).toMatchObject({ refusal: { reason: 'no-parts' } })
    expect(await save({ endsOn: aDay('2026-01-04') })).toMatchObject({
      refusal: { reason: 'ends-before-it-starts' },
    })
    const other = { ...part, slotTypeId: newId<'SlotType'>(now) }
    expect(
      await save({ parts: [{ ...other, fromTime: '09:00', untilTime: '10:00' }] }),
    ).toMatchObject({ refusal: { reason: 'type-retired' } })
    expect(await db.transaction(staff, sessionTemplates)).toEqual([])
  })

  test('change for sessions not made yet, and leave those made', async () => {
    const type = await addType()
    const { template } = await addTemplate(type)
    await make(1)
    const made = await stored()
    const later = {
      ...template,
      parts: [{ fromTime: '14:00', untilTime: '15:00', slotTypeId: type.slotTypeId, minutes: 30 }],
    }
    await db.transaction(staff, (tx) => changeTemplate(tx, template.templateId, later))
    await make(2)
    const all = await stored()
    expect(all.slice(0, made.length)).toEqual(made)
    expect(all.slice(made.length)).toMatchObject([
      { startsAt: new Date('2026-03-16T14:00:00Z'), slots: 2 },
    ])
  })

  test('of another practice are not there', async () => {
    const { template } = await addTemplate(await addType())
    const elsewhere = await aPractice(db)
    const { acting } = await aStaffMember<'publish-slots'>(db, elsewhere, {
      name: 'Sam Reed',
      roles: ['practice-manager'],
    })
    const { templateId } = template
    expect(await db.transaction(acting, (tx) => retireTemplate(tx, templateId))).toMatchObject({
      refusal: { reason: 'not-found' },
    })
    expect(await db.transaction(acting, sessionTemplates)).toEqual([])
  })
})

describe('making sessions', () => {
  test('makes each once, however many do it at the same time', async () => {
    await addTemplate(await addType())
    const made = await Promise.all([make(3), make(3), make(3)])
    expect(made.reduce((sum, one) => sum + one.sessions, 0)).toBe(4)
    expect((await stored()).map((session) => session.slots)).toEqual([8, 8, 8, 8])
    expect(await make(3)).toEqual({ sessions: 0, slots: 0, undecided: 0 })
    const told = await events('appointments.sessions-made')
    expect(told.length).toBeGreaterThan(0)
  })

  test('opens slots when their type says, at the same time by the clock after it changes', async () => {
    const type = await addType({ release: { rule: 'days-before', days: 7, time: '08:00' } })
    await addTemplate(type)
    await make(5)
    const releases = new Set((await storedOffers()).map((slot) => slot.releasedAt?.toISOString()))
    expect([...releases].filter((at) => at !== undefined && at > '2026-03-20')).toEqual([
      '2026-03-23T08:00:00.000Z',
    ])
    expect((await stored()).at(-1)?.startsAt).toEqual(new Date('2026-03-30T08:00:00Z'))
    test$.setNow(new Date('2026-03-30T08:00:00Z'))
    await make(3)
    const later = (await storedOffers()).at(-1)?.releasedAt
    expect(later).toEqual(new Date('2026-04-13T07:00:00Z'))
  })

  test('keeps slots for a draw closed until they are put in one', async () => {
    await addTemplate(await addType({ release: { rule: 'draw' } }))
    await make(1)
    const slots = await storedOffers()
    expect(slots.length).toBeGreaterThan(0)
    for (const slot of slots) {
      expect(slot).toMatchObject({ state: 'free', bookableOnline: false })
      expect(slot.releasedAt).toBeUndefined()
    }
  })

  test('leaves a clash for a person to decide, and never makes again what was cancelled', async () => {
    const type = await addType()
    await addTemplate(type)
    await make(1)
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update appointments.session
        set cancelled_at = ${now}
        where practice = ${practice}
          and template_day = '2026-03-02'
      `),
    )
    await addTemplate(type, { name: 'Clashing' })
    expect(await make(1)).toEqual({ sessions: 1, slots: 8, undecided: 1 })
    expect((await stored()).map((session) => session.templateDay)).toEqual([
      '2026-03-02',
      '2026-03-02',
      '2026-03-09',
    ])
    expect(await make(1, true)).toEqual({ sessions: 1, slots: 8, undecided: 0 })
  })

  test('makes nothing in closures and leave, and makes it once they are removed', async () => {
    await addTemplate(await addType())
    const closureId = newId<'Closure'>(now)
    const leaveId = newId<'Leave'>(now)
    const closed = {
      closureId,
      startsAt: new Date('2026-03-09T00:00:00Z'),
      endsAt: new Date('2026-03-10T00:00:00Z'),
      reason: 'Training',
    }
    const away = {
      leaveId,
      staffId,
      startsAt: new Date('2026-03-16T00:00:00Z'),
      endsAt: new Date('2026-03-17T00:00:00Z'),
    }
    for (let time = 0; time < 2; time++) {
      await db.transaction(staff, (tx) => addClosure(tx, closed))
      await db.transaction(staff, (tx) => addLeave(tx, away))
    }
    expect(await events('appointments.closure-added')).toHaveLength(1)
    expect(await events('appointments.leave-added')).toHaveLength(1)
    await make(2)
    expect((await stored()).map((session) => session.templateDay)).toEqual(['2026-03-02'])
    await db.transaction(staff, (tx) => removeClosure(tx, closureId))
    await db.transaction(staff, (tx) => removeLeave(tx, leaveId))
    await make(2)
    expect(await stored()).toHaveLength(3)
    expect(await db.transaction(staff, (tx) => removeLeave(tx, leaveId))).toMatchObject({
      refusal: { reason: 'not-found' },
    })
  })
})

describe('a single session', () => {
  const planOf = (type: SlotType) => ({
    sessionId: newId<'Session'>(now),
    name: 'Evening',
    staffId,
    day: aDay('2026-03-07'),
    startTime: '17:00',
    endTime: '18:00',
    minutes: 15,
    type,
    breaks: [{ fromTime: '17:15', untilTime: '17:30' }],
  })

  test('is added once however often its form is sent', async () => {
    const plan = { ...planOf(await addType()), day: aDay('2026-03-05') }
    const add = () => db.transaction(staff, (tx) => createSession(tx, plan, { anyway: false }))
    expect(await add()).toEqual({ ok: true, value: plan.sessionId })
    expect(await Promise.all([add(), add()])).toEqual(
      Array.from({ length: 2 }, () => ({ ok: true, value: plan.sessionId })),
    )
    expect((await stored()).map((session) => session.slots)).toEqual([3])
  })

  test('is not added while there is something to know first, and then is, with it in the trail', async () => {
    const plan = planOf(await addType())
    const closure = {
      closureId: newId<'Closure'>(now),
      startsAt: new Date('2026-03-07T00:00:00Z'),
      endsAt: new Date('2026-03-08T00:00:00Z'),
      reason: 'Boiler',
    }
    await db.transaction(staff, (tx) => addClosure(tx, closure))
    const add = (given: object, anyway = false) =>
      db.transaction(staff, (tx) => createSession(tx, { ...plan, ...given }, { anyway }))
    const kinds = ['closed', 'weekend']
    const refused = await add({})
    expect(refused).toMatchObject({ refusal: { reason: 'alerts' } })
    expect(await stored()).toEqual([])
    expect(await add({}, true)).toEqual({ ok: true, value: plan.sessionId })
    expect(await events('appointments.session-added')).toMatchObject([{ despite: kinds }])
    const second = await add({ sessionId: newId<'Session'>(now), startTime: '16:30' })
    expect(second).toMatchObject({
      refusal: { alerts: [{ kind: 'clinician-busy', other: { name: 'Evening' } }, {}, {}] },
    })
  })

  test('past midnight is refused, whatever is confirmed', async () => {
    const plan = { ...planOf(await addType()), startTime: '22:00', endTime: '01:00', breaks: [] }
    expect(await db.transaction(staff, (tx) => createSession(tx, plan, { anyway: true }))).toEqual({
      ok: false,
      refusal: { reason: 'faults', faults: ['ends-before-it-starts'] },
    })
  })
})

describe('slots that are not described', () => {
  test('get a type: free ones open by it, booked ones stay as they were agreed', async () => {
    const type = await addType({ name: 'Review', deliveryChannel: 'in-person' })
    const { nationalCategory: _, ...bare } = aNewSlot({ startsAt: tomorrow, bookableOnline: false })
    const { deliveryChannel: __, releasedAt: ____, ...barer } = bare
    const slots = [
      { ...bare, slotType: 'Old', deliveryChannel: 'telephone' as const },
      { ...barer, slotType: 'Old', startsAt: minutesAfter(tomorrow, 10) },
      aNewSlot({
        startsAt: minutesAfter(tomorrow, 20),
        slotType: 'As it was',
        slotTypeId: type.slotTypeId,
      }),
    ]
    const [booked] = await aClinic(db, practice, slots)
    await db.transaction(systemProof(practice), (tx) =>
      tx.run(sql`
        update appointments.slot
        set state = 'booked'
        where practice = ${practice}
          and slot_id = ${booked}
      `),
    )
    expect(await db.transaction(staff, flaggedGroups)).toMatchObject([
      { slotType: 'Old', slots: 2, booked: 1, lacksCategory: true, lacksChannel: true },
    ])
    const { nationalCategory: ___, ...half } = aSlotType({ name: 'Half', patientsMayBook: false })
    const halfId = newId<'SlotType'>(now)
    await db.transaction(staff, (tx) => createSlotType(tx, halfId, half))
    const give = (id: SlotType['slotTypeId']) =>
      db.transaction(staff, (tx) => describeSlots(tx, ['Old'], id))
    expect(await give(halfId)).toMatchObject({ refusal: { reason: 'type-not-described' } })
    expect(await give(type.slotTypeId)).toEqual({ ok: true, value: { described: 2 } })
    expect(await storedOffers()).toMatchObject([
      { slotType: 'Review', state: 'booked', deliveryChannel: 'telephone', bookableOnline: false },
      { slotType: 'Review', state: 'free', deliveryChannel: 'in-person', bookableOnline: true },
      { slotType: 'As it was' },
    ])
    expect(await db.transaction(staff, flaggedGroups)).toEqual([])
  })
})

describe('the release plan', () => {
  const groups = () =>
    db.transaction(staff, async (tx) => ({
      planned: await plannedReleases(tx, minutesAfter(now, 100_000)),
      unplanned: await unplannedReleases(tx),
    }))

  test('moves groups to another time, opens those that nothing opens, and leaves the rest', async () => {
    const byHand = await addType({ name: 'By hand', release: { rule: 'by-hand' } })
    const releasedAt = new Date('2026-03-05T08:00:00Z')
    const later = minutesAfter(tomorrow, 7 * 24 * 60)
    const { releasedAt: _, ...closed } = aNewSlot({
      startsAt: minutesAfter(later, 30),
      slotTypeId: byHand.slotTypeId,
      slotType: 'By hand',
      bookableOnline: false,
    })
    const [moved, open, other] = await aClinic(db, practice, [
      aNewSlot({ startsAt: later, releasedAt }),
      aNewSlot({ startsAt: minutesAfter(later, 10) }),
      aNewSlot({ startsAt: minutesAfter(later, 20), slotType: 'Nurse', releasedAt }),
      closed,
    ])
    const all = await groups()
    expect(all.planned.map((group) => [group.slotType, group.slots])).toEqual([
      ['Nurse', 1],
      ['Routine', 1],
    ])
    expect(all.unplanned).toMatchObject([{ slotType: 'By hand', slots: 1, rule: 'by-hand' }])

    const at = new Date('2026-03-04T18:00:00Z')
    const chosen = { planned: all.planned.slice(1), unplanned: all.unplanned }
    const change = (to: Date) => db.transaction(staff, (tx) => changeReleases(tx, chosen, to))
    expect(await change(later)).toEqual({
      ok: false,
      refusal: { reason: 'after-they-start', firstAt: later },
    })
    expect(await change(at)).toEqual({ ok: true, value: { slots: 2 } })
    const offers = new Map((await storedOffers()).map((slot) => [slot.slotId, slot]))
    expect(moved && offers.get(moved)?.releasedAt).toEqual(at)
    expect(open && offers.get(open)?.releasedAt).toEqual(new Date('2026-01-01T08:00:00Z'))
    expect(other && offers.get(other)?.releasedAt).toEqual(releasedAt)
    expect((await groups()).unplanned).toEqual([])
    const none = { planned: [], unplanned: [] }
    expect(await db.transaction(staff, (tx) => changeReleases(tx, none, at))).toMatchObject({
      refusal: { reason: 'nothing-chosen' },
    })
  })
})
