import { formatDate } from '#kernel/time'
import type { SummaryRow } from '#platform/html'
import type { NotAskable } from '../domain/askable.ts'
import { listOf } from '../domain/lists.ts'
import type { Medicine } from '../domain/medicine.ts'
import type { NotOrderable, Orderable, OrderRules } from '../domain/orderable.ts'
import { issuesLeft } from '../domain/supply.ts'
import type { RequestableMedicine } from '../queries/requests.ts'
import { formatDays, formatKnown } from './words.ts'

/**
 * A medicine with what was decided about ordering it now: `decision` or `why` is there. `mayAsk`
 * and `whyNotAsk` are of those that are not active repeats.
 */
export type ListedMedicine = RequestableMedicine & {
  readonly decision?: Orderable
  readonly why?: NotOrderable
  readonly mayAsk?: boolean
  /** The same stands among the active repeats more than once. */
  readonly isTwice?: boolean
  readonly whyNotAsk?: NotAskable
}

/**
 * What is known of a medicine, as rows. Of an active repeat each row is there, also where the
 * record does not say; of others only what it says, dose and last issue aside.
 */
export function medicineRows(
  listed: ListedMedicine,
  { showReviewDates, showType }: Pick<OrderRules, 'showReviewDates' | 'showType'>,
): readonly SummaryRow[] {
  const { medicine } = listed
  const { dose, patientInstruction, quantity, durationDays, lastIssuedOn, reviewDueOn } = medicine
  const isCurrent = listOf(medicine) === 'current'
  const supply = [
    ...(quantity === undefined ? [] : [quantity]),
    ...(durationDays === undefined ? [] : [`lasts ${formatDays(durationDays)}`]),
  ]
  return [
    ...(showType ? [row('Type', typeWords[medicine.type])] : []),
    row('Dose', [dose, patientInstruction].filter(Boolean).join('. ') || 'Not recorded'),
    ...(supply.length === 0 && !isCurrent
      ? []
      : [row('One supply', supply.join(', ') || 'Not recorded')]),
    row('Last issued', formatKnown(lastIssuedOn, 'Not recorded')),
    ...(isCurrent ? [row('Next order', nextOrder(listed))] : []),
    ...(isCurrent ? [row('Issues left', issues(listed))] : []),
    ...(showReviewDates && (isCurrent || reviewDueOn !== undefined)
      ? [row('Review due', formatKnown(reviewDueOn, 'Not recorded'))]
      : []),
  ]
}

function nextOrder({ why, decision }: ListedMedicine): string {
  if (decision) return 'You can order now'
  if (why?.reason === 'too-early') return `From ${formatDate(why.from)}`
  if (why?.reason === 'already-requested') return 'After this order'
  return 'After you have contacted your GP surgery'
}

const typeWords: Readonly<Record<Medicine['type'], string>> = {
  repeat: 'Repeat',
  'repeat-dispensing': 'Repeat dispensing',
  acute: 'Short-term',
  delayed: 'Short-term, to start later if needed',
}

function issues({ medicine, requests }: RequestableMedicine): string {
  const left = issuesLeft(medicine, requests)
  return left === undefined ? 'Not recorded' : String(left)
}

function row(key: string, value: string): SummaryRow {
  return { key, value }
}
