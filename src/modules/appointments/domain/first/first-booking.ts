import { accept, refuse, type Result } from '#kernel/result'

/** Appointments that somebody not checked may cancel before they are asked to phone. */
const cancelledAllowed = 2

/** Why somebody whom nobody has checked yet books none. */
export type FirstRefusal = {
  readonly reason: 'first-used' | 'first-cancelled-often' | 'first-places-full'
}

/** What was booked before by somebody not checked, and which places of the practice are taken. */
export interface FirstStanding {
  /** Not cancelled: to come, or over. */
  readonly kept: number
  readonly cancelled: number
  /** Places that others who are not checked hold now. */
  readonly taken: readonly number[]
  /** How many places the practice has for them. */
  readonly places: number
}

/**
 * May somebody book a first appointment before identity is proved? One, in a place of the practice's
 * that nobody else has: so that no more than that many slots ever wait for people whom nobody knows.
 * Gives the lowest free place. Source: DOMAIN ACC-8.
 */
export function decideFirst(standing: FirstStanding): Result<number, FirstRefusal> {
  if (standing.kept > 0) return refuse({ reason: 'first-used' })
  if (standing.cancelled >= cancelledAllowed) return refuse({ reason: 'first-cancelled-often' })
  const taken = new Set(standing.taken)
  for (let place = 1; place <= standing.places; place++) if (!taken.has(place)) return accept(place)
  return refuse({ reason: 'first-places-full' })
}
