import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { instantAt, minutesAfter, type LocalDate } from '#kernel/time'
import type { SlotTypeId } from '../slot-type.ts'
import { decideAmend } from './amend.ts'
import { decideCancel, sessionsCancelled } from './cancel.ts'
import { decideUndo, sendsAtOf, stateOf } from './change.ts'
import { standingOf, type ClinicSession, type SessionSlot } from './clinic-session.ts'
import { dayTimeFault, instantOnce } from './day-times.ts'
import { decideExtend } from './extend.ts'
import { frozen, thawed, type SlotStanding } from './freezing.ts'
import { decideMove } from './move.ts'
import { placedBy } from './placing.ts'
import { decideSplit, splitsAt } from './split.ts'

const now = new Date('2026-03-02T08:00:00Z')
const springDay = '2026-03-29' as LocalDate
const autumnDay = '2026-10-25' as LocalDate

/** A session of slots back to back; `states` says how each stands. */
function aSession(
  startsAt: Date,
  states: readonly SessionSlot['state'][] = ['free', 'free', 'free'],
  minutes = 10,
): ClinicSession {
  const sessionId = newId<'Session'>(now)
  return {
    sessionId,
    name: 'Morning surgery',
    staffId: newId<'Staff'>(now),
    startsAt,
    endsAt: minutesAfter(startsAt, states.length * minutes),
    slots: states.map((state, index) => ({
      slotId: newId<'Slot'>(now),
      sessionId,
      startsAt: minutesAfter(startsAt, index * minutes),
      minutes,
      state,
      bookableOnline: true,
      slotType: 'Routine',
    })),
  }
}

const nine = new Date('2026-03-03T09:00:00Z')
const newSessionId = () => newId<'Session'>(now)

describe('instantOnce and dayTimeFault', () => {
  test('refuse every minute that spring skips, and no other', () => {
    expect(instantOnce(springDay, '00:59').ok).toBe(true)
    expect(instantOnce(springDay, '01:00').ok).toBe(false)
    expect(instantOnce(springDay, '01:59').ok).toBe(false)
    expect(instantOnce(springDay, '02:00').ok).toBe(true)
  })

  test('refuse every minute that autumn repeats, and no other', () => {
    expect(instantOnce(autumnDay, '00:59').ok).toBe(true)
    expect(instantOnce(autumnDay, '01:00').ok).toBe(false)
    expect(instantOnce(autumnDay, '01:59').ok).toBe(false)
    expect(instantOnce(autumnDay, '02:00').ok).toBe(true)
  })

  test('refuse a session over the skipped hour, to the minute', () => {
    const change = new Date('2026-03-29T01:00:00Z')
    const fault = (from: number, until: number) =>
      dayTimeFault(springDay, minutesAfter(change, from), minutesAfter(change, until))
    expect(fault(-10, 0)).toBeUndefined()
    expect(fault(-10, 1)).toBe('clock-change')
    expect(fault(0, 10)).toBeUndefined()
  })

  test('refuse a session in any minute of the repeated hour', () => {
    const first = new Date('2026-10-25T00:00:00Z')
    const fault = (from: number, until: number) =>
      dayTimeFault(autumnDay, minutesAfter(first, from), minutesAfter(first, until))
    expect(fault(-10, 0)).toBeUndefined()
    expect(fault(-10, 1)).toBe('clock-change')
    expect(fault(59, 61)).toBe('clock-change')
    expect(fault(119, 120)).toBe('clock-change')
    expect(fault(120, 130)).toBeUndefined()
  })

  test('let a session end at midnight in England, and not a minute later', () => {
    const day = '2026-07-01' as LocalDate
    const eleven = instantAt(day, '23:00')
    expect(dayTimeFault(day, eleven, minutesAfter(eleven, 60))).toBeUndefined()
    expect(dayTimeFault(day, eleven, minutesAfter(eleven, 61))).toBe('across-midnight')
    expect(dayTimeFault(day, minutesAfter(eleven, 60), minutesAfter(eleven, 70))).toBe(
      'across-midnight',
    )
  })
})

