import type { Brand } from './brand.ts'
import { accept, refuse, type Result } from './result.ts'

/**
 * Ten digits, no spaces, the last a modulus 11 check digit.
 * Source: NHS Data Model and Dictionary, NHS NUMBER.
 */
export type NhsNumber = Brand<string, 'NhsNumber'>

/** The check digit for the first nine digits, or `undefined` where those nine have none. */
export function nhsNumberCheckDigit(nineDigits: string): number | undefined {
  let sum = 0
  for (let place = 0; place < 9; place++) sum += Number(nineDigits[place]) * (10 - place)
  const digit = 11 - (sum % 11)
  if (digit === 10) return undefined
  return digit === 11 ? 0 : digit
}

/** Reads what a person typed. Spaces and hyphens are dropped; anything else is a fault. */
export function parseNhsNumber(
  input: string,
): Result<NhsNumber, 'not-ten-digits' | 'wrong-check-digit'> {
  const digits = input.replaceAll(/[\s-]/g, '')
  if (!/^\d{10}$/.test(digits)) return refuse('not-ten-digits')
  if (nhsNumberCheckDigit(digits) !== Number(digits[9])) return refuse('wrong-check-digit')
  return accept(digits as NhsNumber)
}

/** As people read it: 999 123 4567. */
export function formatNhsNumber(nhsNumber: NhsNumber): string {
  return `${nhsNumber.slice(0, 3)} ${nhsNumber.slice(3, 6)} ${nhsNumber.slice(6)}`
}
