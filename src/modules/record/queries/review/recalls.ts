import type { Id } from '#kernel/id'
import type { NhsNumber } from '#kernel/nhs-number'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { RecallCause, RecallConclusion } from '../../domain/deciding/recall.ts'
import type { EntryKind } from '../../domain/entry.ts'

type Decider = Tx<StaffActing<'decide-disclosure'>>

/** Since when an entry has been shown: the first of the releases up to now that nothing interrupted. */
export async function releasedSince(tx: Tx, entryId: Id<'Entry'>): Promise<Date | undefined> {
  const row = await tx.maybe<{ readonly since?: Date }>(sql`
    select min(decision.decided_at) as since
    from record.disclosure_decision decision
    where decision.practice = ${tx.acting.practice}
      and decision.entry_id = ${entryId}
      and decision.outcome = 'released'
      and decision.decision_no > coalesce((
        select max(other.decision_no)
        from record.disclosure_decision other
        where other.practice = decision.practice
          and other.entry_id = decision.entry_id
          and other.outcome <> 'released'
          and other.decision_no < (
            select max(last.decision_no)
            from record.disclosure_decision last
            where last.practice = decision.practice
              and last.entry_id = decision.entry_id
              and last.outcome = 'released')), 0)
  `)
  return row?.since
}

/** An incident in the list. */
export interface RecallRow {
  readonly recallId: Id<'Recall'>
  readonly entryId: Id<'Entry'>
  readonly patientId: PatientId
  readonly nhsNumber: NhsNumber
  readonly givenName: string
  readonly familyName: string
  readonly kind: EntryKind
  readonly recalledAt: Date
  readonly recalledBy: string
  readonly cause: RecallCause
  readonly releasedAt: Date
  readonly releasedBy: 'ruleset' | 'staff'
  readonly rules: readonly string[]
  readonly closedAt?: Date
  readonly closedBy?: string
  readonly conclusion?: RecallConclusion
  readonly note?: string
}

/** Incidents, the open ones first and then the newest, at most 100; or the one with this id. */
export function recalls(tx: Decider, recallId?: Id<'Recall'>): Promise<readonly RecallRow[]> {
  return tx.many<RecallRow>(sql`
    select recall.recall_id, recall.entry_id, recall.patient_id, patient.nhs_number,
      patient.given_name, patient.family_name, entry.kind, recall.recalled_at,
      opener.name as recalled_by, recall.cause, recall.released_at, recall.released_by,
      recall.rules, recall.closed_at, closer.name as closed_by, recall.conclusion, recall.note
    from record.recall
    join record.entry
      on entry.practice = recall.practice
      and entry.entry_id = recall.entry_id
    join directory.patient
      on patient.practice = recall.practice
      and patient.patient_id = recall.patient_id
    join directory.staff opener
      on opener.practice = recall.practice
      and opener.staff_id = recall.recalled_by
    left join directory.staff closer
      on closer.practice = recall.practice
      and closer.staff_id = recall.closed_by
    where recall.practice = ${tx.acting.practice}
      and (${recallId}::uuid is null or recall.recall_id = ${recallId}::uuid)
    order by recall.closed_at is not null, recall.recalled_at desc, recall.recall_id
    limit 100
  `)
}
