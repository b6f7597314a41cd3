import type { Brand } from '#kernel/brand'
import { accept, refuse, type Result } from '#kernel/result'

/** A number that a phone can ring: digits with spaces as typed, perhaps + first. 10 to 15 digits. */
export type PhoneNumber = Brand<string, 'PhoneNumber'>

/** Reads what a person typed. Brackets, hyphens and dots become spaces; letters are a fault. */
export function parsePhone(input: string): Result<PhoneNumber, 'not-a-phone-number'> {
  const tidy = input
    .replaceAll(/[().-]/g, ' ')
    .trim()
    .replaceAll(/\s+/g, ' ')
  const digits = tidy.replaceAll(/\D/g, '').length
  if (!/^\+?[\d ]+$/.test(tidy) || digits < 10 || digits > 15 || tidy.length > 30) {
    return refuse('not-a-phone-number')
  }
  return accept(tidy as PhoneNumber)
}
