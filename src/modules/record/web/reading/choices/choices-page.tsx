import { Button, Checkboxes, Form, InsetText, Radios } from '#platform/html'
import { keepable, tellable, type ReadingChoice } from '../../../domain/reading/choices.ts'
import { formatSubject } from '../../subject-words.ts'
import { RecordFrame, type Seat } from '../record-frame.tsx'

/** What the patient wants to hear in person first, and what stays between them and the surgery. */
export function ChoicesPage(props: {
  readonly seat: Seat
  readonly choices: readonly ReadingChoice[]
  readonly isSaved: boolean
  /** Somebody who acts for the patient looks: the choices are not theirs, and not shown. */
  readonly isProxy: boolean
}) {
  const { seat, choices, isSaved, isProxy } = props
  const title = 'How you are told, and what stays private'
  if (isProxy) {
    return (
      <RecordFrame seat={seat} title={title}>
        <p>
          Only the patient can see and change this. They can sign in themselves, or ask their GP
          surgery.
        </p>
      </RecordFrame>
    )
  }
  const has = (choice: ReadingChoice['choice']) =>
    choices.filter((one) => one.choice === choice).map((one) => one.subject)
  const told = has('tell-in-person')
  return (
    <RecordFrame seat={seat} title={title}>
      {isSaved && (
        <InsetText>
          <p>Your choices are saved. They hold from now on.</p>
        </InsetText>
      )}
      <Form action={`${seat.base}/choices`}>
        <h2 class="nhsuk-heading-m">News about your health</h2>
        <p>
          Test results and letters can tell you something before anybody has talked to you. For each
          of these, choose what you want. It covers results, letters and the names of appointments
          that come in from now on.
        </p>
        {tellable.map((subject) => (
          <Radios
            name={`tell-${subject}`}
            idPrefix={`tell-${subject}`}
            fieldset={{ legend: { text: formatSubject(subject), size: 's' } }}
            value={told.includes(subject) ? 'person' : 'filed'}
            items={[
              { value: 'filed', text: 'Show me as soon as my surgery has checked it' },
              { value: 'person', text: 'Tell me in person first' },
            ]}
          />
        ))}
        <p>
          If you choose to be told in person, your surgery phones you or asks you to come in. What
          it is shows here after that. To find everything, we look for many words, so now and then
          something ordinary waits as well.
        </p>
        <h2 class="nhsuk-heading-m">What stays private</h2>
        <Checkboxes
          name="private"
          idPrefix="private"
          fieldset={{
            legend: {
              text: 'Keep this from anyone who acts for you or whom you share with',
              size: 's',
            },
          }}
          hint={{ text: 'You still see all of it. Your surgery does too.' }}
          values={has('keep-private')}
          items={keepable.map((subject) => ({ value: subject, text: formatSubject(subject) }))}
        />
        <Button text="Save my choices" />
      </Form>
    </RecordFrame>
  )
}
