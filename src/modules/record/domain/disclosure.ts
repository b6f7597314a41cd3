import type { Brand } from '#kernel/brand'
import type { Id } from '#kernel/id'
import type { EntryDetail, EntryKind, EntryValue, Precision, Section } from './entry.ts'
import { areaOf } from './sections.ts'

/** How much of the record, each including the one before. Source: DOMAIN RA-1. */
export type RecordLevel = 'none' | 'summary' | 'detailed' | 'documents' | 'full'

const levels: readonly RecordLevel[] = ['none', 'summary', 'detailed', 'documents', 'full']

/** What one person may see of one patient's record, the practice's own switch already applied. */
export interface RecordGrant {
  /** For what was written at `effectiveFrom` or after. */
  readonly current: RecordLevel
  /** For what was written before it. */
  readonly historical: RecordLevel
  readonly effectiveFrom: Date
  /** Parts of the record that are withheld whole, whatever the level. */
  readonly withheld?: readonly Section[]
}

/** An entry that a decision releases to the patient. Who reads it decides what of it is disclosed. */
export interface ReleasedEntry {
  readonly entryId: Id<'Entry'>
  readonly source: string
  readonly sourceKey: string
  readonly kind: EntryKind
  readonly title: string
  readonly codeSystem?: string
  readonly code?: string
  readonly clinicalAt?: Date
  readonly clinicalPrecision?: Precision
  readonly recordedAt: Date
  readonly filedAt?: Date
  readonly valueNumber?: number
  readonly valueComparator?: EntryValue['comparator']
  readonly valueText?: string
  readonly unit?: string
  readonly rangeLow?: number
  readonly rangeHigh?: number
  readonly rangeText?: string
  readonly text?: string
  readonly author?: string
  readonly organisation?: string
  readonly encounterKey?: string
  readonly parentKey?: string
  readonly position: number
  readonly detail: EntryDetail
  /** Names a document's bytes; absent where there are none. */
  readonly documentHash?: string
}

/** An entry this reader may see, with what they may see of it. Pages and APIs accept nothing else. */
export type DisclosedEntry = Brand<ReleasedEntry, 'Disclosed'>

const neededFor: Partial<Record<EntryKind, RecordLevel>> = {
  medication: 'summary',
  issue: 'summary',
  allergy: 'summary',
  document: 'documents',
  note: 'full',
}

/** The lowest level at which a kind of entry is shown. Source: INTEROP D1. */
export function levelFor(kind: EntryKind): RecordLevel {
  return neededFor[kind] ?? 'detailed'
}

/**
 * When an entry became part of the record: when it was filed, or else recorded. A letter of 2019
 * filed today is new. Source: DOMAIN RA-5.
 */
export function writtenAt(entry: Pick<ReleasedEntry, 'recordedAt' | 'filedAt'>): Date {
  return entry.filedAt ?? entry.recordedAt
}

/**
 * What of the released entries these grants open, in the same order. Below full, free text is taken
 * out of what remains.
 */
export function disclose(
  released: readonly ReleasedEntry[],
  grants: readonly RecordGrant[],
): readonly DisclosedEntry[] {
  return released.flatMap((entry) => {
    const level = highest(grants.map((grant) => levelOf(grant, entry)))
    if (!reaches(level, levelFor(entry.kind))) return []
    return [(level === 'full' ? entry : withoutFreeText(entry)) as DisclosedEntry]
  })
}

function levelOf(grant: RecordGrant, entry: ReleasedEntry): RecordLevel {
  if (grant.withheld?.includes(areaOf(entry))) return 'none'
  return writtenAt(entry) >= grant.effectiveFrom ? grant.current : grant.historical
}

function highest(given: readonly RecordLevel[]): RecordLevel {
  return given.reduce((so, level) => (reaches(level, so) ? level : so), 'none')
}

function reaches(level: RecordLevel, needed: RecordLevel): boolean {
  return levels.indexOf(level) >= levels.indexOf(needed)
}

function withoutFreeText(entry: ReleasedEntry): ReleasedEntry {
  const { text: _text, valueText, ...rest } = entry
  const keepsWords = entry.kind === 'result' || entry.kind === 'measurement'
  return {
    ...rest,
    ...(keepsWords && valueText !== undefined ? { valueText } : {}),
    detail: withoutTypedWords(entry.detail),
  }
}

const typedWords: ReadonlySet<string> = new Set([
  'patientInstruction',
  'stopReason',
  'endReason',
  'reason',
  'missingReason',
])

function withoutTypedWords(detail: EntryDetail): EntryDetail {
  return Object.fromEntries(Object.entries(detail).filter(([name]) => !typedWords.has(name)))
}
