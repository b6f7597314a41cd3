import type { Brand } from '#kernel/brand'

/** The dictionary's code of a product (dm+d is part of SNOMED CT). Only its shape is known here. */
export type DrugCode = Brand<string, 'DrugCode'>

/** A product as the record codes it. */
export interface CodedDrug {
  readonly code: DrugCode
  /** The dictionary's words for it. */
  readonly display: string
}

/** One coding of a record entry, as the source sent it. */
export interface Coding {
  readonly system?: string | undefined
  readonly code?: string | undefined
  readonly display?: string | undefined
}

const snomed = 'http://snomed.info/sct'

/**
 * The product that a medicine is, where its record says so in a code that a pharmacy can act on: the
 * first of SNOMED CT with a right check digit. There is none for words and for other dictionaries,
 * and it is never looked for by name.
 */
export function codedDrugOf(codings: readonly Coding[], name: string): CodedDrug | undefined {
  for (const { system, code, display } of codings) {
    if (system === snomed && code !== undefined && isDrugCode(code))
      return { code, display: display?.trim() || name }
  }
  return undefined
}

/** Whether these are 6 to 18 digits whose last is the check digit. Source: SNOMED CT, SCTID. */
export function isDrugCode(text: string): text is DrugCode {
  return /^[1-9][0-9]{5,17}$/.test(text) && isVerhoeff(text)
}

/** The permutation of Verhoeff's check; each of its eight is the one before put through it. */
const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]

function isVerhoeff(digits: string): boolean {
  let check = 0
  for (const [place, digit] of [...digits].toReversed().entries()) {
    let value = Number(digit)
    for (let turn = 0; turn < place % 8; turn++) value = permutation[value] ?? 0
    check = turned(check, value)
  }
  return check === 0
}

/** Multiplication in the group of a pentagon's five turns and five reflections. */
function turned(a: number, b: number): number {
  if (a < 5) return b < 5 ? (a + b) % 5 : ((a + b) % 5) + 5
  return b < 5 ? ((a - b + 5) % 5) + 5 : (a - b + 5) % 5
}
