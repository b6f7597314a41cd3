import {
  BackLink,
  Button,
  DateInput,
  Details,
  ErrorSummaryFor,
  Form,
  Input,
  Layout,
  messageFor,
} from '#platform/html'
import type { FieldFault } from '#platform/http'

type Typed = Readonly<Record<string, string | undefined>>

/** Where the details of a letter are typed. What went wrong is told as one thing. */
export function LetterPage(props: {
  readonly typed: Typed
  readonly faults?: readonly FieldFault[]
  /** Somebody who is signed in adds to their account what the details are for. */
  readonly isSignedIn: boolean
}) {
  const { typed, faults, isSignedIn } = props
  const title = 'Enter the details from your letter'
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={<BackLink href={isSignedIn ? '/account' : '/sign-up'} text="Back" />}
    >
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <ErrorSummaryFor faults={faults} />
          <h1 class="nhsuk-heading-l">{title}</h1>
          <p>Your GP surgery gave you these, on paper or by phone. They work once.</p>
          <Form action="/sign-up/letter">
            <DetailFields typed={typed} faults={faults} />
            <Button text="Continue" preventDoubleClick />
          </Form>
          <Details summary="If you do not have a letter, or it does not work">
            <p>Phone your GP surgery or go in, and ask for new sign-up details.</p>
            <p>
              You do not have to use online services. You can do everything by phone or in person.
            </p>
          </Details>
        </div>
      </div>
    </Layout>
  )
}

function DetailFields(props: {
  readonly typed: Typed
  readonly faults: readonly FieldFault[] | undefined
}) {
  const { typed, faults } = props
  const field = (name: string, label: string, hint: string, width: 10 | 20) => (
    <Input
      id={name}
      name={name}
      label={label}
      hint={hint}
      width={width}
      autocomplete="off"
      spellcheck={false}
      value={typed[name]}
      errorMessage={messageFor(faults, name)}
    />
  )
  return (
    <>
      {field('practice', 'Surgery code', 'For example, A81001', 10)}
      {field('accountRef', 'Account ID', '10 numbers', 20)}
      {field(
        'key',
        'Linkage key',
        '12 letters and numbers. Capitals, spaces and hyphens do not matter.',
        20,
      )}
      <Input
        id="familyName"
        name="familyName"
        label="Last name"
        autocomplete="family-name"
        spellcheck={false}
        value={typed['familyName']}
        errorMessage={messageFor(faults, 'familyName')}
      />
      <DateInput
        id="born"
        fieldset={{ legend: { text: 'Date of birth' } }}
        hint="For example, 27 3 1984"
        values={typed}
        errorMessage={messageFor(faults, 'born-day')}
      />
    </>
  )
}
