import { daysBetween, type LocalDate } from '#kernel/time'
import { isLate, type ItemState } from './item.ts'

/** Who an item has waited for too long, if it has: whom the patient is told to turn to. */
export type WaitsFor = 'practice' | 'pharmacy' | 'patient'

/** An item and since when it stands where it does. */
export interface Waiting {
  readonly state: ItemState
  readonly requestedOn: LocalDate
  readonly since: LocalDate
}

/** How long each step after the decision may take before the patient is told what to do, in days. */
export const stepDays = {
  /** From the approval until it is sent, or ready at the practice. */
  approved: 2,
  /** From then on with the pharmacy, until it says something else. */
  pharmacy: 4,
  /** Pharmacies usually put medicines back that nobody fetched for longer. */
  ready: 21,
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
      return days > stepDays.approved ? 'practice' : undefined
    case 'sent':
    case 'with-pharmacy':
    case 'untracked':
    case 'preparing':
    case 'ready-partly':
      return days > stepDays.pharmacy ? 'pharmacy' : undefined
    case 'ready':
      return days > stepDays.ready ? 'patient' : undefined
    default:
      return undefined
  }
}