describe('decideMove', () => {
  test('moves every slot as much as the session', () => {
    const session = aSession(nine)
    const decided = decideMove(session, '10:30', now)
    if (!decided.ok) throw new Error(decided.refusal)
    const { changed, slots } = placedBy(decided.value.plan, [session], now)
    expect(changed[0]?.startsAt).toEqual(minutesAfter(nine, 90))
    expect(changed[0]?.endsAt).toEqual(minutesAfter(nine, 120))
    expect(slots.map((slot) => slot.startsAt)).toEqual(
      session.slots.map((slot) => minutesAfter(slot.startsAt, 90)),
    )
  })

  test('stays on the day, to the minute: the last slot may end at midnight', () => {
    const session = aSession(instantAt('2026-07-01' as LocalDate, '09:00'))
    const at = instantAt('2026-06-01' as LocalDate, '09:00')
    expect(decideMove(session, '23:30', at).ok).toBe(true)
    expect(decideMove(session, '23:31', at)).toMatchObject({ refusal: 'across-midnight' })
  })

  test('counts an overbooked slot that runs over the end', () => {
    const plain = aSession(instantAt('2026-07-01' as LocalDate, '09:00'))
    const [first] = plain.slots
    if (!first) throw new Error('No slot')
    const session = { ...plain, slots: [...plain.slots, { ...first, minutes: 31 }] }
    const at = instantAt('2026-06-01' as LocalDate, '09:00')
    expect(decideMove(session, '23:29', at).ok).toBe(true)
    expect(decideMove(session, '23:30', at)).toMatchObject({ refusal: 'across-midnight' })
  })

  test('refuses a time that is skipped, comes twice, or makes the session meet one', () => {
    const spring = aSession(instantAt(springDay, '09:00'))
    const autumn = aSession(instantAt(autumnDay, '09:00'))
    expect(decideMove(spring, '01:30', now)).toMatchObject({ refusal: 'clock-change' })
    expect(decideMove(spring, '00:30', now).ok).toBe(true)
    expect(decideMove(spring, '00:31', now)).toMatchObject({ refusal: 'clock-change' })
    expect(decideMove(spring, '02:00', now).ok).toBe(true)
    expect(decideMove(autumn, '00:30', now).ok).toBe(true)
    expect(decideMove(autumn, '00:31', now)).toMatchObject({ refusal: 'clock-change' })
    expect(decideMove(autumn, '01:59', now)).toMatchObject({ refusal: 'clock-change' })
    expect(decideMove(autumn, '02:00', now).ok).toBe(true)
  })

  test('refuses a start that has come, a session that has begun, and no change at all', () => {
    const session = aSession(minutesAfter(now, 60))
    expect(decideMove(session, '08:00', now)).toMatchObject({ refusal: 'in-the-past' })
    expect(decideMove(session, '08:01', now).ok).toBe(true)
    expect(decideMove(session, '09:00', now)).toMatchObject({ refusal: 'nothing-changes' })
    expect(decideMove(aSession(now), '09:00', now)).toMatchObject({ refusal: 'begun' })
  })

  test('says which of the old and new times comes first', () => {
    const session = aSession(nine, ['free', 'booked', 'booked'])
    const later = decideMove(session, '10:00', now)
    const earlier = decideMove(session, '08:00', now)
    expect(later).toMatchObject({ value: { firstAt: minutesAfter(nine, 10) } })
    expect(earlier).toMatchObject({ value: { firstAt: minutesAfter(nine, -50) } })
  })
})

