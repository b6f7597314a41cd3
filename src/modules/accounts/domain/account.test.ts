import { describe, expect, test } from 'vitest'
import { minutesAfter, minutesBefore } from '#kernel/time'
import { idleMinutes, isLive, longestHours } from './account.ts'

const now = new Date('2026-03-02T12:00:00Z')
const used = { startedAt: minutesBefore(now, 60), lastSeenAt: minutesBefore(now, 1) }

describe('isLive', () => {
  test('is so while it is used, and not from the minute it has been idle too long', () => {
    expect(isLive(used, now)).toBe(true)
    expect(isLive({ ...used, lastSeenAt: minutesBefore(now, idleMinutes - 1) }, now)).toBe(true)
    expect(isLive({ ...used, lastSeenAt: minutesBefore(now, idleMinutes) }, now)).toBe(false)
  })

  test('is not so half a day after it began, however much it is used', () => {
    const began = minutesBefore(now, longestHours * 60)
    expect(isLive({ ...used, startedAt: minutesAfter(began, 1) }, now)).toBe(true)
    expect(isLive({ ...used, startedAt: began }, now)).toBe(false)
  })

  test('is not so once it was ended or its account closed', () => {
    expect(isLive({ ...used, endedAt: now }, now)).toBe(false)
    expect(isLive({ ...used, closedAt: now }, now)).toBe(false)
  })
})
