import type { Brand } from '#kernel/brand'
import type { OdsCode } from '#kernel/ods-code'

/**
 * The short form that people and pharmacies use: six random hexadecimal characters, the practice's
 * code padded to six, five more hexadecimal and a check character, such as 24F5DA-A83008-7EFE6Z.
 * Source: NHS England FHIR implementation guide, MedicationRequest.groupIdentifier.
 */
export type PrescriptionId = Brand<string, 'PrescriptionId'>

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ+'
const shape = /^[0-9A-F]{6}-[0-9A-Z]{6}-[0-9A-F]{5}[0-9A-Z+]$/

/**
 * The last character of an id, from the 17 before it without hyphens.
 * Source: ISO/IEC 7064 MOD 37-2, with + where that has an asterisk.
 */
function checkCharacterOf(characters: string): string {
  let sum = 0
  for (const character of characters) sum = ((sum + alphabet.indexOf(character)) * 2) % 37
  return alphabet[(38 - sum) % 37] ?? ''
}

/** Whether this is an id whose check character is right. */
export function isPrescriptionId(text: string): text is PrescriptionId {
  return shape.test(text) && checkCharacterOf(text.slice(0, -1).replaceAll('-', '')) === text.at(-1)
}

/**
 * A new id for a practice, out of 44 random bits given as 11 hexadecimal characters. A code longer
 * than six characters gives none: such a place does not prescribe electronically.
 */
export function newPrescriptionId(practice: OdsCode, random: string): PrescriptionId | undefined {
  const hex = random.toUpperCase()
  if (!/^[0-9A-F]{11}$/.test(hex) || practice.length > 6) return undefined
  const parts = [hex.slice(0, 6), practice.padStart(6, '0'), hex.slice(6)] as const
  const id = `${parts.join('-')}${checkCharacterOf(parts.join(''))}`
  return isPrescriptionId(id) ? id : undefined
}
