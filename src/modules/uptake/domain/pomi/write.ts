import { csvLine } from '../figures/csv.ts'
import { compareText, type PracticeMonth } from '../figures/figures.ts'
import type { Whereabouts } from '../geography/geography.ts'
import { periodEnd } from './dates.ts'
import { pomiFields, pomiValue } from './fields.ts'

/** A practice's month, and where the practice lay then. */
export interface PlacedMonth {
  readonly row: PracticeMonth
  readonly at: Whereabouts
}

const header = [
  'report_period_end',
  'region_code',
  'region_name',
  'sub_ICB_location_code',
  'sub_ICB_location_name',
  'practice_code',
  'practice_name',
  'system_supplier',
  'field',
  'value',
]

/** The order of the published file: by month, region, location, supplier and practice. */
export function inPublishedOrder(rows: readonly PlacedMonth[]): readonly PlacedMonth[] {
  return rows.toSorted(
    (a, b) =>
      compareText(a.row.month, b.row.month) ||
      compareText(a.at.region.code, b.at.region.code) ||
      compareText(a.at.subIcb.code, b.at.subIcb.code) ||
      compareText(a.row.supplier, b.row.supplier) ||
      compareText(a.row.practice, b.row.practice),
  )
}

/**
 * The published file, a piece for each practice and month, with line ends. The first piece is the
 * header. Source: NHSDigital/POMI, create_csv; DOMAIN 4.2.
 */
export function* pomiPieces(rows: readonly PlacedMonth[]): Generator<string> {
  yield `${csvLine(header)}\n`
  for (const { row, at } of inPublishedOrder(rows)) {
    const beginning = csvLine([
      periodEnd(row.month),
      at.region.code,
      at.region.name,
      at.subIcb.code,
      at.subIcb.name,
      row.practice,
      row.practiceName,
      row.supplier,
    ])
    yield pomiFields
      .map((field) => `${beginning},${field},${pomiValue(field, row) ?? ''}\n`)
      .join('')
  }
}
