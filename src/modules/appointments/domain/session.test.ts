import { describe, expect, test } from 'vitest'
import { parseLocalDate, type LocalDate } from '#kernel/time'
import { planSession, sessionFaults, type SessionPlan } from './session.ts'

const now = new Date('2026-03-02T08:00:00Z')

function day(text: string): LocalDate {
  const parsed = parseLocalDate(text)
  if (!parsed) throw new Error('Not a day')
  return parsed
}

function aPlan(given: Partial<SessionPlan> = {}): SessionPlan {
  return {
    name: 'Morning surgery',
    day: day('2026-03-03'),
    startTime: '09:00',
    endTime: '10:00',
    minutes: 15,
    slotType: 'Routine',
    bookableOnline: false,
    ...given,
  }
}

describe('planSession', () => {
  test('lays slots end to end and leaves a remainder that is too short', () => {
    const planned = planSession(aPlan({ endTime: '10:10', minutes: 20 }), now)
    expect(planned.ok && planned.value.slots.map((slot) => slot.startsAt.toISOString())).toEqual([
      '2026-03-03T09:00:00.000Z',
      '2026-03-03T09:20:00.000Z',
      '2026-03-03T09:40:00.000Z',
    ])
  })

  test('keeps wall-clock time after the clocks go forward', () => {
    const planned = planSession(aPlan({ day: day('2026-03-30') }), now)
    expect(planned.ok && planned.value.startsAt.toISOString()).toBe('2026-03-30T08:00:00.000Z')
  })

  test('refuses a start that the clocks skip', () => {
    const plan = aPlan({ day: day('2026-03-29'), startTime: '01:30', endTime: '03:00' })
    expect(planSession(plan, now)).toEqual({
      ok: false,
      refusal: ['start-skipped-by-clock-change'],
    })
  })

  test('refuses an end before the start, so none goes over midnight', () => {
    expect(planSession(aPlan({ startTime: '22:00', endTime: '01:00' }), now)).toEqual({
      ok: false,
      refusal: ['ends-before-it-starts'],
    })
  })

  test('gives every fault at once, in the order of the form', () => {
    const plan = aPlan({ day: day('2026-03-01'), minutes: 90, bookableOnline: true })
    expect(planSession(plan, now)).toEqual({
      ok: false,
      refusal: [
        'starts-in-the-past',
        'no-room-for-a-slot',
        'category-needed-online',
        'channel-needed-online',
        'release-needed-online',
      ],
    })
  })

  test('judges as much of a plan as there is', () => {
    expect(sessionFaults({ bookableOnline: true, minutes: 10 }, now)).toEqual([
      'category-needed-online',
      'channel-needed-online',
      'release-needed-online',
    ])
  })
})
