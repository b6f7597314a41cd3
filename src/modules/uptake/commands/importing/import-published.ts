import { sql, type Database, type SystemProof, type Tx } from '#platform/db'
import { sameFigures } from '../../domain/figures/figures.ts'
import {
  england,
  geographyAt,
  notToldIn,
  type PlaceVersion,
} from '../../domain/geography/geography.ts'
import type { Month } from '../../domain/months/month.ts'
import type { PublishedMonth } from '../../domain/pomi/parse.ts'
import { latestOfMonth, placeVersions } from '../../queries/figures/practice-months.ts'
import { nationwide } from '../closing/roll-up.ts'
import { writeMonths, type NewMonth } from '../closing/write-months.ts'

/** What became of the rows of published files. */
export interface ImportReport {
  readonly added: number
  readonly corrected: number
  readonly unchanged: number
}

/**
 * Keeps what published files tell, month by month, each in one transaction. A practice's month that
 * was there already and differs becomes a correction. Where places lay is kept as the files say.
 */
export async function importPublished(
  db: Database,
  published: readonly PublishedMonth[],
): Promise<ImportReport> {
  let report: ImportReport = { added: 0, corrected: 0, unchanged: 0 }
  const byMonth = [...Map.groupBy(published, (row) => row.month)]
  for (const [month, rows] of byMonth.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const made = await db.transaction(nationwide, (tx) => importMonth(tx, month, rows))
    report = {
      added: report.added + made.added,
      corrected: report.corrected + made.corrected,
      unchanged: report.unchanged + made.unchanged,
    }
  }
  return report
}

async function importMonth(
  tx: Tx<SystemProof>,
  month: Month,
  rows: readonly PublishedMonth[],
): Promise<ImportReport> {
  const [stored, places] = await Promise.all([latestOfMonth(tx, month), placeVersions(tx)])
  const known = new Map(stored.map((row) => [`${row.practice} ${row.supplier}`, row]))
  const news = rows.flatMap((row): readonly NewMonth[] => {
    const last = known.get(`${row.practice} ${row.supplier}`)
    const isSame =
      last !== undefined &&
      sameFigures(last, row.figures) &&
      last.practiceName === row.practiceName &&
      last.subIcbCode === row.subIcbCode
    if (isSame) return []
    const { practice, supplier, practiceName, subIcbCode, figures } = row
    const revision = (last?.revision ?? 0) + 1
    const reason = last ? ('resent' as const) : ('closed' as const)
    return [
      {
        practice,
        month,
        supplier,
        revision,
        source: 'file',
        reason,
        practiceName,
        subIcbCode,
        figures,
      },
    ]
  })
  await savePlaces(tx, placesOf(month, rows, places))
  if (news.length > 0) await writeMonths(tx, news)
  const corrected = news.filter(({ reason }) => reason === 'resent').length
  return {
    added: news.length - corrected,
    corrected,
    unchanged: rows.length - news.length,
  }
}

/** Regions and locations as a file names them. Which ICB a location is in, files do not say. */
function placesOf(
  month: Month,
  rows: readonly PublishedMonth[],
  known: readonly PlaceVersion[],
): readonly PlaceVersion[] {
  const whereaboutsOf = geographyAt(known, month)
  const places = new Map<string, PlaceVersion>()
  for (const row of rows) {
    const { icb, region } = whereaboutsOf(row.subIcbCode)
    const isWithin = region.code === row.regionCode
    places.set(`region ${row.regionCode}`, {
      level: 'region',
      code: row.regionCode,
      month,
      name: row.regionName,
      parentCode: england.code,
    })
    places.set(`sub-icb ${row.subIcbCode}`, {
      level: 'sub-icb',
      code: row.subIcbCode,
      month,
      name: row.subIcbName,
      parentCode: isWithin ? icb.code : notToldIn(row.regionCode),
    })
  }
  return [...places.values()]
}

/** Keeps where places lie from a month on; what was told for the same month before gives way. */
export async function savePlaces(
  tx: Tx<SystemProof>,
  places: readonly PlaceVersion[],
): Promise<void> {
  await tx.run(sql`
    insert into uptake.place (level, code, month, name, parent_code)
    select given.level, given.code, given.month, given.name, given."parentCode"
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as given (
      level text, code text, month date, name text, "parentCode" text)
    on conflict (level, code, month) do update set
      name = excluded.name,
      parent_code = excluded.parent_code
  `)
}
