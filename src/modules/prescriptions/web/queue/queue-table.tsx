import { daysBetween, formatDate, formatDayAndTime, localDateOf } from '#kernel/time'
import { Form, Table, Tag, type CellOptions } from '#platform/html'
import { isLate } from '../../domain/item.ts'
import { issuesLeft } from '../../domain/orderable.ts'
import { alertKey, isActiveRepeat } from '../../domain/queue/alert.ts'
import { spacedIssues } from '../../domain/queue/use.ts'
import type { WaitingItem } from '../../queries/queue/waiting.ts'
import { formatDays, formatKnown } from '../words.ts'
import {
  formatAlert,
  formatIssue,
  formatMonitoring,
  formatUse,
  isForTriage,
} from './alert-words.ts'
import { Answers } from './answers.tsx'
import { nameOf, type RowFacts } from './row.ts'
import { ShownFields } from './shown-fields.tsx'

/** A patient's waiting items, a row each: what it is, what speaks against it, and the answers. */
export function QueueTable(props: RowFacts & { readonly items: readonly WaitingItem[] }) {
  return (
    <>
      {props.items.map((item) => (
        <ItemForms item={item} {...props} />
      ))}
      <Table
        responsive
        classes="app-table--dense"
        caption={{ text: `Requests of ${props.patientName}`, classes: 'nhsuk-u-visually-hidden' }}
        head={columns}
        firstCellIsHeader
        rows={props.items.map((item) => cellsOf(item, props))}
      />
    </>
  )
}

const columns = ['Medicine', 'Supplies', 'Look at', 'Waiting', 'Answer'].map((text) => ({ text }))

/** Stand before the table, because a cell may not hold a form; their buttons are in the row. */
function ItemForms(props: RowFacts & { readonly item: WaitingItem }) {
  const { item, page, view, mayDecide } = props
  const path = `/practice/prescriptions/items/${item.itemId}`
  const shown = <ShownFields version={item.version} page={page} view={view} />
  return (
    <>
      {mayDecide && (
        <Form id={`approve-${item.itemId}`} action={`${path}/approve`}>
          {shown}
          <input type="hidden" name="seen" value={item.alerts.map(alertKey).join(' ')} />
        </Form>
      )}
      {item.state === 'requested' && (
        <Form id={`receive-${item.itemId}`} action={`${path}/receive`}>
          {shown}
        </Form>
      )}
    </>
  )
}

function cellsOf(item: WaitingItem, facts: RowFacts): readonly CellOptions[] {
  const isItLate = isLate(localDateOf(item.requestedAt), facts.rules.lateAfterDays, facts.today)
  return [
    {
      html: <MedicineCell item={item} facts={facts} />,
      ...(isItLate && { classes: 'app-row--alarm' }),
    },
    { html: <Supplies item={item} facts={facts} /> },
    { html: <LookAt item={item} facts={facts} /> },
    { html: <Waiting item={item} facts={facts} isLate={isItLate} /> },
    { html: <Answers item={item} facts={facts} /> },
  ]
}

interface Cell {
  readonly item: WaitingItem
  readonly facts: RowFacts
}

function MedicineCell({ item, facts }: Cell) {
  const { medicine, itemId } = item
  const about = medicine && [
    [medicine.dose, medicine.patientInstruction].filter(Boolean).join('. ') || 'Dose not recorded',
    medicine.quantity,
    medicine.durationDays === undefined ? undefined : `Lasts ${formatDays(medicine.durationDays)}`,
  ]
  return (
    <>
      {facts.mayDecide && !item.alone && (
        <span class="nhsuk-checkboxes nhsuk-checkboxes--small">
          <span class="nhsuk-checkboxes__item">
            <input
              type="checkbox"
              class="nhsuk-checkboxes__input"
              id={`tick-${itemId}`}
              name="item"
              value={`${itemId}:${item.version}`}
              form="approve-many"
            />
            <label class="nhsuk-label nhsuk-checkboxes__label" for={`tick-${itemId}`}>
              <span class="nhsuk-u-visually-hidden">
                Tick {nameOf(item)} for {facts.patientName}
              </span>
            </label>
          </span>
        </span>
      )}
      {nameOf(item)}
      <br />
      {about && (
        <span class="nhsuk-u-font-weight-normal">
          {about.filter((part) => part !== undefined).join('. ')}
        </span>
      )}
    </>
  )
}

