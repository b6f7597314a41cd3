import { Button, Form, Layout, WarningCallout } from '#platform/html'

/** Said once, before the first look, in place of the page asked for; `next` is that page. Source: DOMAIN RA-9. */
export function FirstLookPage({ next }: { readonly next: string }) {
  const title = 'Before you look at your health record'
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>You have a legal right to see your health record. Before you do, please know that:</p>
      <ul>
        <li>it may hold test results and letters that nobody has talked to you about yet</li>
        <li>you may see things that upset you, or that you had forgotten</li>
        <li>
          it is written for people who work in health care, so some words may be hard to understand
        </li>
        <li>some information may not be shown online</li>
      </ul>
      <WarningCallout
        heading={{
          text: 'Important: if someone is pressing you to show them your record',
          level: 2,
        }}
      >
        <p>You do not have to look now, and you do not have to show it to anyone.</p>
        <p>
          Tell your GP surgery, and they can switch this off. In an emergency call 999. If you
          cannot speak, press 55 when asked.
        </p>
      </WarningCallout>
      <p>If something you read worries you, phone your GP surgery, or use 111.nhs.uk.</p>
      <Form action="/record/first-look">
        <input type="hidden" name="next" value={next} />
        <Button text="Continue to your health record" />
      </Form>
      <p>
        <a href="/home">Not now</a>
      </p>
    </Layout>
  )
}
