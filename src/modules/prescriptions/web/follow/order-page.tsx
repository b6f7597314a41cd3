import { formatDate, formatDayAndTime, localDateOf } from '#kernel/time'
import { BackLink, Button, Card, Layout, Panel, Tag } from '#platform/html'
import { isInFlight, isOpen, isSupplied, type ItemState } from '../../domain/item.ts'
import type { Order, OrderedItem } from '../../queries/orders.ts'
import type { PracticeRules } from '../../queries/rules.ts'
import { Help } from '../help.tsx'
import { formatStep } from '../words.ts'
import { ItemNews } from './item-news.tsx'
import { Steps } from './steps.tsx'

/** For how long after it was sent an order's page says so first. */
const justSentMinutes = 30

interface Props {
  readonly order: Order
  readonly practice: PracticeRules
  readonly mayOrder: boolean
  readonly now: Date
}

/** One order: that it was sent, where it goes, and each medicine's step. */
export function OrderPage(props: Props) {
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
            {order.orderedBy === 'proxy' && ' by someone acting for the patient'}.{' '}
            {formatGoing(order, practice)}
          </p>
          {order.items.length > 1 && <p>{formatCounts(order.items)}</p>}
          {order.items.map((item) => (
            <ItemCard item={item} {...props} />
          ))}
          {order.note !== '' && (
            <>
              <h2 class="nhsuk-heading-s">
                {order.items.some((item) => item.kind === 'acute')
                  ? 'Why you need it'
                  : 'Your note'}
              </h2>
              <p class="app-free-text">{order.note}</p>
            </>
          )}
          <Help phone={practice.phone} />
        </div>
      </div>
    </Layout>
  )
}

function ItemCard(props: Props & { readonly item: OrderedItem }) {
  const { item, order, practice, mayOrder } = props
  const hidden = <span class="nhsuk-u-visually-hidden"> {item.name}</span>
  return (
    <Card heading={{ text: item.name, level: 2, size: 's' }}>
      {item.dose !== undefined && <p>{item.dose}</p>}
      <p>
        <Tag colour={colourOf(item.state)} text={formatStep(item.state)} />
      </p>
      <ItemNews item={item} order={order} practice={practice} today={localDateOf(props.now)} />
      {item.state === 'asked' && item.question !== undefined && mayOrder && (
        <Button href={`/prescriptions/items/${item.itemId}/answer`}>
          Answer<span class="nhsuk-u-visually-hidden"> about {item.name}</span>
        </Button>
      )}
      {item.state !== 'asked' && item.question !== undefined && item.answer !== undefined && (
        <p class="app-free-text">
          Your GP surgery asked: {item.question} You answered: {item.answer}
        </p>
      )}
      <Steps item={item} />
      {item.state === 'requested' && mayOrder && (
        <p class="nhsuk-u-margin-bottom-0">
          <a href={`/prescriptions/items/${item.itemId}/cancel`}>Cancel{hidden}</a>
        </p>
      )}
    </Card>
  )
}

function formatGoing({ destination, pharmacy }: Order, { practiceName }: PracticeRules): string {
  switch (destination) {
    case 'paper':
      return `Goes on paper, to collect from ${practiceName}.`
    case 'dispensing-practice':
      return `To collect from ${practiceName}.`
    default:
      return `Goes to ${pharmacy?.name ?? 'a pharmacy'}.`
  }
}

/** How the medicines of an order stand together: never as one, where they do not. */
function formatCounts(items: readonly OrderedItem[]): string {
  const counts: readonly (readonly [string, number])[] = [
    ['waiting for you', countOf(items, (state) => state === 'asked')],
    ['waiting for your GP surgery', countOf(items, (state) => isOpen(state) && state !== 'asked')],
    ['ready to collect', countOf(items, (state) => state === 'ready' || state === 'ready-partly')],
    [
      'approved and on the way',
      countOf(items, (state) => isInFlight(state) && state !== 'ready' && state !== 'ready-partly'),
    ],
    [
      'collected or sent to you',
      countOf(items, (state) => isSupplied(state) && !isInFlight(state)),
    ],
    ['not approved', countOf(items, (state) => state === 'rejected')],
    ['not dispensed', countOf(items, (state) => state === 'not-dispensed')],
    ['cancelled', countOf(items, (state) => state === 'cancelled' || state === 'withdrawn')],
  ]
  const said = counts.filter(([, count]) => count > 0).map(([what, count]) => `${count} ${what}`)
  return `Of ${items.length} medicines: ${said.join(', ')}.`
}

function countOf(items: readonly OrderedItem[], is: (state: ItemState) => boolean): number {
  return items.filter((item) => is(item.state)).length
}

/** The colour that goes with a step; the words say it too. */
export function colourOf(state: ItemState): 'blue' | 'green' | 'orange' | 'grey' {
  if (isOpen(state)) return state === 'asked' ? 'orange' : 'blue'
  if (isSupplied(state)) return 'green'
  return state === 'cancelled' ? 'grey' : 'orange'
}
