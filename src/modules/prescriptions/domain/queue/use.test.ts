import { describe, expect, test } from 'vitest'
import { addDays, type LocalDate } from '#kernel/time'
import { spacedIssues, useOf } from './use.ts'

const today = '2026-06-30' as LocalDate
const ago = (days: number) => addDays(today, -days)
const issue = (daysAgo: number, days: number | undefined = 28) => ({ on: ago(daysAgo), days })

describe('useOf', () => {
  test('finds supplies that last until the next as expected', () => {
    expect(useOf([issue(84), issue(56), issue(28)], 7, today)).toMatchObject({
      suppliedDays: 84,
      elapsedDays: 84,
      kind: 'as-expected',
    })
  })

  test('counts the early days that the practice allows, so that ordering early is no over-use', () => {
    const issues = [issue(77), issue(49), issue(21)]
    expect(useOf(issues, 7, today)?.kind).toBe('as-expected')
    expect(useOf(issues, 0, today)).toMatchObject({ percent: 109, kind: 'as-expected' })
  })

  test.each([
    { elapsed: 71, kind: 'as-expected', percent: 118 },
    { elapsed: 70, kind: 'over', percent: 120 },
    { elapsed: 69, kind: 'over', percent: 122 },
  ])('calls $percent % of the days $kind', ({ elapsed, kind, percent }) => {
    const use = useOf([issue(elapsed), issue(40), issue(20)], 0, today)
    expect(use).toMatchObject({ kind, suppliedDays: 84, elapsedDays: elapsed })
    expect(use?.percent).toBe(percent)
  })

  test.each([
    { elapsed: 105, kind: 'as-expected', percent: 80 },
    { elapsed: 107, kind: 'under', percent: 79 },
  ])('calls $percent % of the days $kind', ({ elapsed, kind, percent }) => {
    const use = useOf([issue(elapsed), issue(60), issue(20)], 7, today)
    expect(use).toMatchObject({ kind, percent })
  })

  test('says nothing of one supply, of none, or of one that lasts nobody knows how long', () => {
    expect(useOf([], 7, today)).toBeUndefined()
    expect(useOf([issue(28)], 7, today)).toBeUndefined()
    expect(useOf([issue(56), { on: ago(28) }], 7, today)).toBeUndefined()
  })

  test('says nothing before the first supply can have run out', () => {
    expect(useOf([issue(20), issue(10)], 7, today)).toBeUndefined()
    expect(useOf([issue(21), issue(10)], 7, today)?.kind).toBe('over')
    expect(useOf([issue(0), issue(0)], 60, today)).toBeUndefined()
  })

  test('looks back a year to the day, and not at supplies that are still to come', () => {
    const year = [issue(365), issue(337)]
    expect(useOf(year, 7, today)).toMatchObject({ since: ago(365), elapsedDays: 365 })
    expect(useOf([issue(366), issue(337)], 7, today)).toBeUndefined()
    expect(useOf([issue(28), issue(-1)], 7, today)).toBeUndefined()
  })

  test('is the same in whatever order the supplies come', () => {
    const issues = [issue(90), issue(60), issue(30), issue(5)]
    expect(useOf(issues.toReversed(), 7, today)).toEqual(useOf(issues, 7, today))
  })

  test('counts days across the change of clocks and a leap day as days', () => {
    const on = '2028-03-28' as LocalDate
    const issues = ['2028-02-01', '2028-02-29'].map((day) => ({ on: day as LocalDate, days: 28 }))
    expect(useOf(issues, 0, on)).toMatchObject({ elapsedDays: 56, suppliedDays: 56, percent: 100 })
  })
})

describe('spacedIssues', () => {
  test('gives the last ones first, each with the days since the one before', () => {
    expect(spacedIssues([issue(84), issue(28), issue(56)], 2)).toEqual([
      { ...issue(28), afterDays: 28 },
      { ...issue(56), afterDays: 28 },
    ])
    expect(spacedIssues([issue(84)], 4)).toEqual([issue(84)])
  })
})
