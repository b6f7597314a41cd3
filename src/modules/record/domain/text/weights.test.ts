import { describe, expect, test } from 'vitest'
import { makePairTable, noWeight } from './weights.ts'

describe('makePairTable', () => {
  const pairs = makePairTable(3, (add) => {
    add(0, 1, 70)
    add(1, 0, -3)
    add(9, 9, 0)
  })

  test('says once at each time what a pair weighs', () => {
    expect(pairs.weightOf(0, 1, 1)).toBe(70)
    expect(pairs.weightOf(0, 1, 1)).toBe(noWeight)
    expect(pairs.weightOf(1, 0, 1)).toBe(-3)
    expect(pairs.weightOf(0, 1, 2)).toBe(70)
    expect(pairs.weightOf(9, 9, 2)).toBe(0)
    expect(pairs.weightOf(9, 1, 2)).toBe(noWeight)
  })

  test('says it again when it has forgotten', () => {
    expect(pairs.weightOf(1, 0, 3)).toBe(-3)
    pairs.forget()
    expect(pairs.weightOf(1, 0, 3)).toBe(-3)
  })
})
