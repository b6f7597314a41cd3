import { sql, type Tx } from '#platform/db'
import type { Dimension } from '../../domain/equity/gap.ts'
import type { Month } from '../../domain/months/month.ts'

/** A band as it was counted. */
export interface StoredBand {
  readonly dimension: Dimension
  readonly band: string
  readonly listed: number
  readonly canUse: number
  readonly active: number
}

/** The practice's list of a month by what people have in common; bands in their natural order. */
export function equityOf(tx: Tx, month: Month): Promise<readonly StoredBand[]> {
  return tx.many<StoredBand>(sql`
    select dimension, band, listed, can_use, active
    from uptake.equity_month
    where practice = ${tx.acting.practice}
      and month = ${month}
    order by dimension, case when band = 'not-known' then 1 else 0 end,
      case when dimension = 'language' then -listed else 0 end,
      length(band) * (case when dimension = 'deprivation' then 1 else 0 end), band
    limit 300
  `)
}
