import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type LocalDate } from '#kernel/time'
import type { MedicationId, Medicine } from './medicine.ts'
import {
  decideOrderable,
  defaultOrderRules,
  issuesLeft,
  nextOrderOn,
  type OrderRules,
  type PastRequest,
} from './orderable.ts'

const day = (text: string) => text as LocalDate

function aMedicine(given: Partial<Medicine> = {}): Medicine {
  return {
    medicationId: 'm' as MedicationId,
    name: 'Metformin 500mg tablets',
    type: 'repeat',
    status: 'active',
    durationDays: 28,
    lastIssuedOn: day('2026-03-01'),
    ...given,
  }
}

const rules: OrderRules = { ...defaultOrderRules, earlyDays: 7 }

const approved = (on: string): PastRequest => ({
  state: 'approved',
  requestedOn: day(on),
  decidedOn: day(on),
})

describe('decideOrderable', () => {
  test('opens a 28-day cycle on the 21st day, and says that day before', () => {
    const early = decideOrderable(aMedicine(), [], rules, day('2026-03-21'))
    expect(early).toEqual({ ok: false, refusal: { reason: 'too-early', from: '2026-03-22' } })
    expect(decideOrderable(aMedicine(), [], rules, day('2026-03-22')).ok).toBe(true)
  })

  test.each([
    ['a common year', '2026-02-08', '2026-03-01'],
    ['a leap year', '2028-02-08', '2028-02-29'],
    ['over new year', '2026-12-20', '2027-01-10'],
    ['over the clock change', '2026-03-20', '2026-04-10'],
  ])('counts calendar days in %s', (_, lastIssuedOn, from) => {
    const medicine = aMedicine({ lastIssuedOn: day(lastIssuedOn) })
    expect(nextOrderOn(medicine, [], rules)).toBe(from)
    expect(decideOrderable(medicine, [], rules, day(from)).ok).toBe(true)
    expect(decideOrderable(medicine, [], rules, addDays(day(from), -1)).ok).toBe(false)
  })

  test('is never open again on the day of supply, however many days early are allowed', () => {
    const weekly = aMedicine({ durationDays: 7 })
    const generous = { ...rules, earlyDays: 14 }
    expect(decideOrderable(weekly, [], generous, day('2026-03-01')).ok).toBe(false)
    expect(decideOrderable(weekly, [], generous, day('2026-03-02')).ok).toBe(true)
  })

  test.each([
    ['how long a supply lasts', { durationDays: undefined }],
    ['when it was last issued', { lastIssuedOn: undefined }],
  ])('is open where nobody knows %s', (_, unknown) => {
    expect(decideOrderable(aMedicine(unknown), [], rules, day('2026-03-01')).ok).toBe(true)
  })

  test.each(['acute', 'repeat-dispensing', 'delayed'] as const)(
    'refuses a medicine that is %s',
    (type) => {
      const decision = decideOrderable(aMedicine({ type }), [], rules, day('2026-06-01'))
      expect(decision).toEqual({ ok: false, refusal: { reason: 'not-repeat', type } })
    },
  )

  test('refuses a stopped medicine, and says since when', () => {
    const medicine = aMedicine({ status: 'stopped', stoppedOn: day('2026-04-01') })
    const decision = decideOrderable(medicine, [], rules, day('2026-06-01'))
    expect(decision).toEqual({ ok: false, refusal: { reason: 'stopped', on: '2026-04-01' } })
  })

  test('refuses while an earlier request waits, and says since when', () => {
    const waiting: PastRequest = { state: 'requested', requestedOn: day('2026-03-20') }
    const decision = decideOrderable(aMedicine(), [waiting], rules, day('2026-06-01'))
    expect(decision).toEqual({
      ok: false,
      refusal: { reason: 'already-requested', since: '2026-03-20' },
    })
  })

  test.each(['rejected', 'cancelled'] as const)('may be ordered again after it was %s', (state) => {
    const before: PastRequest = {
      state,
      requestedOn: day('2026-03-25'),
      decidedOn: day('2026-03-26'),
    }
    expect(decideOrderable(aMedicine(), [before], rules, day('2026-03-26')).ok).toBe(true)
  })

  test('counts from an approval that the record does not show as an issue yet', () => {
    expect(nextOrderOn(aMedicine(), [approved('2026-03-24')], rules)).toBe('2026-04-14')
  })

  test.each(['2026-03-01', '2026-03-24', '2026-03-25'])(
    'counts an approval of unknown length as 30 days, whether or not its issue is there (%s)',
    (lastIssuedOn) => {
      const medicine = aMedicine({ durationDays: undefined, lastIssuedOn: day(lastIssuedOn) })
      expect(nextOrderOn(medicine, [approved('2026-03-24')], rules)).toBe('2026-04-16')
    },
  )

  test('refuses when no issues are left, counting approvals on their way', () => {
    const medicine = aMedicine({ issuesAllowed: 6, issuesMade: 5 })
    expect(issuesLeft(medicine, [])).toBe(1)
    expect(decideOrderable(medicine, [], rules, day('2026-06-01')).ok).toBe(true)
    expect(issuesLeft(medicine, [approved('2026-03-24')])).toBe(0)
    const decision = decideOrderable(medicine, [approved('2026-03-24')], rules, day('2026-06-01'))
    expect(decision).toEqual({ ok: false, refusal: { reason: 'no-issues-left' } })
  })

  test('does not count an approval twice once the record shows its issue', () => {
    const medicine = aMedicine({ issuesAllowed: 6, issuesMade: 5, lastIssuedOn: day('2026-03-24') })
    expect(issuesLeft(medicine, [approved('2026-03-24')])).toBe(1)
  })

  test('warns of a review from the day after it was due, and blocks only where the practice says so', () => {
    const medicine = aMedicine({ reviewDueOn: day('2026-05-31') })
    const onTheDay = decideOrderable(medicine, [], rules, day('2026-05-31'))
    expect(onTheDay).toEqual({ ok: true, value: { reviewOverdueSince: undefined } })
    const after = decideOrderable(medicine, [], rules, day('2026-06-01'))
    expect(after).toEqual({ ok: true, value: { reviewOverdueSince: '2026-05-31' } })
    const blocked = decideOrderable(
      medicine,
      [],
      { ...rules, reviewOverdue: 'block' },
      day('2026-06-01'),
    )
    expect(blocked).toEqual({
      ok: false,
      refusal: { reason: 'review-overdue', since: '2026-05-31' },
    })
  })

  test('refuses what the reader is not shown', () => {
    expect(decideOrderable(undefined, [], rules, day('2026-06-01'))).toEqual({
      ok: false,
      refusal: { reason: 'not-shown' },
    })
  })

  test('never opens earlier for a practice that allows fewer days early', () => {
    fc.assert(
      fc.property(
        fc.nat(60),
        fc.nat(60),
        fc.integer({ min: 1, max: 365 }),
        (a, b, durationDays) => {
          const medicine = aMedicine({ durationDays })
          const fewer = nextOrderOn(medicine, [], { ...rules, earlyDays: Math.min(a, b) })
          const more = nextOrderOn(medicine, [], { ...rules, earlyDays: Math.max(a, b) })
          expect(fewer !== undefined && more !== undefined && fewer >= more).toBe(true)
        },
      ),
    )
  })
})
