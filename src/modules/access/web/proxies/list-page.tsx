import { formatDate } from '#kernel/time'
import {
  Button,
  Checkboxes,
  ErrorSummaryFor,
  Form,
  InsetText,
  Layout,
  Select,
  Table,
  type Fault,
} from '#platform/html'
import { formatName } from '#modules/directory'
import type { ListedBecause } from '../../domain/proxies/work-list.ts'
import type { WaitingInvitation } from '../../queries/proxies/invitations.ts'
import type { ListedProxy } from '../../queries/proxies/work-list.ts'
import { levelNames, useNames } from '../services/words.ts'
import { suspendedWords } from '../desk/words.ts'
import { reachWords } from './reach-fields.tsx'
import { refusedWords, relationshipWords } from './words.ts'

/** Why each part of the list is there, in the order of the page. */
const parts: readonly {
  readonly because: ListedBecause
  readonly heading: string
  readonly note: string
}[] = [
  {
    because: 'by-patient',
    heading: 'Begun by patients alone in the last 30 days',
    note: 'The practice leaves this to patients from 16 on. Look at each, and end it if something seems wrong.',
  },
  {
    because: 'review',
    heading: 'To look at again',
    note: 'Paused by a birthday, or their day of review is near. See the patient alone if you can; a young person decides about their own from 16 on.',
  },
  {
    because: 'birthday',
    heading: 'A birthday within 30 days pauses it',
    note: 'Give the young person a letter, in their hand and alone, or reach them only where they said it is safe. From then on they can have their own sign-in: “Sign up” on their page.',
  },
  {
    because: 'ending',
    heading: 'Ending within 30 days',
    note: 'Both were told. Give a later last day if it is still needed.',
  },
  {
    because: 'unused',
    heading: 'Not used for years',
    note: 'Removed by themselves after 5 years without use.',
  },
  {
    because: 'work',
    heading: 'Acting because of their work',
    note: 'Ends by itself after the last day. When somebody leaves, one press ends it for all patients.',
  },
  {
    because: 'elsewhere',
    heading: 'Registered at another practice',
    note: 'They use their own sign-in of that practice, and see nothing of this one but what is here.',
  },
]

/** Who acts for patients and needs looking after, and whom patients invited. */
export function ProxyListPage(props: {
  readonly invitations: readonly WaitingInvitation[]
  readonly listed: readonly (ListedProxy & { readonly because: readonly ListedBecause[] })[]
  readonly isCut: boolean
  readonly mayManage: boolean
  readonly done?: string | undefined
  readonly faults?: readonly Fault[]
}) {
  const { invitations, listed, faults } = props
  const title = 'People who act for patients'
  return (
    <Layout title={title} hasErrors={faults !== undefined}>
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      {props.done !== undefined && <InsetText text={props.done} />}
      {props.mayManage && (
        <p>
          <a href="/practice/online/sharing">What patients may decide themselves</a>
        </p>
      )}
      <Invitations invitations={invitations} />
      {props.isCut && <p>There are more than fit here. The first 500 by name are shown.</p>}
      {parts.map(({ because, heading, note }) => {
        const rows = listed.filter((one) => one.because.includes(because))
        return (
          <section aria-label={heading}>
            <h2 class="nhsuk-heading-m">
              {heading} ({rows.length})
            </h2>
            {rows.length === 0 ? <p>Nobody.</p> : <p>{note}</p>}
            {rows.length > 0 && <Listed rows={rows} because={because} heading={heading} />}
          </section>
        )
      })}
    </Layout>
  )
}

function Listed(props: {
  readonly rows: readonly ListedProxy[]
  readonly because: ListedBecause
  readonly heading: string
}) {
  const { rows, because } = props
  const head = ['Who', 'For', 'Stands', 'Do'].map((text) => ({ text }))
  return (
    <Table
      responsive
      caption={{ text: props.heading, classes: 'nhsuk-u-visually-hidden' }}
      head={head}
      rows={rows.map((one) => [
        { header: 'Who', text: [formatName(one), one.employer].filter(Boolean).join(', ') },
        { header: 'For', text: patientOf(one) },
        { header: 'Stands', text: standingOf(one, because) },
        {
          header: 'Do',
          html:
            because === 'work' ? (
              <Form action="/practice/online/proxies/left">
                <input type="hidden" name="proxyId" value={one.proxyId} />
                <Button
                  text="They left: end it for all patients"
                  variant="secondary"
                  preventDoubleClick
                  attributes={{
                    'aria-label': `They left: end it for all patients: ${formatName(one)}`,
                  }}
                />
              </Form>
            ) : (
              <a href={pathOf(one)}>
                Look at it
                <span class="nhsuk-u-visually-hidden">
                  : {formatName(one)} for {patientOf(one)}
                </span>
              </a>
            ),
        },
      ])}
    />
  )
}

