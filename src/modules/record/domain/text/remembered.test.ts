import { describe, expect, test } from 'vitest'
import { makeRemembered } from './remembered.ts'

describe('makeRemembered', () => {
  test('gives the same thing for the same piece, wherever it stands', () => {
    const made = makeRemembered(4, 10, (piece) => ({ piece }))
    const first = made.of('a cough', 2, 7)
    expect(first).toEqual({ piece: 'cough' })
    expect(made.of('cough', 0, 5)).toBe(first)
    expect(made.of('coughs', 0, 6)).toEqual({ piece: 'coughs' })
  })

  test('gives the right thing for every piece when it has to begin anew, and for long ones', () => {
    const made = makeRemembered(4, 10, (piece) => ({ piece }))
    for (let round = 0; round < 3; round++) {
      for (let number = 0; number < 30; number++) {
        const piece = `w${number}`
        expect(made.of(piece, 0, piece.length)).toEqual({ piece })
      }
    }
    const long = 'x'.repeat(11)
    expect(made.of(long, 0, 11)).toEqual({ piece: long })
  })
})
