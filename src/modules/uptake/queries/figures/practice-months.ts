import type { Queries } from '#platform/db'
import { sql } from '#platform/db'
import type { PracticeMonth } from '../../domain/figures/figures.ts'
import type { PlaceLevel, PlaceVersion } from '../../domain/geography/geography.ts'
import type { Month } from '../../domain/months/month.ts'

/** A practice's month as it is kept, in one revision. */
export interface StoredMonth extends PracticeMonth {
  readonly practice: string
  readonly month: Month
  readonly supplier: string
  readonly revision: number
  readonly source: 'events' | 'file'
  readonly reason: 'closed' | 'late' | 'resent'
  readonly madeAt: Date
  readonly practiceName: string
  readonly subIcbCode: string
  readonly listSize?: number
  readonly apptsState?: number
  readonly apptsEnabled?: number
  readonly apptsUse?: number
  readonly prescState?: number
  readonly prescEnabled?: number
  readonly prescUse?: number
  readonly recordState?: number
  readonly recordEnabled?: number
  readonly recordUse?: number
  readonly totalEnabled?: number
  readonly newEnabled?: number
  readonly totalUse?: number
  readonly canUse?: number
  readonly active?: number
  readonly booked?: number
  readonly cancelled?: number
  readonly summary?: Readonly<Record<string, number>>
}

/** What every practice's figures of a month are now: the last revision of each supplier. */
export function latestOfMonth(queries: Queries, month: Month): Promise<readonly StoredMonth[]> {
  return queries.many<StoredMonth>(sql`
    select distinct on (practice, supplier)
      practice, month, supplier, revision, source, reason, made_at, practice_name, sub_icb_code,
      list_size, appts_state, appts_enabled, appts_use, presc_state, presc_enabled, presc_use,
      record_state, record_enabled, record_use, total_enabled, new_enabled, total_use, can_use,
      active, booked, cancelled, summary
    from uptake.practice_month
    where month = ${month}
    order by practice, supplier, revision desc
  `)
}

/** Every revision of one practice's months, the latest month and revision first, at most 200. */
export function revisionsOf(queries: Queries, practice: string): Promise<readonly StoredMonth[]> {
  return queries.many<StoredMonth>(sql`
    select practice, month, supplier, revision, source, reason, made_at, practice_name,
      sub_icb_code, list_size, appts_state, appts_enabled, appts_use, presc_state, presc_enabled,
      presc_use, record_state, record_enabled, record_use, total_enabled, new_enabled, total_use,
      can_use, active, booked, cancelled, summary
    from uptake.practice_month
    where practice = ${practice}
    order by month desc, supplier, revision desc
    limit 200
  `)
}

/** Everything that was ever told of where places lie, in the order of time. */
export function placeVersions(queries: Queries): Promise<readonly PlaceVersion[]> {
  return queries.many<{
    readonly level: PlaceLevel
    readonly code: string
    readonly month: Month
    readonly name: string
    readonly parentCode: string
  }>(sql`
    select level, code, month, name, parent_code
    from uptake.place
    order by month, level, code
  `)
}

/** Codes of practices that had approval to return figures on a day; absent where no list was loaded. */
export async function approvedOn(
  queries: Queries,
  day: string,
): Promise<ReadonlySet<string> | undefined> {
  const rows = await queries.many<{ readonly practice: string; readonly isApproved: boolean }>(sql`
    select practice, approved_on <= ${day} and (ended_on is null or ended_on > ${day}) as is_approved
    from uptake.approval
    order by practice
  `)
  if (rows.length === 0) return undefined
  return new Set(rows.filter((row) => row.isApproved).map((row) => row.practice))
}
