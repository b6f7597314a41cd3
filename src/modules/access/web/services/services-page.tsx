import { formatDate } from '#kernel/time'
import {
  BackLink,
  Button,
  ErrorSummaryFor,
  Form,
  InsetText,
  Layout,
  Radios,
  type Fault,
} from '#platform/html'
import { recordLevelsToAsk } from '../../domain/requests/asking.ts'
import {
  decidePermissions,
  whyMissing,
  type Service,
  type Switches,
} from '../../domain/services.ts'
import type { LevelRequest } from '../../queries/requests/level-requests.ts'
import { askedName, levelNames, missingWords, serviceNames, useNames } from './words.ts'

/** What one person may use online, why not more, and how to ask for it. */
export interface ServicesModel {
  readonly switches: Switches
  readonly requests: readonly LevelRequest[]
  readonly faults?: readonly Fault[]
  readonly isAsked?: boolean
}

/** Every service with its two switches in words, in one place. */
export function ServicesPage(model: ServicesModel) {
  const title = 'What you can use online'
  const { faults, isAsked } = model
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={<BackLink href="/home" text="Home" />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      {isAsked === true && (
        <InsetText text="Your request is with your GP surgery. We tell you when it is answered." />
      )}
      {(['appointments', 'prescriptions', 'record'] as const).map((service) => (
        <OneService {...model} service={service} />
      ))}
      <Answers requests={model.requests} />
      <p>
        If you want less, or none of it, phone your GP surgery. Your care stays the same whether you
        use online services or not.
      </p>
    </Layout>
  )
}

function OneService({
  service,
  switches,
  requests,
}: ServicesModel & { readonly service: Service }) {
  const reason = whyMissing(service, switches)
  const permissions = decidePermissions(switches)
  const waiting = requests.find((one) => one.service === service && one.state === 'waiting')
  return (
    <section aria-labelledby={service}>
      <h2 class="nhsuk-heading-m" id={service}>
        {serviceNames[service]}
      </h2>
      {reason ? (
        <p>Not switched on. {missingWords[reason]}</p>
      ) : service === 'record' ? (
        <p>
          {levelNames[permissions.recordCurrent]}, for what was added since{' '}
          {formatDate(permissions.effectiveFrom)}. Older: {levelNames[permissions.recordHistorical]}
          .
        </p>
      ) : (
        <p>{useNames[permissions[service]]}.</p>
      )}
      {waiting ? <Waiting request={waiting} /> : <Ask service={service} switches={switches} />}
    </section>
  )
}

function Waiting({ request }: { readonly request: LevelRequest }) {
  return (
    <>
      <p>
        You asked on {formatDate(request.askedAt)} for: {askedName(request.service, request.level)}.
        Your GP surgery has it, and usually answers within a week.
      </p>
      <Form action={`/account/services/requests/${request.requestId}/withdraw`}>
        <Button
          text={`Take back the request for ${serviceNames[request.service].toLowerCase()}`}
          variant="secondary"
        />
      </Form>
    </>
  )
}

/** Asking for more of a service, where the practice offers more than the person has. */
export function Ask(props: { readonly service: Service; readonly switches: Switches }) {
  const { service, switches } = props
  const permissions = decidePermissions(switches)
  if (service === 'record') {
    const levels = switches.recordPause === 'review' ? [] : recordLevelsToAsk(permissions)
    if (levels.length === 0) return null
    return (
      <Form action="/account/services/ask">
        <input type="hidden" name="service" value="record" />
        <Radios
          name="level"
          idPrefix="record-level"
          small
          fieldset={{ legend: { text: 'Ask for more', size: 's' } }}
          value={levels.at(-1) ?? ''}
          items={levels.map((value) => ({ value, text: levelNames[value] }))}
        />
        <Button text="Ask for more of the health record" variant="secondary" preventDoubleClick />
      </Form>
    )
  }
  const isOffered =
    service === 'appointments' ? switches.practiceAppointments : switches.practicePrescriptions
  if (!isOffered || permissions[service] === 'manage') return null
  return (
    <Form action="/account/services/ask">
      <input type="hidden" name="service" value={service} />
      <input type="hidden" name="level" value="manage" />
      <Button
        text={`Ask for ${serviceNames[service].toLowerCase()}`}
        variant="secondary"
        preventDoubleClick
      />
    </Form>
  )
}

function Answers({ requests }: { readonly requests: readonly LevelRequest[] }) {
  const answered = requests.filter(({ state }) => state === 'granted' || state === 'refused')
  if (answered.length === 0) return null
  return (
    <>
      <h2 class="nhsuk-heading-m">Answers to what you asked for</h2>
      <ul>
        {answered.map(({ requestId, service, level, state, decidedAt, answer }) => (
          <li key={requestId}>
            {askedName(service, level)}: {state === 'granted' ? 'switched on' : 'not switched on'}
            {decidedAt && `, ${formatDate(decidedAt)}`}
            {answer && `. ${answer}`}
          </li>
        ))}
      </ul>
    </>
  )
}
