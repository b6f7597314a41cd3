import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, instantAt, startOfDay, type LocalDate } from '#kernel/time'
import { halvesFrom, weekAtAGlance, weekFrom } from './week.ts'

const day = (text: string) => text as LocalDate

/** The week with each of these starts counted in the half that it falls into, as the database does. */
function weekOf(from: LocalDate, starts: readonly Date[]) {
  const halves = halvesFrom(from)
  const counted = starts.map((first) => ({
    half: halves.findLastIndex((begins) => begins <= first),
    free: 1,
    first,
  }))
  return weekAtAGlance(from, counted)
}

describe('weekAtAGlance', () => {
  test('has seven days, with what is free before and after midday, and the first of each', () => {
    const monday = day('2026-03-02')
    const starts = ['11:59', '09:05', '12:00'].map((time) => instantAt(monday, time))
    const week = weekOf(monday, starts)
    expect(week.map((one) => one.day)).toEqual(
      Array.from({ length: 7 }, (_, index) => addDays(monday, index)),
    )
    expect(week[0]).toEqual({
      day: monday,
      morning: { free: 2, first: instantAt(monday, '09:05') },
      afternoon: { free: 1, first: instantAt(monday, '12:00') },
    })
    expect(week[1]).toEqual({ day: '2026-03-03', morning: { free: 0 }, afternoon: { free: 0 } })
  })

  test.each([
    ['spring', '2026-03-23', '2026-03-29', '2026-03-29T10:59:00Z', '2026-03-29T11:00:00Z'],
    ['autumn', '2026-10-19', '2026-10-25', '2026-10-25T11:59:00Z', '2026-10-25T12:00:00Z'],
  ])(
    'cuts the day of the %s clock change at midday by the clock, to the minute',
    (_, from, changed, lastOfMorning, midday) => {
      const starts = [new Date(lastOfMorning), new Date(midday)]
      const sunday = weekOf(day(from), starts)[6]
      expect(sunday).toEqual({
        day: changed,
        morning: { free: 1, first: starts[0] },
        afternoon: { free: 1, first: starts[1] },
      })
    },
  )

  test('puts the last minute before midnight in England on its own day, in summer too', () => {
    const late = new Date('2026-03-29T22:59:00Z')
    const early = new Date('2026-03-29T23:00:00Z')
    const week = weekOf(day('2026-03-28'), [early, late])
    expect(week[1]?.afternoon).toEqual({ free: 1, first: late })
    expect(week[2]?.morning).toEqual({ free: 1, first: early })
  })

  test('counts every start of the seven days once, and none from outside them', () => {
    const mondays = fc.constantFrom('2026-03-23', '2026-10-19', '2026-06-01').map(day)
    const minutes = fc.array(fc.integer({ min: -3000, max: 14_000 }), { maxLength: 60 })
    fc.assert(
      fc.property(mondays, minutes, (from, offsets) => {
        const begins = startOfDay(from)
        const ends = startOfDay(addDays(from, 7))
        const starts = offsets.map((offset) => new Date(begins.getTime() + offset * 60_000))
        const counted = weekOf(from, starts)
          .map((one) => one.morning.free + one.afternoon.free)
          .reduce((sum, free) => sum + free, 0)
        expect(counted).toBe(starts.filter((start) => start >= begins && start < ends).length)
      }),
    )
  })
})

describe('weekFrom', () => {
  const now = new Date('2026-03-04T23:30:00Z')

  test('begins today where nothing or a past day is asked for, and has no week before', () => {
    const today = { from: '2026-03-04', next: '2026-03-11' }
    expect(weekFrom(undefined, now, 112)).toEqual(today)
    expect(weekFrom(day('2026-02-01'), now, 112)).toEqual(today)
  })

  test('leads back to today rather than before it', () => {
    expect(weekFrom(day('2026-03-06'), now, 112)).toMatchObject({ previous: '2026-03-04' })
    expect(weekFrom(day('2026-03-12'), now, 112)).toMatchObject({ previous: '2026-03-05' })
  })

  test('ends at the last day that can be booked', () => {
    expect(weekFrom(day('2026-03-11'), now, 14)).toMatchObject({ next: '2026-03-18' })
    expect(weekFrom(day('2026-03-18'), now, 14)).toEqual({
      from: '2026-03-18',
      previous: '2026-03-11',
    })
    expect(weekFrom(day('2027-03-18'), now, 14).from).toBe('2026-03-18')
  })

  test('is still today a minute before midnight in summer, when UTC has the day before', () => {
    const afterMidnight = new Date('2026-07-01T23:10:00Z')
    expect(weekFrom(undefined, afterMidnight, 7).from).toBe('2026-07-02')
  })
})
