import { describe, expect, test } from 'vitest'
import { firstIdAt, newId, parseId } from './id.ts'

const now = new Date('2026-03-02T08:00:00Z')

/** RFC 9562, sections 5.7 and 6.2. */
describe('newId', () => {
  test('gives version 7 ids that begin with their millisecond', () => {
    const id = newId(now)
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(now.getTime())
    expect(parseId(id)).toBe(id)
  })

  test('sorts those of one millisecond as they were made, none twice', () => {
    const ids = Array.from({ length: 5000 }, () => newId(now))
    expect(ids.toSorted()).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('sorts by millisecond, whatever was made before', () => {
    const later = newId(new Date(now.getTime() + 1))
    const earlier = newId(now)
    expect(earlier < later).toBe(true)
    expect(firstIdAt(now) <= earlier).toBe(true)
    expect(earlier < firstIdAt(new Date(now.getTime() + 1))).toBe(true)
  })

  test('tells nobody the next: each keeps random bits of its own', () => {
    const ends = Array.from({ length: 200 }, () => newId(now).slice(-10))
    expect(new Set(ends).size).toBe(200)
  })
})
