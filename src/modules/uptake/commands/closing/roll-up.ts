import type { OdsCode } from '#kernel/ods-code'
import { sql, systemProof, type Database, type SystemProof, type Tx } from '#platform/db'
import { geographyAt } from '../../domain/geography/geography.ts'
import type { Month } from '../../domain/months/month.ts'
import { rollUpMonth, type PublicMonth } from '../../domain/roll-up/roll-up.ts'
import { latestOfMonth, placeVersions } from '../../queries/figures/practice-months.ts'

/** National figures belong to no practice; the transaction names one that is none. */
export const nationwide = systemProof('NONE' as OdsCode)

/** Makes what anybody may see of a month anew from every practice's latest figures. Gives its places. */
export function rollUp(db: Database, month: Month): Promise<number> {
  return db.transaction(nationwide, async (tx) => {
    await beginRollUp(tx, month)
    const [rows, places] = await Promise.all([latestOfMonth(tx, month), placeVersions(tx)])
    const rolled = rollUpMonth(month, rows, geographyAt(places, month))
    await replaceMonth(tx, month, rows.length === 0 ? [] : rolled)
    return rolled.length
  })
}

/** Rolls up every month of which figures were added since it was rolled up last. Gives the months. */
export async function rollUpStale(db: Database): Promise<readonly Month[]> {
  const rows = await db.transaction(nationwide, (tx) =>
    tx.many<{ readonly month: Month }>(sql`
      select added.month
      from (
        select month, count(*) as rows
        from uptake.practice_month
        group by month) added
      left join uptake.roll_up rolled on rolled.month = added.month
      where rolled.rows is distinct from added.rows
      order by added.month
    `),
  )
  const months = rows.map((row) => row.month)
  for (const month of months) await rollUp(db, month)
  return months
}

/**
 * Takes the month's row, so that two servers do not write one month at once. It counts the rows
 * before they are read: what comes in between makes the month stale again, and is not lost.
 */
async function beginRollUp(tx: Tx<SystemProof>, month: Month): Promise<void> {
  await tx.run(sql`
    insert into uptake.roll_up (month, rows, rolled_at)
    select ${month}::date, count(*)::integer, ${tx.now}::timestamptz
    from uptake.practice_month
    where month = ${month}
    on conflict (month) do update set
      rows = excluded.rows,
      rolled_at = excluded.rolled_at
  `)
}

async function replaceMonth(
  tx: Tx<SystemProof>,
  month: Month,
  rows: readonly PublicMonth[],
): Promise<void> {
  await tx.run(sql`
    delete from uptake.public_month
    where month = ${month}
  `)
  await tx.run(sql`
    insert into uptake.public_month
      (level, code, month, name, parent_code, supplier, practices, appts_on, presc_on, record_on,
       list_size, told_size, can_use, active, new_enabled, appts_enabled, presc_enabled,
       record_enabled, booked, cancelled, undivided, presc_use, record_use, withheld, few)
    select given.level, given.code, given.month, given.name, given."parentCode", given.supplier,
      given.practices, given."apptsOn", given."prescOn", given."recordOn", given."listSize",
      given."toldSize", given."canUse", given.active, given."newEnabled", given."apptsEnabled",
      given."prescEnabled", given."recordEnabled", given.booked, given.cancelled, given.undivided,
      given."prescUse", given."recordUse", given.withheld, given.few
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
      level text, code text, month date, name text, "parentCode" text, supplier text,
      practices integer, "apptsOn" integer, "prescOn" integer, "recordOn" integer,
      "listSize" integer, "toldSize" integer, "canUse" integer, active integer,
      "newEnabled" integer, "apptsEnabled" integer, "prescEnabled" integer,
      "recordEnabled" integer, booked integer, cancelled integer, undivided integer,
      "prescUse" integer, "recordUse" integer, withheld text[], few text[])
  `)
}
