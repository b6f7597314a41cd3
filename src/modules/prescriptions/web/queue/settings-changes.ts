import type { OrderRules } from '../../domain/orderable.ts'
import type { OrdersNow } from '../../queries/queue/settings.ts'
import { formatSetting, settingFields } from './settings-fields.ts'

/** One setting that would change, and what that would do. */
export interface SettingChange {
  readonly label: string
  readonly now: string
  readonly later: string
  readonly effect: string
}

/** What saving would change, in the order of the page. */
export function settingChanges(
  now: OrderRules,
  later: OrderRules,
  orders: OrdersNow,
): readonly SettingChange[] {
  return settingFields
    .filter(({ name }) => now[name] !== later[name])
    .map((field) => ({
      label: field.label,
      now: formatSetting(field, now),
      later: formatSetting(field, later),
      effect: effectOf(field.name, now, later, orders),
    }))
}

function effectOf(
  name: keyof OrderRules,
  now: OrderRules,
  later: OrderRules,
  orders: OrdersNow,
): string {
  switch (name) {
    case 'orderingOpen':
      return later.orderingOpen
        ? 'Patients can order from now on'
        : `Nobody can order online. What waits now stays: ${requests(orders.waiting)}`
    case 'earlyDays':
      return later.earlyDays > now.earlyDays
        ? 'Medicines can be ordered earlier from now on'
        : 'Some medicines that can be ordered now cannot until later. What is ordered stays'
    case 'noteAllowed':
      return later.noteAllowed
        ? 'Patients can write notes from now on'
        : `Patients cannot write notes any more. What is written stays, with ${requests(orders.notes)} that wait`
    case 'acuteRequests':
      return later.acuteRequests
        ? 'Patients can ask for past and short-term medicines'
        : `Patients cannot ask for them any more. What waits of that kind stays: ${requests(orders.acute)}`
    case 'lateAfterDays': {
      const late = (limit: number) => orders.waitedDays.filter((days) => days > limit).length
      return `Of what waits now, ${late(later.lateAfterDays)} would be late instead of ${late(now.lateAfterDays)}`
    }
    case 'reviewOverdue':
      return 'Holds for every order from now on. What waits is decided by the new rule'
    case 'showReviewDates':
    case 'showLastOrdered':
    case 'showType':
      return later[name]
        ? 'Patients see it from the next page they open'
        : 'Patients do not see it any more. Nothing else changes'
    case 'approvedAlarmDays':
    case 'pharmacyAlarmDays':
    case 'collectAlarmDays':
      return later[name] > now[name]
        ? 'Some that are told of a wait now are not, until it is longer'
        : 'Some are told of a wait from now on that were not yet'
    case 'bulkApprove':
      return later.bulkApprove
        ? 'Requests that nothing speaks against can be ticked and approved together'
        : 'Every request is approved by itself'
    default:
      return 'Holds from now on. What is decided stays'
  }
}

function requests(many: number): string {
  return many === 1 ? '1 request' : `${many} requests`
}
