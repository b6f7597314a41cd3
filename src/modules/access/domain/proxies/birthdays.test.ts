import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, ageOn, daysBetween, type LocalDate } from '#kernel/time'
import { birthdayAt, isLongUnused, nextPause, pauseBetween } from './birthdays.ts'

const day = (text: string) => text as LocalDate
const aDay = fc.integer({ min: 0, max: 9000 }).map((days) => addDays(day('2004-01-01'), days))
const aLeapChild = fc.constantFrom(day('2004-02-29'), day('2008-02-29'), day('2012-02-29'))
const aReviewAge = fc.constantFrom(11, 12, 13)

describe('birthdayAt', () => {
  test.for([
    ['2010-03-02', 16, '2026-03-02'],
    ['2008-02-29', 16, '2024-02-29'],
    ['2008-02-29', 11, '2019-03-01'],
    ['2012-02-29', 13, '2025-03-01'],
  ] as const)('born on %s, %s is reached on %s', ([born, age, on]) => {
    expect(birthdayAt(day(born), age)).toBe(on)
  })

  test('is the first day of that age, and the day before is not', () => {
    fc.assert(
      fc.property(fc.oneof(aDay, aLeapChild), fc.integer({ min: 1, max: 18 }), (bornOn, age) => {
        const on = birthdayAt(bornOn, age)
        expect(ageOn(bornOn, on)).toBe(age)
        expect(ageOn(bornOn, addDays(on, -1))).toBe(age - 1)
      }),
    )
  })
})

/** DOMAIN PX-4. */
describe('pauseBetween', () => {
  const decidedOn = day('2004-01-01')

  test('looks at each day once: run daily, in gaps, or twice for a day, it finds the same', () => {
    fc.assert(
      fc.property(
        fc.oneof(aDay, aLeapChild),
        aReviewAge,
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 40 }),
        (bornOn, reviewAge, gaps) => {
          const child = { bornOn, decidedOn: addDays(bornOn, 1) }
          const found: string[] = []
          let after = addDays(bornOn, 1)
          for (const gap of gaps) {
            const until = addDays(after, gap)
            const pause = pauseBetween(child, reviewAge, { after, until })
            if (pause) found.push(pause)
            after = until
          }
          const reached = (age: number) => birthdayAt(bornOn, age) <= after
          expect(found.filter((pause) => pause === 'sixteen')).toHaveLength(reached(16) ? 1 : 0)
          // A gap over both birthdays is told as the later one.
          if (reached(reviewAge) && !reached(16)) expect(found).toEqual(['age-review'])
          expect(found.length).toBeLessThanOrEqual(2)
        },
      ),
    )
  })

  test('never suspends before the day', () => {
    fc.assert(
      fc.property(fc.oneof(aDay, aLeapChild), aReviewAge, aDay, (bornOn, reviewAge, until) => {
        const after = addDays(until, -1)
        const pause = pauseBetween({ bornOn, decidedOn }, reviewAge, { after, until })
        if (pause === 'sixteen') expect(ageOn(bornOn, until)).toBe(16)
        if (pause === 'age-review') expect(ageOn(bornOn, until)).toBe(reviewAge)
      }),
    )
  })

  test('leaves what was decided on the birthday or later', () => {
    const of = (decided: string) =>
      pauseBetween({ bornOn: day('2010-03-02'), decidedOn: day(decided) }, 11, {
        after: day('2026-02-20'),
        until: day('2026-03-05'),
      })
    expect(of('2026-03-01')).toBe('sixteen')
    expect(of('2026-03-02')).toBeUndefined()
    expect(of('2026-03-04')).toBeUndefined()
  })
})

describe('nextPause', () => {
  test('is the review, then the sixteenth birthday, then none', () => {
    const of = (today: string) => nextPause(day('2012-02-29'), 13, day(today))
    expect(of('2025-02-28')).toEqual({ on: '2025-03-01', pause: 'age-review' })
    expect(of('2025-03-01')).toEqual({ on: '2028-02-29', pause: 'sixteen' })
    expect(of('2028-02-29')).toBeUndefined()
  })
})

describe('isLongUnused', () => {
  test('is so five years after the last use, to the day', () => {
    expect(isLongUnused(day('2021-03-03'), day('2026-03-02'))).toBe(false)
    expect(isLongUnused(day('2021-03-02'), day('2026-03-02'))).toBe(true)
    expect(daysBetween(day('2021-03-02'), day('2026-03-02'))).toBe(1826)
  })
})
