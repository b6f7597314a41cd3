import { Layout } from '#platform/html'

/** Before a month of the practice was counted. */
export function NothingCountedPage() {
  return (
    <Layout title="Uptake and equity">
      <h1 class="nhsuk-heading-l">Uptake and equity</h1>
      <p>
        No month has been counted for your practice yet. A month is counted on the 2nd day of the
        next; come back then.
      </p>
      <p>
        <a href="/practice/uptake/access">Timely access</a> can be seen now.
      </p>
    </Layout>
  )
}
