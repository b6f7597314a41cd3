import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bankHolidayOn } from '#kernel/bank-holidays'
import { newId } from '#kernel/id'
import { addDays, instantAt, localDateOf, localTimeOf, minutesAfter, weekdayOf } from '#kernel/time'
import { aDay, aSlotType, aTemplate } from '../../../../../test/support/planning.ts'
import { overlaps, type Closure, type Leave } from './calendar.ts'
import { layOut, needsDecision, type LayingOut } from './lay-out.ts'
import type { SessionTemplate } from './session-template.ts'

const now = new Date('2026-03-02T08:00:00Z')
const type = aSlotType()
const drOkafor = newId<'Staff'>(now)
const room = newId<'Room'>(now)
const site = newId<'Site'>(now)

function given(part: Partial<LayingOut> = {}): LayingOut {
  return {
    templates: [aTemplate(type, { staffId: drOkafor })],
    types: new Map([[type.slotTypeId, type]]),
    calendar: { closures: [], leave: [] },
    existing: [],
    from: aDay('2026-03-02'),
    until: aDay('2026-04-13'),
    now,
    ...part,
  }
}

const daysMade = (part: Partial<LayingOut> = {}) =>
  layOut(given(part)).sessions.map(({ session }) => session.templateDay)

function aClosure(from: string, until: string, more: Partial<Closure> = {}): Closure {
  const [startsAt, endsAt] = [new Date(from), new Date(until)]
  return { closureId: newId<'Closure'>(now), startsAt, endsAt, reason: 'Training', ...more }
}

function someLeave(from: string, until: string): Leave {
  const [startsAt, endsAt] = [new Date(from), new Date(until)]
  return { leaveId: newId<'Leave'>(now), staffId: drOkafor, startsAt, endsAt }
}

