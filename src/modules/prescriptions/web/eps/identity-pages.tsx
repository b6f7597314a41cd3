import {
  BackLink,
  Button,
  ErrorSummaryFor,
  Form,
  Input,
  InsetText,
  Layout,
  messageFor,
  NotificationBanner,
  Radios,
  Select,
  Table,
  Tag,
  WarningCallout,
} from '#platform/html'
import type { FieldFault } from '#platform/http'
import type { StaffPrescriber } from '../../queries/eps/identity.ts'
import { SettingsNav } from '../queue/settings-pages.tsx'
import { smartcardRoles } from './identity-forms.ts'

/** Where what the prescription service knows is settled. */
export const identityPath = '/practice/prescriptions/settings/electronic'

type Typed = Readonly<Record<string, string>>

/** What the prescription service knows the practice and its prescribers by. */
export function IdentityPage(props: {
  readonly typed: Typed
  readonly prescribers: readonly StaffPrescriber[]
  readonly isConnected: boolean
  readonly isParentKnown: boolean
  readonly faults?: readonly FieldFault[] | undefined
  readonly done?: string | undefined
}) {
  const title = 'Electronic prescriptions'
  const { typed, faults } = props
  return (
    <Layout title={title} hasErrors={faults !== undefined}>
      <ErrorSummaryFor faults={faults} />
      {props.done !== undefined && <NotificationBanner variant="success" text={props.done} />}
      <h1 class="nhsuk-heading-l">{title}</h1>
      <SettingsNav current="electronic" />
      <p>
        What is approved goes to a pharmacy only where the prescription service knows the practice
        and the prescriber. Everything else goes on paper.
      </p>
      {!props.isConnected && (
        <WarningCallout heading={{ text: 'No prescribing system is connected', level: 2 }}>
          <p>Nothing is sent yet. Whoever runs this service connects one.</p>
        </WarningCallout>
      )}
      <h2 class="nhsuk-heading-m">The practice</h2>
      {!props.isParentKnown && (
        <InsetText text="This is not filled in, so every prescription goes on paper." />
      )}
      <Form action={identityPath}>
        <Input
          name="parentCode"
          label="Code of the organisation that the practice is part of"
          hint="Its ODS code, such as QWO for an integrated care board"
          value={typed['parentCode']}
          width={10}
          errorMessage={messageFor(faults, 'parentCode')}
        />
        <Input
          name="parentName"
          label="Its name"
          value={typed['parentName']}
          errorMessage={messageFor(faults, 'parentName')}
        />
        <Button preventDoubleClick>Save</Button>
      </Form>
      <h2 class="nhsuk-heading-m">Prescribers</h2>
      <Prescribers prescribers={props.prescribers} />
    </Layout>
  )
}

function Prescribers({ prescribers }: { readonly prescribers: readonly StaffPrescriber[] }) {
  if (prescribers.length === 0) return <p>Nobody at the practice has the role of a prescriber.</p>
  return (
    <Table
      responsive
      caption={{ text: 'Prescribers', classes: 'nhsuk-u-visually-hidden' }}
      head={['Name', 'Job', 'Electronic prescriptions', 'Change'].map((text) => ({ text }))}
      firstCellIsHeader
      rows={prescribers.map(({ staffId, name, jobTitle, register }) => [
        { text: name },
        { text: jobTitle },
        {
          html: register ? (
            <Tag colour="green" text="Set up" />
          ) : (
            <Tag colour="grey" text="Not set up: on paper" />
          ),
        },
        {
          html: (
            <a href={`${identityPath}/${staffId}`}>
              Change<span class="nhsuk-u-visually-hidden"> {name}</span>
            </a>
          ),
        },
      ])}
    />
  )
}

/** One prescriber's numbers. */
export function PrescriberPage(props: {
  readonly prescriber: Pick<StaffPrescriber, 'staffId' | 'name'>
  readonly typed: Typed
  readonly faults?: readonly FieldFault[] | undefined
}) {
  const { prescriber, typed, faults } = props
  const title = `${prescriber.name}: electronic prescriptions`
  const field = (name: string, label: string, hint?: string) => (
    <Input
      name={name}
      label={label}
      hint={hint}
      value={typed[name]}
      width={20}
      errorMessage={messageFor(faults, name)}
    />
  )
  return (
    <Layout
      title={title}
      hasErrors={faults !== undefined}
      before={<BackLink href={identityPath} text="Electronic prescriptions" />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <Form action={`${identityPath}/${prescriber.staffId}`}>
        {field('title', 'Title (optional)', 'Such as Dr')}
        {field('givenName', 'First name')}
        {field('familyName', 'Last name')}
        <Radios
          idPrefix="register"
          name="register"
          fieldset={{ legend: { text: 'Register', size: 's' } }}
          value={typed['register'] ?? ''}
          errorMessage={messageFor(faults, 'register')}
          items={[
            { value: 'gmc', text: 'Doctor: General Medical Council' },
            { value: 'nmc', text: 'Nurse: Nursing and Midwifery Council' },
            { value: 'gphc', text: 'Pharmacist: General Pharmaceutical Council' },
          ]}
        />
        {field('registration', 'Registration number')}
        {field('din', 'Own prescribing number (optional)', '6 digits, where they have one')}
        {field('sdsUserId', 'Smartcard number', '12 digits, below the photo')}
        {field(
          'roleProfileId',
          'Role profile number',
          '12 digits, for their role at this practice',
        )}
        <Select
          name="roleCode"
          label="Role on the smartcard"
          value={typed['roleCode'] ?? ''}
          errorMessage={messageFor(faults, 'roleCode')}
          items={[
            { value: '', text: 'Choose a role' },
            ...Object.entries(smartcardRoles).map(([value, text]) => ({ value, text })),
          ]}
        />
        <Button preventDoubleClick>Save</Button>
      </Form>
    </Layout>
  )
}
