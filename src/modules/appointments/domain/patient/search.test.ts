import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import type { LocalDate } from '#kernel/time'
import { daysSearched, narrowingsOf, periods, widened, type SlotSearch } from '../search.ts'

const now = new Date('2026-03-04T12:00:00Z')
const day = '2026-03-29' as LocalDate
const everything: SlotSearch = {
  period: 'next-week',
  day,
  deliveryChannel: 'video',
  staffId: newId<'Staff'>(now),
  siteId: newId<'Site'>(now),
  slotTypeId: newId<'SlotType'>(now),
}

const aSearch: fc.Arbitrary<SlotSearch> = fc
  .record({
    period: fc.constantFrom(...periods),
    kept: fc.subarray(['day', 'deliveryChannel', 'staffId', 'siteId', 'slotTypeId'] as const),
  })
  .map(({ period, kept }) => ({
    period,
    ...Object.fromEntries(kept.map((name) => [name, everything[name]])),
  }))

describe('daysSearched', () => {
  test('looks at one day alone where one is given, whatever the period', () => {
    expect(daysSearched({ period: 'next-week', day }, now)).toEqual({
      from: '2026-03-29',
      until: '2026-03-30',
    })
    expect(daysSearched({ period: 'today' }, now)).toEqual({
      from: '2026-03-04',
      until: '2026-03-05',
    })
  })
})

describe('narrowingsOf', () => {
  test('names day and period once, and nothing for a search for any appointment', () => {
    expect(narrowingsOf(everything)).toEqual(['when', 'how', 'who', 'where', 'what'])
    expect(narrowingsOf({ period: 'today' })).toEqual(['when'])
    expect(narrowingsOf({ period: 'any', day })).toEqual(['when'])
    expect(narrowingsOf({ period: 'any' })).toEqual([])
  })
})

describe('widened', () => {
  test('drops exactly one narrowing, and leaves the others as they were', () => {
    fc.assert(
      fc.property(aSearch, (search) => {
        const narrowings = narrowingsOf(search)
        for (const by of narrowings) {
          const wider = widened(search, by)
          expect(narrowingsOf(wider)).toEqual(narrowings.filter((one) => one !== by))
          expect({ ...search, ...wider, period: '', day }).toEqual({ ...search, period: '', day })
        }
      }),
    )
  })
})
