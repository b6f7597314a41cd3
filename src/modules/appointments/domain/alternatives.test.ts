import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { minutesAfter, minutesBefore } from '#kernel/time'
import { alternativesFor } from './alternatives.ts'

const now = new Date('2026-03-02T08:00:00Z')
const near = Array.from({ length: 100 }, (_, index) => ({
  slotId: newId<'Slot'>(now),
  startsAt: minutesAfter(now, 60 + ((index * 37) % 100) * 10),
}))

describe('alternativesFor', () => {
  test('gives the same person the same few of the nearest, in order of time', () => {
    const wanted = { person: 'ann', count: 5, releasedAt: minutesBefore(now, 31) }
    const given = alternativesFor(near, wanted, now)
    expect(alternativesFor(near, wanted, now)).toEqual(given)
    expect(given).toHaveLength(5)
    expect(given.map((slot) => near.indexOf(slot)).every((place) => place < 12)).toBe(true)
    expect(given.map((slot) => Number(slot.startsAt))).toEqual(
      given.map((slot) => Number(slot.startsAt)).toSorted((a, b) => a - b),
    )
  })

  test('spreads a crowd over everything that is near, just after a release', () => {
    const releasedAt = minutesBefore(now, 29)
    const offers = new Map<unknown, number>()
    for (let person = 0; person < 1000; person++) {
      for (const slot of alternativesFor(near, { person: `p${person}`, count: 5, releasedAt }, now))
        offers.set(slot, (offers.get(slot) ?? 0) + 1)
    }
    expect(offers.size).toBe(100)
    expect(Math.max(...offers.values())).toBeLessThan(100)
  })

  test('gives all there are where there are few', () => {
    expect(alternativesFor(near.slice(0, 3), { person: 'ann', count: 5 }, now)).toHaveLength(3)
    expect(alternativesFor([], { person: 'ann', count: 5 }, now)).toEqual([])
  })
})
