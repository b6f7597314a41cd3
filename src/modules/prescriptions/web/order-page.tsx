import { formatDate, formatDayAndTime, localDateOf, type LocalDate } from '#kernel/time'
import { BackLink, Card, InsetText, Layout, Panel, Tag } from '#platform/html'
import { dueBy, isLate, isOpen, isSupplied, type ItemState } from '../domain/item.ts'
import type { Order, OrderedItem } from '../queries/orders.ts'
import type { PracticeRules } from '../queries/rules.ts'
import { Help } from './help.tsx'
import { formatStep, rejectWords } from './words.ts'

/** For how long after it was sent an order's page says so first. */
const justSentMinutes = 30

/** One order: that it was sent, and each medicine's step. */
export function OrderPage(props: {
  readonly order: Order
  readonly practice: PracticeRules
  readonly mayOrder: boolean
  readonly now: Date
}) {
  const { order, practice, now } = props
  const isNew =
    order.items.every((item) => item.state === 'requested') &&
    now.getTime() - order.orderedAt.getTime() < justSentMinutes * 60_000
  const title = isNew ? 'Order sent' : `Your order of ${formatDate(order.orderedAt)}`
  return (
    <Layout
      title={title}
      before={<BackLink href="/prescriptions/orders" text="Back to your orders" />}
    >
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          {isNew ? (
            <Panel heading={title}>{practice.practiceName} has your order</Panel>
          ) : (
            <h1 class="nhsuk-heading-l">{title}</h1>
          )}
          <p>
            Sent on {formatDayAndTime(order.orderedAt)}
            {order.orderedBy === 'proxy' && ' by someone acting for the patient'}.
          </p>
          {order.items.map((item) => (
            <ItemCard item={item} {...props} today={localDateOf(now)} />
          ))}
          {order.note !== '' && (
            <>
              <h2 class="nhsuk-heading-s">Your note</h2>
              <p class="app-free-text">{order.note}</p>
            </>
          )}
          <Help phone={practice.phone} />
        </div>
      </div>
    </Layout>
  )
}

function ItemCard(props: {
  readonly item: OrderedItem
  readonly practice: PracticeRules
  readonly mayOrder: boolean
  readonly today: LocalDate
}) {
  const { item, practice, today } = props
  return (
    <Card heading={{ text: item.name, level: 2, size: 's' }}>
      {item.dose !== undefined && <p>{item.dose}</p>}
      <p>
        <Tag colour={colourOf(item.state)} text={formatStep(item.state)} />
      </p>
      <ItemNews item={item} practice={practice} today={today} />
      {item.state === 'requested' && props.mayOrder && (
        <p>
          <a href={`/prescriptions/items/${item.itemId}/cancel`}>
            Cancel<span class="nhsuk-u-visually-hidden"> {item.name}</span>
          </a>
        </p>
      )}
    </Card>
  )
}

/** What the step of an item means and what to do next: never silence. */
export function ItemNews(props: {
  readonly item: OrderedItem
  readonly practice: PracticeRules
  readonly today: LocalDate
}) {
  const { item, practice, today } = props
  const decidedOn = item.decidedAt && formatDate(item.decidedAt)
  switch (item.state) {
    case 'requested':
      return (
        <Waiting requestedOn={localDateOf(item.requestedAt)} practice={practice} today={today} />
      )
    case 'approved':
      return (
        <p>
          Your GP surgery approved this{decidedOn && ` on ${decidedOn}`}. It sends the prescription
          on. Allow a few days before you collect it; the pharmacy can say when it is ready.
        </p>
      )
    case 'rejected':
      return <Rejected item={item} decidedOn={decidedOn} />
    case 'cancelled':
      return <p>This was cancelled{decidedOn && ` on ${decidedOn}`}. It will not be prescribed.</p>
  }
}

function Waiting(props: {
  readonly requestedOn: LocalDate
  readonly practice: PracticeRules
  readonly today: LocalDate
}) {
  const { requestedOn, practice, today } = props
  const { lateAfterDays } = practice.rules
  if (!isLate(requestedOn, lateAfterDays, today)) {
    return <p>Your GP surgery should decide by {formatDate(dueBy(requestedOn, lateAfterDays))}.</p>
  }
  return (
    <InsetText>
      <p>
        <strong>This is taking longer than it should.</strong> It was ordered on{' '}
        {formatDate(requestedOn)} and is still waiting.
      </p>
      <p>
        Phone {practice.practiceName}
        {practice.phone === undefined ? '' : ` on ${practice.phone}`} and ask about your order. You
        do not need to order again.
      </p>
    </InsetText>
  )
}

function Rejected({
  item,
  decidedOn,
}: {
  readonly item: OrderedItem
  readonly decidedOn: string | undefined
}) {
  const words = item.rejectReason && rejectWords[item.rejectReason]
  return (
    <>
      <p>
        Your GP surgery did not approve this{decidedOn && ` on ${decidedOn}`}. {words?.why}
      </p>
      {item.patientText !== undefined && (
        <p class="app-free-text">
          <strong>From your GP surgery:</strong> {item.patientText}
        </p>
      )}
      <p>
        <strong>What to do next:</strong> {words?.next}
      </p>
    </>
  )
}

/** The colour that goes with a step; the words say it too. */
export function colourOf(state: ItemState): 'blue' | 'green' | 'orange' | 'grey' {
  if (isOpen(state)) return state === 'asked' ? 'orange' : 'blue'
  if (isSupplied(state)) return 'green'
  return state === 'cancelled' ? 'grey' : 'orange'
}
