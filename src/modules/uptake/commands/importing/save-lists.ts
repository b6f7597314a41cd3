import { sql, type SystemProof, type Tx } from '#platform/db'
import type { AreaDecile, PlacedPractice } from '../../domain/geography/files.ts'
import type { Month } from '../../domain/months/month.ts'

/** Keeps in which sub-ICB location practices are from a month on. */
export async function savePracticePlaces(
  tx: Tx<SystemProof>,
  month: Month,
  practices: readonly PlacedPractice[],
): Promise<void> {
  await tx.run(sql`
    insert into uptake.practice_place (practice, month, name, sub_icb_code, closed_on)
    select given.practice, ${month}::date, given.name, given."subIcbCode", given."closedOn"
    from jsonb_to_recordset(${JSON.stringify(practices)}::jsonb) as given (
      practice text, name text, "subIcbCode" text, "closedOn" date)
    on conflict (practice, month) do update set
      name = excluded.name,
      sub_icb_code = excluded.sub_icb_code,
      closed_on = excluded.closed_on
  `)
}

/** Keeps who may return figures: those listed from a day on, and those listed before no longer. */
export async function saveApprovals(
  tx: Tx<SystemProof>,
  practices: readonly string[],
  day: string,
): Promise<void> {
  await tx.run(sql`
    update uptake.approval
    set ended_on = ${day}
    where ended_on is null
      and approved_on <= ${day}::date
      and practice <> all (${practices}::text[])
  `)
  await tx.run(sql`
    insert into uptake.approval (practice, approved_on)
    select given.practice, ${day}::date
    from unnest(${practices}::text[]) as given (practice)
    where not exists (
      select
      from uptake.approval
      where approval.practice = given.practice
        and approval.ended_on is null)
    on conflict (practice, approved_on) do update set ended_on = null
  `)
}

/** Keeps the deciles that a practice supplied for its postcodes, in place of those it had before. */
export async function saveDeciles(
  tx: Tx<SystemProof>,
  deciles: readonly AreaDecile[],
): Promise<void> {
  await tx.run(sql`
    delete from uptake.area_decile
    where practice = ${tx.acting.practice}
  `)
  await tx.run(sql`
    insert into uptake.area_decile (practice, postcode, decile)
    select ${tx.acting.practice}, given.postcode, given.decile
    from jsonb_to_recordset(${JSON.stringify(deciles)}::jsonb) as given (
      postcode text, decile smallint)
    on conflict (practice, postcode) do nothing
  `)
}
