import { BackLink, Button, Layout } from '#platform/html'

/** One answer for every way of not being found: which it was is for the surgery to know. */
export function NotFoundTherePage() {
  const title = 'We could not find you there'
  return (
    <Layout title={title} before={<BackLink href="/sign-in/prove" text="Back" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        Either that surgery does not use this service, or it has nobody under the same NHS number,
        name and date of birth, or it wants to see you first.
      </p>
      <p>Check the surgery code. If it is right, ask the surgery for sign-up details.</p>
      <Button text="Ask my GP surgery" href="/sign-up/ask" />
      <p>
        If you need help now, phone your GP surgery, or use{' '}
        <a href="https://111.nhs.uk">111.nhs.uk</a>. In an emergency call 999.
      </p>
    </Layout>
  )
}
