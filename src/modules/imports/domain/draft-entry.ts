/** What an entry of the record is; the words of the record capability, which takes these entries. */
export type DraftKind =
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
  | 'other'

/** What the source says that forbids showing an entry to the patient. Source: DOMAIN RA-3. */
export type DraftMarker =
  | 'nopat'
  | 'confidential'
  | 'draft'
  | 'diary'
  | 'unfiled'
  | 'unreviewed'
  | 'entered-in-error'
  | 'administrative'
  | 'restricted-context'

/** A code as the source gives it. Codes are always text. */
export interface DraftCoding {
  readonly system: string
  readonly code: string
  readonly display?: string
}

/** From one entry to another, by key. */
export interface DraftLink {
  readonly relation:
    | 'problem'
    | 'report'
    | 'group'
    | 'specimen'
    | 'document'
    | 'heading'
    | 'related'
  readonly key: string
}

/** A measured or written value with its reference range. */
export interface DraftValue {
  readonly number?: number
  readonly comparator?: '<' | '<=' | '>=' | '>'
  readonly text?: string
  readonly unit?: string
  readonly low?: number
  readonly high?: number
  readonly rangeText?: string
}

/** What a reader makes of one resource by itself; where it belongs is found out afterwards. */
export interface EntryContent {
  readonly kind: DraftKind
  readonly title: string
  readonly codings?: readonly DraftCoding[]
  readonly clinicalAt?: Date
  readonly clinicalPrecision?: 'year' | 'month' | 'day' | 'minute'
  readonly recordedAt: Date
  readonly filedAt?: Date
  readonly value?: DraftValue
  readonly text?: string
  readonly author?: string
  readonly organisation?: string
  readonly detail?: object
  readonly markers?: readonly DraftMarker[]
  readonly content?: { readonly contentType: string; readonly bytes: Uint8Array }
}

/** Where an entry belongs. `position` counts from 0 among those with the same parent. */
export interface Placement {
  readonly encounterKey?: string
  readonly parentKey?: string
  readonly position?: number
  readonly links?: readonly DraftLink[]
}

/** One entry, ready for the record. `sourceKey` names it within its source for ever. */
export interface DraftEntry extends EntryContent, Placement {
  readonly sourceKey: string
  /** The resource it came from; a list of them where others were merged into it. */
  readonly resource: unknown
}

/** What a source says of a section: recorded as empty, or that something is missing from it. */
export interface DraftSection {
  readonly section:
    | 'medicines'
    | 'allergies'
    | 'problems'
    | 'consultations'
    | 'results'
    | 'immunisations'
    | 'documents'
    | 'referrals'
    | 'measurements'
  readonly state: 'empty' | 'incomplete'
  readonly reason: string
}