describe('decideCancel', () => {
  test('cancels whole what has not begun, and the rest of what has', () => {
    const begun = aSession(minutesAfter(now, -10), ['booked', 'booked', 'booked'])
    const whole = aSession(nine)
    const decided = decideCancel([begun, whole], newSessionId, now)
    if (!decided.ok) throw new Error(decided.refusal)
    const { plan, sessionIds, slotIds } = decided.value
    expect(slotIds).toEqual([begun.slots[2], ...whole.slots].map((slot) => slot?.slotId))
    expect(sessionIds).toHaveLength(3)
    const cancelled = sessionsCancelled(plan, sessionIds)
    expect(cancelled).toHaveLength(2)
    expect(cancelled).not.toContain(begun.sessionId)
    const placing = placedBy(plan, [begun, whole], now)
    expect(placing.changed).toMatchObject([
      { sessionId: begun.sessionId, endsAt: minutesAfter(now, 10) },
      { sessionId: whole.sessionId, cancelledAt: now },
    ])
    expect(placing.changed[0]).not.toHaveProperty('cancelledAt')
    expect(placing.added).toMatchObject([{ startsAt: minutesAfter(now, 10), cancelledAt: now }])
  })

  test('refuses all where one is over, cancelled, or has nothing left to cancel', () => {
    const whole = aSession(nine)
    const over = aSession(minutesAfter(now, -30))
    const last = aSession(minutesAfter(now, -25))
    const before = { ...whole, cancelledAt: now }
    expect(decideCancel([whole, over], newSessionId, now)).toMatchObject({ refusal: 'over' })
    expect(decideCancel([whole, last], newSessionId, now)).toMatchObject({ refusal: 'over' })
    expect(decideCancel([before], newSessionId, now)).toMatchObject({
      refusal: 'cancelled-already',
    })
    expect(decideCancel([], newSessionId, now)).toMatchObject({ refusal: 'not-found' })
  })
})

describe('decideAmend', () => {
  test('concerns patients only where they would notice and are booked', () => {
    const booked = aSession(nine, ['booked', 'free'])
    const { name, staffId } = booked
    const other = { name, staffId: newId<'Staff'>(now) }
    const concerns = (session: ClinicSession, to: typeof other) => {
      const decided = decideAmend(session, to, now)
      return decided.ok ? decided.value.concernsPatients : decided.refusal
    }
    if (!staffId) throw new Error('No clinician')
    expect(concerns(booked, other)).toBe(true)
    expect(concerns({ ...aSession(nine), staffId }, other)).toBe(false)
    expect(concerns(booked, { name: 'Late surgery', staffId })).toBe(false)
    expect(concerns(booked, { name, staffId })).toBe('nothing-changes')
    expect(concerns(aSession(now), other)).toBe('begun')
  })
})

describe('decideSplit', () => {
  test('gives the second what starts from then on, and the first the rest', () => {
    const session = aSession(nine, ['booked', 'free', 'booked'])
    const [, second, third] = session.slots
    if (!second || !third) throw new Error('No slot')
    const asked = { fromSlot: second.slotId, to: { name: 'Nurse' }, newSessionId: newSessionId() }
    const decided = decideSplit(session, asked, now)
    if (!decided.ok) throw new Error(decided.refusal)
    expect(decided.value.slotIds).toEqual([second.slotId, third.slotId])
    expect(decided.value.concernsPatients).toBe(true)
    expect(placedBy(decided.value.plan, [session], now)).toMatchObject({
      changed: [{ sessionId: session.sessionId, endsAt: second.startsAt }],
      added: [{ sessionId: asked.newSessionId, startsAt: second.startsAt, name: 'Nurse' }],
      slots: [{ sessionId: asked.newSessionId }, { sessionId: asked.newSessionId }],
    })
  })

  test('leaves no part empty, and splits what has begun only ahead', () => {
    const session = aSession(minutesAfter(now, -10))
    const [first, second, third] = session.slots.map((slot) => slot.slotId)
    const split = (fromSlot: typeof first) =>
      fromSlot && decideSplit(session, { fromSlot, to: session, newSessionId: newSessionId() }, now)
    expect(split(first)).toMatchObject({ refusal: 'no-such-slot' })
    expect(split(second)).toMatchObject({ refusal: 'in-the-past' })
    expect(split(third)).toMatchObject({ ok: true })
    expect(splitsAt(session).map((slot) => slot.slotId)).toEqual([second, third])
  })
})

