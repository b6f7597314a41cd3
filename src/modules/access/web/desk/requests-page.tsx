import { daysBetween, formatDate, localDateOf } from '#kernel/time'
import {
  Button,
  ErrorSummaryFor,
  Form,
  Input,
  Layout,
  messageFor,
  type Fault,
} from '#platform/html'
import { formatName } from '#modules/directory'
import type { OpenConcern } from '../../queries/proxies/concerns.ts'
import type { WaitingRequest } from '../../queries/requests/level-requests.ts'
import { askedName } from '../services/words.ts'

/** What patients ask to have online, oldest first, each decided where it stands. */
export function RequestsPage(props: {
  readonly requests: readonly WaitingRequest[]
  readonly concerns: readonly OpenConcern[]
  readonly now: Date
  readonly faults?: readonly Fault[]
}) {
  const { requests, now, faults } = props
  const title = 'Requests for online services'
  return (
    <Layout title={title} hasErrors={faults !== undefined}>
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <Concerns concerns={props.concerns} />
      <p>
        <a href="/practice/online/proxies">People who act for patients</a>
      </p>
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

/** Patients who said quietly that they do not feel safe sharing: first, and only for staff. */
function Concerns({ concerns }: { readonly concerns: readonly OpenConcern[] }) {
  if (concerns.length === 0) return null
  return (
    <section aria-labelledby="concerns">
      <h2 class="nhsuk-heading-m" id="concerns">
        Do not feel safe sharing
      </h2>
      <p>
        Everybody who acts for them is suspended. Reach the patient alone, in the way that you know
        is safe: no message, no letter. Tell your safeguarding lead. Tell nobody else.
      </p>
      <ul>
        {concerns.map((concern) => {
          const name = formatName(concern)
          return (
            <li key={concern.concernId}>
              <p>
                <a href={`/practice/patients/${concern.patientId}/online`}>{name}</a>, since{' '}
                {formatDate(concern.raisedAt)}
              </p>
              <Form action={`/practice/online/concerns/${concern.concernId}`}>
                <Button
                  text="I look after this"
                  variant="secondary"
                  attributes={{ 'aria-label': `I look after this: ${name}` }}
                />
              </Form>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
