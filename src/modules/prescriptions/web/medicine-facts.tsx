import { formatDate, type LocalDate } from '#kernel/time'
import type { SummaryRow } from '#platform/html'
import { issuesLeft, nextOrderOn, type OrderRules, type PastRequest } from '../domain/orderable.ts'
import type { Medicine } from '../domain/medicine.ts'
import { formatDays, formatKnown } from './words.ts'

/** What is known of a medicine, as rows. Dose and last issue always; the rest where the record says. */
export function medicineRows(medicine: Medicine): readonly SummaryRow[] {
  const { dose, patientInstruction, quantity, durationDays, lastIssuedOn, reviewDueOn } = medicine
  return [
    row('Dose', [dose, patientInstruction].filter(Boolean).join('. ') || 'Not recorded'),
    ...(quantity === undefined ? [] : [row('Quantity', quantity)]),
    ...(durationDays === undefined ? [] : [row('A supply lasts', formatDays(durationDays))]),
    row('Last issued', formatKnown(lastIssuedOn, 'Not recorded')),
    ...(reviewDueOn === undefined ? [] : [row('Review due', formatDate(reviewDueOn))]),
  ]
}

/** What matters for ordering again, as rows: issues left, and the next date if it is still to come. */
export function orderRows(
  medicine: Medicine,
  requests: readonly PastRequest[],
  rules: OrderRules,
  today: LocalDate,
): readonly SummaryRow[] {
  const left = issuesLeft(medicine, requests)
  const next = nextOrderOn(medicine, requests, rules)
  return [
    ...(left === undefined ? [] : [row('Issues left', String(left))]),
    ...(next === undefined || next <= today ? [] : [row('Can be ordered from', formatDate(next))]),
  ]
}

function row(key: string, value: string): SummaryRow {
  return { key, value }
}
