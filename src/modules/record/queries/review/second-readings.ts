import type { Id } from '#kernel/id'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'

type Decider = Tx<StaffActing<'decide-disclosure'>>

/** Something released that is to be read a second time. */
export interface SecondReading {
  readonly entryId: Id<'Entry'>
  readonly patientId: PatientId
  readonly contentHash: string
  readonly why: 'sample' | 'new-rules'
  readonly pickedAt: Date
  /** All that wait, up to 1,000. */
  readonly waiting: number
}

/**
 * The one that has waited longest, of those still released as they were picked; what changed or was
 * held since needs no second reading.
 */
export function nextSecondReading(tx: Decider): Promise<SecondReading | undefined> {
  return tx.maybe<SecondReading>(sql`
    select waiting.entry_id, waiting.patient_id, waiting.content_hash, waiting.why,
      waiting.picked_at, count(*) over () as waiting
    from (
      select reading.entry_id, entry.patient_id, reading.content_hash, reading.why,
        reading.picked_at
      from record.second_reading reading
      join record.entry
        on entry.practice = reading.practice
        and entry.entry_id = reading.entry_id
        and entry.content_hash = reading.content_hash
        and entry.closed_at is null
        and entry.markers = '{}'
      join lateral (
        select decision.outcome
        from record.disclosure_decision decision
        where decision.practice = reading.practice
          and decision.entry_id = reading.entry_id
        order by decision.decision_no desc
        limit 1
      ) latest on latest.outcome = 'released'
      where reading.practice = ${tx.acting.practice}
        and reading.read_at is null
      order by reading.picked_at, reading.entry_id
      limit 1000
    ) waiting
    order by waiting.picked_at, waiting.entry_id
    limit 1
  `)
}
