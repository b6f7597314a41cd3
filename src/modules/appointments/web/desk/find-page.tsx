import { formatNhsNumber } from '#kernel/nhs-number'
import { formatDate, formatDayAndTime } from '#kernel/time'
import { Button, ErrorSummaryFor, Form, InsetText, Input, Layout, Table } from '#platform/html'
import type { Role } from '#modules/access'
import type { SlotId } from '../../domain/slot.ts'
import type { DeskSlotFacts } from '../../queries/desk/desk-facts.ts'
import type { PatientWithNext } from '../../queries/desk/patients-with-next.ts'
import { ClinicNav } from '../clinic-nav.tsx'
import { appointmentsPath } from './paths.ts'

interface Props {
  readonly search: string
  readonly fault?: string
  readonly found: readonly PatientWithNext[]
  readonly roles: readonly Role[]
  /** The slot that is to be booked for whoever is found. */
  readonly slot?: DeskSlotFacts
}

/** Finds a patient and says when their next appointment is, or books a chosen slot for them. */
export function FindPage(props: Props) {
  const { search, fault, slot } = props
  const title = slot ? 'Who is the appointment for?' : 'Find a patient’s next appointment'
  const faults = fault === undefined ? [] : [{ field: 'search', message: fault }]
  return (
    <Layout title={title} hasErrors={faults.length > 0}>
      <ErrorSummaryFor faults={faults} />
      <ClinicNav roles={props.roles} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      {slot && (
        <InsetText
          text={`${formatDayAndTime(slot.startsAt)}, ${slot.minutes} minutes, ${slot.clinician ?? slot.sessionName}`}
        />
      )}
      <Form action="/practice/appointments/find" method="get">
        {slot && <input type="hidden" name="slot" value={slot.slotId} />}
        <Input
          name="search"
          label="Name, NHS number or date of birth"
          hint="The beginning of a name, all 10 numbers, or a date like 12 4 1961"
          value={search}
          width={20}
          errorMessage={fault}
        />
        <Button text="Find" />
      </Form>
      {search !== '' && fault === undefined && <Found {...props} />}
    </Layout>
  )
}

function Found({ search, found, slot }: Props) {
  if (found.length === 0) {
    return (
      <p>
        Nobody registered here is found for “{search}”. Check the spelling, or use the NHS number.
      </p>
    )
  }
  return (
    <Table
      caption={found.length === 50 ? 'The first 50 found' : `${found.length} found`}
      responsive
      head={['Name', 'Born', 'NHS number', 'Next appointment']}
      rows={found.map((patient) => [
        {
          html: (
            <a href={pathFor(patient, slot?.slotId)}>
              {patient.familyName}, {patient.givenName}
            </a>
          ),
        },
        formatDate(patient.bornOn),
        formatNhsNumber(patient.nhsNumber),
        nextOf(patient),
      ])}
    />
  )
}

function pathFor({ patientId }: PatientWithNext, slotId: SlotId | undefined): string {
  const path = appointmentsPath(patientId)
  return slotId ? `${path}/book/${slotId}` : path
}

function nextOf({ nextAt, nextWith }: PatientWithNext): string {
  if (!nextAt) return 'None'
  return `${formatDayAndTime(nextAt)}${nextWith === undefined ? '' : ` with ${nextWith}`}`
}
