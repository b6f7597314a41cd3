import { createHash, createHmac } from 'node:crypto'

/** The SHA-256 of a text, in hex. */
export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** The HMAC-SHA-256 of a text under a key, in hex: as good as random to whoever lacks the key. */
export function keyedHash(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex')
}
