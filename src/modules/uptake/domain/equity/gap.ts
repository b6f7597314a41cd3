/** What people have in common, by which uptake is compared with the practice's whole list. */
export type Dimension = 'age' | 'sex' | 'deprivation' | 'language' | 'long-term-condition'

/** How many people of one band are registered, can use online services, and did in the month. */
export interface Band {
  readonly dimension: Dimension
  /** Such as "75 to 84", "female", "1" for the most deprived tenth, or "not-known". */
  readonly band: string
  readonly listed: number
  readonly canUse: number
  readonly active: number
}

/** A band that falls behind the list, and by how much. */
export interface Gap {
  readonly band: Band
  /** Of 100 people of the band, and of 100 of the list. */
  readonly share: number
  readonly listShare: number
  /** How many more people would have to be able to for the band to be as the list is. */
  readonly missing: number
}

/** In fewer people than this a difference may well be chance. */
export const enoughPeople = 20

/** People who can use online services, of 100. */
export function shareOf({ canUse, listed }: Pick<Band, 'canUse' | 'listed'>): number {
  return listed === 0 ? 0 : (canUse / listed) * 100
}

/**
 * The band furthest behind the practice's own list, or `undefined` where none with enough people in
 * it is behind by as much as a point. People of whom the thing is not known are no band.
 */
export function largestGap(bands: readonly Band[]): Gap | undefined {
  const list = wholeList(bands)
  if (!list) return undefined
  const listShare = shareOf(list)
  const gaps = bands
    .filter(({ band, listed }) => band !== 'not-known' && listed >= enoughPeople)
    .map((band) => {
      const share = shareOf(band)
      const missing = Math.round((band.listed * (listShare - share)) / 100)
      return { band, share, listShare, missing }
    })
    .filter(({ share, missing }) => listShare - share >= 1 && missing > 0)
  return gaps.toSorted((a, b) => a.share - b.share || b.missing - a.missing)[0]
}

/** Everybody on the list, as the ages have them: each person has one. */
export function wholeList(
  bands: readonly Band[],
): Pick<Band, 'listed' | 'canUse' | 'active'> | undefined {
  const ages = bands.filter(({ dimension }) => dimension === 'age')
  if (ages.length === 0) return undefined
  const sum = (of: (band: Band) => number) => ages.reduce((total, band) => total + of(band), 0)
  return {
    listed: sum((band) => band.listed),
    canUse: sum((band) => band.canUse),
    active: sum((band) => band.active),
  }
}
