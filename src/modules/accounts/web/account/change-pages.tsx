import { Button, ErrorSummaryFor, Form, Layout, WarningCallout } from '#platform/html'
import type { FieldFault } from '#platform/http'
import { setUpLink } from '#platform/auth'
import type { AccountFace } from '../../domain/account.ts'
import { faces } from '../browser.ts'
import { CodeField, KnownName, NewPasswordField, PasswordField } from '../signing-in/fields.tsx'
import { PasskeyForm } from '../signing-in/passkey-form.tsx'
import { SquareCode } from './square-code.tsx'

interface Changing {
  readonly face: AccountFace
  readonly faults?: readonly FieldFault[] | undefined
}

/** Asked before ways to sign in are changed: that it is still the owner who asks. */
export function ConfirmPage(props: Changing & { readonly next: string; readonly email: string }) {
  const { base } = faces[props.face]
  const title = 'Confirm that it is you'
  return (
    <Layout title={title} hasErrors={props.faults !== undefined}>
      <ErrorSummaryFor faults={props.faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        You are about to{' '}
        {props.next.startsWith('/record')
          ? 'open a health record'
          : 'see or change how you sign in'}
        . This keeps others from doing it.
      </p>
      <PasskeyForm
        does="get"
        begin={`${base}/sign-in/passkey/begin`}
        action={`${base}/account/confirm/passkey`}
        text="Use a passkey"
        next={props.next}
      />
      <Form action={`${base}/account/confirm`}>
        <input type="hidden" name="next" value={props.next} />
        <KnownName email={props.email} />
        <PasswordField faults={props.faults} />
        <CodeField faults={props.faults} />
        <Button text="Confirm" preventDoubleClick />
      </Form>
      <p>
        If you sign in with NHS login only, or with codes on paper,{' '}
        <a href={`${base}/sign-in?next=${encodeURIComponent(props.next)}`}>sign in again</a>.
      </p>
      <p>
        <a href={`${base}/account`}>Go back to your account</a>
      </p>
    </Layout>
  )
}

/** A new password. */
export function PasswordPage(props: Changing & { readonly email: string }) {
  const { base } = faces[props.face]
  const title = 'Choose a new password'
  return (
    <Layout title={title} hasErrors={props.faults !== undefined}>
      <ErrorSummaryFor faults={props.faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>You will be signed out on every other device.</p>
      <Form action={`${base}/account/password`}>
        <KnownName email={props.email} />
        <NewPasswordField faults={props.faults} />
        <Button text="Change password" preventDoubleClick />
      </Form>
      <p>
        <a href={`${base}/account`}>Go back without changing it</a>
      </p>
    </Layout>
  )
}

/** A new authenticator app: by square code, or by typing or pasting the secret. */
export function AuthenticatorPage(
  props: Changing & { readonly secret: string; readonly email: string },
) {
  const { base } = faces[props.face]
  const title = 'Set up an authenticator app'
  return (
    <Layout title={title} hasErrors={props.faults !== undefined}>
      <ErrorSummaryFor faults={props.faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <SetUpSteps secret={props.secret} email={props.email} />
      <Form action={`${base}/account/authenticator`}>
        <CodeField faults={props.faults} label="Code that the app shows now" />
        <Button text="Set up" preventDoubleClick />
      </Form>
      <p>
        <a href={`${base}/account`}>Go back without setting it up</a>
      </p>
    </Layout>
  )
}

/** How an authenticator app is given its secret. */
export function SetUpSteps(props: { readonly secret: string; readonly email: string }) {
  const link = setUpLink(props.secret, props.email)
  return (
    <>
      <p>
        Open the authenticator app on your phone or in your password manager and add an account by
        scanning this square, or by its key.
      </p>
      <SquareCode text={link} label="Square code for your authenticator app" />
      <p>
        Key: <strong class="app-code">{props.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</strong>
      </p>
    </>
  )
}

/** Says what recovery codes are, before any before them stop working. */
export function RecoveryCodesPage(props: { readonly face: AccountFace; readonly left: number }) {
  const { base } = faces[props.face]
  const title = 'Make recovery codes'
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        A recovery code signs you in, with your password, when you do not have your authenticator
        app. You get 10. Each works once.
      </p>
      {props.left > 0 && <p>The {props.left} codes you have now will stop working.</p>}
      <Form action={`${base}/account/recovery-codes`}>
        <Button text="Make recovery codes" preventDoubleClick />
      </Form>
      <p>
        <a href={`${base}/account`}>Go back without making any</a>
      </p>
    </Layout>
  )
}

/** The recovery codes, shown this once. */
export function NewRecoveryCodesPage(props: {
  readonly face: AccountFace
  readonly codes: readonly string[]
}) {
  const title = 'Your recovery codes'
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <WarningCallout heading={{ text: 'Keep these codes now', level: 2 }}>
        <p>
          You will not see them again. Print them, write them down, or put them in a password
          manager. Do not keep them with your phone.
        </p>
      </WarningCallout>
      <ul class="nhsuk-list">
        {props.codes.map((code) => (
          <li key={code}>
            <strong class="app-code">{code}</strong>
          </li>
        ))}
      </ul>
      <Button text="I have kept them" href={`${faces[props.face].base}/account`} />
    </Layout>
  )
}
