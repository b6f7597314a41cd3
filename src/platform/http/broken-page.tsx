import { Layout } from '#platform/html'

/** Told when something went wrong that nobody foresaw. The reference finds it in the log. */
export const BrokenPage = ({ reference }: { readonly reference: string }) => (
  <Layout title="Sorry, there is a problem with the service">
    <h1 class="nhsuk-heading-l">Sorry, there is a problem with the service</h1>
    <p>Nothing was saved. Try again later.</p>
    <p>If you need help now, phone your GP surgery, or use 111.nhs.uk.</p>
    <p>Reference: {reference}</p>
  </Layout>
)

/** Told when the service broke down in the very moment of saving: nobody can say what came of it. */
export const UnsurePage = ({ reference }: { readonly reference: string }) => (
  <Layout title="We do not know if that was saved">
    <h1 class="nhsuk-heading-l">We do not know if that was saved</h1>
    <p>The service broke down while it was saving what you sent.</p>
    <p>Wait a minute, then look whether it is there. If it is not, go back and send it again.</p>
    <p>If you need help now, phone your GP surgery, or use 111.nhs.uk.</p>
    <p>Reference: {reference}</p>
  </Layout>
)

/** The one answer for what is not there and what is not yours. */
export const NotFoundPage = () => (
  <Layout title="Page not found">
    <h1 class="nhsuk-heading-l">Page not found</h1>
    <p>If you typed the address, check that it is right.</p>
    <p>If you followed a link, it may be out of date.</p>
    <p>
      <a href="/">Go to the start page</a>
    </p>
    <p>If you need help now, phone your GP surgery, or use 111.nhs.uk.</p>
  </Layout>
)

/** Told when a form came from elsewhere or from a page that is too old to trust. */
export const StaleFormPage = () => (
  <Layout title="This page is out of date">
    <h1 class="nhsuk-heading-l">This page is out of date</h1>
    <p>
      Nothing was saved. This can happen if you signed out, or left the page open for a long time.
    </p>
    <p>Go back, reload the page and try again.</p>
    <p>If you need help now, phone your GP surgery, or use 111.nhs.uk.</p>
  </Layout>
)

/** Told when too many tries come from one place. */
export const TooManyPage = () => (
  <Layout title="Too many tries">
    <h1 class="nhsuk-heading-l">Too many tries</h1>
    <p>Wait a minute, then try again.</p>
    <p>If you need help now, phone your GP surgery, or use 111.nhs.uk.</p>
  </Layout>
)

/** Told when more people ask than the service can serve. */
export const BusyPage = ({ isForm }: { readonly isForm: boolean }) => (
  <Layout title="The service is very busy">
    <h1 class="nhsuk-heading-l">The service is very busy</h1>
    {isForm ? (
      <>
        <p>Nothing was saved. What you typed is still on the page that you came from.</p>
        <p>Wait a few seconds, then go back and try again.</p>
      </>
    ) : (
      <p>Wait a few seconds, then reload this page.</p>
    )}
    <p>If you need help now, phone your GP surgery, or use 111.nhs.uk.</p>
  </Layout>
)
