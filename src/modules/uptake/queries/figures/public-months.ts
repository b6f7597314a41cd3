import { sql, type Queries } from '#platform/db'
import type { PublicName, RollUpLevel } from '../../domain/roll-up/roll-up.ts'
import type { Month } from '../../domain/months/month.ts'

/** A place's month as anybody may see it. */
export interface ShownMonth {
  readonly level: RollUpLevel
  readonly code: string
  readonly month: Month
  readonly name: string
  readonly parentCode: string
  readonly supplier: string
  readonly practices: number
  readonly apptsOn: number
  readonly prescOn: number
  readonly recordOn: number
  readonly listSize?: number
  readonly toldSize?: number
  readonly canUse?: number
  readonly active?: number
  readonly newEnabled?: number
  readonly apptsEnabled?: number
  readonly prescEnabled?: number
  readonly recordEnabled?: number
  readonly booked?: number
  readonly cancelled?: number
  readonly undivided?: number
  readonly prescUse?: number
  readonly recordUse?: number
  readonly withheld: readonly PublicName[]
  readonly few: readonly PublicName[]
}

/** One place up to a month, the last month first, at most 25: two years and the month itself. */
export function monthsOfPlace(
  queries: Queries,
  level: RollUpLevel,
  code: string,
  until: Month,
): Promise<readonly ShownMonth[]> {
  return queries.many<ShownMonth>(sql`
    select level, code, month, name, parent_code, supplier, practices, appts_on, presc_on,
      record_on, list_size, told_size, can_use, active, new_enabled, appts_enabled, presc_enabled,
      record_enabled, booked, cancelled, undivided, presc_use, record_use, withheld, few
    from uptake.public_month
    where level = ${level}
      and code = ${code}
      and month <= ${until}
    order by month desc
    limit 25
  `)
}

const placesAtMost = 1000

/** The places within one in a month, by name, at most 1,000. */
export function placesWithin(
  queries: Queries,
  level: RollUpLevel,
  parentCode: string,
  month: Month,
): Promise<readonly ShownMonth[]> {
  return queries.many<ShownMonth>(sql`
    select level, code, month, name, parent_code, supplier, practices, appts_on, presc_on,
      record_on, list_size, told_size, can_use, active, new_enabled, appts_enabled, presc_enabled,
      record_enabled, booked, cancelled, undivided, presc_use, record_use, withheld, few
    from uptake.public_month
    where level = ${level}
      and parent_code = ${parentCode}
      and month = ${month}
    order by name, code
    limit ${placesAtMost}
  `)
}

/** A place by name, with the places it is in, the nearest first. */
export interface PlaceAbove {
  readonly level: RollUpLevel
  readonly code: string
  readonly name: string
}

/** The places that one is in, in a month: the nearest first, up to England. */
export function placesAbove(
  queries: Queries,
  level: RollUpLevel,
  code: string,
  month: Month,
): Promise<readonly PlaceAbove[]> {
  return queries.many<PlaceAbove>(sql`
    with recursive above as (
      select level, code, name, parent_code, 0 as step
      from uptake.public_month
      where level = ${level}
        and code = ${code}
        and month = ${month}
      union all
      select up.level, up.code, up.name, up.parent_code, above.step + 1
      from above
      join uptake.public_month up
        on up.code = above.parent_code
        and up.month = ${month}
        and up.level = case above.level
          when 'practice' then 'sub-icb'
          when 'sub-icb' then 'icb'
          when 'icb' then 'region'
          when 'region' then 'england'
        end
    )
    select level, code, name
    from above
    where step > 0
    order by step
  `)
}

/** The months that anybody may see, the last first, at most 120. */
export async function publicMonths(queries: Queries): Promise<readonly Month[]> {
  const rows = await queries.many<{ readonly month: Month }>(sql`
    select month
    from uptake.roll_up
    order by month desc
    limit 120
  `)
  return rows.map((row) => row.month)
}

/** Whether any month of any practice was ever counted or taken in. */
export async function isAnythingCounted(queries: Queries): Promise<boolean> {
  const row = await queries.maybe<{ readonly month: Month }>(sql`
    select month
    from uptake.practice_month
    limit 1
  `)
  return row !== undefined
}

/** Practices whose name has these words or whose code begins so, in a month; by name, at most 50. */
export function practicesFound(
  queries: Queries,
  search: string,
  month: Month,
): Promise<readonly FoundPractice[]> {
  const pattern = `%${search.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`
  return queries.many<FoundPractice>(sql`
    select practice.code, practice.name, place.name as place_name
    from uptake.public_month practice
    left join uptake.public_month place
      on place.level = 'sub-icb'
      and place.code = practice.parent_code
      and place.month = practice.month
    where practice.month = ${month}
      and practice.level = 'practice'
      and (practice.name ilike ${pattern} or practice.code ilike ${pattern})
    order by practice.name, practice.code
    limit 50
  `)
}

/** Enough of a practice to choose the right one from a list. */
export interface FoundPractice {
  readonly code: string
  readonly name: string
  readonly placeName?: string
}
