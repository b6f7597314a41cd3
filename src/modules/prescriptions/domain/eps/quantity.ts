/** How much one supply is, in a unit that pharmacies' systems know. */
export interface CodedQuantity {
  readonly value: number
  readonly unit: string
  /** The dictionary's code of the unit. */
  readonly code: string
}

const units: readonly (CodedQuantity & { readonly words: readonly string[] })[] = [
  { value: 1, unit: 'tablet', code: '428673006', words: ['tablet', 'tablets', 'tab', 'tabs'] },
  { value: 1, unit: 'capsule', code: '428641000', words: ['capsule', 'capsules', 'cap', 'caps'] },
  { value: 1, unit: 'ml', code: '258773002', words: ['ml', 'mls', 'millilitre', 'millilitres'] },
  { value: 1, unit: 'gram', code: '258682000', words: ['g', 'gram', 'grams', 'gm'] },
  { value: 1, unit: 'dose', code: '3317411000001100', words: ['dose', 'doses'] },
]

/**
 * Reads a quantity as the record prints it, such as "28 tablet" or "28 tablets". Undefined where it
 * is not one whole amount in one known unit: a pack, a device or "2 x 14" is for a person to say.
 */
export function parseQuantity(text: string | undefined): CodedQuantity | undefined {
  const parts = /^(\d{1,5}(?:\.\d{1,3})?)\s*([a-z]+)(?:\(s\))?\.?$/.exec(
    text?.trim().toLowerCase() ?? '',
  )
  const value = Number(parts?.[1])
  const known = units.find((unit) => unit.words.includes(parts?.[2] ?? ''))
  if (!known || !(value > 0)) return undefined
  return { value, unit: known.unit, code: known.code }
}
