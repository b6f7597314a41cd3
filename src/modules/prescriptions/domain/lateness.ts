import { daysBetween, type LocalDate } from '#kernel/time'
import { isLate, type ItemState } from './item.ts'
import type { OrderRules } from './orderable.ts'

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

/**
 * How long each step may take before somebody is told, as the practice settles it, in days: until
 * the decision; from the approval until it is sent, or ready at the practice; with the pharmacy,
 * until it says something else; and ready, until it is collected.
 */
export type Alarms = Pick<
  OrderRules,
  'lateAfterDays' | 'approvedAlarmDays' | 'pharmacyAlarmDays' | 'collectAlarmDays'
>

/** After so many days silence about an approval is no alarm any more. Longer than any alarm. */
export const noNewsDays = 28

/** Whom an item has waited for too long. */
export function waitsTooLongFor(
  { state, requestedOn, since }: Waiting,
  alarms: Alarms,
  today: LocalDate,
): WaitsFor | undefined {
  const { lateAfterDays } = alarms
  const days = daysBetween(since, today)
  switch (state) {
    case 'requested':
    case 'received':
      return isLate(requestedOn, lateAfterDays, today) ? 'practice' : undefined
    case 'asked':
      return days > lateAfterDays ? 'patient' : undefined
    case 'approved':
      return afterApproval(days, alarms.approvedAlarmDays, 'practice')
    case 'sent':
    case 'with-pharmacy':
    case 'untracked':
    case 'preparing':
    case 'ready-partly':
      return afterApproval(days, alarms.pharmacyAlarmDays, 'pharmacy')
    case 'ready':
      return afterApproval(days, alarms.collectAlarmDays, 'patient')
    default:
      return undefined
  }
}

function afterApproval(days: number, limit: number, whom: WaitsFor): WaitsFor | undefined {
  if (days > noNewsDays) return 'no-news'
  return days > limit ? whom : undefined
}
