/** England, September 2016. Source: DESIGN section 7. */
export const month = { bookings: 1_200_000, requests: 1_400_000 } as const

/** What somebody comes for, in one visit to the site. */
export const kinds = ['booking', 'request', 'record'] as const
export type Kind = (typeof kinds)[number]

/** Record pages that a visit to the record opens, after the home page. */
export const recordPagesEach = 3

/** How many visits of each kind there are in the month, for so many record pages a transaction. */
export function visitsInMonth(recordPages: number): Readonly<Record<Kind, number>> {
  const { bookings, requests } = month
  const record = Math.round(((bookings + requests) * recordPages) / recordPagesEach)
  return { booking: bookings, request: requests, record }
}

/**
 * The kinds of visits in the order in which they come, without end, spread evenly: at no point is any
 * kind a whole visit or more away from its share.
 */
export function* inProportion(visits: Readonly<Record<Kind, number>>): Generator<Kind, never> {
  const all = kinds.reduce((sum, kind) => sum + visits[kind], 0)
  const owed: Record<Kind, number> = { booking: 0, request: 0, record: 0 }
  for (;;) {
    for (const kind of kinds) owed[kind] += visits[kind] / all
    const next = kinds.reduce((most, kind) => (owed[kind] > owed[most] ? kind : most))
    owed[next] -= 1
    yield next
  }
}
