import type { Database } from '#platform/db'
import {
  importPublished,
  nationwide,
  savePlaces,
  type Month,
  type PlaceVersion,
  type PublishedMonth,
} from '#modules/uptake'
import { madeFigures, madeLocations, madePracticeAt } from '../../domain/uptake/made-england.ts'

/** How large a made-up country, and for which months, in their order. */
export interface EnglandPlan {
  readonly seed: number
  readonly practices: number
  readonly months: readonly Month[]
}

/**
 * Makes figures of a whole country of other suppliers' practices, as published files would tell
 * them: some open, some close, some have nothing switched on. On 1 April 2026 the first two boards
 * become one.
 */
export async function fillEngland(db: Database, plan: EnglandPlan): Promise<void> {
  const places = placesOf(plan)
  await db.transaction(nationwide, (tx) => savePlaces(tx, places))
  const practices = Array.from({ length: plan.practices }, (_, index) =>
    madePracticeAt(plan.seed, index, plan.practices),
  )
  for (const [number, month] of plan.months.entries()) {
    const rows = practices.flatMap((practice, index): readonly PublishedMonth[] => {
      if (number < practice.opens || number >= practice.closes) return []
      const { regionCode, regionName, subIcbCode, subIcbName, practiceName, supplier } = practice
      const figures = madeFigures(plan.seed, practice, index, number, Number(month.slice(5, 7)))
      return [
        {
          month,
          regionCode,
          regionName,
          subIcbCode,
          subIcbName,
          practice: practice.practice,
          practiceName,
          supplier,
          figures,
        },
      ]
    })
    await importPublished(db, rows)
  }
}

const merger = { month: '2026-04-01', into: 'XMERGED', name: 'EXAMPLE BOARD, MERGED' } as const

function placesOf({ practices, months }: EnglandPlan): readonly PlaceVersion[] {
  const [first] = months
  if (first === undefined) return []
  const locations = madeLocations(practices)
  const [one, , , , , , , , , , , , , , two] = locations
  const merged = new Set([one?.icbCode, two?.icbCode])
  const merging = months.find((month) => month >= merger.month)
  const at = (month: Month, isMerged: boolean) =>
    locations.flatMap((place): readonly PlaceVersion[] => {
      const isGone = isMerged && merged.has(place.icbCode)
      const icb = isGone
        ? { code: merger.into, name: merger.name }
        : { code: place.icbCode, name: place.icbName }
      return [
        {
          level: 'region',
          code: place.regionCode,
          month,
          name: place.regionName,
          parentCode: 'ENG',
        },
        { level: 'icb', code: icb.code, month, name: icb.name, parentCode: place.regionCode },
        {
          level: 'sub-icb',
          code: place.subIcbCode,
          month,
          name: place.subIcbName,
          parentCode: icb.code,
        },
      ]
    })
  const unique = (places: readonly PlaceVersion[]) => [
    ...new Map(places.map((place) => [`${place.level} ${place.code}`, place])).values(),
  ]
  const before = unique(at(first, false))
  return merging === undefined || merging === first
    ? before
    : [...before, ...unique(at(merging, true))]
}
