import type { Id } from '#kernel/id'

/**
 * Whether an automatic release is among those read a second time. Always the same for an entry, and
 * spread evenly over entries. Source: DISCLOSURE 5, safety net.
 */
export function isSampled(entryId: Id<'Entry'>, percent: number): boolean {
  return Number.parseInt(entryId.slice(-8), 16) % 100 < percent
}

/** How old an entry may be, in days, to be read a second time: older ones are looked at as a whole. */
export const sampledDays = 90
