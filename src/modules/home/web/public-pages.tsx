import { Button, Card, Layout } from '#platform/html'

/** The first page: what can be done here, and the way in. */
export function StartPage({ demo }: { readonly demo: boolean }) {
  return (
    <Layout title="Your GP surgery online">
      <h1 class="nhsuk-heading-xl">Your GP surgery online</h1>
      <p class="nhsuk-lede-text">Use this service to:</p>
      <ul>
        <li>book, see and cancel appointments</li>
        <li>order repeat prescriptions</li>
        <li>see your health record</li>
      </ul>
      <div class="nhsuk-button-group">
        <Button text="Sign in" href="/sign-in" />
        <Button text="Sign up" href="/sign-up" variant="secondary" />
        {demo && <Button text="Try it as a made-up person" href="/demo" variant="secondary" />}
      </div>
      <Card
        heading="If you need help now"
        variant="urgent"
        description={{
          html: (
            <p>
              Phone your GP surgery, or use <a href="https://111.nhs.uk">111.nhs.uk</a> or call 111.
              In an emergency call 999. Nobody is watching this site around the clock.
            </p>
          ),
        }}
      />
      <p>
        <a href="/practice">I work at a GP surgery</a>
      </p>
    </Layout>
  )
}

/** Told after signing out, on this device and every tab. */
export function SignedOutPage() {
  return (
    <Layout title="You have signed out">
      <h1 class="nhsuk-heading-l">You have signed out</h1>
      <p>If this is a shared computer or phone, close this window too.</p>
      <Button text="Sign in again" href="/sign-in" />
    </Layout>
  )
}

/** Who to contact, and that this is not the way in an emergency. */
export function ContactPage() {
  return (
    <Layout title="Contact us">
      <h1 class="nhsuk-heading-l">Contact us</h1>
      <p>For your health, your appointments or your record: phone or visit your GP surgery.</p>
      <p>For urgent help: 111.nhs.uk or call 111. In an emergency call 999.</p>
      <p>
        If you see information about somebody else, sign out at once and tell your GP surgery. Do
        not keep or share what you saw.
      </p>
    </Layout>
  )
}

/** What is kept and who answers for it. */
export function PrivacyPage() {
  return (
    <Layout title="Privacy">
      <h1 class="nhsuk-heading-l">Privacy</h1>
      <p>
        Your GP surgery is responsible for your health record and decides what is shown online. This
        service shows it to you and to those you have agreed may act for you.
      </p>
      <p>
        We keep a record of who looked at or changed what, and when. One cookie keeps you signed in
        and goes when you close your browser. Another lets us know a device you signed in on again,
        for a year, so that we can tell you of one that is not yours; it is not set on a device you
        say others use. We use no tracking and show no advertising.
      </p>
      <p>
        Some parts of a health record may not be shown online. You can ask your GP surgery for a
        copy of your whole record, or ask why something is not there.
      </p>
    </Layout>
  )
}

/** How accessible the service is, and what to do if it does not work for someone. */
export function AccessibilityPage() {
  return (
    <Layout title="Accessibility">
      <h1 class="nhsuk-heading-l">Accessibility</h1>
      <p>
        This service is built to meet the Web Content Accessibility Guidelines, version 2.2, level
        AA. It works with a keyboard, with a screen reader, on a small screen, at 400% zoom and
        without JavaScript. It is tested for this at every change.
      </p>
      <p>
        If something does not work for you, phone your GP surgery. They will do it for you, and can
        send information in another form.
      </p>
    </Layout>
  )
}
