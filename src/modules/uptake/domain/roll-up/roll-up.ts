import { mergeSuppliers, type PracticeMonth } from '../figures/figures.ts'
import { england, type Whereabouts } from '../geography/geography.ts'
import type { Month } from '../months/month.ts'
import { suppress } from '../suppression/suppress.ts'

/** England, the levels below it, and practices. */
export type RollUpLevel = 'england' | 'region' | 'icb' | 'sub-icb' | 'practice'

/** Numbers that pages show of a place. Absent where nobody told, or where they must not be shown. */
export interface PublicFigures {
  readonly canUse?: number
  readonly active?: number
  readonly newEnabled?: number
  readonly apptsEnabled?: number
  readonly prescEnabled?: number
  readonly recordEnabled?: number
  readonly booked?: number
  readonly cancelled?: number
  /** Booked or cancelled online, of practices whose supplier does not tell one from the other. */
  readonly undivided?: number
  readonly prescUse?: number
  readonly recordUse?: number
}

/** A number that pages show of a place, by name. */
export type PublicName = keyof PublicFigures

/** A place in a month, as anybody may see it. Its numbers are the sums of its practices'. */
export interface PublicMonth extends PublicFigures {
  readonly level: RollUpLevel
  readonly code: string
  readonly month: Month
  readonly name: string
  /** Of the place that it is in; '' for England. */
  readonly parentCode: string
  /** A practice's supplier; '' for a place above. */
  readonly supplier: string
  readonly practices: number
  /** Practices that have the service switched on. */
  readonly apptsOn: number
  readonly prescOn: number
  readonly recordOn: number
  /** Published for each practice elsewhere, so never withheld. */
  readonly listSize?: number
  /** The list of those practices that tell who was active. */
  readonly toldSize?: number
  /** Numbers that are not shown, and which of them are from 1 to 4. */
  readonly withheld: readonly PublicName[]
  readonly few: readonly PublicName[]
}

/** Every number that pages show, each suppressed for itself. No sum of any two is ever shown. */
export const publicNames = [
  'canUse',
  'active',
  'newEnabled',
  'apptsEnabled',
  'prescEnabled',
  'recordEnabled',
  'booked',
  'cancelled',
  'undivided',
  'prescUse',
  'recordUse',
] as const satisfies readonly PublicName[]

/** A place's exact sums, and which in the list it is in. */
interface Counted {
  readonly parent?: number
  readonly place: Omit<PublicMonth, 'withheld' | 'few'>
}

/**
 * A month of every place from the practices' latest figures: exact sums first, then without the
 * numbers that must not be shown. England stands first.
 */
export function rollUpMonth(
  month: Month,
  rows: readonly PracticeMonth[],
  whereaboutsOf: (subIcbCode: string) => Whereabouts,
): readonly PublicMonth[] {
  const counted = countPlaces(month, mergeSuppliers(rows), whereaboutsOf)
  const hidden = publicNames.map((name) => ({
    name,
    at: suppress(
      counted.map(({ parent, place }) => ({
        ...(parent !== undefined && { parent }),
        value: place[name] ?? 0,
      })),
    ),
  }))
  return counted.map(({ place }, at) => {
    const withheld = hidden.filter((one) => one.at.has(at)).map(({ name }) => name)
    const few = hidden.filter((one) => one.at.get(at) === 'few').map(({ name }) => name)
    return { ...place, ...cleared(withheld), withheld, few }
  })
}

function cleared(names: readonly PublicName[]): PublicFigures {
  return Object.fromEntries(names.map((name) => [name, undefined]))
}

/** Sums as they are gathered. */
interface Place {
  readonly level: RollUpLevel
  readonly code: string
  readonly name: string
  readonly parent?: Place
  readonly rows: PracticeMonth[]
}

