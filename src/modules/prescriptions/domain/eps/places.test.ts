import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LocalDate } from '#kernel/time'
import { hasShared, sharedText } from '../../../../../test/support/shared-data.ts'
import { prescriptionsOf } from './electronic.ts'
import { parseOdsFile } from './ods-file.ts'
import { isChoosable, isOpen } from './pharmacy.ts'
import { parsePostcode, parsePostcodeSearch } from './postcode.ts'
import { nextTryAt, triesAtMost } from './sending.ts'

describe('parsePostcode', () => {
  test.each([
    ['ls1 4ap', 'LS1 4AP'],
    ['EC1A1BB', 'EC1A 1BB'],
    [' m 1 1ae ', 'M1 1AE'],
  ])('reads %s', (typed, postcode) => {
    expect(parsePostcode(typed)).toBe(postcode)
  })

  test.each(['', 'LS1', 'LS1 4A', '1LS 4AP', 'LSX1 4AP', 'Leeds'])('does not read %s', (typed) => {
    expect(parsePostcode(typed)).toBeUndefined()
  })
})

describe('parsePostcodeSearch', () => {
  test('reads as much of a place as is typed', () => {
    expect(parsePostcodeSearch('ls14 4ap')).toEqual({
      area: 'LS',
      outward: 'LS14',
      sector: 'LS14 4',
    })
    expect(parsePostcodeSearch('EC1A')).toEqual({ area: 'EC', outward: 'EC1A', sector: undefined })
    expect(parsePostcodeSearch('Boots')).toBeUndefined()
    expect(parsePostcodeSearch('LS')).toBeUndefined()
  })
})

describe('isOpen', () => {
  const day = (text: string) => text as LocalDate

  test('counts the day it opens, and not the day it closes', () => {
    const pharmacy = { openedOn: day('2026-03-02'), closedOn: day('2026-03-09') }
    const open = ['2026-03-01', '2026-03-02', '2026-03-08', '2026-03-09'].map((one) =>
      isOpen(pharmacy, day(one)),
    )
    expect(open).toEqual([false, true, true, false])
    expect(isChoosable({ ...pharmacy, kind: 'appliance' }, day('2026-03-02'))).toBe(false)
  })
})

describe('prescriptionsOf', () => {
  test('loses no item, puts none in two, and mixes neither prescribers nor kinds', () => {
    const anItem = fc.record({
      id: fc.uuid(),
      staffId: fc.constantFrom('a', 'b', 'c'),
      kind: fc.constantFrom('repeat' as const, 'acute' as const),
    })
    fc.assert(
      fc.property(fc.uniqueArray(anItem, { selector: ({ id }) => id }), (items) => {
        const sets = prescriptionsOf(items)
        expect(
          sets
            .flat()
            .map(({ id }) => id)
            .toSorted(),
        ).toEqual(items.map(({ id }) => id).toSorted())
        for (const set of sets) {
          expect(set.length).toBeGreaterThan(0)
          expect(set.length).toBeLessThanOrEqual(4)
          expect(new Set(set.map(({ staffId, kind }) => `${staffId} ${kind}`)).size).toBe(1)
        }
      }),
    )
  })
})

describe('nextTryAt', () => {
  test('waits longer each time, and after the last try no more', () => {
    const now = new Date('2026-03-02T09:00:00Z')
    const waits = Array.from(
      { length: triesAtMost - 1 },
      (_, place) => Number(nextTryAt(now, place + 1)) - Number(now),
    )
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
    expect(waits.every((wait) => wait > 0)).toBe(true)
    expect(nextTryAt(now, triesAtMost)).toBeUndefined()
  })
})

describe('parseOdsFile', () => {
  const columns = (given: Readonly<Record<number, string>>) =>
    Array.from({ length: 27 }, (_, place) => given[place] ?? '').join(',')
  const line = columns({
    0: 'FA123',
    1: '"SMITH, JONES & SONS"',
    4: '1 HIGH STREET',
    6: 'STOCKTON-ON-TEES',
    9: 'TS18 1HU',
    10: '20130401',
    11: '20250630',
    17: '01642 672351',
  })

  test('reads a line, quotes and capitals taken out', () => {
    expect(parseOdsFile(`${line}\r\n\n`, 'community')).toEqual({
      pharmacies: [
        {
          odsCode: 'FA123',
          name: 'Smith, Jones & Sons',
          addressLines: ['1 High Street', 'Stockton-on-Tees'],
          postcode: 'TS18 1HU',
          phone: '01642 672351',
          kind: 'community',
          openedOn: '2013-04-01',
          closedOn: '2025-06-30',
        },
      ],
      refused: [],
    })
  })

  test('says which lines it refuses and reads the others', () => {
    const without = (place: number) => columns({ 0: 'FA123', 1: 'X', 9: 'TS18 1HU', [place]: '' })
    const read = parseOdsFile(
      ['a,b', without(0), without(1), without(9), line].join('\n'),
      'community',
    )
    expect(read.refused).toEqual([
      { line: 1, why: 'it has 2 columns, not 27' },
      { line: 2, why: 'the code is not an ODS code' },
      { line: 3, why: 'it has no name' },
      { line: 4, why: 'it has no postcode' },
    ])
    expect(read.pharmacies).toHaveLength(1)
  })

  test.skipIf(!hasShared('ods-practices'))(
    'reads a real file of the same shape, of GP practices (needs ../shared)',
    () => {
      const text = sharedText('ods-practices', 'epraccur-subset.csv')
      const { pharmacies, refused } = parseOdsFile(text, 'dispensing-practice')
      expect(pharmacies.length + refused.length).toBe(text.trim().split('\n').length)
      expect(pharmacies.length).toBeGreaterThan(1290)
      expect(pharmacies[0]).toMatchObject({
        odsCode: 'A81001',
        name: 'The Densham Surgery',
        postcode: 'TS18 1HU',
        phone: '01642 672351',
      })
    },
  )
})
