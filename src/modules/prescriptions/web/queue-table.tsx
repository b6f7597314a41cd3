import { daysBetween, formatDate, localDateOf, type LocalDate } from '#kernel/time'
import { Button, Form, Table, Tag, type CellOptions } from '#platform/html'
import { isLate } from '../domain/item.ts'
import type { Medicine } from '../domain/medicine.ts'
import {
  decideOrderable,
  issuesLeft,
  reviewOverdueSince,
  type OrderRules,
} from '../domain/orderable.ts'
import type { WaitingItem } from '../queries/queue.ts'
import { formatDays, formatKnown } from './words.ts'

interface Facts {
  readonly patientName: string
  readonly rules: OrderRules
  readonly page: number
  readonly mayDecide: boolean
  readonly today: LocalDate
}

/** A patient's waiting items, a row each: what it is, what speaks against it, and the answers. */
export function QueueTable(props: Facts & { readonly items: readonly WaitingItem[] }) {
  const approvable = props.items.filter((item) => props.mayDecide && isCurrent(item.medicine))
  return (
    <>
      {approvable.map((item) => (
        <ApproveForm item={item} page={props.page} />
      ))}
      <Table
        responsive
        classes="app-table--dense"
        caption={{ text: `Requests of ${props.patientName}`, classes: 'nhsuk-u-visually-hidden' }}
        head={[...columns, ...(props.mayDecide ? [{ text: 'Decide', width: 'one-quarter' }] : [])]}
        firstCellIsHeader
        rows={props.items.map((item) => cellsOf(item, props))}
      />
    </>
  )
}

const columns = ['Medicine', 'Last issued', 'Issues left', 'Review due', 'Waiting'].map((text) => ({
  text,
}))

/** Stands before the table, because a cell may not hold a form; its button is in the row. */
function ApproveForm({ item, page }: { readonly item: WaitingItem; readonly page: number }) {
  return (
    <Form
      id={`approve-${item.itemId}`}
      action={`/practice/prescriptions/items/${item.itemId}/approve`}
    >
      <input type="hidden" name="version" value={String(item.version)} />
      <input type="hidden" name="page" value={String(page)} />
    </Form>
  )
}

function cellsOf(item: WaitingItem, facts: Facts): readonly CellOptions[] {
  const { medicine } = item
  return [
    { html: <MedicineCell item={item} facts={facts} /> },
    { text: formatKnown(medicine?.lastIssuedOn, 'Not recorded') },
    { text: medicine ? leftOf(medicine, item) : 'Not recorded' },
    { text: formatKnown(medicine?.reviewDueOn, 'Not recorded') },
    { text: waitOf(item, facts) },
    ...(facts.mayDecide ? [{ html: <Answers item={item} facts={facts} /> }] : []),
  ]
}

function nameOf({ medicine }: WaitingItem): string {
  return medicine?.name ?? 'A medicine that is no longer in the record'
}

function MedicineCell({ item, facts }: { readonly item: WaitingItem; readonly facts: Facts }) {
  const { medicine } = item
  const about = medicine && [
    [medicine.dose, medicine.patientInstruction].filter(Boolean).join('. ') || 'Dose not recorded',
    medicine.quantity,
    medicine.durationDays === undefined ? undefined : `Lasts ${formatDays(medicine.durationDays)}`,
  ]
  return (
    <>
      {nameOf(item)}
      <br />
      {about && (
        <span class="nhsuk-u-font-weight-normal">
          {about.filter((part) => part !== undefined).join('. ')}
        </span>
      )}{' '}
      {alertsOf(item, facts).map((alert) => (
        <>
          <Tag colour="red" text={alert} />{' '}
        </>
      ))}
    </>
  )
}

function Answers({ item, facts }: { readonly item: WaitingItem; readonly facts: Facts }) {
  const path = `/practice/prescriptions/items/${item.itemId}`
  const of = (
    <span class="nhsuk-u-visually-hidden">{` ${nameOf(item)} for ${facts.patientName}`}</span>
  )
  return (
    <span class="app-inline-form">
      {isCurrent(item.medicine) && (
        <Button small preventDoubleClick attributes={{ form: `approve-${item.itemId}` }}>
          Approve{of}
        </Button>
      )}
      <Button small variant="secondary" href={`${path}/reject?page=${facts.page}`}>
        Reject{of}
      </Button>
    </span>
  )
}

function isCurrent(medicine: Medicine | undefined): boolean {
  return medicine?.type === 'repeat' && medicine.status === 'active'
}

function leftOf(medicine: Medicine, item: WaitingItem): string {
  const left = issuesLeft(medicine, item.decided)
  return left === undefined ? 'Not recorded' : `${left} of ${medicine.issuesAllowed}`
}

function waitOf(item: WaitingItem, { today }: Facts): string {
  const requestedOn = localDateOf(item.requestedAt)
  const days = daysBetween(requestedOn, today)
  return days === 0 ? 'Since today' : `${formatDays(days)}, since ${formatDate(requestedOn)}`
}

/** What speaks against approving, in a few words each. */
function alertsOf(item: WaitingItem, { rules, today }: Facts): readonly string[] {
  const { medicine, decided } = item
  if (!medicine) return ['It cannot be approved']
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
