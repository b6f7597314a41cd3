import type { LocalDate } from '#kernel/time'
import type { IncomingEntry } from './entry.ts'

/** Why an entry is held or was released: the rule, and in words for staff. No entry text. */
export interface Reason {
  readonly rule: string
  readonly why: string
  /** Words of the entry that the rule fired on, for marking them on the screen. Never logged. */
  readonly marks?: readonly string[]
}

/** What the ruleset says of one entry. Held unless something cleared it and nothing held it. */
export interface Screening {
  readonly outcome: 'released' | 'held'
  readonly reasons: readonly Reason[]
}

/** Who the patient is, as the practice has them on its list. */
export interface PatientIdentity {
  readonly sex: string
  readonly nhsNumber: string
  readonly givenName: string
  readonly familyName: string
}

/** What is known of the person when an entry is screened. */
export interface PatientContext {
  readonly bornOn: LocalDate
  readonly today: LocalDate
  /** In whole years, today. */
  readonly age: number
  /** SNOMED CT 1364731000000104 is the latest of the enhanced review codes. Source: DOMAIN RA-8. */
  readonly enhancedReview: boolean
  /** The practice lets rules release free text in which they find nothing. Off where not given. */
  readonly clearsText?: boolean
  /** For comparing with what texts say; absent where it is not known. */
  readonly identity?: PatientIdentity
}

/** What is known around an entry when it is screened. */
export interface ScreeningContext {
  readonly patient: PatientContext
  /** Something in its consultation, above it, below it or linked to it is marked by the source. */
  readonly nearMarked: boolean
  /** The same of something on the list of sensitive subjects. */
  readonly nearSensitive: boolean
  /** The same of something that staff withheld. */
  readonly nearWithheld: boolean
  /** It says the same as something withheld from this patient. */
  readonly sameAsWithheld: boolean
  /** The source used to mark it as not for the patient, and no longer does. */
  readonly markRemoved: boolean
  /** What it holds, where it is a consultation, heading, group or medication. */
  readonly within: 'nothing' | 'all-released' | 'some-held'
}

/** One rule of a ruleset: what it looks for, and examples that must and must not fire. */
export interface Rule {
  readonly id: string
  /** For staff: the reason, as a sentence about the entry. */
  readonly why: string
  readonly fires: (entry: IncomingEntry, context: ScreeningContext) => boolean
  /** The words that it fired on. */
  readonly marks?: (entry: IncomingEntry) => readonly string[]
  readonly examples: {
    readonly fire: readonly RuleExample[]
    readonly quiet: readonly RuleExample[]
  }
}

/** An entry and what is around it; what is not said is the plainest case. */
export interface RuleExample {
  readonly entry: Partial<IncomingEntry> & Pick<IncomingEntry, 'kind' | 'title'>
  readonly context?: Partial<ScreeningContext>
}
