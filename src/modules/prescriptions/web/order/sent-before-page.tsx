import { Button, Layout } from '#platform/html'
import type { OrderId } from '../../domain/item.ts'

/** Told when a form that was sent already is sent again with something else in it. */
export function SentBeforePage({ orderId }: { readonly orderId: OrderId }) {
  const title = 'You have already sent this order'
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        The page you sent was used for an order before, and now has something else in it. Nothing
        more was ordered.
      </p>
      <p>
        <a href={`/prescriptions/orders/${orderId}`}>See the order that you sent</a>
      </p>
      <Button href="/prescriptions/order">Start a new order</Button>
    </Layout>
  )
}
