import { randomInt } from 'node:crypto'
import { hashToken } from './token.ts'

/** Characters that are not taken for one another when written down. */
const characters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** So many fresh codes of 12 characters in groups of 4, about 59 bits each. */
export function newRecoveryCodes(count: number): readonly string[] {
  return Array.from({ length: count }, newRecoveryCode)
}

/** What is stored of a recovery code, however it was typed: capitals, spaces and hyphens are let go. */
export function hashRecoveryCode(code: string): string {
  return hashToken(`recovery:${code.toLowerCase().replaceAll(/[\s-]/g, '')}`)
}

function newRecoveryCode(): string {
  const group = () =>
    Array.from({ length: 4 }, () => characters[randomInt(characters.length)]).join('')
  return [group(), group(), group()].join('-')
}
