import { wordsOf } from './flag.ts'

/** Where the record speaks of an interaction or a contraindication, in its own words. */
export interface Caution {
  readonly entryId: string
  readonly title: string
  readonly words: string
}

/** An active allergy of the record, in its own words. */
export interface Allergy {
  readonly title: string
  readonly severity?: string | undefined
  readonly reactions: readonly string[]
}

/**
 * The cautions and allergies of the record that name this medicine. They are found by the first word
 * of its name alone: nothing is known here of what a medicine is made of or goes with, and nothing
 * found does not say that there is nothing.
 */
export function statedOf(
  medicine: { readonly medicationId: string; readonly name: string },
  record: { readonly cautions: readonly Caution[]; readonly allergies: readonly Allergy[] },
): { readonly cautions: readonly Caution[]; readonly allergies: readonly Allergy[] } {
  const word = wordsOf(medicine.name).find((one) => one.length > 3 && !/\d/.test(one))
  const names = (text: string) => word !== undefined && wordsOf(text).includes(word)
  return {
    cautions: record.cautions.filter(
      (one) => one.entryId === medicine.medicationId || names(one.words),
    ),
    allergies: record.allergies.filter((one) => names(one.title)),
  }
}
