import { describe, expect, test } from 'vitest'
import { parsePhone } from './phone.ts'
import { lowestFreePlaces } from './places.ts'
import { daysOf } from './search.ts'

describe('parsePhone', () => {
  test.each([
    ['01632 960 001', '01632 960 001'],
    ['(01632) 960-001', '01632 960 001'],
    ['+44 7700 900 982', '+44 7700 900 982'],
  ])('reads %s', (typed, read) => {
    expect(parsePhone(typed)).toEqual({ ok: true, value: read })
  })

  test.each(['', '960001', '01632 96000a', '01632 960001 ext 12', '1234567890123456'])(
    'does not take "%s" for a number that can be rung',
    (typed) => {
      expect(parsePhone(typed).ok).toBe(false)
    },
  )
})

describe('daysOf', () => {
  const sunday = new Date('2026-03-01T12:00:00Z')
  const monday = new Date('2026-03-02T12:00:00Z')

  test('ends this week on Sunday and begins the next on Monday', () => {
    expect(daysOf('this-week', sunday)).toEqual({ from: '2026-03-01', until: '2026-03-02' })
    expect(daysOf('this-week', monday)).toEqual({ from: '2026-03-02', until: '2026-03-09' })
    expect(daysOf('next-week', sunday)).toEqual({ from: '2026-03-02', until: '2026-03-09' })
    expect(daysOf('next-week', monday)).toEqual({ from: '2026-03-09', until: '2026-03-16' })
  })

  test('takes the day in England, not in UTC', () => {
    const lateInSummer = new Date('2026-07-01T23:30:00Z')
    expect(daysOf('today', lateInSummer)).toEqual({ from: '2026-07-02', until: '2026-07-03' })
  })
})

describe('lowestFreePlaces', () => {
  const stay = (patientId: string, booked: number, starts: number, cancelled?: number) => ({
    patientId,
    bookedAt: new Date(booked),
    startsAt: new Date(starts),
    ...(cancelled !== undefined && { cancelledAt: new Date(cancelled) }),
  })

  test('gives two that meet different places, and a place again once its appointment has started', () => {
    expect(lowestFreePlaces([stay('a', 1, 10), stay('a', 5, 20), stay('a', 10, 30)], [])).toEqual([
      1, 2, 1,
    ])
  })

  test('keeps patients apart, and passes over what was cancelled', () => {
    expect(
      lowestFreePlaces(
        [stay('a', 1, 10), stay('b', 1, 10), stay('a', 2, 10, 3), stay('a', 4, 9)],
        [],
      ),
    ).toEqual([1, 1, 1, 2])
  })

  test('leaves alone the places of appointments that the patient has already', () => {
    const before = [
      { ...stay('a', 1, 10), place: 1 },
      { ...stay('b', 1, 10), place: 2 },
    ]
    expect(lowestFreePlaces([stay('a', 5, 20), stay('b', 5, 20)], before)).toEqual([2, 1])
  })
})
