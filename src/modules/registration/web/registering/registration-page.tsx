import {
  BackLink,
  Button,
  ErrorSummaryFor,
  Form,
  Input,
  Layout,
  messageFor,
  Radios,
  type Fault,
} from '#platform/html'
import { formatName, type Patient } from '#modules/directory'

/** What happened to a registration, each with what it does to online services. */
export function RegistrationPage(props: {
  readonly patient: Patient
  readonly faults?: readonly Fault[]
}) {
  const { patient, faults } = props
  const name = formatName(patient)
  const title = `Registration of ${name}`
  const path = `/practice/patients/${patient.patientId}`
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={<BackLink href={`${path}/online`} text={`Online services of ${name}`} />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <Form action={`${path}/registration`}>
        <Radios
          name="kind"
          fieldset={{ legend: { text: 'What happened?', size: 'm' } }}
          items={itemsFor(patient)}
          errorMessage={messageFor(faults, 'kind')}
        />
        <Input
          id="into"
          name="into"
          label="NHS number of the other patient (only for two entries of one person)"
          inputmode="numeric"
          width={20}
          errorMessage={messageFor(faults, 'into')}
        />
        <Button text="Save" preventDoubleClick />
      </Form>
    </Layout>
  )
}

function itemsFor({ registration, isSensitive }: Patient) {
  const isHere = registration === 'active' || registration === 'temporary'
  const ends =
    'Online access of the patient and of everybody who acts for them ends at once. Appointments to come are cancelled, orders that wait are taken back'
  return [
    ...(isHere
      ? [
          { value: 'left', text: 'They left the practice', hint: { text: ends } },
          {
            value: 'deceased',
            text: 'They died',
            hint: { text: `${ends}. Nothing is sent to anybody` },
          },
        ]
      : [
          {
            value: 'active',
            text: 'They registered again',
            hint: { text: 'Nobody has access until they are signed up anew' },
          },
        ]),
    isSensitive === true
      ? { value: 'not-sensitive', text: 'They are not marked as sensitive any more' }
      : {
          value: 'sensitive',
          text: 'They are marked as sensitive in the national demographics',
          hint: { text: 'Nothing is served online while the mark is there' },
        },
    {
      value: 'merged',
      text: 'This is the same person as another patient here',
      hint: { text: `${ends} for this entry. The other is left as it is` },
    },
  ]
}
