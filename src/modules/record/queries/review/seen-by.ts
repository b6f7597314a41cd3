import type { Id } from '#kernel/id'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { Outcome } from '../../domain/decision.ts'
import { disclose, type DisclosedEntry, type ReleasedEntry } from '../../domain/disclosure.ts'
import type { EntryKind, Marker, Precision } from '../../domain/entry.ts'
import type { Reason } from '../../domain/screening.ts'
import type { Reader } from '../entries.ts'

/** Of these entries, those that a reader sees, as their own reading gives them. */
export async function seenOf(
  { tx, grants }: Reader,
  entryIds: readonly Id<'Entry'>[],
): Promise<ReadonlyMap<Id<'Entry'>, DisclosedEntry>> {
  const rows = await tx.many<ReleasedEntry>(sql`
    select entry.entry_id, entry.source, entry.source_key, entry.kind, entry.title,
      entry.code_system, entry.code, entry.clinical_at, entry.clinical_precision,
      entry.recorded_at, entry.filed_at, entry.value_number, entry.value_comparator,
      entry.value_text, entry.unit, entry.range_low, entry.range_high, entry.range_text,
      entry.text, entry.author, entry.organisation, entry.encounter_key, entry.parent_key,
      entry.position, entry.detail, entry.document_hash
    from record.shown_entry entry
    where entry.practice = ${tx.acting.practice}
      and entry.patient_id = ${tx.acting.patientId}
      and entry.entry_id = any (${entryIds}::uuid[])
  `)
  return new Map(disclose(rows, grants).map((entry) => [entry.entryId, entry]))
}

/** An entry with what was decided about it, for saying why somebody sees it or not. */
export interface ExplainedRow {
  readonly entryId: Id<'Entry'>
  readonly kind: EntryKind
  readonly title: string
  readonly clinicalAt?: Date
  readonly clinicalPrecision?: Precision
  readonly recordedAt: Date
  readonly filedAt?: Date
  readonly hasText: boolean
  readonly markers: readonly Marker[]
  readonly isClosed: boolean
  readonly isCurrent: boolean
  readonly outcome?: Outcome
  readonly isPart: boolean
  readonly proposes: boolean
  readonly reasons?: readonly Reason[]
}

/** Everything kept of a patient, newest first, from page 1, and one more where there are more. */
export function explainedEntries(
  tx: Tx<StaffActing<'view-record'>>,
  patientId: PatientId,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<readonly ExplainedRow[]> {
  return tx.many<ExplainedRow>(sql`
    select entry.entry_id, entry.kind, entry.title, entry.clinical_at, entry.clinical_precision,
      entry.recorded_at, entry.filed_at, entry.text is not null as has_text, entry.markers,
      entry.closed_at is not null as is_closed,
      coalesce(latest.content_hash = entry.content_hash, false) as is_current, latest.outcome,
      latest.patient_copy is not null as is_part, coalesce(latest.proposes, false) as proposes,
      latest.reasons
    from record.entry
    left join lateral (
      select decision.outcome, decision.content_hash, decision.patient_copy, decision.proposes,
        decision.reasons
      from record.disclosure_decision decision
      where decision.practice = entry.practice
        and decision.entry_id = entry.entry_id
      order by decision.decision_no desc
      limit 1
    ) latest on true
    where entry.practice = ${tx.acting.practice}
      and entry.patient_id = ${patientId}
    order by entry.clinical_at desc nulls last, entry.recorded_at desc, entry.entry_id
    limit ${size + 1}
    offset ${(page - 1) * size}
  `)
}
