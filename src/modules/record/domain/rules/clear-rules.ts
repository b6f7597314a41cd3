import type { Rule } from '../screening.ts'
import { codedRules } from './clear-coded.ts'
import { containerRules } from './clear-containers.ts'
import { medicineRules } from './clear-medicines.ts'
import { noteRules } from './clear-notes.ts'
import { valueRules } from './clear-values.ts'

/** Every rule that lets an entry be shown without a person. What none of them knows is held. */
export const clearRules: readonly Rule[] = [
  ...codedRules,
  ...valueRules,
  ...medicineRules,
  ...containerRules,
  ...noteRules,
]
