import { Button, Form, Input, Layout } from '#platform/html'

/** Told to somebody whom NHS login knows too little of, or whom no surgery here has. */
export function ProvePage(props: {
  readonly isProved: boolean
  readonly next: string
  readonly nhsLogin: boolean
  /** They asked a surgery for access already. */
  readonly hasAsked: boolean
  /** The surgery that NHS login names, as far as it does. */
  readonly practice: string | undefined
}) {
  const title = props.isProved
    ? 'We could not find you at a GP surgery that uses this service'
    : 'Prove who you are'
  return (
    <Layout title={title}>
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <h1 class="nhsuk-heading-l">{title}</h1>
          {props.isProved ? (
            <p>
              NHS login knows who you are, but no GP surgery here has you on its list under the same
              NHS number, name and date of birth. You may have moved, or your surgery may not use
              this service.
            </p>
          ) : (
            <p>
              You have signed in, but not yet proved who you are. Until then you cannot see or
              change anything of a health record, appointments or medicines. This keeps others from
              pretending to be you.
            </p>
          )}
          {!props.isProved && props.nhsLogin && (
            <Button
              text="Prove who you are with NHS login"
              href={`/sign-in/nhs-login?prove=1&next=${encodeURIComponent(props.next)}`}
            />
          )}
          <h2 class="nhsuk-heading-m">One appointment, before you prove who you are</h2>
          {props.hasAsked ? (
            <Button text="Your first appointment" href="/first-appointment" variant="secondary" />
          ) : (
            <>
              <p>
                Tell your GP surgery who you are. It checks that later. Many surgeries let you book
                one appointment in the meantime.
              </p>
              <Button text="Tell my GP surgery who I am" href="/sign-up/ask" variant="secondary" />
            </>
          )}
          {props.isProved && <FindForm practice={props.practice} />}
          <h2 class="nhsuk-heading-m">{props.isProved ? 'What you can do' : 'Other ways'}</h2>
          <p>
            Ask at your GP surgery. Take photo identification and something with your address on it.
            If you have neither, they can help you in another way.
          </p>
          <p>You can do everything by phone or in person too, without proving this online.</p>
          <p>
            If you need help now, phone your GP surgery, or use{' '}
            <a href="https://111.nhs.uk">111.nhs.uk</a>. In an emergency call 999.
          </p>
          <Form action="/sign-out">
            <Button text="Sign out" variant="secondary" />
          </Form>
        </div>
      </div>
    </Layout>
  )
}

/** Looks for somebody whom NHS login proved at a surgery that it did not name. */
function FindForm({ practice }: { readonly practice: string | undefined }) {
  return (
    <>
      <h2 class="nhsuk-heading-m">If you use another GP surgery</h2>
      <Form action="/sign-up/find">
        <Input
          id="practice"
          name="practice"
          label="Surgery code"
          hint="Like A81001. The surgery can tell you"
          width={10}
          value={practice}
        />
        <Button text="Look for me there" variant="secondary" preventDoubleClick />
      </Form>
    </>
  )
}

/** Why a way to NHS login and back ended without a sign-in. */
export type NhsLoginFault =
  | 'went-back'
  | 'too-late'
  | 'not-reached'
  | 'not-checked'
  | 'number-changed'
  | 'account-closed'

/** Told when NHS login did not sign somebody in: what happened, and what to do next. */
export function NhsLoginFaultPage({ fault }: { readonly fault: NhsLoginFault }) {
  const { title, next } = wording[fault]
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>{next}</p>
      <Button text="Go to sign in" href="/sign-in" />
      <p>You can do everything by phone or in person too.</p>
    </Layout>
  )
}

const wording: Readonly<Record<NhsLoginFault, { readonly title: string; readonly next: string }>> =
  {
    'went-back': {
      title: 'You did not sign in',
      next: 'You came back from NHS login without agreeing to share your details. Try again, or sign in another way.',
    },
    'too-late': {
      title: 'This took too long',
      next: 'Signing in with NHS login has to be finished within 30 minutes, in the same browser. Try again.',
    },
    'not-reached': {
      title: 'NHS login cannot be reached',
      next: 'Try again later, or sign in another way.',
    },
    'not-checked': {
      title: 'You could not be signed in with NHS login',
      next: 'What NHS login told us could not be checked. Try again, or sign in another way.',
    },
    'number-changed': {
      title: 'Your details at NHS login have changed',
      next: 'Your NHS number at NHS login is not the one that you used here before. Phone your GP surgery to put it right.',
    },
    'account-closed': {
      title: 'Your account is closed',
      next: 'Phone your GP surgery if you did not expect this.',
    },
  }