function countPlaces(
  month: Month,
  rows: readonly PracticeMonth[],
  whereaboutsOf: (subIcbCode: string) => Whereabouts,
): readonly Counted[] {
  const top: Place = { level: 'england', ...england, rows: [] }
  const known = new Map<string, Place>()
  const placeIn = (level: RollUpLevel, at: { code: string; name: string }, parent: Place) => {
    const key = `${level} ${at.code}`
    const place = known.get(key) ?? { level, code: at.code, name: at.name, parent, rows: [] }
    known.set(key, place)
    return place
  }
  for (const row of rows) {
    const at = whereaboutsOf(row.subIcbCode)
    const region = placeIn('region', at.region, top)
    const icb = placeIn('icb', at.icb, region)
    const subIcb = placeIn('sub-icb', at.subIcb, icb)
    const practice = placeIn('practice', { code: row.practice, name: row.practiceName }, subIcb)
    for (const place of [top, region, icb, subIcb, practice]) place.rows.push(row)
  }
  const order: readonly RollUpLevel[] = ['england', 'region', 'icb', 'sub-icb', 'practice']
  const places = [top, ...known.values()].toSorted(
    (a, b) => order.indexOf(a.level) - order.indexOf(b.level),
  )
  const indexOf = new Map(places.map((place, index) => [place, index]))
  return places.map((place) => {
    const parent = place.parent && indexOf.get(place.parent)
    return { ...(parent !== undefined && { parent }), place: countPlace(month, place) }
  })
}

function countPlace(month: Month, place: Place): Counted['place'] {
  const { level, code, name, rows } = place
  const sum = (of: (row: PracticeMonth) => number | undefined) => sumTold(rows, of)
  const on = (state: 'apptsState' | 'prescState' | 'recordState') =>
    rows.filter((row) => row[state] === 2).length
  return {
    level,
    code,
    month,
    name,
    parentCode: place.parent?.code ?? '',
    supplier: level === 'practice' ? (rows[0]?.supplier ?? '') : '',
    practices: rows.length,
    apptsOn: on('apptsState'),
    prescOn: on('prescState'),
    recordOn: on('recordState'),
    ...sum((row) => row.listSize).as('listSize'),
    ...sum((row) => (row.active === undefined ? undefined : row.listSize)).as('toldSize'),
    ...sum((row) => row.canUse ?? row.totalEnabled).as('canUse'),
    ...sum((row) => row.active).as('active'),
    ...sum((row) => row.newEnabled).as('newEnabled'),
    ...sum((row) => whereOn(row.apptsState, row.apptsEnabled)).as('apptsEnabled'),
    ...sum((row) => whereOn(row.prescState, row.prescEnabled)).as('prescEnabled'),
    ...sum((row) => whereOn(row.recordState, row.recordEnabled)).as('recordEnabled'),
    ...sum((row) => row.booked).as('booked'),
    ...sum((row) => row.cancelled).as('cancelled'),
    ...sum((row) => (row.booked === undefined ? row.apptsUse : undefined)).as('undivided'),
    ...sum((row) => row.prescUse).as('prescUse'),
    ...sum((row) => row.recordUse).as('recordUse'),
  }
}

/** Whoever's own switch is on can use nothing while the practice's is not. */
function whereOn(state: number | undefined, enabled: number | undefined): number | undefined {
  return enabled === undefined || state === 2 ? enabled : 0
}

function sumTold(
  rows: readonly PracticeMonth[],
  of: (row: PracticeMonth) => number | undefined,
): { as<Name extends string>(name: Name): { readonly [name in Name]?: number } } {
  let total: number | undefined
  for (const row of rows) {
    const value = of(row)
    if (value !== undefined) total = (total ?? 0) + value
  }
  return { as: (name) => (total === undefined ? {} : named(name, total)) }
}

function named<Name extends string>(
  name: Name,
  value: number,
): { readonly [name in Name]?: number } {
  const told: { [name in Name]?: number } = {}
  told[name] = value
  return told
}