describe('layOut', () => {
  test('gives a session each week at the same time by the clock, and none on Easter Monday', () => {
    const { sessions, skipped } = layOut(given())
    expect(sessions.map(({ session }) => session.startsAt.toISOString())).toEqual([
      '2026-03-02T09:00:00.000Z',
      '2026-03-09T09:00:00.000Z',
      '2026-03-16T09:00:00.000Z',
      '2026-03-23T09:00:00.000Z',
      '2026-03-30T08:00:00.000Z',
    ])
    expect(sessions[0]?.session.slots).toHaveLength(8)
    expect(skipped).toMatchObject([
      { day: '2026-04-06', why: { kind: 'bank-holiday', reason: 'Easter Monday' } },
    ])
  })

  test('gives a fortnightly one from its first day on, until its last, both included', () => {
    const fortnightly = aTemplate(type, { everyWeeks: 2, startsOn: aDay('2026-03-04') })
    expect(daysMade({ templates: [fortnightly] })).toEqual(['2026-03-09', '2026-03-23'])
    const ended = { ...fortnightly, endsOn: aDay('2026-03-09') }
    expect(daysMade({ templates: [ended] })).toEqual(['2026-03-09'])
    expect(daysMade({ templates: [{ ...ended, endsOn: aDay('2026-03-08') }] })).toEqual([])
  })

  test('leaves breaks between parts, and a remainder too short for a slot', () => {
    const parts = [
      { fromTime: '09:00', untilTime: '09:40', slotTypeId: type.slotTypeId, minutes: 15 },
      { fromTime: '10:00', untilTime: '10:30', slotTypeId: type.slotTypeId, minutes: 30 },
    ]
    const [first] = layOut(given({ templates: [aTemplate(type, { parts })] })).sessions
    expect(first?.session.slots.map((slot) => localTimeOf(slot.startsAt))).toEqual([
      '09:00',
      '09:15',
      '10:00',
    ])
    expect(first?.session).toMatchObject({ endsAt: new Date('2026-03-02T10:30:00Z') })
  })

  test('gives nothing that has begun', () => {
    expect(daysMade({ now: new Date('2026-03-02T09:00:00Z') })[0]).toBe('2026-03-09')
  })

  test('never gives again what was made, cancelled or moved since or not', () => {
    const [template] = given().templates
    if (!template) throw new Error('No template')
    const made = {
      sessionId: newId<'Session'>(now),
      name: 'Moved',
      startsAt: new Date('2026-03-12T09:00:00Z'),
      endsAt: new Date('2026-03-12T11:00:00Z'),
      isCancelled: true,
      templateId: template.templateId,
      templateDay: aDay('2026-03-09'),
    }
    const laid = layOut(given({ templates: [template], existing: [made] }))
    expect(laid.alreadyMade).toBe(1)
    expect(laid.sessions.map(({ session }) => session.templateDay)).not.toContain('2026-03-09')
  })

  test('passes over closures and leave, and says which', () => {
    const calendar = {
      closures: [aClosure('2026-03-09T00:00:00Z', '2026-03-10T00:00:00Z')],
      leave: [someLeave('2026-03-16T08:00:00Z', '2026-03-23T11:00:00Z')],
    }
    expect(layOut(given({ calendar })).skipped).toMatchObject([
      { day: '2026-03-09', why: { kind: 'closed', reason: 'Training' } },
      { day: '2026-03-16', why: { kind: 'on-leave' } },
      { day: '2026-03-23', why: { kind: 'on-leave' } },
      { day: '2026-04-06', why: { kind: 'bank-holiday' } },
    ])
  })

  test('leaves out the slots of a day partly closed, to the minute', () => {
    const calendar = {
      closures: [aClosure('2026-03-02T10:15:00Z', '2026-03-02T18:00:00Z')],
      leave: [],
    }
    const [first] = layOut(given({ calendar })).sessions
    expect(first?.session.slots).toHaveLength(5)
    expect(first?.session.endsAt.toISOString()).toBe('2026-03-02T10:15:00.000Z')
    expect(first?.alerts).toEqual([{ kind: 'slots-left-out', many: 3 }])
  })

  test('closes a site without closing the others', () => {
    const calendar = {
      closures: [aClosure('2026-03-09T00:00:00Z', '2026-03-10T00:00:00Z', { siteId: site })],
      leave: [],
    }
    const here = aTemplate(type, { siteId: site })
    expect(daysMade({ templates: [here], calendar })).not.toContain('2026-03-09')
    expect(daysMade({ calendar })).toContain('2026-03-09')
  })

  test('tells of a clinician who has another session then, and of a room in use', () => {
    const other = {
      sessionId: newId<'Session'>(now),
      name: 'Minor surgery',
      startsAt: new Date('2026-03-09T10:59:00Z'),
      endsAt: new Date('2026-03-09T12:00:00Z'),
      isCancelled: false,
    }
    const alertsOn = (session: object, day = '2026-03-09') =>
      layOut(
        given({
          templates: [aTemplate(type, { staffId: drOkafor, roomId: room })],
          existing: [{ ...other, ...session }],
        }),
      ).sessions.find((one) => one.session.templateDay === day)?.alerts
    expect(alertsOn({ staffId: drOkafor })).toMatchObject([{ kind: 'clinician-busy', other }])
    expect(alertsOn({ roomId: room })).toMatchObject([{ kind: 'room-in-use', other }])
    expect(alertsOn({ staffId: drOkafor, isCancelled: true })).toEqual([])
    expect(alertsOn({ staffId: drOkafor, startsAt: new Date('2026-03-09T11:00:00Z') })).toEqual([])
    expect(alertsOn({})).toEqual([])
  })

  test('tells of two templates that clash with each other, always of the same one', () => {
    const early = aTemplate(type, { staffId: drOkafor })
    const late = aTemplate(type, {
      staffId: drOkafor,
      parts: [{ fromTime: '10:30', untilTime: '12:00', slotTypeId: type.slotTypeId, minutes: 15 }],
    })
    for (const templates of [
      [early, late],
      [late, early],
    ]) {
      const { sessions } = layOut(given({ templates, until: aDay('2026-03-03') }))
      expect(sessions.map(needsDecision)).toEqual([false, true])
    }
  })

  test('tells of weekends, and passes over a time that the clocks skip', () => {
    const sunday = aTemplate(type, { weekday: 7 })
    const { sessions } = layOut(given({ templates: [sunday] }))
    expect(sessions[0]?.alerts).toEqual([{ kind: 'weekend' }])
    const night = aTemplate(type, {
      weekday: 7,
      parts: [{ fromTime: '01:30', untilTime: '04:00', slotTypeId: type.slotTypeId, minutes: 15 }],
    })
    const { skipped } = layOut(given({ templates: [night], until: aDay('2026-04-01') }))
    expect(skipped).toMatchObject([{ day: '2026-03-29', why: { kind: 'clock-change' } }])
  })

  test('passes over a template whose slot type is gone', () => {
    const { sessions, skipped } = layOut(given({ types: new Map() }))
    expect(sessions).toEqual([])
    expect(skipped[0]?.why).toEqual({ kind: 'no-slot-type' })
  })
})

