import type { Id } from '#kernel/id'

/** What an entry of the record is. */
export type EntryKind =
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

export type EntryId = Id<'Entry'>

/** How exactly the source dates an entry. */
export type Precision = 'year' | 'month' | 'day' | 'minute'

/**
 * What the source says that forbids showing an entry to the patient, whatever we decide. Kept as
 * long as the source keeps it. Source: DOMAIN RA-3, INTEROP D2.
 */
export type Marker =
  | 'nopat'
  | 'confidential'
  | 'draft'
  | 'diary'
  | 'unfiled'
  | 'unreviewed'
  | 'entered-in-error'
  | 'administrative'
  /** Inside, or holding, something marked `nopat` or `confidential`. */
  | 'restricted-context'

/** A code in one system, with the words the source showed beside it. Codes are always text. */
export interface Coding {
  readonly system: string
  readonly code: string
  readonly display?: string
}

/** From one entry to another by the source's own key: the problem it belongs to, the report it is in. */
export interface EntryLink {
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

/** Days are 2026-03-02. */
export interface MedicationDetail {
  readonly type: 'acute' | 'repeat' | 'repeat-dispensing' | 'delayed'
  readonly status: 'active' | 'stopped' | 'completed'
  /** The dose as text, such as "One tablet each morning". */
  readonly dose?: string
  readonly patientInstruction?: string
  /** As the source prints it, such as "28 tablet". */
  readonly quantity?: string
  readonly durationDays?: number
  /** Issues authorised in all, the first included. */
  readonly issuesAllowed?: number
  readonly issuesMade?: number
  readonly startedOn?: string
  readonly lastIssuedOn?: string
  readonly reviewOn?: string
  readonly authorisedUntil?: string
  readonly stoppedOn?: string
  readonly stopReason?: string
}

/** One supply of a medicine; its `parentKey` is the medication's. */
export interface IssueDetail {
  readonly issuedOn?: string
  readonly quantity?: string
  readonly durationDays?: number
  readonly dose?: string
}

export interface AllergyDetail {
  readonly status: 'active' | 'resolved'
  readonly category?: string
  readonly severity?: string
  readonly reactions?: readonly string[]
  readonly endedOn?: string
  readonly endReason?: string
}

export interface ProblemDetail {
  readonly status: 'active' | 'past'
  readonly significance?: 'major' | 'minor'
  readonly endedOn?: string
}

export interface ImmunisationDetail {
  readonly vaccine?: string
  readonly doseNumber?: number
  readonly batch?: string
  readonly site?: string
  readonly given: boolean
}

export interface ConsultationDetail {
  readonly type?: string
  readonly location?: string
}

export interface ReferralDetail {
  readonly to?: string
  readonly reason?: string
  readonly priority?: string
}

export interface DocumentDetail {
  readonly contentType?: string
  readonly sizeBytes?: number
  /** Why the source gave no content, in the source's words. */
  readonly missingReason?: string
}

/** A test result, or a group or report of them. `interpretation` is the source's, such as "Above high reference limit". */
export interface ResultDetail {
  readonly status?: string
  readonly interpretation?: string
  readonly specimen?: string
}

/** What only some kinds of entry have; which members are there follows from the kind. */
export type EntryDetail =
  | MedicationDetail
  | IssueDetail
  | AllergyDetail
  | ProblemDetail
  | ImmunisationDetail
  | ConsultationDetail
  | ReferralDetail
  | DocumentDetail
  | ResultDetail
  | Readonly<Record<string, never>>

/** A measured or written value. `low` and `high` are the reference range, ends included. */
export interface EntryValue {
  readonly number?: number
  readonly comparator?: '<' | '<=' | '>=' | '>'
  readonly text?: string
  readonly unit?: string
  readonly low?: number
  readonly high?: number
  readonly rangeText?: string
}

/** One entry as a source gives it, before it is stored. */
export interface IncomingEntry {
  /** Names the entry within its source and patient for ever, such as "Observation/4f2c". */
  readonly sourceKey: string
  readonly kind: EntryKind
  /** The original words, never a code. */
  readonly title: string
  readonly codings?: readonly Coding[]
  readonly clinicalAt?: Date
  readonly clinicalPrecision?: Precision
  /** When it was written into the GP system; decides which access level governs it (RA-5). */
  readonly recordedAt: Date
  /** When a clinician filed it (results, letters). */
  readonly filedAt?: Date
  readonly value?: EntryValue
  /** Free text: a note, a comment, the words of a letter. */
  readonly text?: string
  readonly author?: string
  readonly organisation?: string
  /** The consultation it was written in. */
  readonly encounterKey?: string
  /** What holds it: topic or heading of a consultation, group or report of a result, medication of an issue. */
  readonly parentKey?: string
  /** Its place among those with the same parent, from 0. */
  readonly position?: number
  readonly links?: readonly EntryLink[]
  readonly detail?: EntryDetail
  readonly markers?: readonly Marker[]
  /** The resource it came from, whole, with what was not understood. */
  readonly resource?: unknown
  /** A document's bytes, and its words where these could be read; not part of what it says by itself. */
  readonly content?: {
    readonly contentType: string
    readonly bytes: Uint8Array
    readonly words?: string
  }
}

/** The parts of the record as patients know them. */
export type Section =
  | 'medicines'
  | 'allergies'
  | 'problems'
  | 'consultations'
  | 'results'
  | 'immunisations'
  | 'documents'
  | 'referrals'
  | 'measurements'

/** What a source says of a section: recorded as empty, or that something is missing from it. */
export interface IncomingSection {
  readonly section: Section
  readonly state: 'empty' | 'incomplete'
  /** The source's own code, such as "no-content-recorded" or "confidential-items". */
  readonly reason: string
}

/** All or part of one patient's record from one source. */
export interface IncomingRecord {
  /** Names the source system, such as "gp-connect". Keys are compared within one source only. */
  readonly source: string
  /** Whether this is everything the source holds: what is not here has gone, and is closed. */
  readonly isWhole: boolean
  readonly entries: readonly IncomingEntry[]
  readonly sections: readonly IncomingSection[]
}
