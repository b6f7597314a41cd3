import { describe, expect, test } from 'vitest'
import { addDays, type LocalDate } from '#kernel/time'
import { itemStates } from './item.ts'
import { noNewsDays, waitsTooLongFor } from './lateness.ts'
import { defaultOrderRules as rules } from './orderable.ts'

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
    expect(waitsTooLongFor(waiting, rules, addDays(requestedOn, days))).toBeUndefined()
    expect(waitsTooLongFor(waiting, rules, addDays(requestedOn, days + 1))).toBe(whom)
  })

  test('counts from the request until the decision, and from the step after it', () => {
    const since = addDays(requestedOn, 6)
    const on = (state: 'received' | 'approved') =>
      waitsTooLongFor({ state, requestedOn, since }, rules, since)
    expect(on('received')).toBe('practice')
    expect(on('approved')).toBeUndefined()
  })

  test.each(['approved', 'sent', 'with-pharmacy', 'untracked', 'preparing', 'ready'] as const)(
    'takes no news of what is %s for four weeks as no alarm',
    (state) => {
      const waiting = { state, requestedOn, since: requestedOn }
      expect(waitsTooLongFor(waiting, rules, addDays(requestedOn, noNewsDays))).not.toBe('no-news')
      expect(waitsTooLongFor(waiting, rules, addDays(requestedOn, noNewsDays + 1))).toBe('no-news')
    },
  )

  test('waits after an approval as long as the practice says', () => {
    const slow = { ...rules, approvedAlarmDays: 5, pharmacyAlarmDays: 10, collectAlarmDays: 3 }
    const on = (state: 'approved' | 'with-pharmacy' | 'ready', days: number) =>
      waitsTooLongFor({ state, requestedOn, since: requestedOn }, slow, addDays(requestedOn, days))
    expect([on('approved', 5), on('approved', 6)]).toEqual([undefined, 'practice'])
    expect([on('with-pharmacy', 10), on('with-pharmacy', 11)]).toEqual([undefined, 'pharmacy'])
    expect([on('ready', 3), on('ready', 4)]).toEqual([undefined, 'patient'])
  })

  test('never says it of what is over', () => {
    const over = ['rejected', 'cancelled', 'collected', 'dispatched', 'not-dispensed', 'withdrawn']
    for (const state of itemStates.filter((one) => over.includes(one))) {
      const waiting = { state, requestedOn, since: requestedOn }
      expect(waitsTooLongFor(waiting, rules, addDays(requestedOn, 900))).toBeUndefined()
    }
  })
})
