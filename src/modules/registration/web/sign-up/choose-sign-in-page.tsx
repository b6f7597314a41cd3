import {
  Button,
  Checkboxes,
  ErrorSummaryFor,
  Form,
  Input,
  Layout,
  messageFor,
} from '#platform/html'
import type { FieldFault } from '#platform/http'
import { CodeField, NewPasswordField, SetUpSteps } from '#modules/accounts'

/** How somebody who joins will sign in from then on. */
export function ChooseSignInPage(props: {
  /** Where the form goes. */
  readonly action: '/sign-up/sign-in' | '/sign-up/first'
  readonly practice: string
  readonly name: string
  /** Of a letter; absent for somebody who asked, and gets a number to sign in with. */
  readonly accountRef?: string
  readonly secret: string
  readonly typed: Readonly<Record<string, string | undefined>>
  readonly faults?: readonly FieldFault[]
}) {
  const { typed, faults, secret, accountRef } = props
  const title = 'Choose how you will sign in'
  return (
    <Layout title={title} hasErrors={faults !== undefined}>
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <ErrorSummaryFor faults={faults} />
          <h1 class="nhsuk-heading-l">{title}</h1>
          <p>Hello {props.name}. You can change all of this later, and add a passkey.</p>
          <Form action={props.action}>
            <input type="hidden" name="practice" value={props.practice} />
            <input type="hidden" name="secret" value={secret} />
            {accountRef === undefined ? (
              <p>You get a number to sign in with when you have chosen.</p>
            ) : (
              <Input
                id="email"
                name="email"
                type="email"
                label="Email address"
                hint={`If you have none, leave this empty: you will sign in with your account ID, ${accountRef}`}
                autocomplete="username"
                spellcheck={false}
                value={typed['email']}
                errorMessage={messageFor(faults, 'email')}
              />
            )}
            <NewPasswordField faults={faults} />
            <h2 class="nhsuk-heading-m">A second step, so that a password alone is not enough</h2>
            <SetUpSteps
              secret={secret}
              email={typed['email'] || (accountRef ?? 'GP online services')}
            />
            <CodeField faults={faults} label="Code that the app shows now" />
            <Checkboxes
              name="noApp"
              values={typed['noApp'] === 'yes' ? ['yes'] : []}
              items={[
                {
                  value: 'yes',
                  text: 'I do not have an authenticator app',
                  hint: {
                    text: 'You get 10 codes to print or write down. Each signs you in once.',
                  },
                },
              ]}
            />
            <Button text="Finish signing up" preventDoubleClick />
          </Form>
        </div>
      </div>
    </Layout>
  )
}

/** Codes for somebody without an authenticator app, shown once. */
export function CodesToKeepPage(props: {
  readonly codes: readonly string[]
  readonly signInName: string
  readonly onward?: string
}) {
  const title = 'Keep these codes'
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>You are signed up, and signed in. You will not be shown these again.</p>
      <p>
        Print or write them down. To sign in, use “{props.signInName}”, your password, and one code.
        Choose “Use a recovery code” on the sign-in page. Each code works once. You can make new
        ones in your account.
      </p>
      <ol>
        {props.codes.map((code) => (
          <li key={code}>
            <strong class="app-code">{code}</strong>
          </li>
        ))}
      </ol>
      <Button text="Continue" href={props.onward ?? '/home'} />
    </Layout>
  )
}
