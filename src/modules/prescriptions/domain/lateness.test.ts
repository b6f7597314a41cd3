import { describe, expect, test } from 'vitest'
import { addDays, type LocalDate } from '#kernel/time'
import { itemStates } from './item.ts'
import { waitsTooLongFor } from './lateness.ts'

const requestedOn = '2028-02-25' as LocalDate

describe('waitsTooLongFor', () => {
  test.each([
    ['requested', 5, 'practice'],
    ['received', 5, 'practice'],
    ['asked', 5, 'patient'],
    ['approved', 2, 'practice'],
    ['sent', 4, 'pharmacy'],
    ['with-pharmacy', 4, 'pharmacy'],
    ['untracked', 4, 'pharmacy'],
    ['preparing', 4, 'pharmacy'],
    ['ready-partly', 4, 'pharmacy'],
    ['ready', 21, 'patient'],
  ] as const)('is not yet so on the last day of %s, and is on the next', (state, days, whom) => {
    const waiting = { state, requestedOn, since: requestedOn }
    expect(waitsTooLongFor(waiting, 5, addDays(requestedOn, days))).toBeUndefined()
    expect(waitsTooLongFor(waiting, 5, addDays(requestedOn, days + 1))).toBe(whom)
  })

  test('counts from the request until the decision, and from the step after it', () => {
    const since = addDays(requestedOn, 6)
    const on = (state: 'received' | 'approved') =>
      waitsTooLongFor({ state, requestedOn, since }, 5, since)
    expect(on('received')).toBe('practice')
    expect(on('approved')).toBeUndefined()
  })

  test.each(['approved', 'sent', 'with-pharmacy', 'untracked', 'preparing', 'ready'] as const)(
    'takes no news of what is %s for four weeks as no alarm',
    (state) => {
      const waiting = { state, requestedOn, since: requestedOn }
      expect(waitsTooLongFor(waiting, 5, addDays(requestedOn, 28))).not.toBe('no-news')
      expect(waitsTooLongFor(waiting, 5, addDays(requestedOn, 29))).toBe('no-news')
    },
  )

  test('never says it of what is over', () => {
    const over = ['rejected', 'cancelled', 'collected', 'dispatched', 'not-dispensed', 'withdrawn']
    for (const state of itemStates.filter((one) => over.includes(one))) {
      const waiting = { state, requestedOn, since: requestedOn }
      expect(waitsTooLongFor(waiting, 5, addDays(requestedOn, 900))).toBeUndefined()
    }
  })
})
