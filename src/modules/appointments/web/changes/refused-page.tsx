import { Button, Layout } from '#platform/html'

/** Told when a change cannot be made, undone or told: what happened, and what to do next. */
export function ChangeRefusedPage(props: {
  readonly title: string
  readonly reason: string
  readonly link: { readonly text: string; readonly href: string }
}) {
  return (
    <Layout title={props.title}>
      <h1 class="nhsuk-heading-l">{props.title}</h1>
      <p>{props.reason}</p>
      <p>Nothing was changed.</p>
      <Button href={props.link.href} text={props.link.text} />
    </Layout>
  )
}
