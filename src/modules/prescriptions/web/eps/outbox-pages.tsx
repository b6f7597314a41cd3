import { BackLink, Button, Form, Layout, WarningCallout } from '#platform/html'
import { formatName } from '#modules/directory'
import type { OutboxMessage } from '../../queries/eps/outbox.ts'
import type { MessageState } from '../../queries/eps/messages.ts'
import { formatMessageState } from './outbox-words.ts'

const path = '/practice/prescriptions/outbox'

/** Asks before a prescription is put on paper; says if the pharmacy may have it all the same. */
export function PutOnPaperPage({ message }: { readonly message: OutboxMessage }) {
  const title = 'Put this prescription on paper?'
  const mayBeThere = message.tries > 0 && message.state !== 'rejected'
  return (
    <Layout
      title={title}
      before={<BackLink href={path} text="Prescriptions sent electronically" />}
    >
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        {formatName(message)}: {message.medicines.join('; ')}, for {message.pharmacyName}.
      </p>
      {mayBeThere && (
        <WarningCallout heading={{ text: 'Check that it has not arrived', level: 2 }}>
          <p>
            It was tried {message.tries === 1 ? 'once' : `${message.tries} times`} and nobody
            answered clearly. Look for prescription {message.prescriptionId} in the national
            tracker, or phone the pharmacy, before you sign a paper one. Otherwise the patient may
            get it twice.
          </p>
        </WarningCallout>
      )}
      <p>It will not be sent any more. The patient’s order says that it is on paper.</p>
      <Form action={`${path}/${message.messageId}/paper`}>
        <Button variant="warning" preventDoubleClick>
          Put on paper
        </Button>
      </Form>
      <p>
        <a href={path}>Leave it as it is</a>
      </p>
    </Layout>
  )
}

/** Told when somebody, or the service itself, was faster. */
export function MovedOnPage({ state }: { readonly state: MessageState }) {
  const title = 'This prescription has moved on'
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>It is now: {formatMessageState(state)}. Nothing was changed.</p>
      <p>
        <a href={path}>Prescriptions sent electronically</a>
      </p>
    </Layout>
  )
}
