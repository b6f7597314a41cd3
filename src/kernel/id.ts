import { randomFillSync } from 'node:crypto'
import type { Brand } from './brand.ts'

/** A UUID in lower case with hyphens. `Name` keeps ids of different things apart. */
export type Id<Name extends string> = Brand<string, Name>

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Reads an id from a URL or form, or `undefined` where it is not a UUID. */
export function parseId<Name extends string>(input: unknown): Id<Name> | undefined {
  if (typeof input !== 'string') return undefined
  const text = input.toLowerCase()
  return pattern.test(text) ? (text as Id<Name>) : undefined
}

const pool = Buffer.alloc(4096)
let used = pool.length

/** The millisecond of the id made last, and its place among those of that millisecond. */
let last = -1
let place = 0

/**
 * A fresh UUIDv7: sorts by the millisecond it was made, and those that one process makes for one
 * millisecond in a row by when they were made. 42 bits stay random. Source: RFC 9562, sections 5.7
 * and 6.2, method 1.
 */
export function newId<Name extends string>(now: Date): Id<Name> {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const random = pool.subarray(used, used + 16)
  used += 16
  const at = now.getTime()
  // Half of the places are left above the first, for two thousand million more.
  place = at === last ? place + 1 : random.readUInt32BE(0) >>> 1
  last = at
  random.writeUIntBE(at, 0, 6)
  random.writeUInt16BE(0x7000 | (place >>> 20), 6)
  random[8] = 0x80 | ((place >>> 14) & 0x3f)
  random[9] = (place >>> 6) & 0xff
  random[10] = ((place & 0x3f) << 2) | ((random[10] ?? 0) & 0x03)
  const hex = random.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id<Name>
}

/** The first of the ids that can be made at an instant: those made before it sort before it. */
export function firstIdAt(instant: Date): string {
  const hex = instant.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
