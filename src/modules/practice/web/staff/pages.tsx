import { formatDate, formatDayAndTime, type LocalDate } from '#kernel/time'
import {
  BackLink,
  Button,
  Checkboxes,
  ErrorSummaryFor,
  Form,
  Input,
  InsetText,
  Layout,
  messageFor,
  SummaryList,
  Table,
  Tag,
  WarningCallout,
} from '#platform/html'
import type { FieldFault } from '#platform/http'
import type { StaffAccount } from '#modules/accounts'
import { managedRoles } from '../../domain/staff/managed-roles.ts'
import type { Colleague } from '../../queries/staff/staff-list.ts'
import { formatRoles, roleWords } from './words.ts'

const words = (message: string | undefined) =>
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

function signInWords(person: Colleague, account: StaffAccount | undefined): string {
  if (!person.active) return 'Closed'
  const leaving = person.leavesOn ? `, leaves after ${formatDate(person.leavesOn)}` : ''
  if (!account) return `None${leaving}`
  if (!account.isSetUp) return `Not set up yet${leaving}`
  if (!account.lastSignedInAt) return `Never signed in${leaving}`
  return `Last signed in ${formatDate(account.lastSignedInAt)}${leaving}`
}

function RolesField(props: {
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

/** One person: job, roles, sign-in, leaving. */
export function ColleaguePage(props: {
  readonly person: Colleague
  readonly account: StaffAccount | undefined
  readonly today: LocalDate
  readonly done?: string | undefined
  readonly faults?: readonly FieldFault[]
  readonly typed?: { readonly jobTitle: string; readonly roles: readonly string[] }
}) {
  const { person, account, faults } = props
  const title = person.name
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={<BackLink href="/practice/staff" text="Back to staff" />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      {!person.active && (
        <p>
          <Tag text="Has left" />
        </p>
      )}
      {props.done !== undefined && (
        <InsetText>
          <p role="status">{props.done}</p>
        </InsetText>
      )}
      <SummaryList
        rows={[
          { key: { text: 'Job' }, value: { text: person.jobTitle } },
          { key: { text: 'Roles' }, value: { text: formatRoles(person.roles) } },
          { key: { text: 'Signs in as' }, value: { text: account?.email ?? 'No sign-in' } },
          { key: { text: 'Sign-in' }, value: { text: signInWords(person, account) } },
        ]}
      />
      {person.active && <Changes {...props} />}
    </Layout>
  )
}

function Changes(props: {
  readonly person: Colleague
  readonly account: StaffAccount | undefined
  readonly today: LocalDate
  readonly faults?: readonly FieldFault[]
  readonly typed?: { readonly jobTitle: string; readonly roles: readonly string[] }
}) {
  const { person, account, faults } = props
  const path = `/practice/staff/${person.staffId}`
  const typed = props.typed ?? person
  return (
    <>
      <h2 class="nhsuk-heading-m">Change job or roles</h2>
      <Form action={path}>
        <Input
          id="jobTitle"
          name="jobTitle"
          label={{ text: 'Job' }}
          autocomplete="off"
          value={typed.jobTitle}
          errorMessage={words(messageFor(faults, 'jobTitle'))}
        />
        <RolesField chosen={typed.roles} faults={faults} />
        <Button text="Save changes" preventDoubleClick />
      </Form>
      {account && (
        <>
          <h2 class="nhsuk-heading-m">Cannot sign in</h2>
          <p>
            Make a new joining code if {person.name} has lost the password or authenticator app.
            Check who you are speaking to first.
          </p>
          <Form action={`${path}/joining-code`}>
            <Button text="Make a joining code" variant="secondary" preventDoubleClick />
          </Form>
        </>
      )}
      <h2 class="nhsuk-heading-m">Leaves the practice</h2>
      <p>After the last day, or at once, no sign-in of theirs works. What they did stays.</p>
      <Form action={`${path}/leave`}>
        <Input
          id="lastDay"
          name="lastDay"
          type="date"
          width={10}
          label={{ text: 'Last day' }}
          value={person.leavesOn ?? props.today}
          errorMessage={words(messageFor(faults, 'lastDay'))}
        />
        <div class="nhsuk-button-group">
          <Button text="Save last day" name="when" value="day" variant="secondary" />
          <Button text="End access now" name="when" value="now" variant="warning" />
        </div>
      </Form>
    </>
  )
}
