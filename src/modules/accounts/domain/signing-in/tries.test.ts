import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { overLimit, triesAllowed, widerThan, windowStart, type TryKind } from './tries.ts'

const kinds: readonly TryKind[] = ['device', 'account-from-source', 'source', 'account']

describe('overLimit', () => {
  test.each(kinds)('looks at the last try that %s allows, and refuses the next', (kind) => {
    const tries = triesAllowed[kind]
    expect(overLimit([{ kind, tries }])).toBeUndefined()
    expect(overLimit([{ kind, tries: tries + 1 }])).toEqual({ kind, tries: tries + 1 })
  })

  test('names the narrowest count that is over', () => {
    const all = kinds.map((kind) => ({ kind, tries: 10_000 }))
    expect(overLimit(all.slice(1))?.kind).toBe('account-from-source')
    expect(overLimit(all.slice(2))?.kind).toBe('source')
  })
})

describe('counting many tries', () => {
  /** Counts as the command does: every count first, then what a refusal must not count towards. */
  function count(tally: Map<TryKind, number>, counted: readonly TryKind[]): boolean {
    for (const kind of counted) tally.set(kind, (tally.get(kind) ?? 0) + 1)
    const over = overLimit(counted.map((kind) => ({ kind, tries: tally.get(kind) ?? 0 })))
    for (const kind of over ? widerThan(over.kind) : [])
      if (counted.includes(kind)) tally.set(kind, (tally.get(kind) ?? 0) - 1)
    return over === undefined
  }

  test('from one place, however many, never closes an account to other places', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), (tries) => {
        const tally = new Map<TryKind, number>()
        for (let place = 0; place < tries; place++)
          count(tally, ['account-from-source', 'source', 'account'])
        tally.delete('account-from-source')
        tally.delete('source')
        expect(count(tally, ['account-from-source', 'source', 'account'])).toBe(true)
      }),
      { numRuns: 20 },
    )
  })

  test('never stops a device that the account was used on before', () => {
    const tally = new Map<TryKind, number>()
    for (let place = 0; place < 10_000; place++) count(tally, ['source', 'account'])
    expect(count(tally, ['device'])).toBe(true)
  })
})

test('a window begins on the quarter of an hour', () => {
  expect(windowStart(new Date('2026-03-02T08:14:59.999Z'))).toEqual(
    new Date('2026-03-02T08:00:00Z'),
  )
  expect(windowStart(new Date('2026-03-02T08:15:00Z'))).toEqual(new Date('2026-03-02T08:15:00Z'))
})
