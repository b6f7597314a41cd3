import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { PatientId, StaffId } from '#modules/directory'

/** What a clinician released of one patient before, named by the keys of the source. */
export interface PastReleases {
  readonly patientId: PatientId
  readonly source: string
  readonly sourceKeys: readonly string[]
  readonly releasedBy: StaffId
}

/**
 * Adds releases that a person made before, for history: only of entries that are held, and of none
 * that the source marks. Gives how many.
 */
export async function addPastReleases(
  tx: Tx<SystemProof>,
  { patientId, source, sourceKeys, releasedBy }: PastReleases,
): Promise<number> {
  const released = await tx.run(sql`
    insert into record.disclosure_decision
      (practice, entry_id, decision_no, patient_id, content_hash, outcome, decided_at, decided_by,
       staff_id, reasons)
    select entry.practice, entry.entry_id, latest.decision_no + 1, entry.patient_id,
      entry.content_hash, 'released', ${tx.now}::timestamptz, 'staff', ${releasedBy}::uuid, latest.reasons
    from record.entry
    join lateral (
      select decision.decision_no, decision.outcome, decision.needs_two, decision.reasons
      from record.disclosure_decision decision
      where decision.practice = entry.practice
        and decision.entry_id = entry.entry_id
      order by decision.decision_no desc
      limit 1
    ) latest on latest.outcome = 'held' and not latest.needs_two
    where entry.practice = ${tx.acting.practice}
      and entry.patient_id = ${patientId}
      and entry.source = ${source}
      and entry.source_key = any (${sourceKeys})
      and entry.markers = '{}'
      and entry.closed_at is null
  `)
  await recordEvent(tx, {
    type: 'record.past-releases-added',
    about: patientId,
    details: { released, releasedBy },
  })
  return released
}
