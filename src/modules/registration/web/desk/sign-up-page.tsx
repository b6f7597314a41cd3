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
  Radios,
  Select,
} from '#platform/html'
import type { FieldFault } from '#platform/http'
import { ContactNote, type Grant, type RecordLevel } from '#modules/access'
import { formatName, type Contact, type Patient } from '#modules/directory'
import {
  addressWords,
  askedWords,
  levelWords,
  methodWords,
  photoWords,
  seenWords,
  serviceWords,
} from './words.ts'

/** What the one screen of an assisted sign-up shows. */
export interface DeskSignUpModel {
  readonly patient: Patient
  readonly contact: Contact | undefined
  readonly age: number
  readonly linkageId: string
  readonly byDefault: Grant
  readonly awaitsReview: boolean
  readonly mayAuthorise: boolean
  readonly typed: Readonly<Record<string, string | undefined>>
  readonly askedAbout: readonly string[]
  readonly faults?: readonly FieldFault[]
}

/** Everything to sign somebody up, at the desk or on the phone, on one screen. */
export function DeskSignUpPage(model: DeskSignUpModel) {
  const { patient, faults, linkageId } = model
  const name = formatName(patient)
  const title = `Sign up ${name}`
  const path = `/practice/patients/${patient.patientId}/online`
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={<BackLink href={path} text={`Online services of ${name}`} />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <ContactNote contact={model.contact} />
      <p>
        Speak with the patient alone if you can. If you think that somebody presses them, stop here,
        say that it takes a few days, and tell your safeguarding lead.
      </p>
      {model.awaitsReview && (
        <InsetText text="This record asks for a review before it is seen online, or says that the patient did not want that. Appointments and prescriptions can be switched on now." />
      )}
      <Form action={`${path}/sign-up`}>
        <input type="hidden" name="linkageId" value={linkageId} />
        <div class="nhsuk-grid-row">
          <div class="nhsuk-grid-column-one-half">
            <Identity {...model} />
          </div>
          <div class="nhsuk-grid-column-one-half">
            <Given {...model} />
          </div>
        </div>
        <Button text="Make sign-up details" preventDoubleClick />
      </Form>
    </Layout>
  )
}

function choicesOf<Value extends string>(words: Readonly<Record<Value, string>>, first?: string) {
  const items = Object.entries<string>(words).map(([value, text]) => ({ value, text }))
  return first === undefined ? items : [{ value: '', text: first }, ...items]
}

function Identity({ typed, faults, askedAbout, age }: DeskSignUpModel) {
  const { 'nhs-login': _, ...methods } = methodWords
  const select = (name: string, label: string, words: Readonly<Record<string, string>>) => (
    <Select
      id={name}
      name={name}
      label={label}
      value={typed[name] ?? ''}
      items={choicesOf(words, 'Choose')}
      errorMessage={messageFor(faults, name)}
    />
  )
  return (
    <>
      <Radios
        name="method"
        small
        fieldset={{ legend: { text: 'How do you know who this is?', size: 'm' } }}
        value={typed['method'] ?? ''}
        items={choicesOf(methods)}
        errorMessage={messageFor(faults, 'method')}
      />
      <h2 class="nhsuk-heading-s">For documents</h2>
      {select('photoDocument', 'With a photograph', photoWords)}
      {select('addressDocument', 'With the address', addressWords)}
      <h2 class="nhsuk-heading-s">For vouching</h2>
      <Input
        id="knownYears"
        name="knownYears"
        label="Years that you have known them"
        inputmode="numeric"
        width={3}
        value={typed['knownYears']}
        errorMessage={messageFor(faults, 'knownYears')}
      />
      {select('seen', 'How often you have seen them', seenWords)}
      <Checkboxes
        name="askedAbout"
        small
        fieldset={{ legend: { text: 'What you asked about', size: 's' } }}
        hint="Let them say it. Never read anything out of the record."
        values={[...askedAbout]}
        items={choicesOf(askedWords)}
        errorMessage={messageFor(faults, 'askedAbout')}
      />
      {age < 16 && (
        <Checkboxes
          name="competent"
          small
          values={typed['competent'] === 'yes' ? ['yes'] : []}
          items={[
            {
              value: 'yes',
              text: 'A clinician is satisfied that this patient can decide for themself',
            },
          ]}
        />
      )}
    </>
  )
}

const all: readonly RecordLevel[] = ['none', 'summary', 'detailed', 'documents', 'full']

function Given({ typed, faults, byDefault, mayAuthorise }: DeskSignUpModel) {
  const select = (
    name: keyof Grant,
    label: string,
    items: readonly { value: string; text: string }[],
  ) => (
    <Select
      id={name}
      name={name}
      label={label}
      value={typed[name] ?? byDefault[name]}
      items={[...items]}
      errorMessage={messageFor(faults, name)}
    />
  )
  const upTo = (limit: RecordLevel) =>
    all
      .filter((level) => mayAuthorise || all.indexOf(level) <= all.indexOf(limit))
      .map((value) => ({ value, text: levelWords[value] }))
  return (
    <>
      <h2 class="nhsuk-heading-m">What they can use</h2>
      {select('appointments', 'Appointments', choicesOf(serviceWords))}
      {select('prescriptions', 'Repeat prescriptions', choicesOf(serviceWords))}
      {select('recordCurrent', 'Record, from today on', upTo(byDefault.recordCurrent))}
      {select('recordHistorical', 'Record, older', upTo(byDefault.recordHistorical))}
      {!mayAuthorise && <p>More of the record is decided by somebody who authorises access.</p>}
      <Radios
        name="handedOver"
        small
        fieldset={{ legend: { text: 'How do you hand the details over?', size: 'm' } }}
        value={typed['handedOver'] ?? ''}
        items={[
          { value: 'letter', text: 'On paper' },
          { value: 'phone', text: 'Read out, now' },
          {
            value: 'text',
            text: 'A link by text or email, and the details read out',
            hint: { text: 'The link alone opens nothing.' },
          },
          {
            value: 'account',
            text: 'Not at all: they asked online, and have an account that shows a number',
            conditional: {
              html: (
                <Input
                  id="reference"
                  name="reference"
                  label="The number that their account shows"
                  hint="They show it or read it out. Never go by the name alone"
                  inputmode="numeric"
                  width={10}
                  value={typed['reference']}
                  errorMessage={messageFor(faults, 'reference')}
                />
              ),
            },
          },
        ]}
        errorMessage={messageFor(faults, 'handedOver')}
      />
    </>
  )
}
