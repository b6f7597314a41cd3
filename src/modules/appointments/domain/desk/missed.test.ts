import { describe, expect, test } from 'vitest'
import { minutesBefore } from '#kernel/time'
import { defaultRules } from '../slot.ts'
import { missedAdvice, missedSince, type PastOutcome } from './missed.ts'

const now = new Date('2026-07-15T10:00:00Z')
const recently = new Date('2026-07-01T09:00:00Z')

function aMiss(startsAt = recently): PastOutcome {
  return { startsAt, missedAt: startsAt, isMoved: false }
}

function aCancellation(minutes: number, given: Partial<PastOutcome> = {}): PastOutcome {
  const cancelledAt = minutesBefore(recently, minutes)
  return { startsAt: recently, cancelledAt, cancelledBy: 'patient', isMoved: false, ...given }
}

function advise(outcomes: readonly PastOutcome[], settings: Partial<typeof defaultRules> = {}) {
  return missedAdvice(outcomes, { ...defaultRules, ...settings }, now)
}

describe('missedAdvice', () => {
  test('says nothing until as many were missed as the practice wants said', () => {
    expect(advise([aMiss()])).toBeUndefined()
    expect(advise([aMiss(), aMiss()])).toEqual({
      missed: 2,
      lateCancelled: 0,
      months: 12,
      advice: defaultRules.missedAdvice,
    })
    expect(advise([aMiss(), aMiss()], { missedAdviseAt: 3 })).toBeUndefined()
  })

  test('counts from the beginning of the day so many months ago, in England', () => {
    expect(missedSince(defaultRules, now)).toEqual(new Date('2025-07-14T23:00:00Z'))
    const first = new Date('2025-07-14T23:00:00Z')
    const before = new Date('2025-07-14T22:59:59Z')
    expect(advise([aMiss(first), aMiss()])?.missed).toBe(2)
    expect(advise([aMiss(before), aMiss()])).toBeUndefined()
  })

  test('counts to the last day of a shorter month', () => {
    const march = new Date('2026-03-31T12:00:00Z')
    expect(missedSince({ ...defaultRules, missedWindowMonths: 1 }, march)).toEqual(
      new Date('2026-02-28T00:00:00Z'),
    )
  })

  test('does not count what is still to come', () => {
    expect(advise([aMiss(), aMiss(new Date(now.getTime() + 1))])).toBeUndefined()
    expect(advise([aMiss(), aMiss(now)])?.missed).toBe(2)
  })

  test('counts cancelling less than 30 minutes before, and not 30 minutes before', () => {
    expect(advise([aCancellation(29), aCancellation(0)])?.lateCancelled).toBe(2)
    expect(advise([aCancellation(29), aCancellation(30)])).toBeUndefined()
    expect(advise([aCancellation(29), aCancellation(0)], { lateCancelMinutes: 0 })).toBeUndefined()
  })

  test('never counts what the practice cancelled, nor what was moved', () => {
    expect(advise([aMiss(), aCancellation(1, { cancelledBy: 'staff' })])).toBeUndefined()
    expect(advise([aMiss(), aCancellation(1, { isMoved: true })])).toBeUndefined()
    expect(advise([aMiss(), aCancellation(1, { cancelledBy: 'proxy' })])?.lateCancelled).toBe(1)
  })
})
