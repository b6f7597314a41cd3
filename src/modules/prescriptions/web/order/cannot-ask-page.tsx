import { Button, Layout } from '#platform/html'

/** Told where a past or short-term medicine cannot be asked for online now: why, and what to do. */
export function CannotAskPage(props: {
  readonly name: string
  readonly what: string
  readonly next: string
}) {
  const title = 'You cannot ask for this online now'
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        <strong>{props.name}</strong>
      </p>
      <p>
        {props.what} {props.next}
      </p>
      <Button href="/prescriptions">Back to your medicines</Button>
    </Layout>
  )
}
