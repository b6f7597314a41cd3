import { daysBetween, formatDate, localDateOf } from '#kernel/time'
import {
  Button,
  ErrorSummaryFor,
  Form,
  Input,
  InsetText,
  Layout,
  messageFor,
  type Fault,
} from '#platform/html'
import { formatName } from '#modules/directory'
import type { WaitingRequest } from '../../queries/requests/level-requests.ts'
import { askedName } from '../services/words.ts'

/** What patients ask to have online, oldest first, each decided where it stands. */
export function RequestsPage(props: {
  readonly requests: readonly WaitingRequest[]
  readonly now: Date
  readonly faults?: readonly Fault[]
  readonly faultyId?: string
  readonly done?: string
}) {
  const { requests, now, faults } = props
  const title = 'Requests for online services'
  return (
    <Layout title={title} hasErrors={faults !== undefined}>
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      {props.done !== undefined && <InsetText text={props.done} />}
      {requests.length === 0 && <p>Nobody is waiting for an answer.</p>}
      {requests.map((request) => {
        const name = formatName(request)
        const days = daysBetween(localDateOf(request.askedAt), localDateOf(now))
        const field = `answer-${request.requestId}`
        return (
          <section aria-labelledby={`request-${request.requestId}`}>
            <h2 class="nhsuk-heading-m" id={`request-${request.requestId}`}>
              {name}
            </h2>
            <p>
              {askedName(request.service, request.level)}. Asked on {formatDate(request.askedAt)},{' '}
              {days === 1 ? '1 day ago' : `${days} days ago`}.{' '}
              <a href={`/practice/patients/${request.patientId}/online`}>
                Online services of {name}
              </a>
            </p>
            <Form action={`/practice/online/requests/${request.requestId}`}>
              <Input
                id={field}
                name="answer"
                label="Words for the patient (needed to refuse)"
                errorMessage={messageFor(faults, field)}
              />
              <div class="nhsuk-button-group">
                <Button
                  text="Switch it on"
                  name="outcome"
                  value="granted"
                  attributes={{ 'aria-label': `Switch it on for ${name}` }}
                />
                <Button
                  text="Refuse"
                  name="outcome"
                  value="refused"
                  variant="secondary"
                  attributes={{ 'aria-label': `Refuse ${name}` }}
                />
              </div>
            </Form>
          </section>
        )
      })}
    </Layout>
  )
}
