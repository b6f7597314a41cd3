import { BackLink, Button, Form, Layout } from '#platform/html'
import type { ItemId, ItemState, OrderId } from '../../domain/item.ts'
import { formatStep } from '../words.ts'

/** Asks before one medicine is taken out of an order. */
export function CancelPage(props: {
  readonly item: { readonly itemId: ItemId; readonly name: string; readonly orderId: OrderId }
}) {
  const title = 'Do you want to cancel this order?'
  const { itemId, name, orderId } = props.item
  const back = `/prescriptions/orders/${orderId}`
  return (
    <Layout title={title} before={<BackLink href={back} text="Back to your order" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        <strong>{name}</strong>
      </p>
      <p>Your GP surgery will not look at it any more. You can order it again later.</p>
      <Form action={`/prescriptions/items/${itemId}/cancel`}>
        <Button variant="warning" preventDoubleClick>
          Cancel this medicine
        </Button>
      </Form>
      <p>
        <a href={back}>Keep it</a>
      </p>
    </Layout>
  )
}

/** Told when the surgery decided before the patient could cancel. */
export function TooLateToCancelPage(props: {
  readonly state: ItemState
  readonly orderId: OrderId
}) {
  const title = 'It is too late to cancel this online'
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        Your GP surgery has taken it in hand, so nothing was changed. It is now:{' '}
        {formatStep(props.state)}.
      </p>
      <p>If you do not need the medicine, phone your GP surgery or tell the pharmacy.</p>
      <p>
        <a href={`/prescriptions/orders/${props.orderId}`}>See your order</a>
      </p>
    </Layout>
  )
}

/** Told to a person who may see the medicines and not order. */
export function ViewOnlyPage() {
  const title = 'You can see medicines here but not order them'
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>Your GP surgery decides this. Nothing was changed.</p>
      <p>To order, or to have ordering switched on, phone or go to the surgery.</p>
      <p>
        <a href="/prescriptions">See the medicines</a>
      </p>
    </Layout>
  )
}
