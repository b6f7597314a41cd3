import { Button, ErrorSummaryFor, Form, Layout } from '#platform/html'
import type { FieldFault } from '#platform/http'
import { faces } from '../browser.ts'
import type { AccountFace } from '../../domain/account.ts'
import { EmailField, PasswordField, WrittenCodeField } from './fields.tsx'
import type { SignInTyped } from './sign-in-page.tsx'

/** A recovery code in place of the authenticator app's. */
export function RecoveryPage(props: {
  readonly face: AccountFace
  readonly typed: SignInTyped
  readonly faults?: readonly FieldFault[]
}) {
  const { face, typed, faults } = props
  const { base } = faces[face]
  const title = 'Sign in with a recovery code'
  return (
    <Layout title={title} hasErrors={faults !== undefined}>
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <ErrorSummaryFor faults={faults} />
          <h1 class="nhsuk-heading-l">{title}</h1>
          <p>
            Use one of the codes that you kept when you set up your account. Each works once.
            Afterwards, set up a new authenticator app in your account.
          </p>
          <Form action={`${base}/sign-in/recovery`}>
            <input type="hidden" name="next" value={typed.next} />
            <EmailField value={typed.email} faults={faults} />
            <PasswordField faults={faults} />
            <WrittenCodeField label="Recovery code" faults={faults} />
            <Button text="Sign in" preventDoubleClick />
          </Form>
          <p>
            <a href={`${base}/sign-in`}>Sign in another way</a>
          </p>
          <p>
            {face === 'practice'
              ? 'If you have no recovery code, ask your practice manager.'
              : 'If you have no recovery code, phone your GP surgery.'}
          </p>
        </div>
      </div>
    </Layout>
  )
}
