import { formatNhsNumber } from '#kernel/nhs-number'
import { formatDate } from '#kernel/time'
import { BackLink, Button, InsetText, Layout, SummaryList, Table } from '#platform/html'
import {
  ContactNote,
  decidePermissions,
  type PatientAssociation,
  type RecordLevel,
  type ServiceLevel,
} from '#modules/access'
import { formatName, type Contact, type Patient } from '#modules/directory'

/** One person: who they are, who may act for them online, and what each may see. */
export function PatientPage(props: {
  readonly patient: Patient
  readonly contact: Contact | undefined
  readonly associations: readonly PatientAssociation[]
  readonly mayViewRecord: boolean
  readonly mayViewClinics: boolean
  readonly maySeeOrders: boolean
  readonly maySetParts: boolean
}) {
  const { patient, contact, associations } = props
  const name = formatName(patient)
  const path = `/practice/patients/${patient.patientId}`
  return (
    <Layout title={name} before={<BackLink href="/practice/patients" text="Find a patient" />}>
      <h1 class="nhsuk-heading-l">{name}</h1>
      <ContactNote contact={contact} />
      <SummaryList
        rows={[
          { key: { text: 'NHS number' }, value: { text: formatNhsNumber(patient.nhsNumber) } },
          { key: { text: 'Born' }, value: { text: formatDate(patient.bornOn) } },
          { key: { text: 'Registration' }, value: { text: registrations[patient.registration] } },
          {
            key: { text: 'Address' },
            value: {
              text:
                [...(contact?.addressLines ?? []), contact?.postcode].filter(Boolean).join(', ') ||
                (contact?.isSpecial === true ? 'Send no letter' : 'Not recorded'),
            },
          },
          {
            key: { text: 'Phone' },
            value: {
              text:
                contact?.mobile ??
                contact?.phone ??
                (contact?.isSpecial === true ? 'Do not call' : 'Not recorded'),
            },
          },
          {
            key: { text: 'Usual clinician' },
            value: { text: patient.usualClinician ?? 'Not recorded' },
          },
        ]}
      />
      <p>
        <a href={`${path}/contact`}>How to reach {name} safely</a>
      </p>
      {props.mayViewClinics && (
        <p>
          <a href={`${path}/appointments`}>Appointments, past and to come</a>
        </p>
      )}
      {props.maySeeOrders && (
        <p>
          <a href={`${path}/prescriptions`}>Prescription orders</a>
        </p>
      )}
      <h2 class="nhsuk-heading-m">Online access</h2>
      <p>
        <a href={`${path}/online`}>Online services: sign up, identity, what is switched on</a>
      </p>
      <Access associations={associations} />
      {props.maySetParts && (
        <p>
          <a href={`${path}/record-parts`}>Parts of the record shown online</a>
        </p>
      )}
      {props.mayViewRecord && (
        <div class="nhsuk-button-group">
          <Button text="See the record" href={`${path}/record`} />
          {associations.length > 0 && (
            <Button
              text="See it exactly as this patient does"
              href={`${path}/record/as-patient`}
              variant="secondary"
            />
          )}
        </div>
      )}
    </Layout>
  )
}

function Access({ associations }: { readonly associations: readonly PatientAssociation[] }) {
  if (associations.length === 0)
    return <InsetText text="Nobody can use online services for this patient yet." />
  return (
    <Table
      caption="Who may act, and what both switches together allow"
      responsive
      head={[
        'Who',
        'Appointments',
        'Prescriptions',
        'Record from now on',
        'Record before',
        'Begins',
      ].map((text) => ({ text }))}
      rows={associations.map((association) => {
        const allowed = decidePermissions(association)
        return [
          { header: 'Who', text: association.relation === 'self' ? 'The patient' : 'A proxy' },
          { header: 'Appointments', text: services[allowed.appointments] },
          { header: 'Prescriptions', text: services[allowed.prescriptions] },
          { header: 'Record from now on', text: levels[allowed.recordCurrent] },
          { header: 'Record before', text: levels[allowed.recordHistorical] },
          { header: 'Begins', text: formatDate(allowed.effectiveFrom) },
        ]
      })}
    />
  )
}

const registrations: Readonly<Record<Patient['registration'], string>> = {
  active: 'Registered',
  temporary: 'Temporary resident',
  left: 'No longer registered',
  deceased: 'Died',
}

const services: Readonly<Record<ServiceLevel, string>> = {
  none: 'Off',
  view: 'See only',
  manage: 'See and change',
}

const levels: Readonly<Record<RecordLevel, string>> = {
  none: 'Off',
  summary: 'Medicines and allergies',
  detailed: 'Coded entries',
  documents: 'Coded entries and documents',
  full: 'Everything released',
}
