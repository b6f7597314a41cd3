import { daysBetween, type LocalDate } from '#kernel/time'
import { isLate, type ItemState } from './item.ts'

/**
 * Whom an item has waited for too long, if it has: the patient is told to turn to them. `no-news`:
 * an approval of long ago of which nobody said any more, and which has most likely been supplied.
 */
export type WaitsFor = 'practice' | 'pharmacy' | 'patient' | 'no-news'

/** An item and since when it stands where it does. */
export interface Waiting {
  readonly state: ItemState
  readonly requestedOn: LocalDate
  readonly since: LocalDate
}

/** How long each step after the decision may take before the patient is told what to do, in days. */
const stepDays = {
  /** From the approval until it is sent, or ready at the practice. */
  approved: 2,
  /** From then on with the pharmacy, until it says something else. */
  pharmacy: 4,
  /** Pharmacies usually put medicines back that nobody fetched for longer. */
  ready: 21,
  /** After which silence is no alarm any more. */
  noNews: 28,
} as const

/** Whom an item has waited for too long. Before the decision the practice's own alarm counts. */
export function waitsTooLongFor(
  { state, requestedOn, since }: Waiting,
  lateAfterDays: number,
  today: LocalDate,
): WaitsFor | undefined {
  const days = daysBetween(since, today)
  switch (state) {
    case 'requested':
    case 'received':
      return isLate(requestedOn, lateAfterDays, today) ? 'practice' : undefined
    case 'asked':
      return days > lateAfterDays ? 'patient' : undefined
    case 'approved':
      return afterApproval(days, stepDays.approved, 'practice')
    case 'sent':
    case 'with-pharmacy':
    case 'untracked':
    case 'preparing':
    case 'ready-partly':
      return afterApproval(days, stepDays.pharmacy, 'pharmacy')
    case 'ready':
      return afterApproval(days, stepDays.ready, 'patient')
    default:
      return undefined
  }
}

function afterApproval(days: number, limit: number, whom: WaitsFor): WaitsFor | undefined {
  if (days > stepDays.noNews) return 'no-news'
  return days > limit ? whom : undefined
}
