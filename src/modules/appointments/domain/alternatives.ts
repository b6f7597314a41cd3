import { textHash } from '#kernel/keyed-hash'
import { minutesBefore } from '#kernel/time'
import type { SlotId } from './slot.ts'

const rushMinutes = 30
const nearby = 12

/**
 * What to offer someone whose slot was taken: `count` of the free slots `near` it, which come nearest
 * first. People told at the same moment are offered different ones, or they would all meet again at
 * the next: chosen by person from the nearest few, and soon after a release from all that are given.
 * In order of time.
 */
export function alternativesFor<Near extends { readonly slotId: SlotId; readonly startsAt: Date }>(
  near: readonly Near[],
  wanted: { readonly person: string; readonly count: number; readonly releasedAt?: Date },
  now: Date,
): readonly Near[] {
  const { person, count, releasedAt } = wanted
  const isRush = releasedAt !== undefined && releasedAt > minutesBefore(now, rushMinutes)
  const pool = isRush ? near : near.slice(0, Math.max(nearby, count))
  return pool
    .map((slot) => ({ slot, rank: textHash(`${person} ${slot.slotId}`) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ slot }) => slot)
    .toSorted((a, b) => Number(a.startsAt) - Number(b.startsAt))
}
