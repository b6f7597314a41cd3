import { randomFrom, type Random } from '../random.ts'

/** A made-up practice of another supplier, and where it lies. */
export interface MadePractice {
  readonly practice: string
  readonly practiceName: string
  readonly supplier: string
  readonly regionCode: string
  readonly regionName: string
  readonly subIcbCode: string
  readonly subIcbName: string
  readonly listSize: number
  /** From 0 to 1: how readily its patients take to online services. */
  readonly bent: number
  readonly hasAppointments: boolean
  readonly hasRecordFrom: number
  /** Numbers of the months from which it is there and from which it is not. */
  readonly opens: number
  readonly closes: number
}

const regions = [
  ['Y56', 'LONDON'],
  ['Y58', 'SOUTH WEST'],
  ['Y59', 'SOUTH EAST'],
  ['Y60', 'MIDLANDS'],
  ['Y61', 'EAST OF ENGLAND'],
  ['Y62', 'NORTH WEST'],
  ['Y63', 'NORTH EAST AND YORKSHIRE'],
] as const

const nameParts =
  'ABBEY BROOK CASTLE DOVE ELM FORGE GRANGE HARBOUR IVY KING LIME MILL OAK PRIORY RIVER STATION'.split(
    ' ',
  )
const nameEnds = ['SURGERY', 'MEDICAL PRACTICE', 'HEALTH CENTRE', 'ROAD SURGERY', 'FAMILY PRACTICE']
const perLocation = 58

/** Where a location of the made-up country lies. Every other location begins a board. */
export interface MadeLocation {
  readonly subIcbCode: string
  readonly subIcbName: string
  readonly icbCode: string
  readonly icbName: string
  readonly regionCode: string
  readonly regionName: string
}

/** The locations for so many practices, spread over the regions, at least two in each. */
export function madeLocations(practices: number): readonly MadeLocation[] {
  const count = Math.max(regions.length * 2, Math.ceil(practices / perLocation))
  return Array.from({ length: count }, (_, place) => {
    const region = regions[place % regions.length] ?? regions[0]
    const turn = Math.floor(place / regions.length)
    const board = `${region[0].slice(1)}${String.fromCodePoint(65 + Math.floor(turn / 2))}`
    const letter = turn % 2 === 0 ? 'NORTH' : 'SOUTH'
    return {
      subIcbCode: `${board}${turn % 2}`,
      subIcbName: `EXAMPLE BOARD ${board} - ${letter}`,
      icbCode: `X${board}`,
      icbName: `EXAMPLE BOARD ${board}`,
      regionCode: region[0],
      regionName: region[1],
    }
  })
}

/** The practice with this number, the same whatever others there are. */
export function madePracticeAt(seed: number, index: number, practices: number): MadePractice {
  const random = randomFrom(seed, 'england', index)
  const locations = madeLocations(practices)
  const at = locations[index % locations.length]
  if (!at) throw new Error('There is no location for a practice')
  const isShort = random.chance(0.02)
  return {
    practice: `X${String(10_000 + index).padStart(5, '0')}`,
    practiceName: `${random.pick(nameParts)} ${random.pick(nameEnds)}`,
    supplier: random.chance(0.57) ? 'EXAMPLE SUPPLIER A' : 'EXAMPLE SUPPLIER B',
    regionCode: at.regionCode,
    regionName: at.regionName,
    subIcbCode: at.subIcbCode,
    subIcbName: at.subIcbName,
    listSize: Math.round(Math.max(600, random.normal(10_387, 4200))),
    bent: Math.min(0.92, Math.max(0.12, random.normal(0.5, 0.12))),
    hasAppointments: !random.chance(0.08),
    hasRecordFrom: random.chance(0.19) ? random.int(4, 30) : 0,
    opens: isShort && random.chance(0.5) ? random.int(3, 16) : 0,
    closes: isShort ? random.int(17, 23) : 1000,
  }
}

/** What a practice's figures of a month are; the months are numbered from 0 on. */
export interface MadeFigures {
  readonly listSize: number
  readonly apptsState: number
  readonly apptsEnabled: number
  readonly apptsUse: number
  readonly prescState: number
  readonly prescEnabled: number
  readonly prescUse: number
  readonly recordState: number
  readonly recordEnabled: number
  readonly recordUse: number
  readonly totalEnabled: number
  readonly newEnabled: number
  readonly totalUse: number
}

/** Figures that rise as they did in life, with less in August and December. */
export function madeFigures(
  seed: number,
  practice: MadePractice,
  index: number,
  month: number,
  calendarMonth: number,
): MadeFigures {
  const random = randomFrom(seed, 'figures', index, month)
  const season = calendarMonth === 8 || calendarMonth === 12 ? 0.88 : 1
  const listSize = Math.round(practice.listSize * (1 + month * 0.0006) * random.normal(1, 0.001))
  const share = Math.min(0.95, practice.bent * (0.82 + month * 0.008))
  const totalEnabled = Math.round(listSize * share)
  const of = (low: number, high: number) => low + (high - low) * practice.bent
  const apptsState = practice.hasAppointments ? 2 : 1
  const recordState = month >= practice.hasRecordFrom ? 2 : 1
  const apptsEnabled = apptsState === 2 ? Math.round(totalEnabled * 0.94) : 0
  const apptsUse = apptsState === 2 ? wobble(random, listSize * of(0.004, 0.03) * season) : 0
  const prescUse = wobble(random, listSize * of(0.02, 0.09) * season)
  const recordUse =
    recordState === 2 ? wobble(random, listSize * of(0.2, 0.9) * (0.7 + month * 0.015)) : 0
  return {
    listSize,
    apptsState,
    apptsEnabled,
    apptsUse,
    prescState: 2,
    prescEnabled: Math.round(totalEnabled * 0.97),
    prescUse,
    recordState,
    recordEnabled: recordState === 2 ? Math.round(totalEnabled * 0.9) : 0,
    recordUse,
    totalEnabled,
    newEnabled: wobble(random, listSize * 0.008),
    totalUse: apptsUse + prescUse + recordUse,
  }
}

function wobble(random: Random, mean: number): number {
  return Math.max(0, Math.round(mean * random.normal(1, 0.06)))
}