function Supplies({ item, facts }: Cell) {
  const { medicine, use } = item
  const left = medicine && isActiveRepeat(medicine) ? issuesLeft(medicine, item.decided) : undefined
  const last = spacedIssues(item.issues, 4)
  return (
    <>
      {last.length === 0 ? 'No issue recorded' : `Issued ${last.map(formatIssue).join('; ')}`}
      {use && (
        <>
          <br />
          {formatUse(use)}
        </>
      )}
      <br />
      {left === undefined ? '' : `${left} of ${medicine?.issuesAllowed} issues left. `}
      Review due: {formatKnown(medicine?.reviewDueOn, 'not recorded')}
      {facts.mayDecide &&
        item.monitoring.map((one) => (
          <>
            <br />
            {formatMonitoring(one)}{' '}
            <a href={`/practice/prescriptions/items/${item.itemId}/monitoring/${one.flagId}`}>
              Say when it was done
              <span class="nhsuk-u-visually-hidden">
                {' '}
                for {nameOf(item)} of {facts.patientName}
              </span>
            </a>
          </>
        ))}
    </>
  )
}

function LookAt({ item, facts }: Cell) {
  const shown = item.alerts.filter((alert) => facts.mayDecide || isForTriage(alert))
  const words = shown.map(formatAlert)
  return (
    <>
      {words.map(({ tag, about }) => (
        <>
          <Tag colour="red" text={tag} /> {about && <span class="app-free-text">{about}</span>}
          <br />
        </>
      ))}
      {shown.length < item.alerts.length && (
        <>
          <Tag colour="orange" text="A prescriber must look at this" />
          <br />
        </>
      )}
      {item.question !== undefined && (
        <>
          Asked by {item.askerName ?? 'a colleague'}
          {item.askedAt && ` on ${formatDayAndTime(item.askedAt)}`}:{' '}
          <span class="app-free-text">{item.question}</span>
          <br />
          {item.answer === undefined ? (
            'Not answered yet.'
          ) : (
            <>
              Answer{item.answeredAt && ` on ${formatDayAndTime(item.answeredAt)}`}:{' '}
              <span class="app-free-text">{item.answer}</span>
            </>
          )}
          <br />
        </>
      )}
      {item.staffNotes.map((note) => (
        <>
          {note.writerName}
          {note.assigneeName !== undefined && ` to ${note.assigneeName}`},{' '}
          {formatDayAndTime(note.writtenAt)}: <span class="app-free-text">{note.note}</span>
          <br />
        </>
      ))}
      {words.length === 0 && item.question === undefined && item.staffNotes.length === 0 && (
        <span class="app-none">Nothing known speaks against it</span>
      )}
    </>
  )
}

function Waiting({ item, facts, isLate: isItLate }: Cell & { readonly isLate: boolean }) {
  const requestedOn = localDateOf(item.requestedAt)
  const days = daysBetween(requestedOn, facts.today)
  const has = item.assignedTo ?? item.receivedBy
  const name = item.assigneeName ?? item.receiverName
  return (
    <>
      {isItLate && (
        <>
          <Tag colour="red" text="Late" />{' '}
        </>
      )}
      {days === 0 ? 'Since today' : `${formatDays(days)}, since ${formatDate(requestedOn)}`}
      {has !== undefined && (
        <>
          <br />
          {has === facts.staffId
            ? 'You have it in hand'
            : `${name ?? 'A colleague'} has it in hand`}
        </>
      )}
    </>
  )
}