describe('decideExtend', () => {
  const slotTypeId = newId<'SlotType'>(now) as SlotTypeId
  const extend = (session: ClinicSession, startTime: string, endTime: string, minutes = 10) =>
    decideExtend(session, { startTime, endTime, slotTypeId, minutes }, now)

  test('lays slots against the session on both sides, none shorter than the type', () => {
    const session = aSession(nine)
    expect(extend(session, '08:35', '09:55')).toMatchObject({
      value: {
        plan: {
          slotStarts: ['08:40', '08:50', '09:30', '09:40'].map((at) => `2026-03-03T${at}:00.000Z`),
        },
        concernsPatients: false,
      },
    })
  })

  test('refuses what is shorter, has no room for a slot, has come, or leaves the day', () => {
    const session = aSession(nine)
    expect(extend(session, '09:01', '10:00')).toMatchObject({ refusal: 'not-longer' })
    expect(extend(session, '09:00', '09:29')).toMatchObject({ refusal: 'not-longer' })
    expect(extend(session, '09:00', '09:39')).toMatchObject({ refusal: 'no-room-for-a-slot' })
    expect(extend(session, '09:00', '09:40').ok).toBe(true)
    expect(extend(session, '09:00', '00:00').ok).toBe(true)
    const soon = aSession(minutesAfter(now, 30))
    expect(extend(soon, '08:00', '10:00')).toMatchObject({ refusal: 'in-the-past' })
    expect(extend(aSession(minutesAfter(now, -10)), '07:50', '10:00').ok).toBe(true)
    expect(extend(aSession(instantAt(springDay, '00:30')), '00:30', '02:30')).toMatchObject({
      refusal: 'clock-change',
    })
  })
})

describe('the states of a change', () => {
  test('waiting can be undone, sent cannot, undone stays undone', () => {
    expect(stateOf({})).toBe('waiting')
    expect(decideUndo({})).toEqual({ ok: true, value: 'now' })
    expect(decideUndo({ sentAt: now })).toEqual({ ok: false, refusal: 'sent' })
    expect(decideUndo({ undoneAt: now })).toEqual({ ok: true, value: 'already' })
  })

  test('patients are told after the time to undo, or at once where that would be too late', () => {
    const usual = minutesAfter(now, 10)
    expect(sendsAtOf(now, 10, undefined)).toEqual(usual)
    expect(sendsAtOf(now, 10, minutesAfter(now, 11))).toEqual(usual)
    expect(sendsAtOf(now, 10, usual)).toEqual(now)
  })

  test('a session has begun from its first minute and is over from its last', () => {
    const session = aSession(now)
    expect(standingOf(session, minutesAfter(now, -1))).toBe('to-come')
    expect(standingOf(session, now)).toBe('begun')
    expect(standingOf(session, minutesAfter(now, 29))).toBe('begun')
    expect(standingOf(session, minutesAfter(now, 30))).toBe('over')
  })
})

describe('frozen and thawed', () => {
  const standing: fc.Arbitrary<SlotStanding> = fc.record({
    state: fc.constantFrom('free', 'held', 'booked', 'blocked'),
    bookableOnline: fc.boolean(),
  })
  const context = fc.record({
    waitlistOpen: fc.boolean(),
    toCome: fc.boolean(),
    drawIsOpen: fc.constant(true),
  })

  test('freezing leaves nobody a way in and nobody out, and thawing gives back what was', () => {
    fc.assert(
      fc.property(standing, context, (slot, given) => {
        const cold = frozen(slot)
        expect(cold.bookableOnline).toBe(false)
        expect(['booked', 'blocked']).toContain(cold.state)
        expect(cold.state === 'booked').toBe(slot.state === 'booked')
        const back = thawed({ ...slot, drawId: 'a draw' }, cold, given)
        expect(back).toEqual({ ...slot, isGivenBack: false })
      }),
    )
  })

  test('a slot given up meanwhile goes to those who wait, where there are any to ask', () => {
    const before = { state: 'booked', bookableOnline: true } as const
    const given = { state: 'free', bookableOnline: false } as const
    const open = { waitlistOpen: true, toCome: true, drawIsOpen: false }
    expect(thawed(before, given, open)).toMatchObject({ state: 'held', isGivenBack: true })
    expect(thawed(before, given, { ...open, waitlistOpen: false })).toMatchObject({ state: 'free' })
    expect(thawed(before, given, { ...open, toCome: false })).toMatchObject({ state: 'free' })
    expect(thawed({ ...before, bookableOnline: false }, given, open)).toMatchObject({
      state: 'free',
      isGivenBack: false,
    })
  })

  test('a slot kept for a draw that was drawn meanwhile is free', () => {
    const before = { state: 'held', bookableOnline: true, drawId: 'a draw' } as const
    const after = thawed(before, frozen(before), {
      waitlistOpen: true,
      toCome: true,
      drawIsOpen: false,
    })
    expect(after).toEqual({ state: 'free', bookableOnline: true, isGivenBack: false })
  })
})
