import { Button, Layout } from '#platform/html'

/** The ways to an account: with a letter, or by asking the GP surgery for one. */
export function SignUpPage() {
  const title = 'Sign up for online services'
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>Anybody registered with a GP surgery can have online services. They are free.</p>
      <h2 class="nhsuk-heading-m">If your GP surgery gave you sign-up details</h2>
      <p>They are on a letter, or you wrote them down. This takes about 5 minutes.</p>
      <Button text="I have sign-up details" href="/sign-up/letter" />
      <h2 class="nhsuk-heading-m">If you have no details yet</h2>
      <p>
        Phone your GP surgery or go in, and ask for them. The surgery checks who you are: by a
        document with your photograph and one with your address, or by somebody there who knows you.
        It costs nothing, and they can help you sign up.
      </p>
      <p>
        You do not need an email address or a smartphone. You do not have to use online services:
        you can do everything by phone or in person.
      </p>
      <p>
        <a href="/sign-in">Sign in</a> if you have an account already.
      </p>
    </Layout>
  )
}
