import { daysBetween, formatDate, localDateOf, type LocalDate } from '#kernel/time'
import { Button, Form, SummaryList, Tag } from '#platform/html'
import { isLate } from '../domain/item.ts'
import type { Medicine } from '../domain/medicine.ts'
import {
  decideOrderable,
  issuesLeft,
  reviewOverdueSince,
  type OrderRules,
} from '../domain/orderable.ts'
import type { WaitingItem } from '../queries/queue.ts'
import { medicineRows } from './medicine-facts.tsx'
import { formatDays } from './words.ts'

/** One waiting item: what it is, what speaks against it, and the two answers. */
export function QueueItem(props: {
  readonly item: WaitingItem
  readonly patientName: string
  readonly rules: OrderRules
  readonly page: number
  readonly mayDecide: boolean
  readonly today: LocalDate
}) {
  const { item, rules, today } = props
  const { medicine } = item
  const name = medicine?.name ?? 'A medicine that is no longer in the record'
  const requestedOn = localDateOf(item.requestedAt)
  const waits = daysBetween(requestedOn, today)
  return (
    <section id={`item-${item.itemId}`} aria-label={`${name} for ${props.patientName}`}>
      <h3 class="nhsuk-heading-s nhsuk-u-margin-bottom-2">{name}</h3>
      <p>
        {alertsOf(props).map((alert) => (
          <>
            <Tag colour="red" text={alert} />{' '}
          </>
        ))}
      </p>
      <SummaryList
        rows={[
          ...(medicine ? medicineRows(medicine) : []),
          ...(medicine ? [{ key: 'Issues left', value: leftOf(medicine, item) }] : []),
          { key: 'Patient’s note', value: item.note === '' ? 'None' : item.note },
          {
            key: 'Waiting',
            value: `${waits === 0 ? 'Since today' : `${formatDays(waits)}, since ${formatDate(requestedOn)}`}${
              isLate(requestedOn, rules.lateAfterDays, today) ? ': late' : ''
            }${item.orderedBy === 'proxy' ? '. Ordered by someone acting for the patient' : ''}`,
          },
        ]}
      />
      {props.mayDecide && <Answers {...props} name={name} isCurrent={isCurrent(medicine)} />}
    </section>
  )
}

function Answers(props: {
  readonly item: WaitingItem
  readonly page: number
  readonly name: string
  readonly patientName: string
  readonly isCurrent: boolean
}) {
  const { item, page, name, patientName } = props
  const path = `/practice/prescriptions/items/${item.itemId}`
  const of = <span class="nhsuk-u-visually-hidden">{` ${name} for ${patientName}`}</span>
  return (
    <div class="nhsuk-button-group">
      {props.isCurrent && (
        <Form action={`${path}/approve`}>
          <input type="hidden" name="version" value={String(item.version)} />
          <input type="hidden" name="page" value={String(page)} />
          <Button small preventDoubleClick>
            Approve{of}
          </Button>
        </Form>
      )}
      <Button small variant="secondary" href={`${path}/reject?page=${page}`}>
        Reject{of}
      </Button>
    </div>
  )
}

function isCurrent(medicine: Medicine | undefined): boolean {
  return medicine?.type === 'repeat' && medicine.status === 'active'
}

function leftOf(medicine: Medicine, item: WaitingItem): string {
  const left = issuesLeft(medicine, item.decided)
  if (left === undefined) return 'Not recorded'
  return medicine.issuesAllowed === undefined
    ? String(left)
    : `${left} of ${medicine.issuesAllowed}`
}

/** What speaks against approving, in a few words each. */
function alertsOf(props: {
  readonly item: WaitingItem
  readonly rules: OrderRules
  readonly today: LocalDate
}): readonly string[] {
  const { item, rules, today } = props
  const { medicine, decided } = item
  if (!medicine) return ['No longer in the record: it cannot be approved']
  if (!isCurrent(medicine)) return ['No longer an active repeat: it cannot be approved']
  const decision = decideOrderable(medicine, decided, rules, today)
  const why = decision.ok ? undefined : decision.refusal.reason
  return [
    ...(why === 'too-early' ? ['Too early'] : []),
    ...(why === 'no-issues-left' ? ['No issues left'] : []),
    ...(reviewOverdueSince(medicine, today) === undefined ? [] : ['Review overdue']),
    ...(isLate(localDateOf(item.requestedAt), rules.lateAfterDays, today) ? ['Late'] : []),
  ]
}
