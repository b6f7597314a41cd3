import { describe, expect, test } from 'vitest'
import { parseLocalDate } from '#kernel/time'
import { dateOf, dayOf } from './days.ts'
import { required } from './random.ts'
import {
  bankHolidays,
  easterSunday,
  isWorkingDay,
  workingDayFrom,
  workingDayUntil,
} from './working-days.ts'

const day = (text: string) => dayOf(required(parseLocalDate(text)))
const holidays = (year: number) => [...bankHolidays(year)].toSorted((a, b) => a - b).map(dateOf)

describe('easterSunday', () => {
  test.each([
    ['1954-04-18'],
    ['1981-04-19'],
    ['2000-04-23'],
    ['2008-03-23'],
    ['2011-04-24'],
    ['2019-04-21'],
    ['2024-03-31'],
    ['2025-04-20'],
    ['2026-04-05'],
    ['2027-03-28'],
    ['2038-04-25'],
  ])('was or is on %s', (date) => {
    expect(dateOf(easterSunday(Number(date.slice(0, 4))))).toBe(date)
  })
})

describe('bankHolidays', () => {
  test('are those of England in years without and with substitutes', () => {
    expect(holidays(2026)).toEqual([
      '2026-01-01',
      '2026-04-03',
      '2026-04-06',
      '2026-05-04',
      '2026-05-25',
      '2026-08-31',
      '2026-12-25',
      '2026-12-28',
    ])
    expect(holidays(2027)).toEqual([
      '2027-01-01',
      '2027-03-26',
      '2027-03-29',
      '2027-05-03',
      '2027-05-31',
      '2027-08-30',
      '2027-12-27',
      '2027-12-28',
    ])
    expect(holidays(2022)).toEqual([
      '2022-01-03',
      '2022-04-15',
      '2022-04-18',
      '2022-05-02',
      '2022-06-02',
      '2022-06-03',
      '2022-08-29',
      '2022-09-19',
      '2022-12-26',
      '2022-12-27',
    ])
  })
})

describe('isWorkingDay', () => {
  test('leaves out weekends and bank holidays, and finds the day before and after', () => {
    expect(isWorkingDay(day('2026-04-02'))).toBe(true)
    expect(isWorkingDay(day('2026-04-04'))).toBe(false)
    expect(isWorkingDay(day('2026-04-06'))).toBe(false)
    expect(dateOf(workingDayFrom(day('2026-04-03')))).toBe('2026-04-07')
    expect(dateOf(workingDayUntil(day('2026-04-06')))).toBe('2026-04-02')
  })
})
