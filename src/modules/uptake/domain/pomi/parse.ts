import { csvLines, parseCsvLine } from '../figures/csv.ts'
import type { Figures } from '../figures/figures.ts'
import type { Month } from '../months/month.ts'
import { parsePeriodEnd } from './dates.ts'
import { figureOf, parsePomiField, type PomiField } from './fields.ts'

/** One practice's month as a published file has it. */
export interface PublishedMonth {
  readonly month: Month
  readonly regionCode: string
  readonly regionName: string
  readonly subIcbCode: string
  readonly subIcbName: string
  readonly practice: string
  readonly practiceName: string
  readonly supplier: string
  readonly figures: Figures
}

/** A line that could not be taken, by its number in the file, and why. */
export interface RefusedLine {
  readonly line: number
  readonly why: string
}

/** What a published file holds; lines that could not be taken are told one by one. */
export interface PublishedFile {
  readonly rows: readonly PublishedMonth[]
  readonly refused: readonly RefusedLine[]
  /** Lines that said again what an earlier one had said. */
  readonly repeated: number
}

/** Columns by the names that older and newer files have for them. */
const columns = {
  period: ['report_period_end'],
  regionCode: ['region_code'],
  regionName: ['region_name'],
  subIcbCode: ['sub_icb_location_code', 'ccg_code'],
  subIcbName: ['sub_icb_location_name', 'ccg_name'],
  practice: ['practice_code'],
  practiceName: ['practice_name'],
  supplier: ['system_supplier'],
  field: ['field'],
  value: ['value'],
} as const

type Column = keyof typeof columns
type Cells = Readonly<Record<Column, string>>

/**
 * Reads a published file, of sub-ICB locations or of CCGs, with dates of either form. A line that
 * contradicts an earlier one is refused, since nobody can say which is right.
 */
export function parsePomi(text: string): PublishedFile {
  const [head = '', ...lines] = csvLines(text)
  const places = placesOf(parseCsvLine(head))
  if (!places.ok) return { rows: [], repeated: 0, refused: [{ line: 1, why: places.why }] }
  const reading: Reading = { rows: new Map(), refused: [], repeated: 0 }
  lines.forEach((line, index) => {
    const why = takeLine(reading, cellsOf(parseCsvLine(line), places.at))
    if (why !== undefined) reading.refused.push({ line: index + 2, why })
  })
  return { rows: [...reading.rows.values()], refused: reading.refused, repeated: reading.repeated }
}

interface Reading {
  readonly rows: Map<string, PublishedMonth & { figures: Figures; told: Set<PomiField> }>
  readonly refused: RefusedLine[]
  repeated: number
}

type Places = ReadonlyMap<Column, number>

function placesOf(
  head: readonly string[],
): { readonly ok: true; readonly at: Places } | { readonly ok: false; readonly why: string } {
  const names = head.map((name) => name.trim().toLowerCase())
  const at = new Map<Column, number>()
  for (const column of Object.keys(columns).filter(isColumn)) {
    const place = names.findIndex((name) => columns[column].some((known) => known === name))
    if (place < 0) return { ok: false, why: `There is no column ${columns[column][0]}` }
    at.set(column, place)
  }
  return { ok: true, at }
}

const isColumn = (name: string): name is Column => Object.hasOwn(columns, name)

function cellsOf(cells: readonly string[], places: Places): Cells {
  const cell = (column: Column) => cells[places.get(column) ?? -1]?.trim() ?? ''
  return {
    period: cell('period'),
    regionCode: cell('regionCode'),
    regionName: cell('regionName'),
    subIcbCode: cell('subIcbCode'),
    subIcbName: cell('subIcbName'),
    practice: cell('practice'),
    practiceName: cell('practiceName'),
    supplier: cell('supplier'),
    field: cell('field'),
    value: cell('value'),
  }
}

/** Takes one line in, or says why not. */
function takeLine(reading: Reading, cells: Cells): string | undefined {
  const month = parsePeriodEnd(cells.period)
  if (month === undefined) return `${cells.period} is not the last day of a month`
  const field = parsePomiField(cells.field)
  if (field === undefined) return `${cells.field} is not one of the fields`
  if (!/^[A-Z0-9]{3,10}$/.test(cells.practice)) return `${cells.practice} is not a practice code`
  if (cells.supplier === '' || cells.subIcbCode === '' || cells.regionCode === '')
    return 'A supplier, a location and a region are needed'
  if (!/^\d{0,9}(\.0)?$/.test(cells.value)) return `${cells.value} is not a count`
  return takeValue(reading, cells, month, field)
}

function takeValue(
  reading: Reading,
  cells: Cells,
  month: Month,
  field: PomiField,
): string | undefined {
  const key = `${month} ${cells.practice} ${cells.supplier}`
  const row = reading.rows.get(key) ?? { ...placeOf(cells), month, figures: {}, told: new Set() }
  reading.rows.set(key, row)
  const value = cells.value === '' ? undefined : Number(cells.value)
  if (row.told.has(field)) {
    if (row.figures[figureOf[field]] !== value)
      return `${field} was ${row.figures[figureOf[field]] ?? 'blank'} before`
    reading.repeated += 1
    return undefined
  }
  row.told.add(field)
  if (value !== undefined) row.figures = { ...row.figures, [figureOf[field]]: value }
  return undefined
}

function placeOf(cells: Cells) {
  return {
    regionCode: cells.regionCode,
    regionName: cells.regionName || cells.regionCode,
    subIcbCode: cells.subIcbCode,
    subIcbName: cells.subIcbName || cells.subIcbCode,
    practice: cells.practice,
    practiceName: cells.practiceName || cells.practice,
    supplier: cells.supplier,
  }
}
