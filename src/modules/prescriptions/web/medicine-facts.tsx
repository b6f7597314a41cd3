import { formatDate } from '#kernel/time'
import type { SummaryRow } from '#platform/html'
import { issuesLeft, type PastRequest } from '../domain/orderable.ts'
import type { Medicine } from '../domain/medicine.ts'
import { formatDays, formatKnown } from './words.ts'

/** What is known of a medicine, as rows. Dose and last issue always; the rest where the record says. */
export function medicineRows(medicine: Medicine): readonly SummaryRow[] {
  const { dose, patientInstruction, quantity, durationDays, lastIssuedOn, reviewDueOn } = medicine
  const supply = [
    ...(quantity === undefined ? [] : [quantity]),
    ...(durationDays === undefined ? [] : [`lasts ${formatDays(durationDays)}`]),
  ]
  return [
    row('Dose', [dose, patientInstruction].filter(Boolean).join('. ') || 'Not recorded'),
    ...(supply.length === 0 ? [] : [row('One supply', supply.join(', '))]),
    row('Last issued', formatKnown(lastIssuedOn, 'Not recorded')),
    ...(reviewDueOn === undefined ? [] : [row('Review due', formatDate(reviewDueOn))]),
  ]
}

/** How many more issues are authorised, as rows: none where the record does not say. */
export function issueRows(
  medicine: Medicine,
  requests: readonly PastRequest[],
): readonly SummaryRow[] {
  const left = issuesLeft(medicine, requests)
  return left === undefined ? [] : [row('Issues left', String(left))]
}

function row(key: string, value: string): SummaryRow {
  return { key, value }
}
