import type { Month } from '../months/month.ts'
import { compareText } from '../figures/figures.ts'

/** The levels above practices, the highest first; England is above them all. */
export const placeLevels = ['region', 'icb', 'sub-icb'] as const

export type PlaceLevel = (typeof placeLevels)[number]

/** What a place was called, and in which other it was, from a month on. */
export interface PlaceVersion {
  readonly level: PlaceLevel
  readonly code: string
  readonly month: Month
  readonly name: string
  readonly parentCode: string
}

/** The one code above every region. */
export const england = { code: 'ENG', name: 'England' } as const

/** Stands for an ICB or sub-ICB location that nobody has told, so that no practice is left out. */
export const notTold = 'NOT-TOLD'

/** A place with its name at some month. */
export interface NamedPlace {
  readonly code: string
  readonly name: string
}

/** Where a sub-ICB location lay in a month, up to its region. */
export interface Whereabouts {
  readonly subIcb: NamedPlace
  readonly icb: NamedPlace
  readonly region: NamedPlace
}

/**
 * Names that regions have in published files whatever else is said, by code.
 * Source: NHSDigital/POMI, rename_columns.
 */
const regionNames: ReadonlyMap<string, string> = new Map([
  ['Y54', 'NORTH OF ENGLAND'],
  ['Y55', 'MIDLANDS AND EAST OF ENGLAND'],
  ['Y56', 'LONDON'],
  ['Y57', 'SOUTH OF ENGLAND'],
  ['Y58', 'SOUTH WEST'],
  ['Y59', 'SOUTH EAST'],
  ['Y60', 'MIDLANDS'],
  ['Y61', 'EAST OF ENGLAND'],
  ['Y62', 'NORTH WEST'],
  ['Y63', 'NORTH EAST AND YORKSHIRE'],
])

/** The place that ICBs or sub-ICB locations are put under where their own is not known. */
export function notToldIn(code: string): string {
  return `${notTold}-${code}`
}

/** Where each sub-ICB location lay in a month, as told for that month, else before, else after. */
export function geographyAt(
  versions: readonly PlaceVersion[],
  month: Month,
): (subIcbCode: string) => Whereabouts {
  const held = new Map<string, PlaceVersion>()
  for (const version of versions.toSorted((a, b) => compareText(a.month, b.month))) {
    const key = keyOf(version.level, version.code)
    if (version.month <= month || !held.has(key)) held.set(key, version)
  }
  const known = new Map<string, Whereabouts>()
  return (subIcbCode) => {
    const found = known.get(subIcbCode) ?? whereaboutsOf(held, subIcbCode)
    known.set(subIcbCode, found)
    return found
  }
}

function whereaboutsOf(held: ReadonlyMap<string, PlaceVersion>, subIcbCode: string): Whereabouts {
  const subIcb = held.get(keyOf('sub-icb', subIcbCode))
  const icbCode = subIcb?.parentCode ?? notTold
  const icb = held.get(keyOf('icb', icbCode))
  const regionCode = icb?.parentCode ?? regionWithin(icbCode)
  return {
    subIcb: { code: subIcbCode, name: subIcb?.name ?? `Location ${subIcbCode}` },
    icb: { code: icbCode, name: icb?.name ?? 'Integrated care board not told' },
    region: { code: regionCode, name: regionName(held, regionCode) },
  }
}

/** The region that a placeholder was made for. */
function regionWithin(icbCode: string): string {
  return icbCode.startsWith(`${notTold}-`) ? icbCode.slice(notTold.length + 1) : notTold
}

function regionName(held: ReadonlyMap<string, PlaceVersion>, code: string): string {
  return regionNames.get(code) ?? held.get(keyOf('region', code))?.name ?? 'Region not told'
}

function keyOf(level: PlaceLevel, code: string): string {
  return `${level} ${code}`
}
