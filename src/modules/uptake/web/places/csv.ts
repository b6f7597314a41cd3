import { csvLine } from '../../domain/figures/csv.ts'
import { formatMonthCode } from '../../domain/months/month.ts'
import { publicNames } from '../../domain/roll-up/roll-up.ts'
import type { ShownMonth } from '../../queries/figures/public-months.ts'

const headings: Readonly<Record<(typeof publicNames)[number], string>> = {
  canUse: 'people_who_can_use_online_services',
  active: 'people_who_used_online_services',
  newEnabled: 'people_who_could_for_the_first_time',
  apptsEnabled: 'people_with_appointments',
  prescEnabled: 'people_with_prescriptions',
  recordEnabled: 'people_with_detailed_record',
  booked: 'appointments_booked_online',
  cancelled: 'appointments_cancelled_online',
  undivided: 'appointments_booked_or_cancelled_not_told_apart',
  prescUse: 'prescription_requests',
  recordUse: 'detailed_record_views',
}

/** Months of places as a file: "<5" for 1 to 4, "withheld" for what would tell one of them. */
export function figuresCsv(months: readonly ShownMonth[]): string {
  const head = [
    'level',
    'code',
    'name',
    'month',
    'supplier',
    'practices',
    'practices_with_appointments',
    'practices_with_prescriptions',
    'practices_with_detailed_record',
    'people_registered',
    'people_registered_where_use_is_told',
    ...publicNames.map((name) => headings[name]),
  ]
  const lines = months.map((month) =>
    csvLine([
      month.level,
      month.code,
      month.name,
      formatMonthCode(month.month),
      month.supplier,
      month.practices,
      month.apptsOn,
      month.prescOn,
      month.recordOn,
      month.listSize,
      month.toldSize,
      ...publicNames.map((name) => {
        if (month.few.includes(name)) return '<5'
        return month.withheld.includes(name) ? 'withheld' : month[name]
      }),
    ]),
  )
  return `\uFEFF${[csvLine(head), ...lines].join('\r\n')}\r\n`
}
