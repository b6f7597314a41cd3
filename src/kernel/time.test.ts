import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatDate,
  formatDay,
  formatTime,
  instantAt,
  localDateOf,
  localTimeOf,
  startOfDay,
} from './time.ts'

const zone = 'Europe/London'
const anInstant = fc.oneof(
  fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
  // Around both changes of some years, where the rules are.
  fc
    .record({
      year: fc.integer({ min: 1960, max: 2060 }),
      month: fc.constantFrom(2, 9),
      minutes: fc.integer({ min: -4 * 1440, max: 1440 }),
    })
    .map(({ year, month, minutes }) => new Date(Date.UTC(year, month + 1, 0, 1, minutes))),
)
const londonOf = (instant: Date) =>
  Temporal.Instant.fromEpochMilliseconds(Number(instant)).toZonedDateTimeISO(zone)

describe('the clock in England', () => {
  test('shows what the rules of the zone say, at every instant', () => {
    fc.assert(
      fc.property(anInstant, (instant) => {
        const london = londonOf(instant)
        expect(localDateOf(instant)).toBe(london.toPlainDate().toString())
        expect(localTimeOf(instant)).toBe(london.toPlainTime().toString({ smallestUnit: 'minute' }))
      }),
      { numRuns: 2000 },
    )
  })

  test('gives the instant of a day and time as the rules of the zone do', () => {
    fc.assert(
      fc.property(anInstant, fc.integer({ min: 0, max: 1439 }), (instant, minute) => {
        const day = localDateOf(instant)
        const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
        const at = Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone)
        expect(instantAt(day, time)).toEqual(new Date(at.epochMilliseconds))
        const first = Temporal.PlainDate.from(day).toZonedDateTime(zone)
        expect(startOfDay(day)).toEqual(new Date(first.epochMilliseconds))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('times in words', () => {
  test.each([
    ['2026-03-02T09:05:00Z', '9:05am'],
    ['2026-07-01T11:00:00Z', 'midday'],
    ['2026-06-30T23:00:00Z', 'midnight'],
    ['2026-03-29T00:59:00Z', '12:59am'],
    ['2026-03-29T01:00:00Z', '2:00am'],
    ['2026-10-24T23:59:00Z', '12:59am'],
    ['2026-10-25T00:00:00Z', '1:00am (BST)'],
    ['2026-10-25T00:59:00Z', '1:59am (BST)'],
    ['2026-10-25T01:00:00Z', '1:00am (GMT)'],
    ['2026-10-25T01:59:00Z', '1:59am (GMT)'],
    ['2026-10-25T02:00:00Z', '2:00am'],
  ])('%s is %s', (instant, words) => {
    expect(formatTime(new Date(instant))).toBe(words)
  })

  test('name the day that it is in England', () => {
    const lateInSummer = new Date('2026-07-01T23:30:00Z')
    expect(formatDay(lateInSummer)).toBe('Thursday 2 July 2026')
    expect(formatDate(lateInSummer)).toBe('2 July 2026')
    expect(formatDay(localDateOf(lateInSummer))).toBe('Thursday 2 July 2026')
  })
})