function pathOf({ patientId, associationId }: ListedProxy): string {
  const path = `/practice/patients/${patientId}/online`
  return associationId ? `${path}/access/${associationId}` : path
}

function patientOf(one: {
  readonly patientGivenName: string
  readonly patientFamilyName: string
}): string {
  return formatName({ givenName: one.patientGivenName, familyName: one.patientFamilyName })
}

function standingOf(one: ListedProxy, because: ListedBecause): string {
  if (because === 'review') {
    if (one.suspendedWhy) return `Suspended: ${suspendedWords[one.suspendedWhy]}`
    return one.reviewOn ? `Review on ${formatDate(one.reviewOn)}` : ''
  }
  if (because === 'by-patient' && one.byPatientOn) return `Since ${formatDate(one.byPatientOn)}`
  if (because === 'birthday') return `Born ${formatDate(one.bornOn)}`
  if (because === 'unused') return `Last used on ${formatDate(one.usedOn)}`
  if (because === 'elsewhere') return `At ${one.registeredAt ?? ''}`
  return one.endsOn ? `Until the end of ${formatDate(one.endsOn)}` : 'No last day'
}

function Invitations({ invitations }: { readonly invitations: readonly WaitingInvitation[] }) {
  return (
    <section aria-labelledby="invited">
      <h2 class="nhsuk-heading-m" id="invited">
        Invited by patients ({invitations.length})
      </h2>
      {invitations.length === 0 && <p>Nobody.</p>}
      {invitations.length > 0 && (
        <p>
          Is it necessary, relevant and safe? If anything seems wrong, speak with the patient alone,
          in person or by a phone number that is safe. Ask whether somebody is making them do this.
          Do not write that question down in a message or a letter.
        </p>
      )}
      {invitations.map((one) => (
        <Invitation one={one} />
      ))}
    </section>
  )
}

function Invitation({ one }: { readonly one: WaitingInvitation }) {
  const name = formatName(one)
  const id = `reason-${one.invitationId}`
  return (
    <section aria-labelledby={one.invitationId}>
      <h3 class="nhsuk-heading-s" id={one.invitationId}>
        {name}, born {formatDate(one.bornOn)}, for {patientOf(one)}
      </h3>
      <p>
        {relationshipWords[one.relationship]}. Invited on {formatDate(one.madeAt)}.{' '}
        {one.acceptedAt
          ? `Accepted on ${formatDate(one.acceptedAt)}, with an account of their own.`
          : 'Not accepted yet.'}{' '}
        {one.confirmedAt && 'Confirmed: it opens when they accept. '}
        {one.hasConcern && 'Nothing opens yet: look after the concern about this patient first. '}
        <a href={`/practice/patients/${one.patientId}/online`}>
          Online services of {patientOf(one)}
        </a>
      </p>
      <ul>
        <li>Appointments: {useNames[one.appointments].toLowerCase()}</li>
        <li>Repeat prescriptions: {useNames[one.prescriptions].toLowerCase()}</li>
        <li>
          Health record: {levelNames[one.recordCurrent].toLowerCase()}
          {one.recordHistorical !== 'none' && ', with what was written before'}
        </li>
        {reachWords({ areas: one.recordAreas, subjects: one.privateSubjects }).map((words) => (
          <li>{words}</li>
        ))}
        {one.endsOn && <li>Until the end of {formatDate(one.endsOn)}</li>}
      </ul>
      <Form action={`/practice/online/invitations/${one.invitationId}`}>
        <Select
          id={id}
          name="reason"
          label="Why, to refuse (never shown to anybody)"
          items={[
            { value: '', text: 'Choose' },
            ...Object.entries(refusedWords).map(([value, text]) => ({ value, text })),
          ]}
        />
        <Checkboxes
          name="untold"
          idPrefix={`untold-${one.invitationId}`}
          small
          items={[{ value: 'yes', text: 'Tell nobody of the refusal: it could do harm' }]}
        />
        <div class="nhsuk-button-group">
          {!one.confirmedAt && !one.hasConcern && answer('confirmed', 'Confirm', name)}
          {!one.acceptedAt &&
            !one.hasConcern &&
            answer('at-desk', 'No account: give them details at the desk', name)}
          {answer('refused', 'Refuse', name)}
        </div>
      </Form>
    </section>
  )
}

function answer(value: string, text: string, name: string) {
  return (
    <Button
      text={text}
      name="outcome"
      value={value}
      {...(value !== 'confirmed' && { variant: 'secondary' as const })}
      attributes={{ 'aria-label': `${text}: ${name}` }}
    />
  )
}
