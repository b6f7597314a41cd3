import { describe, expect, test } from 'vitest'
import { parseLocalDate } from '#kernel/time'
import { dateOf, dayOf } from './days.ts'
import { required } from './random.ts'
import { isWorkingDay, workingDayFrom, workingDayUntil } from './working-days.ts'

const day = (text: string) => dayOf(required(parseLocalDate(text)))

describe('isWorkingDay', () => {
  test('leaves out weekends and bank holidays, and finds the day before and after', () => {
    expect(isWorkingDay(day('2026-04-02'))).toBe(true)
    expect(isWorkingDay(day('2026-04-04'))).toBe(false)
    expect(isWorkingDay(day('2026-04-06'))).toBe(false)
    expect(dateOf(workingDayFrom(day('2026-04-03')))).toBe('2026-04-07')
    expect(dateOf(workingDayUntil(day('2026-04-06')))).toBe('2026-04-02')
  })
})
