import {
  BackLink,
  Button,
  Checkboxes,
  ErrorSummaryFor,
  Form,
  Input,
  Layout,
  messageFor,
  Radios,
  Select,
  type Fault,
} from '#platform/html'
import { formatName, type Patient } from '#modules/directory'
import { levelNames, useNames } from '../services/words.ts'
import type { ProxyReach } from '../../domain/proxies/reach.ts'
import { ReachFields } from './reach-fields.tsx'
import { basisWords, evidenceWords, refusedWords, relationshipWords } from './words.ts'

/** What the page for a request to act for a patient shows. */
export interface ProxyPageModel {
  readonly patient: Patient
  readonly proxyId: string
  readonly typed: Readonly<Record<string, string>>
  readonly reach: ProxyReach
  readonly faults?: readonly Fault[]
}

const itemsOf = (words: Readonly<Record<string, string>>, first?: string) => [
  ...(first === undefined ? [] : [{ value: '', text: first }]),
  ...Object.entries(words).map(([value, text]) => ({ value, text })),
]

/** One request to act for somebody, with everything to answer it, on one screen. */
export function ProxyPage(model: ProxyPageModel) {
  const { patient, faults, proxyId } = model
  const name = formatName(patient)
  const title = `Somebody to act for ${name}`
  const back = `/practice/patients/${patient.patientId}/online`
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={<BackLink href={back} text={`Online services of ${name}`} />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        Is it necessary, is it relevant, is it safe? Speak with the patient alone if you can. Every
        request is kept with its answer.
      </p>
      <Form action={`/practice/patients/${patient.patientId}/proxies/new`}>
        <input type="hidden" name="proxyId" value={proxyId} />
        <div class="nhsuk-grid-row">
          <div class="nhsuk-grid-column-one-half">
            <Who {...model} />
          </div>
          <div class="nhsuk-grid-column-one-half">
            <What {...model} />
          </div>
        </div>
        <Button text="Save the answer" preventDoubleClick />
      </Form>
    </Layout>
  )
}

const { 'patient-online': _, ...seenAtDesk } = evidenceWords

function Who({ typed, faults }: ProxyPageModel) {
  const field = (name: string, label: string, type?: 'date') => (
    <Input
      id={name}
      name={name}
      label={label}
      {...(type && { type, width: 20 })}
      value={typed[name]}
      errorMessage={messageFor(faults, name)}
    />
  )
  const select = (name: string, label: string, words: Readonly<Record<string, string>>) => (
    <Select
      id={name}
      name={name}
      label={label}
      value={typed[name] ?? ''}
      items={itemsOf(words, 'Choose')}
      errorMessage={messageFor(faults, name)}
    />
  )
  return (
    <>
      <h2 class="nhsuk-heading-m">Who asks</h2>
      {field('givenName', 'First name')}
      {field('familyName', 'Last name')}
      {field('bornOn', 'Date of birth', 'date')}
      {select('relationship', 'How they stand to the patient', relationshipWords)}
      {field('employer', 'Employer (for a care worker)')}
      {field('registeredAt', 'Code of their own GP surgery, if it is not this one')}
      {select('basis', 'What lets them act', basisWords)}
      {select('evidence', 'What was seen or heard', seenAtDesk)}
    </>
  )
}

function What({ typed, faults, reach }: ProxyPageModel) {
  const select = (name: string, label: string, words: Readonly<Record<string, string>>) => (
    <Select
      id={name}
      name={name}
      label={label}
      value={typed[name] ?? 'none'}
      items={itemsOf(words)}
      errorMessage={messageFor(faults, name)}
    />
  )
  return (
    <>
      <h2 class="nhsuk-heading-m">What they may do</h2>
      {select('appointments', 'Appointments', useNames)}
      {select('prescriptions', 'Repeat prescriptions', useNames)}
      {select('recordCurrent', 'Record, from today on', levelNames)}
      {select('recordHistorical', 'Record, older', levelNames)}
      <ReachFields reach={reach} errorMessage={messageFor(faults, 'areas')} />
      <Checkboxes
        name="seesContact"
        small
        values={typed['seesContact'] === 'yes' ? ['yes'] : []}
        items={[
          {
            value: 'yes',
            text: 'They may see the patient’s address and phone number',
            hint: { text: 'Not where parents live apart, or somebody may look for the patient' },
          },
        ]}
      />
      <Input
        id="endsOn"
        name="endsOn"
        type="date"
        width={20}
        label="Last day (needed for a care worker)"
        value={typed['endsOn']}
        errorMessage={messageFor(faults, 'endsOn')}
      />
      <Input
        id="reviewOn"
        name="reviewOn"
        type="date"
        width={20}
        label="Look at it again on (if wanted)"
        value={typed['reviewOn']}
        errorMessage={messageFor(faults, 'reviewOn')}
      />
      <Radios
        name="outcome"
        small
        fieldset={{ legend: { text: 'Your answer', size: 'm' } }}
        value={typed['outcome'] ?? ''}
        items={[
          { value: 'allowed', text: 'They may act' },
          ...itemsOf(refusedWords).map((item) => ({ ...item, text: `Refused. ${item.text}` })),
        ]}
        errorMessage={messageFor(faults, 'outcome')}
      />
      <Checkboxes
        name="untold"
        small
        values={typed['untold'] === 'yes' ? ['yes'] : []}
        items={[{ value: 'yes', text: 'Tell nobody: it could do harm' }]}
      />
    </>
  )
}
