import type { Id } from '#kernel/id'
import type { LocalDate } from '#kernel/time'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { PatientId } from '#modules/directory'
import type { PatientCopy } from '../domain/deciding/patient-copy.ts'
import type { Awaits, Ground, Outcome } from '../domain/decision.ts'
import type {
  Coding,
  EntryDetail,
  EntryKind,
  EntryLink,
  EntryValue,
  IncomingEntry,
  Marker,
  Precision,
} from '../domain/entry.ts'
import type { StoredEntry } from '../domain/plan-storing.ts'
import type { PatientIdentity, Reason } from '../domain/screening.ts'

/**
 * Waits until nobody else stores or decides about these patients' records, and keeps others waiting
 * until the transaction ends. What is to be decided on must be read after it. Imports and staff take
 * the same lock: otherwise what derives from an entry could be released while that is withheld.
 *
 * Hazard: harmful entry shown through what was derived from it.
 */
export async function lockRecords(tx: Tx, patientIds: readonly PatientId[]): Promise<void> {
  await tx.run(sql`
    select pg_advisory_xact_lock(hashtextextended(${tx.acting.practice}::text || ' ' || given.id, 0))
    from (
      select distinct id
      from unnest(${patientIds}::uuid[]) as asked (id)
      order by id
    ) given
  `)
}

/** Locks the record that an entry is of, as `lockRecords`; nothing where this practice has no such entry. */
export async function lockRecordOf(tx: Tx, entryId: Id<'Entry'>): Promise<void> {
  const entry = await tx.maybe<{ readonly patientId: PatientId }>(sql`
    select patient_id
    from record.entry
    where practice = ${tx.acting.practice}
      and entry_id = ${entryId}
  `)
  if (entry) await lockRecords(tx, [entry.patientId])
}

/** A patient whose record is being stored. */
export interface LockedPatient extends PatientIdentity {
  readonly patientId: PatientId
  readonly bornOn: LocalDate
  /** The practice lets rules release free text in which they find nothing. */
  readonly clearsText: boolean
}

/** The patients asked for, their rows locked until the transaction ends. */
export function lockedPatients(
  tx: Tx<SystemProof>,
  patientIds: readonly PatientId[],
): Promise<readonly LockedPatient[]> {
  return tx.many<LockedPatient>(sql`
    select patient.patient_id, patient.born_on, patient.sex, patient.nhs_number, patient.given_name,
      patient.family_name, coalesce(setting.clears_text, false) as clears_text
    from directory.patient
    left join record.disclosure_setting setting on setting.practice = patient.practice
    where patient.practice = ${tx.acting.practice}
      and patient.patient_id = any (${patientIds}::uuid[])
    order by patient.patient_id
    for no key update of patient
  `)
}

/** The columns of an entry that staff and imports read, as rows arrive. */
export interface EntryRow {
  readonly entryId: Id<'Entry'>
  readonly patientId: PatientId
  readonly source: string
  readonly sourceKey: string
  readonly kind: EntryKind
  readonly title: string
  readonly codings: readonly Coding[]
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
  readonly links: readonly EntryLink[]
  readonly detail: EntryDetail
  readonly markers: readonly Marker[]
  readonly documentHash?: string
}

interface StoredRow extends EntryRow {
  readonly contentHash: string
  readonly closedAt?: Date
  readonly decisionNo?: number
  readonly outcome?: Outcome
  readonly decidedBy?: 'ruleset' | 'staff'
  readonly decidedHash?: string
  readonly reasons?: readonly Reason[]
  readonly staffId?: Id<'Staff'>
  readonly ground?: Ground
  readonly explanation?: string
  readonly reviewOn?: LocalDate
  readonly needsTwo?: boolean
  readonly proposes?: boolean
  readonly patientCopy?: PatientCopy
  readonly awaits?: Awaits
}

