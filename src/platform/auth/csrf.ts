import { createHmac, timingSafeEqual } from 'node:crypto'

/** The value every form of a sign-in carries: derived from its token, so nothing is stored. */
export function csrfToken(signInToken: string): string {
  return createHmac('sha256', signInToken).update('form').digest('base64url')
}

/** Whether a posted value is this sign-in's, compared in constant time. */
export function isCsrfToken(signInToken: string, posted: unknown): boolean {
  if (typeof posted !== 'string') return false
  const expected = Buffer.from(csrfToken(signInToken))
  const given = Buffer.from(posted)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
