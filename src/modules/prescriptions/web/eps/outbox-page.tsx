import { formatNhsNumber } from '#kernel/nhs-number'
import { formatDayAndTime } from '#kernel/time'
import {
  Button,
  Form,
  InsetText,
  Layout,
  NotificationBanner,
  Pagination,
  SummaryList,
  Tag,
  WarningCallout,
  type SummaryRow,
} from '#platform/html'
import { formatName } from '#modules/directory'
import {
  messagesOnPage,
  type OpenAlert,
  type OutboxCounts,
  type OutboxMessage,
  type OutboxView,
} from '../../queries/eps/outbox.ts'
import { PrescriptionsNav } from '../queue/nav.tsx'
import { formatAlert, formatMessageState } from './outbox-words.ts'

interface Props {
  readonly view: OutboxView
  readonly page: number
  readonly isConnected: boolean
  readonly mayDecide: boolean
  readonly counts: OutboxCounts
  /** How much of what waits is late, whoever has it. */
  readonly late: number
  readonly messages: readonly OutboxMessage[]
  readonly alerts: readonly OpenAlert[]
  readonly done?: string | undefined
}

const path = '/practice/prescriptions/outbox'

/** Prescriptions on their way to pharmacies: what needs someone, what waits, what has gone. */
export function OutboxPage(props: Props) {
  const title = 'Prescriptions sent electronically'
  const { messages, page, view } = props
  return (
    <Layout title={title}>
      {props.done !== undefined && <NotificationBanner variant="success" text={props.done} />}
      <h1 class="nhsuk-heading-l">{title}</h1>
      <PrescriptionsNav
        current="outbox"
        late={props.late}
        unsent={props.counts.needsYou + props.counts.alerts}
      />
      {!props.isConnected && <NotConnected />}
      <Views {...props} />
      {view === 'needs-you' && props.alerts.map((alert) => <Alert alert={alert} />)}
      {messages.slice(0, messagesOnPage).map((message) => (
        <Message message={message} {...props} />
      ))}
      {messages.length === 0 && (view !== 'needs-you' || props.alerts.length === 0) && (
        <InsetText text={nothing[view]} />
      )}
      <Pagination
        {...(page > 1 && { previous: wayTo(view, page - 1) })}
        {...(messages.length > messagesOnPage && { next: wayTo(view, page + 1) })}
      />
    </Layout>
  )
}

const nothing: Readonly<Record<OutboxView, string>> = {
  'needs-you':
    'Nothing needs you. Refused prescriptions and ones that could not be sent appear here.',
  waiting: 'Nothing is waiting. Approved items appear here about a minute after they are approved.',
  gone: 'Nothing has been sent yet.',
}

function wayTo(view: OutboxView, page: number) {
  return { href: `${path}?view=${view}&page=${page}`, label: `Page ${page}` }
}

function NotConnected() {
  return (
    <WarningCallout heading={{ text: 'No prescribing system is connected', level: 2 }}>
      <p>
        Prescriptions wait here and nothing is sent to pharmacies. Patients are told that theirs are
        approved, not that they are sent. Put them on paper, or prescribe in your clinical system,
        until whoever runs this service has connected one.
      </p>
    </WarningCallout>
  )
}

const views: readonly (readonly [view: OutboxView, text: string])[] = [
  ['needs-you', 'Needs you'],
  ['waiting', 'Waiting'],
  ['gone', 'Sent or closed'],
]

function Views({ view, counts }: Props) {
  const count: Readonly<Record<OutboxView, string>> = {
    'needs-you': ` (${counts.needsYou + counts.alerts})`,
    waiting: ` (${counts.waiting})`,
    gone: '',
  }
  return (
    <nav class="app-subnav" aria-label="Prescriptions by where they stand">
      <ul class="app-subnav__list">
        {views.map(([one, text]) => (
          <li class="app-subnav__item">
            <a
              class="app-subnav__link"
              href={`${path}?view=${one}`}
              aria-current={one === view ? 'page' : undefined}
            >
              {text}
              {count[one]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Alert({ alert }: { readonly alert: OpenAlert }) {
  const { what, next } = formatAlert(alert)
  const name = formatName(alert)
  return (
    <section>
      <h2 class="nhsuk-heading-m nhsuk-u-margin-bottom-2">{name}</h2>
      <p>
        {what} {next}
      </p>
      <p>
        Prescription {alert.prescriptionId}, {formatDayAndTime(alert.raisedAt)}
      </p>
      <Form action={`${path}/alerts/${alert.alertId}/seen`}>
        <Button small variant="secondary" preventDoubleClick>
          Done<span class="nhsuk-u-visually-hidden">: {name}</span>
        </Button>
      </Form>
    </section>
  )
}

function Message(props: Props & { readonly message: OutboxMessage }) {
  const { message, isConnected } = props
  const name = formatName(message)
  return (
    <section>
      <h2 class="nhsuk-heading-m nhsuk-u-margin-bottom-2">
        {name} <Tag colour={colours[message.state]} text={formatMessageState(message.state)} />
      </h2>
      <SummaryList rows={factsOf(message, isConnected)} />
      <Answers {...props} name={name} />
    </section>
  )
}

const colours = {
  waiting: 'blue',
  accepted: 'green',
  rejected: 'red',
  failed: 'red',
  'on-paper': 'grey',
  'sent-anew': 'grey',
} as const

function factsOf(message: OutboxMessage, isConnected: boolean): readonly SummaryRow[] {
  const { reasonsDetail, lastFault, nextTryAt, answeredAt, state } = message
  const rows: (readonly [key: string, value: string])[] = [
    ['NHS number', formatNhsNumber(message.nhsNumber)],
    ['Medicines', message.medicines.join('; ')],
    ['Pharmacy', message.pharmacyName],
    ['Prescriber', message.prescriber],
    ['Prescription', message.prescriptionId],
    ['Written', formatDayAndTime(message.writtenAt)],
  ]
  for (const { words } of reasonsDetail) rows.push(['Why it was refused', words])
  if (answeredAt) rows.push(['Answered', formatDayAndTime(answeredAt)])
  if (lastFault !== undefined)
    rows.push(['Last try', `Came to nothing: ${lastFault} (tried ${message.tries} times)`])
  if (state === 'waiting' && nextTryAt && isConnected)
    rows.push(['Next try', formatDayAndTime(nextTryAt)])
  return rows.map(([key, value]) => ({ key: { text: key }, value: { text: value } }))
}

function Answers(props: Props & { readonly message: OutboxMessage; readonly name: string }) {
  const { message, mayDecide, name, isConnected } = props
  const { state, messageId } = message
  if (state !== 'waiting' && state !== 'failed' && state !== 'rejected') return null
  const here = `${path}/${messageId}`
  const of = <span class="nhsuk-u-visually-hidden"> for {name}</span>
  const again =
    state === 'rejected'
      ? mayDecide && { step: 'send-anew', text: 'Send as a new prescription' }
      : isConnected && { step: 'retry', text: 'Try again now' }
  return (
    <>
      {again && <Form id={`again-${messageId}`} action={`${here}/${again.step}`} />}
      <div class="nhsuk-button-group">
        {again && (
          <Button small preventDoubleClick attributes={{ form: `again-${messageId}` }}>
            {again.text}
            {of}
          </Button>
        )}
        <Button small variant="secondary" href={`${here}/paper`}>
          Put on paper{of}
        </Button>
      </div>
    </>
  )
}
