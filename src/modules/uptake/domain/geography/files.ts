import { csvLines, parseCsvLine } from '../figures/csv.ts'
import { parseMonth, type Month } from '../months/month.ts'
import { placeLevels, type PlaceVersion } from './geography.ts'

/** A practice as a file has it. */
export interface PlacedPractice {
  readonly practice: string
  readonly name: string
  readonly subIcbCode: string
  /** As 2026-03-31; absent while it is open. */
  readonly closedOn?: string
}

/** What a file holds, and its lines that could not be taken. */
export interface ReadFile<Row> {
  readonly rows: readonly Row[]
  readonly refused: readonly { readonly line: number; readonly why: string }[]
}

function read<Row>(
  lines: readonly string[],
  first: number,
  parse: (cells: readonly string[]) => Row | string | undefined,
): ReadFile<Row> {
  const rows: Row[] = []
  const refused: { line: number; why: string }[] = []
  lines.forEach((line, index) => {
    const row = parse(parseCsvLine(line).map((cell) => cell.trim()))
    if (typeof row === 'string') refused.push({ line: index + first, why: row })
    else if (row !== undefined) rows.push(row)
  })
  return { rows, refused }
}

const epraccur = { code: 0, name: 1, closed: 11, commissioner: 14, setting: 25 } as const

/**
 * GP practices of the file epraccur: which sub-ICB location each is in. Other prescribers in the
 * file are passed over. Source: Organisation Data Service, epraccur, 27 columns without a header.
 */
export function parseEpraccur(text: string): ReadFile<PlacedPractice> {
  return read(csvLines(text), 1, (cells) => {
    if (cells[epraccur.setting] !== '4') return undefined
    const [practice = '', name = ''] = cells
    const subIcbCode = cells[epraccur.commissioner] ?? ''
    const closed = cells[epraccur.closed] ?? ''
    if (!/^[A-Z0-9]{3,10}$/.test(practice)) return `${practice} is not a practice code`
    if (subIcbCode === '') return `${practice} has no commissioner`
    const closedOn = closed.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
    return { practice, name, subIcbCode, ...(closed !== '' && { closedOn }) }
  })
}

/** Places by name with what they are in, from a month on: level,code,name,parent,from. */
export function parsePlaces(text: string): ReadFile<PlaceVersion> {
  const [head = '', ...lines] = csvLines(text)
  if (head.toLowerCase().replaceAll(' ', '') !== 'level,code,name,parent,from') {
    return { rows: [], refused: [{ line: 1, why: 'The columns are level,code,name,parent,from' }] }
  }
  return read(lines, 2, ([level, code = '', name = '', parentCode = '', from = '']) => {
    const known = placeLevels.find((one) => one === level)
    const month: Month | undefined = parseMonth(from)
    if (!known) return `${level} is not region, icb or sub-icb`
    if (month === undefined) return `${from} is not a month such as 2026-04`
    if (code === '' || name === '' || parentCode === '')
      return 'A code, a name and a parent are needed'
    return { level: known, code, month, name, parentCode }
  })
}

/** A postcode with the tenth of deprivation of its area, 1 the most deprived. */
export interface AreaDecile {
  readonly postcode: string
  readonly decile: number
}

/**
 * Deciles by postcode: postcode,decile; or postcode,lsoa with a second file lsoa,decile. Columns may
 * have longer names that begin so, and more may follow.
 */
export function parseDeciles(text: string, areas?: string): ReadFile<AreaDecile> {
  const byArea = areas === undefined ? undefined : decilesOfAreas(areas)
  const [head = '', ...lines] = csvLines(text)
  const names = parseCsvLine(head).map((name) => name.trim().toLowerCase())
  const place = (name: string) => names.findIndex((one) => one.startsWith(name))
  const [postcodeAt, valueAt] = [place('postcode'), place(byArea ? 'lsoa' : 'decile')]
  if (postcodeAt < 0 || valueAt < 0) {
    const why = `The columns postcode and ${byArea ? 'lsoa' : 'decile'} are needed`
    return { rows: [], refused: [{ line: 1, why }] }
  }
  return read(lines, 2, (cells) => {
    const postcode = (cells[postcodeAt] ?? '').replaceAll(' ', '').toUpperCase()
    const value = cells[valueAt] ?? ''
    const decile = byArea ? byArea.get(value) : Number(value)
    if (!/^[A-Z0-9]{5,8}$/.test(postcode)) return `${postcode} is not a postcode`
    if (decile === undefined || !Number.isInteger(decile) || decile < 1 || decile > 10)
      return `${value} gives no decile from 1 to 10`
    return { postcode, decile }
  })
}

function decilesOfAreas(text: string): ReadonlyMap<string, number> {
  return new Map(
    csvLines(text)
      .slice(1)
      .map((line): [string, number] => {
        const [area = '', decile = ''] = parseCsvLine(line)
        return [area.trim(), Number(decile)]
      }),
  )
}
