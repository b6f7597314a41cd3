import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PracticeMonth } from '../figures/figures.ts'
import { geographyAt, type PlaceVersion } from '../geography/geography.ts'
import { parseMonth, type Month } from '../months/month.ts'
import { publicNames, rollUpMonth, type PublicMonth } from './roll-up.ts'

function month(text: string): Month {
  const parsed = parseMonth(text)
  if (parsed === undefined) throw new Error(`${text} is not a month`)
  return parsed
}

const march = month('2026-03')
const april = month('2026-04')

/** Two ICBs that became one on 1 April 2026. */
const places: readonly PlaceVersion[] = [
  { level: 'region', code: 'Y59', month: month('2022-07'), name: 'SOUTH EAST', parentCode: 'ENG' },
  { level: 'icb', code: 'Q01', month: month('2022-07'), name: 'Vale', parentCode: 'Y59' },
  { level: 'icb', code: 'Q02', month: month('2022-07'), name: 'Downs', parentCode: 'Y59' },
  { level: 'icb', code: 'Q03', month: april, name: 'Vale and Downs', parentCode: 'Y59' },
  { level: 'sub-icb', code: 'S1', month: month('2022-07'), name: 'Vale 1', parentCode: 'Q01' },
  { level: 'sub-icb', code: 'S2', month: month('2022-07'), name: 'Downs 2', parentCode: 'Q02' },
  { level: 'sub-icb', code: 'S1', month: april, name: 'Vale 1', parentCode: 'Q03' },
  { level: 'sub-icb', code: 'S2', month: april, name: 'Downs 2', parentCode: 'Q03' },
]

function aRow(given: Partial<PracticeMonth> & { readonly practice: string }): PracticeMonth {
  return {
    month: march,
    supplier: 'EMIS',
    practiceName: given.practice,
    subIcbCode: 'S1',
    apptsState: 2,
    prescState: 2,
    recordState: 2,
    ...given,
  }
}

const levels = ['england', 'region', 'icb', 'sub-icb', 'practice']

function placeOf(rolled: readonly PublicMonth[], level: string, code: string) {
  return rolled.find((one) => one.level === level && one.code === code)
}

describe('rollUpMonth', () => {
  const rows = [
    aRow({ practice: 'A1', listSize: 1000, totalEnabled: 400 }),
    aRow({ practice: 'A2', listSize: 2000, totalEnabled: 900, subIcbCode: 'S2' }),
  ]

  test('puts each month’s practices where they lay in that month', () => {
    const before = rollUpMonth(march, rows, geographyAt(places, march))
    const after = rollUpMonth(april, rows, geographyAt(places, april))
    expect(placeOf(before, 'icb', 'Q01')).toMatchObject({ name: 'Vale', listSize: 1000 })
    expect(placeOf(before, 'icb', 'Q03')).toBeUndefined()
    expect(placeOf(after, 'icb', 'Q03')).toMatchObject({ listSize: 3000, practices: 2 })
    expect(placeOf(after, 'icb', 'Q01')).toBeUndefined()
  })

  test('leaves out no practice whose location nobody has told', () => {
    const lost = aRow({ practice: 'A3', listSize: 50, subIcbCode: 'S9' })
    const rolled = rollUpMonth(march, [...rows, lost], geographyAt(places, march))
    expect(rolled[0]).toMatchObject({ level: 'england', listSize: 3050, practices: 3 })
    expect(placeOf(rolled, 'region', 'NOT-TOLD')).toMatchObject({ listSize: 50 })
  })

  test('takes the larger of two suppliers’ figures, once', () => {
    const twice = aRow({ practice: 'A1', supplier: 'TPP', listSize: 1000, totalEnabled: 410 })
    const rolled = rollUpMonth(march, [...rows, twice], geographyAt(places, march))
    expect(rolled[0]).toMatchObject({ practices: 2, listSize: 3000, canUse: 1310 })
    expect(placeOf(rolled, 'practice', 'A1')?.supplier).toBe('EMIS (I)')
  })

  test('says few of 1 to 4, gives away none of them, and keeps no number that it hides', () => {
    const few = aRow({ practice: 'A4', listSize: 900, totalEnabled: 3 })
    const rolled = rollUpMonth(march, [...rows, few], geographyAt(places, march))
    const own = placeOf(rolled, 'practice', 'A4')
    expect(own?.canUse).toBeUndefined()
    expect(own?.few).toEqual(['canUse'])
    expect(own?.listSize).toBe(900)
    const beside = placeOf(rolled, 'practice', 'A1')
    expect([beside?.canUse, beside?.withheld, beside?.few]).toEqual([undefined, ['canUse'], []])
    expect(rolled[0]?.canUse).toBe(1303)
  })

  test('counts nobody who was told nothing of, and does not call that nought', () => {
    const [england] = rollUpMonth(march, rows, geographyAt(places, march))
    expect(england?.active).toBeUndefined()
    expect(england?.withheld).toEqual([])
  })

  test('every place is the sum of what is in it, up to England', () => {
    const row = fc.record({
      practice: fc.integer({ min: 1, max: 40 }).map((number) => `P${number}`),
      subIcbCode: fc.constantFrom('S1', 'S2', 'S3', 'S4'),
      listSize: fc.integer({ min: 0, max: 9000 }),
      totalEnabled: fc.integer({ min: 5, max: 9000 }),
      booked: fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined }),
      prescUse: fc.integer({ min: 0, max: 12 }),
    })
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: (one) => one.practice }), (given) => {
        const told = given.map(({ booked, ...one }) =>
          aRow({ ...one, ...(booked !== undefined && { booked }) }),
        )
        const rolled = rollUpMonth(march, told, geographyAt(places, march))
        for (const place of rolled) {
          const below = levels[levels.indexOf(place.level) + 1]
          const within = rolled.filter(
            (one) => one.level === below && one.parentCode === place.code,
          )
          if (within.length === 0) continue
          for (const name of ['listSize', ...publicNames] as const) {
            if (
              name !== 'listSize' &&
              [place, ...within].some((one) => one.withheld.includes(name))
            )
              continue
            const sum = within.reduce((total, one) => total + (one[name] ?? 0), 0)
            expect(place[name] ?? 0, `${place.code} ${name}`).toBe(sum)
          }
        }
        const total = told.reduce((sum, one) => sum + (one.listSize ?? 0), 0)
        expect(rolled[0]?.listSize ?? 0).toBe(total)
      }),
    )
  })
})
