import { describe, expect, test } from 'vitest'
import type { LocalDate } from '#kernel/time'
import { itemStates, type ItemState } from './item.ts'
import type { MedicationId, Medicine } from './medicine.ts'
import { decideOrderable, defaultOrderRules, type OrderRules } from './orderable.ts'
import { daysOfQuantity, dueAfter, issuesLeft, lastSupply, type PastRequest } from './supply.ts'

const day = (text: string) => text as LocalDate
const rules: OrderRules = { ...defaultOrderRules, earlyDays: 7 }

function aMedicine(given: Partial<Medicine> = {}): Medicine {
  return {
    medicationId: 'm' as MedicationId,
    name: 'Metformin 500mg tablets',
    type: 'repeat',
    status: 'active',
    quantity: '28 tablet',
    durationDays: 28,
    lastIssuedOn: day('2026-03-01'),
    ...given,
  }
}

const aRequest = (state: ItemState, on: string, approvedQuantity?: string): PastRequest => ({
  state,
  requestedOn: day(on),
  decidedOn: day(on),
  approvedQuantity,
})

describe('dueAfter', () => {
  test.each([
    ['a 28-day cycle', '2026-03-01', 28, 7, '2026-03-22'],
    ['a 28-day cycle over 29 February', '2028-02-10', 28, 7, '2028-03-02'],
    ['a 28-day cycle over 28 February of a common year', '2027-02-10', 28, 7, '2027-03-03'],
    ['an issue on 29 February', '2028-02-29', 28, 7, '2028-03-21'],
    ['an issue on 29 February that lasts a year', '2028-02-29', 366, 0, '2029-03-01'],
    ['28 days over new year', '2026-12-15', 28, 7, '2027-01-05'],
    ['no early days', '2026-03-01', 28, 0, '2026-03-29'],
    ['as many early days as it lasts', '2026-03-01', 28, 28, '2026-03-02'],
    ['more early days than it lasts', '2026-03-01', 7, 14, '2026-03-02'],
    ['one day', '2026-03-01', 1, 0, '2026-03-02'],
  ])('counts calendar days: %s', (_, on, days, early, due) => {
    const supply = { on: day(on), days, isApproval: false, isOnItsWay: false }
    expect(dueAfter(supply, early)).toBe(due)
  })

  test('keeps thirteen 28-day cycles in 364 days, in a leap year too', () => {
    let on = day('2028-01-03')
    for (let cycle = 0; cycle < 13; cycle++) {
      on = dueAfter({ on, days: 28, isApproval: false, isOnItsWay: false }, 0)
    }
    expect(on).toBe('2029-01-01')
  })
})

describe('daysOfQuantity', () => {
  test.each([
    ['half of it', 28, '56 tablet', '28 tablets', 14],
    ['twice as much', 28, '28 tablets', '56 tablet', 56],
    ['a part that does not come out whole', 28, '56 tablet', '10 tablet', 5],
    ['less than a day', 28, '28 tablet', '0.5 tablet', 1],
    ['another unit', 28, '28 tablet', '1 pack', 28],
    ['words', 28, '28 tablet', 'one box', 28],
    ['nothing', 28, '28 tablet', undefined, 28],
    ['a usual quantity that nobody knows', 28, undefined, '14 tablet', 28],
    ['none at all', 28, '28 tablet', '0 tablet', 28],
  ])('takes %s', (_, days, usual, given, lasts) => {
    expect(daysOfQuantity(days, usual, given)).toBe(lasts)
  })
})

describe('a partial issue', () => {
  test('is followed by the next order as soon as it runs out', () => {
    const partly = aMedicine({ lastIssueDays: 14 })
    expect(decideOrderable(partly, [], rules, day('2026-03-07')).ok).toBe(false)
    expect(decideOrderable(partly, [], rules, day('2026-03-08')).ok).toBe(true)
  })

  test('shortens nothing but itself: the approval after it lasts as long as usual', () => {
    const partly = aMedicine({ lastIssueDays: 14 })
    const decision = decideOrderable(
      partly,
      [aRequest('collected', '2026-03-10')],
      rules,
      day('2026-03-30'),
    )
    expect(decision).toEqual({ ok: false, refusal: { reason: 'too-early', from: '2026-03-31' } })
  })

  test('approved here lasts as long as what was approved', () => {
    const requests = [aRequest('sent', '2026-04-01', '14 tablets')]
    expect(lastSupply(aMedicine(), requests)).toEqual({
      on: '2026-04-01',
      days: 14,
      isApproval: true,
      isOnItsWay: true,
    })
  })
})

