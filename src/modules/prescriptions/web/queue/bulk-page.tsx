import { Button, Layout } from '#platform/html'
import { queuePath, type BackTo } from './reject-form.ts'

/** One request that was left as it is, and why. */
export interface BulkLine {
  readonly itemId?: string | undefined
  readonly what: string
  readonly why: string
}

/** What became of requests that were to be approved together. */
export function BulkPage(
  props: BackTo & {
    readonly approved: readonly string[]
    readonly left: readonly BulkLine[]
  },
) {
  const { approved, left } = props
  const title = titleOf(approved.length, left.length)
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      {approved.length + left.length === 0 && (
        <p>Tick the requests that you want to approve together, then press the button again.</p>
      )}
      {left.length > 0 && (
        <>
          <h2 class="nhsuk-heading-m">Not approved: look at these one by one</h2>
          <ul>
            {left.map(({ itemId, what, why }) => (
              <li data-item={itemId}>
                {what}. {why}
              </li>
            ))}
          </ul>
        </>
      )}
      {approved.length > 0 && (
        <>
          <h2 class="nhsuk-heading-m">Approved</h2>
          <ul>
            {approved.map((what) => (
              <li>{what}</li>
            ))}
          </ul>
        </>
      )}
      <Button href={queuePath(props)}>Back to prescription requests</Button>
    </Layout>
  )
}

function titleOf(approved: number, left: number): string {
  if (approved + left === 0) return 'Nothing was ticked'
  const done = approved === 1 ? '1 request approved' : `${approved} requests approved`
  return left === 0 ? done : `${done}, ${left} not`
}
