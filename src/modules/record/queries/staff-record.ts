import type { Id } from '#kernel/id'
import type { LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { Outcome } from '../domain/decision.ts'
import type { EntryKind, Marker, Precision } from '../domain/entry.ts'
import type { Reason } from '../domain/screening.ts'

/** An entry as staff see it in the whole record, with whether the patient sees it and why. */
export interface StaffEntryRow {
  readonly entryId: Id<'Entry'>
  readonly kind: EntryKind
  readonly title: string
  readonly text?: string
  readonly valueNumber?: number
  readonly valueText?: string
  readonly unit?: string
  readonly clinicalAt?: Date
  readonly clinicalPrecision?: Precision
  readonly recordedAt: Date
  readonly author?: string
  readonly markers: readonly Marker[]
  readonly isClosed: boolean
  readonly isCurrent: boolean
  readonly outcome?: Outcome
  readonly reasons?: readonly Reason[]
  readonly reviewOn?: LocalDate
}

/** Everything kept of a patient, closed entries too, newest first. Staff only. */
export function staffEntries(
  tx: Tx<StaffActing<'view-record'>>,
  patientId: PatientId,
  { page, size, kind }: { readonly page: number; readonly size: number; readonly kind?: EntryKind },
): Promise<readonly StaffEntryRow[]> {
  return tx.many<StaffEntryRow>(sql`
    select entry.entry_id, entry.kind, entry.title, entry.text, entry.value_number,
      entry.value_text, entry.unit, entry.clinical_at, entry.clinical_precision, entry.recorded_at,
      entry.author, entry.markers, entry.closed_at is not null as is_closed,
      coalesce(latest.content_hash = entry.content_hash, false) as is_current,
      latest.outcome, latest.reasons, latest.review_on
    from record.entry
    left join lateral (
      select decision.outcome, decision.content_hash, decision.reasons, decision.review_on
      from record.disclosure_decision decision
      where decision.practice = entry.practice
        and decision.entry_id = entry.entry_id
      order by decision.decision_no desc
      limit 1
    ) latest on true
    where entry.practice = ${tx.acting.practice}
      and entry.patient_id = ${patientId}
      and (${kind}::text is null or entry.kind = ${kind})
    order by entry.clinical_at desc nulls last, entry.recorded_at desc, entry.entry_id
    limit ${size + 1}
    offset ${(page - 1) * size}
  `)
}
