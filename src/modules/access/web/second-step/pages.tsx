import {
  BackLink,
  Button,
  ErrorSummaryFor,
  Form,
  InsetText,
  Layout,
  messageFor,
  Radios,
  type Fault,
} from '#platform/html'
import { secondStepChoices } from '../../domain/second-step/second-step.ts'

/** How often the record asks again who reads it, in words. */
const words: Readonly<Record<(typeof secondStepChoices)[number], string>> = {
  0: 'Never: signing in is enough',
  5: 'Each time, unless I did it in the last 5 minutes',
  15: 'Unless I did it in the last 15 minutes',
  60: 'Unless I did it in the last hour',
}

/** Whether the record asks again who reads it. */
export function SecondStepPage(props: {
  readonly minutes: number
  readonly faults?: readonly Fault[]
  readonly isSaved?: boolean
}) {
  const { minutes, faults } = props
  const title = 'Ask again before my health record'
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={<BackLink href="/account" text="Your account" />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      {props.isSaved === true && <InsetText text="Saved. It holds from now on." />}
      <p>
        If others can get at your phone or computer while you are signed in, your record can ask for
        your passkey, or your password and code, once more. It then asks for all of it: reading,
        searching, printing and downloading. It asks those who act for you too.
      </p>
      <Form action="/account/second-step">
        <Radios
          name="minutes"
          fieldset={{ legend: { text: 'When should it ask?', size: 'm' } }}
          value={String(minutes)}
          items={secondStepChoices.map((one) => ({ value: String(one), text: words[one] }))}
          errorMessage={messageFor(faults, 'minutes')}
        />
        <Button text="Save" preventDoubleClick />
      </Form>
    </Layout>
  )
}

/** Told to somebody who acts for another: this is the patient's own choice. */
export function OnlyYouPage() {
  const title = 'This is the patient’s own choice'
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        Only the patient can choose it, in their own account. If you need help, phone the GP
        surgery.
      </p>
      <p>
        <a href="/account">Go to your account</a>
      </p>
    </Layout>
  )
}
