import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bankHolidayOn, bankHolidaysOf, easterSunday } from './bank-holidays.ts'
import { addDays, parseLocalDate, weekdayOf } from './time.ts'

const days = (year: number) => [...bankHolidaysOf(year).keys()].toSorted()

describe('easterSunday', () => {
  test.each([
    '1954-04-18',
    '1981-04-19',
    '2000-04-23',
    '2008-03-23',
    '2011-04-24',
    '2019-04-21',
    '2024-03-31',
    '2025-04-20',
    '2026-04-05',
    '2027-03-28',
    '2038-04-25',
  ])('was or is on %s', (date) => {
    expect(easterSunday(Number(date.slice(0, 4)))).toBe(date)
  })
})

/** As GOV.UK published them for England and Wales. */
const published: Readonly<Record<number, string>> = {
  2020: '01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28',
  2021: '01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28',
  2022: '01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27',
  2023: '01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26',
  2024: '01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26',
  2025: '01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26',
  2026: '01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28',
  2027: '01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28',
  2028: '01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26',
}

describe('bankHolidaysOf', () => {
  test.each(Object.entries(published))('gives those of England in %s', (year, list) => {
    expect(days(Number(year))).toEqual(list.split(' ').map((day) => `${year}-${day}`))
  })

  test('says what a substitute day is for', () => {
    const on = (day: string) => bankHolidayOn(parseLocalDate(day) ?? fail())
    expect(on('2022-12-26')).toBe('Boxing Day')
    expect(on('2022-12-27')).toBe('Christmas Day')
    expect(on('2026-12-28')).toBe('Boxing Day')
    expect(on('2026-12-26')).toBeUndefined()
  })

  test('never falls on a weekend, and has the eight of the Act in any year without proclamations', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2024, max: 2199 }), (year) => {
        const found = days(year)
        expect(found).toHaveLength(8)
        for (const day of bankHolidaysOf(year).keys()) expect(weekdayOf(day)).toBeLessThan(6)
        expect(bankHolidayOn(addDays(easterSunday(year), 1))).toBe('Easter Monday')
      }),
    )
  })
})

function fail(): never {
  throw new Error('Not a day')
}
