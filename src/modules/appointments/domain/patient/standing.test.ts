import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { minutesAfter, minutesBefore } from '#kernel/time'
import { standingOf } from './standing.ts'

const now = new Date('2026-03-02T08:00:00Z')
const cancelledAt = minutesBefore(now, 60)

describe('standingOf', () => {
  test('says coming until the very end, and past from then on', () => {
    expect(standingOf({ endsAt: minutesAfter(now, 1) }, now)).toBe('coming')
    expect(standingOf({ endsAt: now }, now)).toBe('past')
  })

  test('tells who cancelled, counting a proxy as the patient', () => {
    const endsAt = minutesAfter(now, 60)
    expect(standingOf({ endsAt, cancelledAt, cancelledBy: 'staff' }, now)).toBe(
      'cancelled-by-surgery',
    )
    for (const cancelledBy of ['patient', 'proxy'] as const) {
      expect(standingOf({ endsAt, cancelledAt, cancelledBy }, now)).toBe('cancelled-by-patient')
    }
  })

  test('says moved rather than cancelled, whoever moved it', () => {
    const movedTo = newId<'Appointment'>(now)
    const moved = { endsAt: now, cancelledAt, cancelledBy: 'staff', movedTo } as const
    expect(standingOf(moved, now)).toBe('moved')
  })

  test('says missed of what staff marked so, even before its end', () => {
    expect(standingOf({ endsAt: minutesAfter(now, 5), missedAt: now }, now)).toBe('missed')
  })
})
