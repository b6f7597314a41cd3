/**
 * What the generator writes into a record. Members and words are those of the record's incoming
 * entries, of which this is the part that a made-up practice needs.
 */
export interface DemoEntry {
  readonly sourceKey: string
  readonly kind: DemoKind
  readonly title: string
  readonly codings?: readonly DemoCoding[]
  readonly clinicalAt: Date
  readonly clinicalPrecision: 'year' | 'month' | 'day' | 'minute'
  readonly recordedAt: Date
  readonly filedAt?: Date
  readonly value?: DemoValue
  readonly text?: string
  readonly author?: string
  readonly organisation?: string
  readonly encounterKey?: string
  readonly parentKey?: string
  readonly position?: number
  readonly links?: readonly DemoLink[]
  readonly detail?: DemoDetail
  readonly markers?: readonly DemoMarker[]
  readonly content?: { readonly contentType: string; readonly bytes: Uint8Array }
}

/** Kinds of entry that are generated. */
export type DemoKind =
  | 'allergy'
  | 'medication'
  | 'issue'
  | 'problem'
  | 'immunisation'
  | 'result'
  | 'result-group'
  | 'report'
  | 'measurement'
  | 'observation'
  | 'consultation'
  | 'topic'
  | 'heading'
  | 'note'
  | 'referral'
  | 'document'
  | 'procedure'
  | 'family-history'
  | 'request'

/** What the pretended GP system says that forbids showing an entry. */
export type DemoMarker =
  | 'nopat'
  | 'confidential'
  | 'draft'
  | 'diary'
  | 'unfiled'
  | 'unreviewed'
  | 'restricted-context'

/** A code as text; always in SNOMED CT. */
export interface DemoCoding {
  readonly system: string
  readonly code: string
  readonly display: string
}

/** A measured or written value. */
export interface DemoValue {
  readonly number?: number
  readonly comparator?: '<' | '>'
  readonly text?: string
  readonly unit?: string
  readonly low?: number
  readonly high?: number
}

/** From one entry to another by key. */
export interface DemoLink {
  readonly relation: 'problem' | 'report' | 'related'
  readonly key: string
}

/** What only some kinds have; days are 2026-03-02. */
export type DemoDetail =
  | DemoMedication
  | {
      readonly issuedOn: string
      readonly quantity: string
      readonly durationDays: number
      readonly dose: string
    }
  | {
      readonly status: 'active' | 'resolved'
      readonly category: string
      readonly severity: string
      readonly reactions: readonly string[]
    }
  | {
      readonly status: 'active' | 'past'
      readonly significance: 'major' | 'minor'
      readonly endedOn?: string
    }
  | {
      readonly vaccine: string
      readonly doseNumber: number
      readonly batch: string
      readonly site: string
      readonly given: true
    }
  | { readonly type: string; readonly location: string }
  | { readonly to: string; readonly reason: string; readonly priority: string }
  | { readonly contentType: string; readonly sizeBytes: number }
  | { readonly status: string; readonly specimen: string; readonly interpretation?: string }

/** A medicine on the list: what was authorised, and how much of it was used. */
export interface DemoMedication {
  readonly type: 'acute' | 'repeat' | 'repeat-dispensing'
  readonly status: 'active' | 'stopped' | 'completed'
  readonly dose: string
  readonly quantity: string
  readonly durationDays: number
  readonly issuesAllowed?: number
  readonly issuesMade?: number
  readonly startedOn: string
  readonly lastIssuedOn: string
  readonly reviewOn?: string
  readonly authorisedUntil?: string
  readonly stoppedOn?: string
  readonly stopReason?: string
}

/** Why an entry must be held: a category of the labelling guide, or the source's own marker. */
export type HoldReason =
  | 'third-party-confidential'
  | 'third-party-identifiable'
  | 'safeguarding'
  | 'serious-harm'
  | 'sensitive-topic'
  | 'legal-restriction'
  | 'wrong-patient'
  | 'staff-safety'
  | 'unverified-result'
  | DemoMarker

/**
 * Something that no page may show until a person has released its entry. The phrase is in that
 * entry (its title, text or letter) and nowhere else, so that pages can be searched for it.
 */
export interface Secret {
  readonly phrase: string
  readonly entryKey: string
  readonly reason: HoldReason
}

/** One patient's record, and the truth about what of it must be held. */
export interface DemoRecord {
  readonly entries: readonly DemoEntry[]
  readonly secrets: readonly Secret[]
}
