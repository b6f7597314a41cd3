import {
  BackLink,
  Button,
  CharacterCount,
  ErrorSummaryFor,
  Form,
  Layout,
  messageFor,
} from '#platform/html'
import type { FieldFault } from '#platform/http'
import { answerLimit } from '../../commands/answer-question.ts'
import type { ItemState, OrderId } from '../../domain/item.ts'
import type { OrderedItem } from '../../queries/orders.ts'
import { formatStep } from '../words.ts'

/** Answering what the practice asked about one medicine. */
export function AnswerPage(props: {
  readonly item: OrderedItem & { readonly orderId: OrderId }
  readonly typed: string
  readonly faults?: readonly FieldFault[] | undefined
}) {
  const title = 'Answer your GP surgery'
  const { item, faults } = props
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={<BackLink href={`/prescriptions/orders/${item.orderId}`} text="Back to your order" />}
    >
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <ErrorSummaryFor faults={faults} />
          <h1 class="nhsuk-heading-l">{title}</h1>
          <p>
            <strong>{item.name}</strong>
          </p>
          <p class="app-free-text">
            <strong>Your GP surgery asks:</strong> {item.question}
          </p>
          <Form action={`/prescriptions/items/${item.itemId}/answer`}>
            <CharacterCount
              id="answer"
              name="answer"
              label={{ text: 'Your answer', size: 's' }}
              hint={{ text: 'Do not use this for anything urgent: phone your GP surgery, or 111.' }}
              maxlength={answerLimit}
              rows={4}
              value={props.typed}
              errorMessage={messageFor(faults, 'answer')}
            />
            <Button preventDoubleClick>Send answer</Button>
          </Form>
        </div>
      </div>
    </Layout>
  )
}

/** Told where there is no question to answer any more. */
export function NothingAskedPage(props: { readonly state: ItemState; readonly orderId: OrderId }) {
  const title = 'There is no question to answer now'
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        Your answer was not sent. This medicine is now: {formatStep(props.state)}. If there is
        something to add, phone your GP surgery.
      </p>
      <p>
        <a href={`/prescriptions/orders/${props.orderId}`}>See your order</a>
      </p>
    </Layout>
  )
}
