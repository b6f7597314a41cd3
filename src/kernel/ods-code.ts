import type { Brand } from './brand.ts'
import { accept, refuse, type Result } from './result.ts'

/** An organisation's code: 3 to 10 capital letters and digits; a practice's is a letter and five digits. */
export type OdsCode = Brand<string, 'OdsCode'>

/** Reads a code in any case, with surrounding spaces. Source: Organisation Data Service. */
export function parseOdsCode(input: string): Result<OdsCode, 'not-an-ods-code'> {
  const code = input.trim().toUpperCase()
  if (!/^[A-Z0-9]{3,10}$/.test(code)) return refuse('not-an-ods-code')
  return accept(code as OdsCode)
}
