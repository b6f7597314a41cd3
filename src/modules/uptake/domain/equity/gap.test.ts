import { describe, expect, test } from 'vitest'
import { largestGap, type Band } from './gap.ts'

function aBand(dimension: Band['dimension'], band: string, listed: number, canUse: number): Band {
  return { dimension, band, listed, canUse, active: 0 }
}

const ages = [aBand('age', '16 to 24', 100, 60), aBand('age', '75 to 84', 100, 40)]

describe('largestGap', () => {
  test('is the band with the smallest share, and says how many people it is short of', () => {
    const gap = largestGap([...ages, aBand('sex', 'male', 90, 27)])
    expect(gap?.band.band).toBe('male')
    expect(gap?.listShare).toBe(50)
    expect(gap?.share).toBe(30)
    expect(gap?.missing).toBe(18)
  })

  test('is no band of fewer than 20 people, and none of which it is not known', () => {
    expect(
      largestGap([
        ...ages,
        aBand('language', 'ur', 19, 0),
        aBand('deprivation', 'not-known', 90, 0),
      ])?.band.band,
    ).toBe('75 to 84')
    expect(largestGap([...ages, aBand('language', 'ur', 20, 0)])?.band.band).toBe('ur')
  })

  test('is none where every band is as the list is, or nobody is listed', () => {
    expect(largestGap([aBand('age', '16 to 24', 100, 50)])).toBeUndefined()
    expect(largestGap([])).toBeUndefined()
  })
})
