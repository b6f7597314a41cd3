import type { Id } from '#kernel/id'

export type FlagId = Id<'MedicineFlag'>

/** What a practice says of a medicine. Source: DOMAIN RX-12. */
export interface FlagEffects {
  /** A clinician looks at every request: never approved together with others. */
  readonly alwaysReview: boolean
  /** Patients see it listed, with "ask your surgery", and cannot order it. */
  readonly hiddenOnline: boolean
  /** As `hiddenOnline`; the patient is told that the practice wants to speak to them first. */
  readonly needsConversation: boolean
  readonly isControlled: boolean
  readonly isSpecialist: boolean
  /** The test that must have been done within so many days. */
  readonly monitoring?: Monitoring | undefined
}

/** A test, by words of its name as the record titles it, and how often it is needed. At least 1. */
export interface Monitoring {
  readonly test: string
  readonly days: number
}

/** How a flag knows its medicines. */
export interface FlagMatch {
  /** Alternatives with commas between them, in lower case: all words of one are in the name. */
  readonly words?: string | undefined
  /** The dictionary's code of the product (dm+d, part of SNOMED CT). */
  readonly code?: string | undefined
}

/** One flag as the practice keeps it. */
export interface MedicineFlag extends FlagEffects, FlagMatch {
  readonly flagId: FlagId
  /** What staff call it, such as "Methotrexate". */
  readonly name: string
}

/** A medicine as a flag looks at it. */
export interface Flaggable {
  readonly name: string
  readonly codes: readonly string[]
}

/** Whether a flag means this medicine: by any of its codes, or by whole words of its name. */
function isMeant(flag: FlagMatch, medicine: Flaggable): boolean {
  if (flag.code !== undefined && medicine.codes.includes(flag.code)) return true
  const inName = new Set(wordsOf(medicine.name))
  return alternativesOf(flag).some((words) => words.every((word) => inName.has(word)))
}

/** The flags that mean this medicine. */
export function flagsOf<Flag extends FlagMatch>(
  medicine: Flaggable,
  flags: readonly Flag[],
): readonly Flag[] {
  return flags.filter((flag) => isMeant(flag, medicine))
}

/** What keeps a medicine from being ordered online, of all flags that mean it. */
export function onlineBarsOf(
  flags: readonly Pick<FlagEffects, 'hiddenOnline' | 'needsConversation'>[],
): { readonly isHiddenOnline?: true; readonly needsConversation?: true } {
  return {
    ...(flags.some((flag) => flag.hiddenOnline) && { isHiddenOnline: true as const }),
    ...(flags.some((flag) => flag.needsConversation) && { needsConversation: true as const }),
  }
}

/** Words of a name in lower case, without what stands between them. */
export function wordsOf(name: string): readonly string[] {
  return name.toLowerCase().match(/[\p{L}\p{N}.]+/gu) ?? []
}

function alternativesOf({ words }: FlagMatch): readonly (readonly string[])[] {
  return (words ?? '')
    .split(',')
    .map(wordsOf)
    .filter((alternative) => alternative.length > 0)
}
