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

/** A fresh UUIDv7: sorts by the millisecond it was made. Source: RFC 9562, section 5.7. */
export function newId<Name extends string>(now: Date): Id<Name> {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const random = pool.subarray(used, used + 16)
  used += 16
  random.writeUIntBE(now.getTime(), 0, 6)
  random[6] = 0x70 | ((random[6] ?? 0) & 0x0f)
  random[8] = 0x80 | ((random[8] ?? 0) & 0x3f)
  const hex = random.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id<Name>
}

/** The first of the ids that can be made at an instant: those made before it sort before it. */
export function firstIdAt(instant: Date): string {
  const hex = instant.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
