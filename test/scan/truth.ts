import type pg from 'pg'
import type { Subject } from '#kernel/subjects'
import type { EntryId, EntryKind } from '#modules/record'
import type { RecordArea, RecordLevel } from '#modules/access'
import type { Given } from './given-record.ts'

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
  const { rows } = await admin.query<StoredFact>({
    name: 'facts',
    text: `select entry.entry_id as "entryId", entry.kind, entry.title, entry.author,
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
     where entry.practice = $1 and entry.patient_id = $2
     order by entry.entry_id`,
    values: [practice, patientId],
  })
  return rows
}

/** What the patient chose about subjects: what is kept from others, what is told in person since when. */
export interface Choices {
  readonly keptPrivate: readonly Subject[]
  readonly toldInPerson: ReadonlyMap<Subject, Date>
}

/** What a person's switches are, as the harness set them. */
export interface ReaderSwitches {
  readonly name: 'patient' | 'proxy'
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

const partOf: Partial<Record<EntryKind, RecordArea>> = {
  medication: 'medicines',
  allergy: 'allergies',
  problem: 'problems',
  result: 'results',
  consultation: 'consultations',
  immunisation: 'immunisations',
  document: 'documents',
  referral: 'referrals',
}

/** All that bears on what somebody may be given of a patient's record. */
export interface Bounds {
  readonly reader: ReaderSwitches
  readonly practiceLevel: RecordLevel
  readonly withheldParts: ReadonlySet<RecordArea>
  readonly choices: Choices
  /** Whether the record asks for a review before anybody reads it. */
  readonly isUnderReview: boolean
}

/** Whether any word of an entry may reach this reader at all. Source: INTEROP D1; DOMAIN RA-1, RA-5, RA-8. */
export function mayReach(fact: StoredFact, given: Given, bounds: Bounds): boolean {
  const { reader, practiceLevel } = bounds
  if (bounds.isUnderReview || !isGivenTo(fact, given, bounds)) return false
  const own = fact.writtenAt >= reader.effectiveFrom ? reader.current : reader.historical
  const level = order[Math.min(order.indexOf(own), order.indexOf(practiceLevel))] ?? 'none'
  if (order.indexOf(level) < order.indexOf(needed[fact.kind] ?? 'detailed')) return false
  if (level === 'full' || fact.kind === 'document') return true
  return fact.title.includes(given.mark) || (fact.author ?? '').includes(given.mark)
}

/** As `mayReach`, whatever the level: medicines can be ordered at any of them. Source: DOMAIN RX-1. */
export function isGivenTo(fact: StoredFact, given: Given, bounds: Bounds): boolean {
  if (!bounds.reader.isOpen || !isShownToAny(fact) || given.asksForReview) return false
  return !bounds.withheldParts.has(partOfRecord(fact)) && !isAgainstChoice(given, bounds)
}

function partOfRecord({ kind, encounterKey }: StoredFact): RecordArea {
  if (kind === 'note' && encounterKey !== null) return 'consultations'
  return partOf[kind] ?? 'measurements'
}

/** What its own words touch on is to be told in person first, or kept from this reader. Source: DOMAIN TR-3. */
function isAgainstChoice({ subject, givenAt }: Given, { reader, choices }: Bounds): boolean {
  if (subject === undefined) return false
  if (reader.name === 'proxy' && choices.keptPrivate.includes(subject)) return true
  const since = choices.toldInPerson.get(subject)
  return since !== undefined && givenAt >= since
}

/** Whether the decisions let anybody see it. */
export function isShownToAny(fact: StoredFact): boolean {
  return fact.isReleased && !fact.isClosed && !fact.isMarked
}
