import {
  Button,
  ErrorSummaryFor,
  Form,
  Input,
  InsetText,
  Layout,
  messageFor,
  PasswordInput,
} from '#platform/html'
import type { FieldFault } from '#platform/http'
import type { AccountFace } from '../domain/account.ts'

/** What was typed into a sign-in form; passwords and codes are never given back. */
export interface SignInTyped {
  readonly email?: string | undefined
  readonly next: string
}

/** E-mail address, password and a one-time code. The same page for patients and for staff. */
export function SignInPage(props: {
  readonly face: AccountFace
  readonly typed: SignInTyped
  readonly faults?: readonly FieldFault[]
  readonly demo: boolean
}) {
  const { face, typed, faults } = props
  const title = face === 'practice' ? 'Sign in to the practice site' : 'Sign in'
  return (
    <Layout title={title} hasErrors={faults !== undefined}>
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <ErrorSummaryFor faults={faults} />
          <h1 class="nhsuk-heading-l">{title}</h1>
          {props.demo && (
            <InsetText>
              <p>
                This is a demonstration with made-up people.{' '}
                <a href="/demo">See who you can sign in as</a>.
              </p>
            </InsetText>
          )}
          <Form action={face === 'practice' ? '/practice/sign-in' : '/sign-in'}>
            <input type="hidden" name="next" value={typed.next} />
            <Input
              id="email"
              name="email"
              type="email"
              label={{ text: 'Email address' }}
              autocomplete="username"
              spellcheck={false}
              value={typed.email}
              errorMessage={words(messageFor(faults, 'email'))}
            />
            <PasswordInput
              id="password"
              name="password"
              label={{ text: 'Password' }}
              errorMessage={words(messageFor(faults, 'password'))}
            />
            <Input
              id="code"
              name="code"
              inputmode="numeric"
              autocomplete="one-time-code"
              width={10}
              label={{ text: 'Code from your authenticator app' }}
              hint={{ text: 'This is 6 numbers. It changes every 30 seconds.' }}
              errorMessage={words(messageFor(faults, 'code'))}
            />
            <Button text="Sign in" preventDoubleClick />
          </Form>
          <p>
            {face === 'practice'
              ? 'If you cannot sign in, ask your practice manager.'
              : 'If you cannot sign in, phone your GP surgery. You can do everything by phone or in person too.'}
          </p>
        </div>
      </div>
    </Layout>
  )
}

function words(message: string | undefined) {
  return message === undefined ? undefined : { text: message }
}
