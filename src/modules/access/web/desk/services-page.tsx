import {
  BackLink,
  Button,
  Checkboxes,
  ErrorSummaryFor,
  Form,
  Layout,
  messageFor,
  Radios,
  Select,
  type Fault,
} from '#platform/html'
import { recordLevels } from '../../domain/services.ts'
import type { PatientAssociation } from '../../queries/associations.ts'
import type { PlannedStep, Proxy } from '../../queries/proxies/proxies.ts'
import { ProxyTermsForm } from './proxy-terms.tsx'
import { StepForm } from './step-form.tsx'
import { suspendedWords } from './words.ts'

const levels = {
  none: 'Off',
  summary: 'Medicines and allergies',
  detailed: 'Coded entries',
  documents: 'Coded entries and documents',
  full: 'Everything that is released',
}
const uses = [
  { value: 'none', text: 'Off' },
  { value: 'view', text: 'See only' },
  { value: 'manage', text: 'See and change' },
]

/** One account's switches for one patient. */
export function AssociationPage(props: {
  readonly name: string
  readonly patientId: string
  readonly association: PatientAssociation
  readonly proxy?: Proxy | undefined
  readonly steps?: readonly PlannedStep[]
  /** Somebody of 16 or older decides about their own. */
  readonly isOutgrown?: boolean
  readonly faults?: readonly Fault[]
}) {
  const { name, patientId, association, proxy, faults } = props
  const who = association.relation === 'self' ? name : `a proxy of ${name}`
  const title = `What ${who} can use online`
  const back = `/practice/patients/${patientId}/online`
  const path = `${back}/access/${association.associationId}`
  const level = (field: 'recordCurrent' | 'recordHistorical', label: string) => (
    <Select
      id={field}
      name={field}
      label={label}
      value={association[field]}
      items={recordLevels.map((value) => ({ value, text: levels[value] }))}
    />
  )
  const use = (field: 'appointments' | 'prescriptions', label: string) => (
    <Select id={field} name={field} label={label} value={association[field]} items={uses} />
  )
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={<BackLink href={back} text={`Online services of ${name}`} />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      {association.suspendedWhy && <p>Suspended: {suspendedWords[association.suspendedWhy]}.</p>}
      <PracticeSide association={association} />
      <Form action={path}>
        {use('appointments', 'Appointments')}
        {use('prescriptions', 'Repeat prescriptions')}
        {level('recordCurrent', 'Record, from the beginning of access on')}
        {level('recordHistorical', 'Record, older')}
        <Checkboxes
          name="quiet"
          small
          items={[
            {
              value: 'yes',
              text: 'Do not tell the patient',
              hint: { text: 'For when somebody else may read what they are told' },
            },
          ]}
        />
        <Button text="Save" preventDoubleClick />
      </Form>
      {proxy && <ProxyTermsForm path={path} proxy={proxy} faults={faults} />}
      {proxy && <StepForm path={path} steps={props.steps ?? []} faults={faults} />}
      <h2 class="nhsuk-heading-m">Suspend or end</h2>
      <p>
        Both hold from the very next page. Nobody is told, and what they see then gives no reason.
      </p>
      <div class="nhsuk-button-group">
        <Form action={`${path}/${association.suspendedAt ? 'resume' : 'suspend'}`}>
          {association.suspendedAt && props.isOutgrown === true && (
            <Radios
              name="agreed"
              idPrefix="agreed"
              small
              fieldset={{
                legend: { text: 'They are 16 or older: how did they agree, alone?', size: 's' },
              }}
              items={[
                { value: 'patient-in-person', text: 'In person' },
                { value: 'patient-by-phone', text: 'By phone' },
              ]}
              errorMessage={messageFor(faults, 'agreed')}
            />
          )}
          <Button
            text={association.suspendedAt ? 'Resume access' : 'Suspend access'}
            variant="secondary"
            preventDoubleClick
          />
        </Form>
        <Form action={`${path}/end`}>
          <Button text="End access" variant="warning" preventDoubleClick />
        </Form>
      </div>
    </Layout>
  )
}

function PracticeSide({ association }: { readonly association: PatientAssociation }) {
  const off = [
    !association.practiceAppointments && 'appointments',
    !association.practicePrescriptions && 'repeat prescriptions',
  ].filter(Boolean)
  return (
    <p>
      {off.length > 0 && `The practice has switched off for everyone: ${off.join(' and ')}. `}
      The practice opens of the record: {levels[association.practiceRecordLevel].toLowerCase()}.
      What is set here is kept, whatever the practice switches.
    </p>
  )
}
