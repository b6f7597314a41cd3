import { describe, expect, test } from 'vitest'
import type { PracticeMonth } from '../figures/figures.ts'
import { parseMonth } from '../months/month.ts'
import { checkMonth, formatFinding } from './checks.ts'

const month = parseMonth('2026-03')

function aRow(given: Partial<PracticeMonth> = {}): PracticeMonth {
  if (month === undefined) throw new Error('Not a month')
  return {
    practice: 'A1',
    month,
    supplier: 'EMIS',
    practiceName: 'A1',
    subIcbCode: 'S1',
    listSize: 8000,
    totalEnabled: 4000,
    totalUse: 1000,
    apptsUse: 100,
    prescUse: 400,
    recordUse: 500,
    apptsState: 2,
    prescState: 2,
    recordState: 2,
    ...given,
  }
}

/** What is found where the month before was as usual. Source: DOMAIN 4.4. */
function found(now: Partial<PracticeMonth>, before: Partial<PracticeMonth> = {}) {
  return checkMonth({ now: [aRow(now)], before: [aRow(before)] }).map(({ check }) => check)
}

describe('checkMonth', () => {
  test('finds nothing in a month like the one before', () => {
    expect(found({})).toEqual([])
  })

  test('finds moves from just above their limits', () => {
    expect(found({ listSize: 8800 })).toEqual([])
    expect(found({ listSize: 8801 })).toEqual(['list-size-moved'])
    expect(found({ totalEnabled: 4801 })).toEqual(['enabled-moved'])
    expect(found({ totalUse: 1501 })).toEqual(['transactions-moved', 'supplier-moved'])
  })

  test('says nothing of small practices, which move by chance', () => {
    expect(found({ listSize: 99 }, { listSize: 50, totalEnabled: 10 })).not.toContain(
      'list-size-moved',
    )
  })

  test('finds a service switched off, but not one that was never on', () => {
    expect(found({ prescState: 1 })).toEqual(['switched-off'])
    expect(found({ prescState: 1 }, { prescState: 1 })).toEqual([])
  })

  test('finds parts that are more than the whole', () => {
    expect(found({ recordUse: 501 })).toEqual(['parts-above-total'])
  })

  test('finds as many people enabled as registered, in either month', () => {
    expect(found({ totalEnabled: 4000, listSize: 4000 }, { listSize: 4000 })).toEqual([
      'more-enabled-than-listed',
      'more-enabled-than-listed',
    ])
  })

  test('finds practices that came and went, and says so of none where there is no month before', () => {
    const now = [aRow(), aRow({ practice: 'A2' })]
    const before = [aRow(), aRow({ practice: 'A3' })]
    expect(checkMonth({ now, before })).toEqual([
      { check: 'practice-gone', about: 'A3' },
      { check: 'practice-new', about: 'A2' },
    ])
    expect(checkMonth({ now, before: [] })).toEqual([])
  })

  test('finds practices without approval once a list was loaded', () => {
    const now = [aRow()]
    expect(checkMonth({ now, before: now, approved: new Set() })).toEqual([
      { check: 'not-approved', about: 'A1' },
    ])
    expect(checkMonth({ now, before: now, approved: new Set(['A1']) })).toEqual([])
  })

  test('finds a practice that two suppliers report', () => {
    const now = [aRow(), aRow({ supplier: 'TPP' })]
    expect(checkMonth({ now, before: now })).toEqual([{ check: 'two-suppliers', about: 'A1' }])
  })

  test('says in words what moved from what to what', () => {
    const [finding] = checkMonth({ now: [aRow({ listSize: 9500 })], before: [aRow()] })
    expect(finding && formatFinding(finding)).toBe(
      'The list moved by more than 10% in a month: 8,000, then 9,500',
    )
  })
})
