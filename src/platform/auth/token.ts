import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits as text, to be given out once and kept only as a hash. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a token: its SHA-256. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
