import type { LocalDate } from '#kernel/time'
import {
  BackLink,
  Button,
  ErrorSummaryFor,
  Form,
  Input,
  InsetText,
  Layout,
  messageFor,
  SummaryList,
  Tag,
} from '#platform/html'
import type { FieldFault } from '#platform/http'
import type { StaffAccount } from '#modules/accounts'
import type { Colleague } from '../../queries/staff/staff-list.ts'
import { RolesField, signInWords, words } from './pages.tsx'
import { formatRoles } from './words.ts'

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
      {!account && (
        <>
          <h2 class="nhsuk-heading-m">Give a sign-in</h2>
          <Form action={`${path}/account`}>
            <Input
              id="email"
              name="email"
              type="email"
              label={{ text: 'Work email address' }}
              hint={{ text: 'They sign in with it. It must be their own, not a shared one.' }}
              autocomplete="off"
              spellcheck={false}
              errorMessage={words(messageFor(faults, 'email'))}
            />
            <Button text="Make a joining code" variant="secondary" preventDoubleClick />
          </Form>
        </>
      )}
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
