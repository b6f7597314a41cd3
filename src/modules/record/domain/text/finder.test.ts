import { describe, expect, test } from 'vitest'
import { makeFinder } from './finder.ts'

const [letter, figure, foreign, mark, one, two, three] = [32, 64, 128, 256, 512, 1024, 2048]
const find = makeFinder({ letter, figure, foreign, marks: { ':': mark } }, [
  [one, ['_age_', 'bage']],
  [two, ['0_y']],
  [three, ['ag']],
])

describe('makeFinder', () => {
  test.each([
    ['', 0],
    ['é', foreign],
    ['Age', letter | one | three],
    ['page', letter | three],
    ['5 years', letter | figure | two],
    ['5  years', letter | figure],
    [': 7', mark | figure],
    ['baage', letter | three],
    ['babage', letter | one | three],
    ['éage:', foreign | letter | mark | one | three],
  ])('says of %j what it holds', (text, bits) => {
    expect(find(text)).toBe(bits)
  })
})
