import { Button, ErrorSummaryFor, Form, InsetText, Layout } from '#platform/html'
import type { FieldFault } from '#platform/http'
import { faces } from '../browser.ts'
import type { AccountFace } from '../../domain/account.ts'
import { CodeField, EmailField, PasswordField, SharedDeviceField } from './fields.tsx'
import { PasskeyForm } from './passkey-form.tsx'

/** What was typed into a sign-in form; passwords and codes are never given back. */
export interface SignInTyped {
  readonly email?: string | undefined
  readonly next: string
  readonly isShared?: boolean
}

/** What a sign-in page offers beside a passkey and a password. */
export interface SignInOffer {
  readonly demo: boolean
  readonly nhsLogin: boolean
}

/** Every way of signing in on a face: passkey, NHS login, password with a code. */
export function SignInPage(props: {
  readonly face: AccountFace
  readonly typed: SignInTyped
  readonly faults?: readonly FieldFault[]
  readonly offer: SignInOffer
  /** An earlier sign-in of this browser has ended. */
  readonly hasEnded?: boolean
}) {
  const { face, typed, faults, offer } = props
  const { base } = faces[face]
  const title = face === 'practice' ? 'Sign in to the practice site' : 'Sign in'
  const next = encodeURIComponent(typed.next)
  return (
    <Layout title={title} hasErrors={faults !== undefined}>
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <ErrorSummaryFor faults={faults} />
          <h1 class="nhsuk-heading-l">{title}</h1>
          {props.hasEnded && (
            <InsetText>
              <p>You were signed out, for your safety. Sign in to go on where you were.</p>
            </InsetText>
          )}
          {offer.demo && (
            <InsetText>
              <p>
                This is a demonstration with made-up people.{' '}
                <a href="/demo">See who you can sign in as</a>.
              </p>
            </InsetText>
          )}
          <PasskeyForm
            does="get"
            begin={`${base}/sign-in/passkey/begin`}
            action={`${base}/sign-in/passkey`}
            text="Sign in with a passkey"
            next={typed.next}
          />
          {offer.nhsLogin && (
            <p>
              <Button
                text="Continue with NHS login"
                href={`/sign-in/nhs-login?next=${next}`}
                variant="secondary"
              />
            </p>
          )}
          <PasswordSignIn {...props} />
          <h2 class="nhsuk-heading-s">If you cannot sign in</h2>
          <p>
            <a href={`${base}/sign-in/recovery?next=${next}`}>Use a recovery code</a> if you do not
            have your authenticator app.
          </p>
          <p>
            <a href={`${base}/join`}>Set up your account</a> if you were given a joining code.
          </p>
          <p>
            {face === 'practice'
              ? 'If that does not help, ask your practice manager.'
              : 'If that does not help, phone your GP surgery. You can do everything by phone or in person too.'}
          </p>
        </div>
      </div>
    </Layout>
  )
}

function PasswordSignIn(props: {
  readonly face: AccountFace
  readonly typed: SignInTyped
  readonly faults?: readonly FieldFault[]
}) {
  const { face, typed, faults } = props
  return (
    <>
      <h2 class="nhsuk-heading-m">Sign in with a password</h2>
      <Form action={`${faces[face].base}/sign-in`}>
        <input type="hidden" name="next" value={typed.next} />
        <EmailField value={typed.email} faults={faults} />
        <PasswordField faults={faults} />
        <CodeField faults={faults} />
        <SharedDeviceField isShared={typed.isShared === true} />
        <Button text="Sign in" preventDoubleClick />
      </Form>
    </>
  )
}
