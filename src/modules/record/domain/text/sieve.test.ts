import { describe, expect, test } from 'vitest'
import { bitOf, makeSieve } from './sieve.ts'
import { sightingOf } from './word.ts'

const sighted = (terms: readonly number[]) => terms.map((term) => [sightingOf(term, 1)])

describe('makeSieve', () => {
  const sieve = makeSieve()
  const [one, two, either] = [[1], [2], [1, 2]].map((terms) => sieve.group(new Set(terms)))
  if (one === undefined || two === undefined || either === undefined) throw new Error('No groups')
  const both = sieve.file([one, two], two)
  const single = sieve.file([either], either)

  test('names what a text may hold, in order, and forgets the text before', () => {
    sieve.fill(sighted([1, 2]), [0, 2])
    expect(sieve.filed(both, single + 1)).toEqual([both, single])
    expect(sieve.filed(both, single)).toEqual([both])
    sieve.fill(sighted([2, 7]), [0, 2])
    expect(sieve.filed(both, single + 1)).toEqual([single])
    sieve.fill([], [0])
    expect(sieve.filed(both, single + 1)).toEqual([])
  })

  test('names every sentence that may hold all, those after the 32nd too', () => {
    const terms = Array.from({ length: 40 }, (_, at) => (at === 35 ? 2 : 7))
    sieve.fill(sighted([...terms, 1]), [0, ...terms.map((_, at) => at + 1), 41])
    expect(sieve.sentencesWith([two]) & bitOf(35)).not.toBe(0)
    expect(sieve.sentencesWith([two]) & bitOf(34)).toBe(0)
    expect(sieve.sentencesWith([one, two])).toBe(0)
    expect(sieve.isSeen([one, two])).toBe(true)
  })
})