describe('an approval in flight', () => {
  test.each(itemStates)('that is %s counts as a supply or does not', (state) => {
    const counts = [
      'approved',
      'sent',
      'with-pharmacy',
      'untracked',
      'preparing',
      'ready-partly',
      'ready',
      'collected',
      'dispatched',
    ].includes(state)
    const medicine = aMedicine({ lastIssuedOn: day('2026-01-01') })
    const request = aRequest(state, '2026-03-01')
    expect(lastSupply(medicine, [request])?.on).toBe(counts ? '2026-03-01' : '2026-01-01')
  })

  test('is the record’s issue once that has come, and not another one', () => {
    const medicine = aMedicine({
      lastIssuedOn: day('2026-03-02'),
      issuesAllowed: 6,
      issuesMade: 3,
    })
    const requests = [aRequest('collected', '2026-03-01')]
    expect(lastSupply(medicine, requests)?.on).toBe('2026-03-02')
    expect(issuesLeft(medicine, requests)).toBe(3)
    expect(issuesLeft({ ...medicine, lastIssuedOn: day('2026-02-01') }, requests)).toBe(2)
  })

  test('frees its issue and its time when it was withdrawn or not dispensed', () => {
    const medicine = aMedicine({
      lastIssuedOn: day('2026-01-01'),
      issuesAllowed: 1,
      issuesMade: 0,
    })
    for (const state of ['withdrawn', 'not-dispensed'] as const) {
      const requests = [aRequest(state, '2026-03-01')]
      expect(issuesLeft(medicine, requests)).toBe(1)
      expect(decideOrderable(medicine, requests, rules, day('2026-03-02')).ok).toBe(true)
    }
  })

  test('says since when it is on its way', () => {
    const requests = [aRequest('ready', '2026-03-10')]
    expect(decideOrderable(aMedicine(), requests, rules, day('2026-03-11'))).toEqual({
      ok: false,
      refusal: { reason: 'too-early', from: '2026-03-31', onItsWaySince: '2026-03-10' },
    })
  })
})

describe('a changed dose', () => {
  const changed = aMedicine({ isDoseChanged: true })

  test('does not make the patient wait for a supply that was for the old dose', () => {
    expect(decideOrderable(changed, [], rules, day('2026-03-02'))).toMatchObject({
      ok: true,
      value: { isDoseChanged: true },
    })
  })

  test('is not mentioned once it would not be too early anyway', () => {
    expect(decideOrderable(changed, [], rules, day('2026-03-22'))).toEqual({
      ok: true,
      value: { reviewOverdueSince: undefined },
    })
  })

  test('does not open what was approved since, nor what has no issues left', () => {
    const approved = [aRequest('approved', '2026-03-05')]
    expect(decideOrderable(changed, approved, rules, day('2026-03-06')).ok).toBe(false)
    const used = { ...changed, issuesAllowed: 6, issuesMade: 6 }
    expect(decideOrderable(used, [], rules, day('2026-03-02'))).toMatchObject({
      refusal: { reason: 'no-issues-left' },
    })
  })
})

describe('issues and reviews', () => {
  test('the last issue may be ordered, and none after it', () => {
    const last = aMedicine({ issuesAllowed: 6, issuesMade: 5 })
    expect(decideOrderable(last, [], rules, day('2026-03-22')).ok).toBe(true)
    expect(decideOrderable({ ...last, issuesMade: 6 }, [], rules, day('2026-03-22'))).toEqual({
      ok: false,
      refusal: { reason: 'no-issues-left' },
    })
    expect(issuesLeft({ ...last, issuesMade: 9 }, [])).toBe(0)
  })

  test('a review is overdue from the day after it was due, on leap days too', () => {
    const medicine = aMedicine({ reviewDueOn: day('2028-02-29'), lastIssuedOn: undefined })
    const block: OrderRules = { ...rules, reviewOverdue: 'block' }
    expect(decideOrderable(medicine, [], block, day('2028-02-29')).ok).toBe(true)
    expect(decideOrderable(medicine, [], block, day('2028-03-01'))).toEqual({
      ok: false,
      refusal: { reason: 'review-overdue', since: '2028-02-29' },
    })
  })

  test('a medicine that needs a conversation says so, unless it is already asked for', () => {
    const medicine = aMedicine({ needsConversation: true })
    expect(decideOrderable(medicine, [], rules, day('2026-04-01'))).toEqual({
      ok: false,
      refusal: { reason: 'needs-conversation' },
    })
    const asked = [aRequest('asked', '2026-03-30')]
    expect(decideOrderable(medicine, asked, rules, day('2026-04-01'))).toEqual({
      ok: false,
      refusal: { reason: 'already-requested', since: '2026-03-30' },
    })
  })
})
