import { sql, type Tx } from '#platform/db'
import type { Month } from '../../domain/months/month.ts'
import type { StoredMonth } from '../figures/practice-months.ts'

/** Where a practice lies from a month on. */
export interface PracticePlace {
  readonly name: string
  readonly subIcbCode: string
  readonly closedOn?: string
}

/** Where the transaction's practice lay in a month: as told last before its end, else first after. */
export function practicePlaceAt(tx: Tx, month: Month): Promise<PracticePlace | undefined> {
  return tx.maybe<PracticePlace>(sql`
    select name, sub_icb_code, closed_on
    from uptake.practice_place
    where practice = ${tx.acting.practice}
    order by month <= ${month}::date desc,
      case when month <= ${month}::date then month end desc,
      month
    limit 1
  `)
}

/** The last figures of the transaction's practice for a month from one supplier. */
export function lastOwnRevision(
  tx: Tx,
  month: Month,
  supplier: string,
): Promise<StoredMonth | undefined> {
  return tx.maybe<StoredMonth>(sql`
    select practice, month, supplier, revision, source, reason, made_at, practice_name,
      sub_icb_code, list_size, appts_state, appts_enabled, appts_use, presc_state, presc_enabled,
      presc_use, record_state, record_enabled, record_use, total_enabled, new_enabled, total_use,
      can_use, active, booked, cancelled, summary
    from uptake.practice_month
    where practice = ${tx.acting.practice}
      and month = ${month}
      and supplier = ${supplier}
    order by revision desc
    limit 1
  `)
}
