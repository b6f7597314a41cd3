import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import type { Labelled } from '../../domain/deciding/labels.ts'

/**
 * Everything that is kept of a patient as the GP systems gave it, in their order, at most 50,000, with
 * what staff keep back: withheld, hidden, held by a person, or released in part.
 */
export function resourcesToSend(
  tx: Tx<StaffActing<'view-record'>>,
  patientId: PatientId,
): Promise<readonly Labelled[]> {
  return tx.many<Labelled>(sql`
    select entry.resource,
      coalesce(latest.outcome in ('withheld', 'hidden')
        or (latest.outcome = 'held' and latest.decided_by = 'staff')
        or latest.patient_copy is not null, false) as is_kept_back
    from record.entry
    left join lateral (
      select decision.outcome, decision.decided_by, decision.patient_copy
      from record.disclosure_decision decision
      where decision.practice = entry.practice
        and decision.entry_id = entry.entry_id
      order by decision.decision_no desc
      limit 1
    ) latest on true
    where entry.practice = ${tx.acting.practice}
      and entry.patient_id = ${patientId}
      and entry.closed_at is null
    order by entry.entry_id
    limit 50000
  `)
}
