import { localDateOf } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'

/** What waits of prescriptions: for the practice, of that late, and in this person's hands. */
export interface PrescriptionsWaiting {
  readonly waiting: number
  readonly late: number
  readonly mine: number
}

/** Counts what waits of prescriptions, with no word of whose or what. */
export async function prescriptionsWaiting(tx: Tx<StaffActing>): Promise<PrescriptionsWaiting> {
  const today = localDateOf(tx.now)
  const row = await tx.maybe<PrescriptionsWaiting>(sql`
    select (count(*) filter (where state <> 'asked'))::integer as waiting,
      (count(*) filter (where ${today}::date - requested_on > late_after_days))::integer as late,
      (count(*) filter (where state <> 'asked' and assigned_to = ${tx.acting.staffId}))::integer
        as mine
    from prescriptions.published_waiting
    where practice = ${tx.acting.practice}
  `)
  return row ?? { waiting: 0, late: 0, mine: 0 }
}