/** Everything stored of these patients, closed entries too. Staff and the service only. */
export async function storedEntries(
  tx: Tx,
  patientIds: readonly PatientId[],
): Promise<ReadonlyMap<PatientId, readonly StoredEntry[]>> {
  const rows = await tx.many<StoredRow>(sql`
    select entry.entry_id, entry.patient_id, entry.source, entry.source_key, entry.kind, entry.title,
      entry.codings, entry.clinical_at, entry.clinical_precision, entry.recorded_at, entry.filed_at,
      entry.value_number, entry.value_comparator, entry.value_text, entry.unit, entry.range_low,
      entry.range_high, entry.range_text, entry.text, entry.author, entry.organisation,
      entry.encounter_key, entry.parent_key, entry.position, entry.links, entry.detail,
      entry.markers, entry.document_hash, entry.content_hash, entry.closed_at,
      latest.decision_no, latest.outcome, latest.decided_by, latest.content_hash as decided_hash,
      latest.reasons, latest.staff_id, latest.ground, latest.explanation, latest.review_on,
      latest.needs_two, latest.proposes, latest.patient_copy, latest.awaits
    from record.entry
    left join lateral (
      select decision.decision_no, decision.outcome, decision.decided_by, decision.content_hash,
        decision.reasons, decision.staff_id, decision.ground, decision.explanation,
        decision.review_on, decision.needs_two, decision.proposes, decision.patient_copy,
        decision.awaits
      from record.disclosure_decision decision
      where decision.practice = entry.practice
        and decision.entry_id = entry.entry_id
      order by decision.decision_no desc
      limit 1
    ) latest on true
    where entry.practice = ${tx.acting.practice}
      and entry.patient_id = any (${patientIds}::uuid[])
    order by entry.patient_id, entry.entry_id
  `)
  return Map.groupBy(rows, (row) => row.patientId)
    .entries()
    .reduce(
      (so, [patientId, own]) => so.set(patientId, own.map(storedEntry)),
      new Map<PatientId, StoredEntry[]>(),
    )
}

function storedEntry(row: StoredRow): StoredEntry {
  const { decisionNo, outcome, decidedBy, reasons } = row
  const { staffId, ground, explanation, reviewOn, needsTwo, proposes, patientCopy, awaits } = row
  return {
    entryId: row.entryId,
    source: row.source,
    entry: entryOf(row),
    contentHash: row.contentHash,
    isClosed: row.closedAt !== undefined,
    isDecided: row.decidedHash === row.contentHash,
    ...given({ documentHash: row.documentHash }),
    ...(decisionNo !== undefined && outcome && decidedBy
      ? {
          standing: {
            decisionNo,
            outcome,
            decidedBy,
            reasons: reasons ?? [],
            ...given({ staffId, ground, explanation, reviewOn, patientCopy, awaits }),
            ...(needsTwo && { needsTwo }),
            ...(proposes && { proposes }),
          },
        }
      : {}),
  }
}

/** A stored row as the entry that came in. A document's bytes are not with it. */
function entryOf(row: EntryRow): IncomingEntry {
  const value = given({
    number: row.valueNumber,
    comparator: row.valueComparator,
    text: row.valueText,
    unit: row.unit,
    low: row.rangeLow,
    high: row.rangeHigh,
    rangeText: row.rangeText,
  })
  return {
    sourceKey: row.sourceKey,
    kind: row.kind,
    title: row.title,
    codings: row.codings,
    recordedAt: row.recordedAt,
    position: row.position,
    links: row.links,
    detail: row.detail,
    markers: row.markers,
    ...(Object.keys(value).length > 0 ? { value } : {}),
    ...given({
      clinicalAt: row.clinicalAt,
      clinicalPrecision: row.clinicalPrecision,
      filedAt: row.filedAt,
      text: row.text,
      author: row.author,
      organisation: row.organisation,
      encounterKey: row.encounterKey,
      parentKey: row.parentKey,
    }),
  }
}

type Given<Members> = { readonly [Name in keyof Members]?: Exclude<Members[Name], undefined> }

/** The members that have a value. */
function given<Members extends object>(members: Members): Given<Members> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Given<Members>
}
