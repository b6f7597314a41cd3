import { formatDate, formatDayAndTime } from '#kernel/time'
import {
  BackLink,
  Button,
  Checkboxes,
  ErrorSummaryFor,
  Form,
  Input,
  Layout,
  messageFor,
  SummaryList,
  Table,
  WarningCallout,
} from '#platform/html'
import type { FieldFault } from '#platform/http'
import type { StaffAccount } from '#modules/accounts'
import { managedRoles } from '../../domain/staff/managed-roles.ts'
import type { Colleague } from '../../queries/staff/staff-list.ts'
import { formatRoles, roleWords } from './words.ts'

/** A fault in words, as fields take it. */
export const words = (message: string | undefined) =>
  message === undefined ? undefined : { text: message }

/** Everyone who works at the practice, how they sign in, and who left. */
export function StaffListPage(props: {
  readonly people: readonly Colleague[]
  readonly accounts: ReadonlyMap<string, StaffAccount>
}) {
  const title = 'Staff'
  const rows = (people: readonly Colleague[]) =>
    people.map((person) => [
      {
        header: 'Name',
        html: <a href={`/practice/staff/${person.staffId}`}>{person.name}</a>,
      },
      { header: 'Job', text: person.jobTitle },
      { header: 'Roles', text: formatRoles(person.roles) },
      { header: 'Sign-in', text: signInWords(person, props.accounts.get(person.staffId)) },
    ])
  const working = props.people.filter(({ active }) => active)
  const left = props.people.filter(({ active }) => !active)
  const head = [{ text: 'Name' }, { text: 'Job' }, { text: 'Roles' }, { text: 'Sign-in' }]
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <Button text="Add somebody" href="/practice/staff/new" />
      <Table caption="Work here" responsive head={head} rows={rows(working)} />
      {left.length > 0 && <Table caption="Have left" responsive head={head} rows={rows(left)} />}
    </Layout>
  )
}

/** How a colleague signs in, in a few words. */
export function signInWords(person: Colleague, account: StaffAccount | undefined): string {
  if (!person.active) return 'Closed'
  const leaving = person.leavesOn ? `, leaves after ${formatDate(person.leavesOn)}` : ''
  if (!account) return `None${leaving}`
  if (!account.isSetUp) return `Not set up yet${leaving}`
  if (!account.lastSignedInAt) return `Never signed in${leaving}`
  return `Last signed in ${formatDate(account.lastSignedInAt)}${leaving}`
}

/** The roles that a manager gives. */
export function RolesField(props: {
  readonly chosen: readonly string[]
  readonly faults: readonly FieldFault[] | undefined
}) {
  return (
    <Checkboxes
      name="roles"
      idPrefix="roles"
      values={props.chosen}
      fieldset={{ legend: { text: 'Roles', size: 's' } }}
      errorMessage={words(messageFor(props.faults, 'roles'))}
      items={managedRoles.map((role) => ({
        value: role,
        text: roleWords[role].name,
        hint: { text: roleWords[role].hint },
      }))}
    />
  )
}

/** What was typed of somebody new. */
export interface TypedJoiner {
  readonly name: string
  readonly jobTitle: string
  readonly email: string
  readonly roles: readonly string[]
  readonly seesPatients: boolean
}

/** Somebody joins. */
export function JoinerPage(props: {
  readonly typed: TypedJoiner
  readonly faults?: readonly FieldFault[]
}) {
  const { typed, faults } = props
  const title = 'Add somebody'
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={<BackLink href="/practice/staff" text="Back to staff" />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <Form action="/practice/staff">
        <Input
          id="name"
          name="name"
          label={{ text: 'Name' }}
          autocomplete="off"
          value={typed.name}
          errorMessage={words(messageFor(faults, 'name'))}
        />
        <Input
          id="jobTitle"
          name="jobTitle"
          label={{ text: 'Job' }}
          autocomplete="off"
          value={typed.jobTitle}
          errorMessage={words(messageFor(faults, 'jobTitle'))}
        />
        <Input
          id="email"
          name="email"
          type="email"
          label={{ text: 'Work email address' }}
          hint={{ text: 'They sign in with it. It must be their own, not a shared one.' }}
          autocomplete="off"
          spellcheck={false}
          value={typed.email}
          errorMessage={words(messageFor(faults, 'email'))}
        />
        <RolesField chosen={typed.roles} faults={faults} />
        <Checkboxes
          name="seesPatients"
          small
          values={typed.seesPatients ? ['yes'] : []}
          items={[{ value: 'yes', text: 'Has clinics that patients can book' }]}
        />
        <Button text="Add and make a joining code" preventDoubleClick />
      </Form>
    </Layout>
  )
}

/** A joining code, shown this once, to be handed over. */
export function JoiningCodePage(props: {
  readonly name: string
  readonly email: string
  readonly code: string
  readonly address: string
  readonly until: Date
}) {
  const title = 'Joining code'
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <WarningCallout heading={{ text: 'Hand this over now', level: 2 }}>
        <p>
          You will not see it again. Give it to {props.name} in person or by phone, not by the email
          address below.
        </p>
      </WarningCallout>
      <SummaryList
        rows={[
          { key: { text: 'For' }, value: { text: props.name } },
          { key: { text: 'Address to open' }, value: { text: props.address } },
          { key: { text: 'Email address' }, value: { text: props.email } },
          {
            key: { text: 'Joining code' },
            value: { html: <strong class="app-code">{props.code}</strong> },
          },
          { key: { text: 'Good until' }, value: { text: formatDayAndTime(props.until) } },
        ]}
      />
      <p>They choose a password and set up an authenticator app. The code works once.</p>
      <Button text="Back to staff" href="/practice/staff" />
    </Layout>
  )
}