describe('whatever the templates and the calendar are', () => {
  const people = [drOkafor, newId<'Staff'>(now), undefined]
  const rooms = [room, undefined]
  const sites = [site, undefined]
  const quarter = (at: number) =>
    `${String(Math.floor(at / 4)).padStart(2, '0')}:${String((at % 4) * 15).padStart(2, '0')}`
  const anyTemplate = fc
    .record({
      weekday: fc.integer({ min: 1, max: 7 }),
      everyWeeks: fc.constantFrom(1 as const, 2 as const),
      startsIn: fc.integer({ min: -60, max: 60 }),
      from: fc.integer({ min: 24, max: 60 }),
      quarters: fc.integer({ min: 1, max: 20 }),
      minutes: fc.integer({ min: 5, max: 15 }),
      staffId: fc.constantFrom(...people),
      roomId: fc.constantFrom(...rooms),
      siteId: fc.constantFrom(...sites),
    })
    .map(({ startsIn, from, quarters, minutes, staffId, roomId, siteId, ...rest }) =>
      aTemplate(type, {
        ...rest,
        startsOn: addDays(start, startsIn),
        parts: [
          {
            fromTime: quarter(from),
            untilTime: quarter(from + quarters),
            slotTypeId: type.slotTypeId,
            minutes,
          },
        ],
        ...(staffId && { staffId }),
        ...(roomId && { roomId }),
        ...(siteId && { siteId }),
      }),
    )
  const start = aDay('2026-03-02')
  const anySpan = fc
    .tuple(fc.nat(60 * 96), fc.integer({ min: 1, max: 96 * 10 }))
    .map(([from, length]) => ({
      startsAt: minutesAfter(now, from * 15),
      endsAt: minutesAfter(now, (from + length) * 15),
    }))
  const anyClosure = fc
    .tuple(anySpan, fc.constantFrom(...sites))
    .map(([span, siteId]): Closure => ({
      closureId: newId<'Closure'>(now),
      reason: 'Training',
      ...span,
      ...(siteId && { siteId }),
    }))
  const anyLeave = anySpan.map((span): Leave => ({
    leaveId: newId<'Leave'>(now),
    staffId: drOkafor,
    ...span,
  }))
  const anything = fc
    .tuple(
      fc.array(anyTemplate, { maxLength: 6 }),
      fc.array(anyClosure, { maxLength: 3 }),
      fc.array(anyLeave, { maxLength: 3 }),
    )
    .map(([templates, closures, leave]) =>
      given({ templates, calendar: { closures, leave }, until: aDay('2026-11-30') }),
    )

  test('no two sessions of one clinician overlap without an alert on the later one', () => {
    fc.assert(
      fc.property(anything, (asked) => {
        const { sessions } = layOut(asked)
        sessions.forEach((one, index) => {
          const met = sessions
            .slice(0, index)
            .some(
              (other) =>
                one.session.staffId !== undefined &&
                other.session.staffId === one.session.staffId &&
                overlaps(one.session, other.session),
            )
          expect(needsDecision(one)).toBe(met)
        })
      }),
      { numRuns: 40 },
    )
  })

  test('no slot falls on a bank holiday, or into a closure or leave that concerns it', () => {
    fc.assert(
      fc.property(anything, (asked) => {
        for (const { session } of layOut(asked).sessions) {
          expect(bankHolidayOn(session.templateDay)).toBeUndefined()
          for (const slot of session.slots) {
            const span = {
              startsAt: slot.startsAt,
              endsAt: minutesAfter(slot.startsAt, slot.minutes),
            }
            const isAway = (away: Closure | Leave) =>
              overlaps(away, span) &&
              ('staffId' in away
                ? away.staffId === session.staffId
                : away.siteId === undefined || away.siteId === session.siteId)
            expect([...asked.calendar.closures, ...asked.calendar.leave].some(isAway)).toBe(false)
            expect(span.startsAt >= session.startsAt && span.endsAt <= session.endsAt).toBe(true)
          }
        }
      }),
      { numRuns: 40 },
    )
  })

  test('each session is on its weekday and begins at its time, across both clock changes', () => {
    fc.assert(
      fc.property(anyTemplate, (template: SessionTemplate) => {
        const asked = given({ templates: [template], until: aDay('2026-11-30') })
        const { sessions, skipped } = layOut(asked)
        const first = template.parts[0]
        if (!first) throw new Error('No part')
        for (const { session } of sessions) {
          expect(weekdayOf(localDateOf(session.startsAt))).toBe(template.weekday)
          expect(session.startsAt).toEqual(instantAt(session.templateDay, first.fromTime))
          expect(localTimeOf(session.startsAt)).toBe(first.fromTime)
        }
        const days = [
          ...sessions.map((one) => one.session.templateDay),
          ...skipped.map((one) => one.day),
        ]
        const gaps = days.toSorted().map((day, index, all) => [all[index - 1], day] as const)
        for (const [before, day] of gaps) {
          if (before) expect(addDays(before, 7 * template.everyWeeks)).toBe(day)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('what was made once is never laid out again', () => {
    fc.assert(
      fc.property(anything, (asked) => {
        const first = layOut(asked)
        const existing = first.sessions.map(({ session }) => ({
          ...session,
          sessionId: newId<'Session'>(now),
        }))
        const again = layOut({ ...asked, existing })
        expect(again.sessions).toEqual([])
        expect(again.alreadyMade).toBe(first.sessions.length)
      }),
      { numRuns: 30 },
    )
  })
})
