import type { Id } from '#kernel/id'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { EntryKind, Precision } from '../../domain/entry.ts'
import type { Reason } from '../../domain/screening.ts'

/** A held entry that is held for one reason alone, with all that the patient would see of it. */
export interface AlikeRow {
  readonly entryId: Id<'Entry'>
  readonly patientId: PatientId
  readonly givenName: string
  readonly familyName: string
  readonly kind: EntryKind
  readonly title: string
  readonly text?: string
  readonly valueNumber?: number
  readonly valueText?: string
  readonly unit?: string
  readonly detail: Readonly<Record<string, unknown>>
  readonly author?: string
  readonly organisation?: string
  readonly clinicalAt?: Date
  readonly clinicalPrecision?: Precision
  readonly recordedAt: Date
  readonly decisionNo: number
  readonly contentHash: string
  readonly reasons: readonly Reason[]
}

/** Entries held for just this rule, the longest wait first; at most 25, so that each is read. */
export function heldAlike(
  tx: Tx<StaffActing<'decide-disclosure'>>,
  rule: string,
): Promise<readonly AlikeRow[]> {
  return tx.many<AlikeRow>(sql`
    select entry.entry_id, entry.patient_id, patient.given_name, patient.family_name, entry.kind,
      entry.title, entry.text, entry.value_number, entry.value_text, entry.unit, entry.detail,
      entry.author, entry.organisation, entry.clinical_at, entry.clinical_precision,
      entry.recorded_at, decision.decision_no, decision.content_hash, decision.reasons
    from record.disclosure_decision decision
    join record.entry
      on entry.practice = decision.practice
      and entry.entry_id = decision.entry_id
      and entry.content_hash = decision.content_hash
      and entry.markers = '{}'
      and entry.closed_at is null
    join directory.patient
      on patient.practice = entry.practice
      and patient.patient_id = entry.patient_id
    where decision.practice = ${tx.acting.practice}
      and decision.outcome = 'held'
      and not decision.proposes
      and not decision.needs_two
      and coalesce(decision.lane, 'clinician') = 'clerk'
      and jsonb_array_length(decision.reasons) = 1
      and decision.reasons -> 0 ->> 'rule' = ${rule}
      and not exists (
        select
        from record.disclosure_decision later
        where later.practice = decision.practice
          and later.entry_id = decision.entry_id
          and later.decision_no > decision.decision_no)
    order by decision.decided_at, decision.entry_id
    limit 25
  `)
}

/** Rules for which at least two entries wait, each held for that rule alone, the most first. */
export function rulesAlike(
  tx: Tx<StaffActing<'decide-disclosure'>>,
): Promise<readonly { readonly rule: string; readonly why: string; readonly count: number }[]> {
  return tx.many<{ readonly rule: string; readonly why: string; readonly count: number }>(sql`
    select alike.rule, min(alike.why) as why, count(*) as count
    from (
      select decision.reasons -> 0 ->> 'rule' as rule, decision.reasons -> 0 ->> 'why' as why
      from record.disclosure_decision decision
      join record.entry
        on entry.practice = decision.practice
        and entry.entry_id = decision.entry_id
        and entry.content_hash = decision.content_hash
        and entry.markers = '{}'
        and entry.closed_at is null
      where decision.practice = ${tx.acting.practice}
        and decision.outcome = 'held'
        and not decision.proposes
        and not decision.needs_two
        and coalesce(decision.lane, 'clinician') = 'clerk'
        and jsonb_array_length(decision.reasons) = 1
        and not exists (
          select
          from record.disclosure_decision later
          where later.practice = decision.practice
            and later.entry_id = decision.entry_id
            and later.decision_no > decision.decision_no)
      order by decision.decided_at, decision.entry_id
      limit 1000
    ) alike
    group by alike.rule
    having count(*) > 1
    order by count(*) desc, alike.rule
    limit 20
  `)
}
