import type { Queries } from '#platform/db'
import { mergeSuppliers } from '../../domain/figures/figures.ts'
import { geographyAt } from '../../domain/geography/geography.ts'
import type { Month } from '../../domain/months/month.ts'
import type { PlacedMonth } from '../../domain/pomi/write.ts'
import { latestOfMonth, placeVersions } from './practice-months.ts'

/** Every practice's month with where it lay then, two suppliers of one practice taken together. */
export async function placedMonths(
  queries: Queries,
  months: readonly Month[],
): Promise<readonly PlacedMonth[]> {
  const places = await placeVersions(queries)
  const each = await Promise.all(
    months.map(async (month) => {
      const whereaboutsOf = geographyAt(places, month)
      const rows = mergeSuppliers(await latestOfMonth(queries, month))
      return rows.map((row) => ({ row, at: whereaboutsOf(row.subIcbCode) }))
    }),
  )
  return each.flat()
}
