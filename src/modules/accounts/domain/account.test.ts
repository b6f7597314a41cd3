import { describe, expect, test } from 'vitest'
import { minutesAfter, minutesBefore } from '#kernel/time'
import {
  freshMinutes,
  idleMinutes,
  isFresh,
  isLive,
  longestHours,
  sharedIdleMinutes,
} from './account.ts'

const now = new Date('2026-03-02T12:00:00Z')
const used = { startedAt: minutesBefore(now, 60), lastSeenAt: minutesBefore(now, 1) }

describe('isLive', () => {
  test('is so while it is used, and not from the minute it has been idle too long', () => {
    expect(isLive(used, now)).toBe(true)
    expect(isLive({ ...used, lastSeenAt: minutesBefore(now, idleMinutes - 1) }, now)).toBe(true)
    expect(isLive({ ...used, lastSeenAt: minutesBefore(now, idleMinutes) }, now)).toBe(false)
  })

  test('is so for a shorter time on a device that others use', () => {
    const shared = { ...used, isShared: true }
    const seen = (minutes: number) => ({ ...shared, lastSeenAt: minutesBefore(now, minutes) })
    expect(isLive(seen(sharedIdleMinutes - 1), now)).toBe(true)
    expect(isLive(seen(sharedIdleMinutes), now)).toBe(false)
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

test('ways to sign in may be changed for a quarter of an hour after proving who one is', () => {
  expect(isFresh({ provedAt: minutesBefore(now, freshMinutes - 1) }, now)).toBe(true)
  expect(isFresh({ provedAt: minutesBefore(now, freshMinutes) }, now)).toBe(false)
})
