import { sql, type SystemProof, type Tx } from '#platform/db'
import type { Figures, SummaryCounts } from '../../domain/figures/figures.ts'
import type { Month } from '../../domain/months/month.ts'

/** A revision to be added. */
export interface NewMonth {
  readonly practice: string
  readonly month: Month
  readonly supplier: string
  readonly revision: number
  readonly source: 'events' | 'file'
  readonly reason: 'closed' | 'late' | 'resent'
  readonly practiceName: string
  readonly subIcbCode: string
  readonly figures: Figures
  readonly summary?: SummaryCounts
}

/** Adds revisions, any number at once. Throws where one is there already. */
export async function writeMonths(tx: Tx<SystemProof>, months: readonly NewMonth[]): Promise<void> {
  const rows = months.map(({ figures, ...row }) => ({ ...row, ...figures }))
  await tx.run(sql`
    insert into uptake.practice_month
      (practice, month, supplier, revision, source, reason, made_at, practice_name, sub_icb_code,
       list_size, appts_state, appts_enabled, appts_use, presc_state, presc_enabled, presc_use,
       record_state, record_enabled, record_use, total_enabled, new_enabled, total_use, can_use,
       active, booked, cancelled, summary)
    select given.practice, given.month, given.supplier, given.revision, given.source, given.reason,
      ${tx.now}::timestamptz, given."practiceName", given."subIcbCode", given."listSize",
      given."apptsState", given."apptsEnabled", given."apptsUse", given."prescState",
      given."prescEnabled", given."prescUse", given."recordState", given."recordEnabled",
      given."recordUse", given."totalEnabled", given."newEnabled", given."totalUse",
      given."canUse", given.active, given.booked, given.cancelled, given.summary
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
      practice text, month date, supplier text, revision integer, source text, reason text,
      "practiceName" text, "subIcbCode" text, "listSize" integer, "apptsState" smallint,
      "apptsEnabled" integer, "apptsUse" integer, "prescState" smallint, "prescEnabled" integer,
      "prescUse" integer, "recordState" smallint, "recordEnabled" integer, "recordUse" integer,
      "totalEnabled" integer, "newEnabled" integer, "totalUse" integer, "canUse" integer,
      active integer, booked integer, cancelled integer, summary jsonb)
  `)
}
