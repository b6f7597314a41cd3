import { formatDate, localDateOf } from '#kernel/time'
import { BackLink, Card, InsetText, Layout, Tag } from '#platform/html'
import { ordersOnPage, type Order } from '../../queries/orders.ts'
import type { PracticeRules } from '../../queries/rules.ts'
import { Paging } from '../paging.tsx'
import { formatStep } from '../words.ts'
import { ItemNews } from './item-news.tsx'
import { colourOf } from './order-page.tsx'

/** The patient's orders, newest first, with each item's step. */
export function OrdersPage(props: {
  readonly orders: readonly Order[]
  readonly practice: PracticeRules
  readonly page: number
  readonly now: Date
}) {
  const title = 'Your orders'
  const { orders, page } = props
  return (
    <Layout title={title} before={<BackLink href="/prescriptions" text="Back to your medicines" />}>
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <h1 class="nhsuk-heading-l">{title}</h1>
          {orders.length === 0 && (
            <InsetText>
              <p>
                Nothing to show here. Orders that you make online appear here. To order, see{' '}
                <a href="/prescriptions">your medicines</a>.
              </p>
            </InsetText>
          )}
          {orders.slice(0, ordersOnPage).map((order) => (
            <OrderCard order={order} {...props} />
          ))}
          <Paging path="/prescriptions/orders" page={page} hasNext={orders.length > ordersOnPage} />
        </div>
      </div>
    </Layout>
  )
}

function OrderCard(props: {
  readonly order: Order
  readonly practice: PracticeRules
  readonly now: Date
}) {
  const { order, practice, now } = props
  return (
    <Card
      heading={{
        level: 2,
        html: (
          <h2 class="nhsuk-card__heading nhsuk-heading-s">
            <a href={`/prescriptions/orders/${order.orderId}`}>
              Ordered on {formatDate(order.orderedAt)}
            </a>
          </h2>
        ),
      }}
    >
      {order.items.map((item) => (
        <>
          <p class="nhsuk-u-margin-bottom-2">
            <strong>{item.name}</strong>{' '}
            <Tag colour={colourOf(item.state)} text={formatStep(item.state)} />
          </p>
          <ItemNews item={item} order={order} practice={practice} today={localDateOf(now)} />
        </>
      ))}
    </Card>
  )
}
