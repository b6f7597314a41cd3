import { formatNhsNumber, type NhsNumber } from '#kernel/nhs-number'
import { formatDate, type LocalDate } from '#kernel/time'
import {
  Button,
  Checkboxes,
  Form,
  Input,
  InsetText,
  messageFor,
  Radios,
  Textarea,
} from '#platform/html'
import type { FoundPatient } from '#modules/directory'
import type { Invited } from '../../commands/templates/invite-patients.ts'
import type { SlotType } from '../../domain/slot-type.ts'
import type { ListedInvitation } from '../../queries/templates/invitations.ts'
import { SmallField, type Typing } from './choice-fields.tsx'
import { PlanningPage, type Frame } from './frame.tsx'
import { kindWords } from './invitation-words.ts'
import { InvitationsTable } from './invitations-table.tsx'

/** What became of the last lot of invitations. */
export interface InvitingReport extends Invited {
  /** What was typed that is no NHS number. */
  readonly unreadable: readonly string[]
}

/** What the page of a type's invitations shows. */
export interface InvitationsModel extends Frame, Typing {
  readonly type: SlotType
  readonly today: LocalDate
  readonly invitations: readonly ListedInvitation[]
  readonly search: string
  readonly found: readonly FoundPatient[]
  readonly chosen: readonly string[]
  readonly report?: InvitingReport
}

/** Who is invited to a slot type, and inviting more. */
export function InvitationsPage(model: InvitationsModel) {
  const { type } = model
  const path = `/practice/appointments/types/${type.slotTypeId}`
  return (
    <PlanningPage
      {...model}
      title={`Invitations to ${type.name}`}
      current="types"
      back={{ href: path, text: type.name }}
    >
      {model.report && <Report report={model.report} />}
      {!type.invitedOnly && (
        <InsetText text="Anyone who may book this type can, invited or not. An invitation still tells the patient, and counts in a draw. Change the type to keep it for invited patients only." />
      )}
      <h2 class="nhsuk-heading-m">Invite patients</h2>
      <Form action={`${path}/invitations`} method="get" class="app-inline-form">
        <Input name="search" label="Find by name or NHS number" value={model.search} width={20} />
        <Button text="Find" variant="secondary" small />
      </Form>
      <Inviting {...model} path={path} />
      <InvitationsTable {...model} path={path} />
    </PlanningPage>
  )
}

function Inviting(model: InvitationsModel & { readonly path: string }) {
  const { typed, faults } = model
  return (
    <Form action={`${model.path}/invitations`}>
      <Found {...model} />
      <Textarea
        name="nhsNumbers"
        label="NHS numbers (optional)"
        hint="One on each line, or with commas between"
        value={typed['nhsNumbers']}
        errorMessage={messageFor(faults, 'nhsNumbers')}
        rows={4}
      />
      <Radios
        name="kind"
        fieldset={{ legend: 'Why they are invited' }}
        inline
        value={typed['kind']}
        errorMessage={messageFor(faults, 'kind')}
        items={Object.entries(kindWords).map(([value, text]) => ({ value, text }))}
      />
      <SmallField {...model} name="expiresOn" label="Last day they can book" type="date" />
      <Button text="Invite" preventDoubleClick />
    </Form>
  )
}

function Found({ search, found, chosen }: InvitationsModel) {
  if (search === '') return null
  if (found.length === 0) {
    return (
      <p>
        Nobody registered here is found for “{search}”. Check the spelling, or use the NHS number.
      </p>
    )
  }
  return (
    <>
      <input type="hidden" name="search" value={search} />
      <Checkboxes
        name="patient"
        small
        values={chosen}
        fieldset={{ legend: found.length === 50 ? 'The first 50 found' : `${found.length} found` }}
        items={found.map((patient) => ({
          value: patient.patientId,
          text: `${patient.familyName}, ${patient.givenName}, born ${formatDate(patient.bornOn)}, NHS number ${formatNhsNumber(patient.nhsNumber)}`,
        }))}
      />
    </>
  )
}

function Report({ report }: { readonly report: InvitingReport }) {
  const { invited, already, notRegistered, notFound, unreadable } = report
  const written = (numbers: readonly NhsNumber[]) => numbers.map(formatNhsNumber).join(', ')
  return (
    <InsetText>
      <p>{invited === 1 ? '1 patient was invited.' : `${invited} patients were invited.`}</p>
      {already.length > 0 && <p>Invited before, and not again: {written(already)}.</p>}
      {notRegistered.length > 0 && <p>Not registered any more: {written(notRegistered)}.</p>}
      {notFound.length > 0 && <p>Not found at this practice: {written(notFound)}.</p>}
      {unreadable.length > 0 && (
        <p>Not an NHS number: {unreadable.join(', ')}. Check for a digit typed wrong.</p>
      )}
    </InsetText>
  )
}
