import { Button, ErrorSummaryFor, Form, Layout } from '#platform/html'
import type { FieldFault } from '#platform/http'
import type { AccountFace } from '../../domain/account.ts'
import { SetUpSteps } from '../account/change-pages.tsx'
import { faces } from '../browser.ts'
import {
  CodeField,
  EmailField,
  KnownName,
  NewPasswordField,
  WrittenCodeField,
} from '../signing-in/fields.tsx'

/** Where somebody new says who they are, by the code that they were given. */
export function JoinPage(props: {
  readonly face: AccountFace
  readonly email: string | undefined
  readonly faults?: readonly FieldFault[]
}) {
  const { base } = faces[props.face]
  const title = 'Set up your account'
  return (
    <Layout title={title} hasErrors={props.faults !== undefined}>
      <ErrorSummaryFor faults={props.faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        You need the joining code that you were given
        {props.face === 'practice' ? ' by your practice manager' : ' by your GP surgery'}, and an
        authenticator app on your phone or in your password manager.
      </p>
      <Form action={`${base}/join`}>
        <EmailField value={props.email} faults={props.faults} />
        <WrittenCodeField label="Joining code" faults={props.faults} />
        <Button text="Continue" preventDoubleClick />
      </Form>
      <p>
        <a href={`${base}/sign-in`}>Sign in instead</a>, if you have set it up before.
      </p>
    </Layout>
  )
}

/** Where they choose a password and set up an authenticator app, both at once. */
export function SetUpPage(props: {
  readonly face: AccountFace
  readonly email: string
  readonly secret: string
  readonly faults?: readonly FieldFault[]
}) {
  const { base } = faces[props.face]
  const title = 'Choose how you sign in'
  return (
    <Layout title={title} hasErrors={props.faults !== undefined}>
      <ErrorSummaryFor faults={props.faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>You will sign in as {props.email}. You can add a passkey afterwards.</p>
      <Form action={`${base}/join/set-up`}>
        <KnownName email={props.email} />
        <NewPasswordField faults={props.faults} />
        <h2 class="nhsuk-heading-m">Authenticator app</h2>
        <SetUpSteps secret={props.secret} email={props.email} />
        <CodeField faults={props.faults} label="Code that the app shows now" />
        <Button text="Set up" preventDoubleClick />
      </Form>
    </Layout>
  )
}
