import { itemStates, type ItemState } from '../item.ts'

/** What each status that pharmacies' systems send means for an item; none where it says nothing. */
export const trackedStates = {
  'Prescriber Approved': 'sent',
  'Prescriber Cancelled': 'withdrawn',
  'With Pharmacy': 'with-pharmacy',
  'With Pharmacy but Tracking not Supported': 'untracked',
  'With Pharmacy - Preparing Remainder': 'preparing',
  'Ready to Collect': 'ready',
  'Ready to Collect - Partial': 'ready-partly',
  // Packed and waiting for a courier: nobody should go and fetch it.
  'Ready to Dispatch': 'preparing',
  'Ready to Dispatch - Partial': 'preparing',
  Dispatched: 'dispatched',
  'Not Dispensed': 'not-dispensed',
  Collected: 'collected',
  'Tracking Temporarily Unavailable': undefined,
} as const satisfies Readonly<Record<string, ItemState | undefined>>

/** A status of the list; anything else is kept as it came and told to staff. */
export type KnownStatus = keyof typeof trackedStates

/** Whether a status is one of the list, to the letter. */
export function isKnownStatus(status: string): status is KnownStatus {
  return Object.hasOwn(trackedStates, status)
}

/** What was said of one item: `at` is when it became true, by the pharmacy's clock. */
export interface StatusUpdate {
  readonly status: string
  readonly at: Date
}

/** Where an item stands, and since when that is true. */
export interface TrackedItem {
  readonly state: ItemState
  readonly statusAt: Date
}

/**
 * What an update does: moves the item, makes what it says newer, comes too late, says what is
 * known, says nothing of the item, or cannot be read.
 */
export type UpdateOutcome =
  | { readonly outcome: 'moved'; readonly item: TrackedItem }
  | { readonly outcome: 'renewed'; readonly item: TrackedItem }
  | { readonly outcome: 'repeated' | 'late' | 'no-news' | 'unknown' | 'not-sent' }

/** States in which the prescription service has an item, or had it. */
const reported: readonly ItemState[] = [
  'sent',
  'with-pharmacy',
  'untracked',
  'preparing',
  'ready-partly',
  'ready',
  'collected',
  'dispatched',
  'not-dispensed',
  'withdrawn',
]

/**
 * Applies one update. The latest by its own time holds, whenever it comes and however often, so any
 * order of the same updates ends alike; of two for one moment the one further on holds. A status
 * that is not on the list moves nothing.
 *
 * Hazard: H-007 (an old status shown as the present one).
 */
export function applyUpdate(item: TrackedItem, update: StatusUpdate): UpdateOutcome {
  if (!isKnownStatus(update.status)) return { outcome: 'unknown' }
  const state = trackedStates[update.status]
  if (state === undefined) return { outcome: 'no-news' }
  if (!reported.includes(item.state)) return { outcome: 'not-sent' }

  const later = update.at.getTime() - item.statusAt.getTime()
  if (later === 0 && state === item.state) return { outcome: 'repeated' }
  if (later < 0 || (later === 0 && placeOf(state) < placeOf(item.state))) return { outcome: 'late' }
  const next = { state, statusAt: update.at }
  return { outcome: state === item.state ? 'renewed' : 'moved', item: next }
}

function placeOf(state: ItemState): number {
  return itemStates.indexOf(state)
}

/** Whether nothing more is to be asked about an item. */
export function isTrackingOver(state: ItemState): boolean {
  return ['collected', 'dispatched', 'not-dispensed', 'withdrawn'].includes(state)
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** For how long pharmacies are asked about a prescription. It expires after six months. */
const trackedForDays = 190

/**
 * When to ask next about a prescription sent at `sentAt`: every quarter of an hour at first, then
 * less and less often. After failures, each wait is twice the one before, a day at most. Undefined
 * where it is asked no more.
 */
export function nextAskAt(sentAt: Date, now: Date, failures: number): Date | undefined {
  const age = now.getTime() - sentAt.getTime()
  if (age > trackedForDays * day) return undefined
  const usual =
    age < 4 * hour ? 15 * minute : age < 3 * day ? hour : age < 14 * day ? 6 * hour : day
  return new Date(now.getTime() + Math.min(usual * 2 ** Math.min(failures, 10), day))
}
