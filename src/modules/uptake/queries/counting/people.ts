import { sql, type SystemProof, type Tx } from '#platform/db'
import { instantsOfMonth, lastDayOf, type Month } from '../../domain/months/month.ts'

/** What a practice had switched on at the end of a month. */
export interface PracticeSwitches {
  readonly appointments: boolean
  readonly prescriptions: boolean
  readonly recordLevel: string
}

/** The practice's own switches at the end of a month; `undefined` before it had any. */
export function practiceSwitchesAt(
  tx: Tx<SystemProof>,
  month: Month,
): Promise<PracticeSwitches | undefined> {
  const { until } = instantsOfMonth(month)
  return tx.maybe<PracticeSwitches>(sql`
    select appointments, prescriptions, record_level
    from access.published_practice_switch
    where practice = ${tx.acting.practice}
      and since < ${until}
      and (until is null or until >= ${until})
    order by since desc
    limit 1
  `)
}

/** People of the list by what they can use at the end of a month, each counted once. */
export interface EnabledCounts {
  readonly listSize: number
  readonly apptsEnabled: number
  readonly prescEnabled: number
  readonly recordEnabled: number
  /** With any switch of their own on, whatever the practice's. */
  readonly anyEnabled: number
  /** With a switch on that the practice has on too. */
  readonly canUse: number
}

/**
 * Counts people once each, however many act for them. Who left, or whose switch was lowered, by the
 * end of the month does not count; what happened since then does not matter.
 */
export async function enabledCounts(
  tx: Tx<SystemProof>,
  month: Month,
  on: PracticeSwitches,
): Promise<EnabledCounts> {
  const { until } = instantsOfMonth(month)
  const row = await tx.maybe<EnabledCounts>(sql`
    with listed as materialized (
      select distinct patient_id
      from directory.registration_period
      where practice = ${tx.acting.practice}
        and kind = 'active'
        and began_on <= ${lastDayOf(month)}::date
        and (ended_on is null or ended_on > ${lastDayOf(month)}::date)
    ), able as (
      select patient_id,
        bool_or(appointments <> 'none') as appts,
        bool_or(prescriptions <> 'none') as presc,
        bool_or(record_current <> 'none' or record_historical <> 'none') as any_record,
        bool_or(record_current in ('detailed', 'documents', 'full')
          or record_historical in ('detailed', 'documents', 'full')) as record
      from access.published_switch
      join listed using (patient_id)
      where practice = ${tx.acting.practice}
        and since < ${until}
        and (until is null or until >= ${until})
      group by patient_id
    )
    select
      (select count(*) from listed)::integer as list_size,
      count(*) filter (where appts)::integer as appts_enabled,
      count(*) filter (where presc)::integer as presc_enabled,
      count(*) filter (where record)::integer as record_enabled,
      count(*) filter (where appts or presc or any_record)::integer as any_enabled,
      count(*) filter (where (appts and ${on.appointments}::boolean)
        or (presc and ${on.prescriptions}::boolean)
        or (any_record and ${on.recordLevel !== 'none'}::boolean))::integer as can_use
    from able
  `)
  if (!row) throw new Error('Counting people gave nothing')
  return row
}

/** People of the list at the end of a month whose first switch of all was put on within it. */
export async function newlyEnabled(tx: Tx<SystemProof>, month: Month): Promise<number> {
  const { from, until } = instantsOfMonth(month)
  const row = await tx.maybe<{ readonly newly: number }>(sql`
    select count(*)::integer as newly
    from (
      select patient_id
      from access.published_switch
      where practice = ${tx.acting.practice}
        and (appointments <> 'none' or prescriptions <> 'none'
          or record_current <> 'none' or record_historical <> 'none')
        and (until is null or until > since)
        and exists (
          select
          from directory.registration_period period
          where period.practice = ${tx.acting.practice}
            and period.patient_id = published_switch.patient_id
            and period.kind = 'active'
            and period.began_on <= ${lastDayOf(month)}::date
            and (period.ended_on is null or period.ended_on > ${lastDayOf(month)}::date))
      group by patient_id
      having min(since) >= ${from} and min(since) < ${until}) first
  `)
  return row?.newly ?? 0
}
