import { Layout } from '#platform/html'

/** Told to staff whose roles do not carry what a page needs: who can change that. */
export function NotYourRolePage() {
  return (
    <Layout title="Your role does not include this">
      <h1 class="nhsuk-heading-l">Your role does not include this</h1>
      <p>Nothing was changed. Your practice manager decides who has which role.</p>
      <p>
        <a href="/practice">Go to today</a>
      </p>
    </Layout>
  )
}
