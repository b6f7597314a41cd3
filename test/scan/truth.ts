import type pg from 'pg'
import type { EntryId, EntryKind } from '#modules/record'
import type { RecordLevel } from '#modules/access'

/** An entry as the tables have it, read past every view and rule of the service. */
export interface StoredFact {
  readonly entryId: EntryId
  readonly kind: EntryKind
  readonly title: string
  readonly author: string | null
  readonly sourceKey: string
  readonly writtenAt: Date
  readonly isClosed: boolean
  readonly isMarked: boolean
  readonly encounterKey: string | null
  readonly decisionNo: number
  readonly contentHash: string
  /** Whether the latest decision releases exactly this content. */
  readonly isReleased: boolean
}

/** What the service may show of an entry at most, whoever reads. Source: DESIGN I-1. */
export async function factsOf(
  admin: pg.Client,
  practice: string,
  patientId: string,
): Promise<readonly StoredFact[]> {
  const { rows } = await admin.query<StoredFact>(
    `select entry.entry_id as "entryId", entry.kind, entry.title, entry.author,
       entry.source_key as "sourceKey",
       coalesce(entry.filed_at, entry.recorded_at) as "writtenAt",
       entry.closed_at is not null as "isClosed", entry.markers <> '{}' as "isMarked",
       entry.encounter_key as "encounterKey",
       latest.decision_no as "decisionNo", entry.content_hash as "contentHash",
       latest.outcome = 'released' and latest.content_hash = entry.content_hash as "isReleased"
     from record.entry
     join lateral (
       select * from record.disclosure_decision decision
       where decision.practice = entry.practice and decision.entry_id = entry.entry_id
       order by decision_no desc limit 1) latest on true
     where entry.practice = $1 and entry.patient_id = $2`,
    [practice, patientId],
  )
  return rows
}

/** What a person's switches are, as the harness set them. */
export interface ReaderSwitches {
  readonly isOpen: boolean
  readonly current: RecordLevel
  readonly historical: RecordLevel
  readonly effectiveFrom: Date
}

const order: readonly RecordLevel[] = ['none', 'summary', 'detailed', 'documents', 'full']
const needed: Partial<Record<EntryKind, RecordLevel>> = {
  medication: 'summary',
  issue: 'summary',
  allergy: 'summary',
  document: 'documents',
  note: 'full',
}

/** Whether any word of an entry may reach this reader at all. Source: INTEROP D1; DOMAIN RA-1, RA-5. */
export function mayReach(
  fact: StoredFact,
  reader: ReaderSwitches,
  practiceLevel: RecordLevel,
  mark: string,
): boolean {
  if (!reader.isOpen || !isShownToAny(fact)) return false
  const own = fact.writtenAt >= reader.effectiveFrom ? reader.current : reader.historical
  const level = order[Math.min(order.indexOf(own), order.indexOf(practiceLevel))] ?? 'none'
  if (order.indexOf(level) < order.indexOf(needed[fact.kind] ?? 'detailed')) return false
  if (level === 'full' || fact.kind === 'document') return true
  return fact.title.includes(mark) || (fact.author ?? '').includes(mark)
}

/** Whether the decisions let anybody see it. */
export function isShownToAny(fact: StoredFact): boolean {
  return fact.isReleased && !fact.isClosed && !fact.isMarked
}
