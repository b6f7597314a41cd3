import { describe, expect, test } from 'vitest'
import { idFrom, randomFrom } from './random.ts'

function firstOf(...parts: readonly (string | number)[]): readonly number[] {
  const random = randomFrom(...parts)
  return Array.from({ length: 50 }, random.next)
}

describe('randomFrom', () => {
  test('begins the same for the same parts, and otherwise for any other', () => {
    expect(firstOf(1, 'a')).toEqual(firstOf(1, 'a'))
    expect(firstOf(1, 'a')).not.toEqual(firstOf(2, 'a'))
    expect(firstOf(1, 'a')).not.toEqual(firstOf(1, 'b'))
  })

  test('spreads evenly over tenths, also across streams that differ in one digit', () => {
    const tenths = Array.from({ length: 10 }, () => 0)
    for (let stream = 0; stream < 20_000; stream++) {
      const tenth = Math.floor(randomFrom(1, 'person', 0, stream).next() * 10)
      tenths[tenth] = (tenths[tenth] ?? 0) + 1
    }
    for (const count of tenths) expect(count).toBeGreaterThan(1800)
    for (const count of tenths) expect(count).toBeLessThan(2200)
  })

  test('picks by weight, and never outside a range', () => {
    const random = randomFrom('weights')
    let often = 0
    for (let turn = 0; turn < 5000; turn++) {
      if (
        random.weighted([
          [9, 'often'],
          [1, 'seldom'],
        ] as const) === 'often'
      )
        often++
      const number = random.int(3, 5)
      expect(number >= 3 && number <= 5).toBe(true)
      expect(Math.abs(random.normal(0, 1))).toBeLessThanOrEqual(4)
    }
    expect(often / 5000).toBeCloseTo(0.9, 1)
  })
})

describe('idFrom', () => {
  test('gives well-formed ids, none twice', () => {
    const ids = new Set(
      Array.from({ length: 50_000 }, (_, index) => idFrom(1, 'patient', 0, index)),
    )
    expect(ids.size).toBe(50_000)
    const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
    expect([...ids].filter((id) => !shape.test(id))).toEqual([])
  })
})
