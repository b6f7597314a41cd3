import { formatDate } from '#kernel/time'
import {
  BackLink,
  Button,
  Checkboxes,
  ErrorSummaryFor,
  Form,
  Input,
  InsetText,
  Layout,
  messageFor,
  Textarea,
  WarningCallout,
  type Fault,
} from '#platform/html'
import { formatName, type Contact, type Patient } from '#modules/directory'

interface Typed {
  readonly typed: Readonly<Record<string, string>>
  readonly ways: readonly string[]
  readonly faults?: readonly Fault[] | undefined
}

/**
 * Where the patient says how they want to be reached. What was said before is never shown here:
 * somebody else may look at the page with them.
 */
export function OwnContactPage(props: Typed & { readonly isSaved?: boolean }) {
  const title = 'How we contact you'
  return (
    <Layout
      title={title}
      hasErrors={props.faults !== undefined}
      before={<BackLink href="/home" text="Home" />}
    >
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <ErrorSummaryFor faults={props.faults} />
          <h1 class="nhsuk-heading-l">{title}</h1>
          {props.isSaved === true && (
            <InsetText text="Your GP surgery has this now, and uses nothing else." />
          )}
          <p>
            Tell your GP surgery how to reach you. It replaces what you said before. This page is
            always empty when you come back, and nobody who acts for you sees any of it.
          </p>
          <Form action="/account/contact">
            <Fields {...props} />
            <Button text="Use only this" preventDoubleClick />
          </Form>
        </div>
      </div>
    </Layout>
  )
}

/** The same for staff, who write down what the patient told them, and see it. */
export function PatientContactPage(
  props: Typed & { readonly patient: Patient; readonly contact: Contact },
) {
  const { patient, contact, faults } = props
  const name = formatName(patient)
  const title = `How to reach ${name}`
  const path = `/practice/patients/${patient.patientId}`
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={<BackLink href={path} text={name} />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <ContactNote contact={contact} />
      {!contact.isSpecial && <p>Nothing special is known: use what is on record.</p>}
      <p>
        Write down only what the patient told you themself, alone. It is never shown to anybody who
        acts for them, nor on the patient’s own pages.
      </p>
      <Form action={`${path}/contact`}>
        <Fields {...props} />
        <div class="nhsuk-button-group">
          <Button text="Save" preventDoubleClick />
          <Button
            text="Nothing special any more"
            name="usual"
            value="yes"
            variant="secondary"
            preventDoubleClick
          />
        </div>
      </Form>
    </Layout>
  )
}

function Fields({ typed, ways, faults }: Typed) {
  const field = (name: string, label: string, hint?: string) => (
    <Input
      id={name}
      name={name}
      label={label}
      {...(hint !== undefined && { hint })}
      autocomplete="off"
      value={typed[name]}
      errorMessage={messageFor(faults, name)}
    />
  )
  return (
    <>
      <Checkboxes
        name="ways"
        idPrefix="ways"
        fieldset={{ legend: { text: 'Ways that are all right', size: 'm' } }}
        hint="No other way is used."
        values={ways}
        items={[
          { value: 'email', text: 'Email' },
          { value: 'text', text: 'Text message' },
          { value: 'phone', text: 'Phone call' },
          { value: 'letter', text: 'Letter' },
        ]}
        errorMessage={messageFor(faults, 'ways')}
      />
      {field('email', 'Email address', 'Leave empty to use the one on record')}
      {field('phone', 'Phone number', 'Leave empty to use the ones on record')}
      <Textarea
        id="address"
        name="address"
        label="Address for letters"
        hint="Leave empty to use the one on record"
        rows={3}
        value={typed['address']}
        errorMessage={messageFor(faults, 'address')}
      />
      {field('postcode', 'Postcode')}
      <Textarea
        id="whenSafe"
        name="whenSafe"
        label="How and when"
        hint="For example: weekdays 9am to 3pm; do not leave a message; say it is the dentist"
        rows={3}
        value={typed['whenSafe']}
        errorMessage={messageFor(faults, 'whenSafe')}
      />
    </>
  )
}

/** For staff, before any contact: how it is safe. Nothing where nothing special is known. */
export function ContactNote({ contact }: { readonly contact: Contact | undefined }) {
  if (!contact?.isSpecial) return null
  const { email, texts, mobile, phone, byLetter, addressLines, postcode, whenSafe } = contact
  const calls = [mobile, phone].filter(Boolean).join(', ')
  const address = [...addressLines, postcode].filter(Boolean).join(', ')
  return (
    <WarningCallout heading={{ text: 'Before any contact', level: 2 }}>
      {whenSafe !== undefined && <p>“{whenSafe}”</p>}
      <ul>
        <li>Email: {email ?? 'never'}</li>
        <li>Text: {texts ?? 'never'}</li>
        <li>Call: {calls === '' ? 'never' : calls}</li>
        <li>Letter: {byLetter ? address || 'no address' : 'never'}</li>
      </ul>
      <p>
        {contact.chosenAt && `Since ${formatDate(contact.chosenAt)}. `}
        Tell nobody else, and nobody who acts for them.
      </p>
    </WarningCallout>
  )
}
