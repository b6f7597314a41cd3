import { formatDayAndTime } from '#kernel/time'
import { typedText, type FieldFault, type FormFaults } from '#platform/http'
import {
  BackLink,
  Button,
  ErrorSummaryFor,
  Form,
  Input,
  Layout,
  messageFor,
  Radios,
  SummaryList,
} from '#platform/html'
import type { Role } from '#modules/access'
import { formatName, type Patient } from '#modules/directory'
import { maxReasonLength } from '../../domain/slot.ts'
import type { PatientAppointment } from '../../queries/desk/patient-appointments.ts'
import { ClinicNav } from '../clinic-nav.tsx'
import { appointmentsPath } from './paths.ts'

/** What staff posted to cancel. `wishedBy` is absent where it was not chosen. */
export interface CancelForm extends FormFaults {
  readonly wishedBy: 'patient' | 'staff' | undefined
  readonly reason: string
}

/** Reads on whose wish an appointment is cancelled, and why. */
export function readCancelForm(body: unknown): CancelForm {
  const typed = typeof body === 'object' && body !== null ? typedText(body) : {}
  const given = typed['wishedBy']
  const wishedBy = given === 'patient' || given === 'staff' ? given : undefined
  const reason = (typed['reason'] ?? '').trim()
  const faults: FieldFault[] = []
  if (!wishedBy) {
    faults.push({ field: 'wishedBy', message: 'Choose who wants the appointment cancelled' })
  }
  if (reason === '' || reason.length > maxReasonLength) {
    faults.push({
      field: 'reason',
      message: `Enter the reason, of ${maxReasonLength} characters or less`,
    })
  }
  return { typed, faults, wishedBy, reason }
}

/** Asks staff why an appointment is cancelled before it is. */
export function CancelPage(props: {
  readonly patient: Patient
  readonly appointment: PatientAppointment
  readonly roles: readonly Role[]
  readonly typed?: Readonly<Record<string, string>>
  readonly faults?: readonly FieldFault[]
}) {
  const { patient, appointment, typed = {}, faults } = props
  const name = formatName(patient)
  const title = `Cancel an appointment of ${name}`
  const path = appointmentsPath(patient.patientId)
  return (
    <Layout
      title={title}
      hasErrors={Boolean(faults?.length)}
      before={<BackLink href={path} text={`Appointments of ${name}`} />}
    >
      <ErrorSummaryFor faults={faults} />
      <ClinicNav roles={props.roles} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <SummaryList
        rows={[
          { key: 'When', value: formatDayAndTime(appointment.startsAt) },
          { key: 'Who', value: appointment.clinician ?? appointment.sessionName },
        ]}
      />
      <Form action={`${path}/${appointment.appointmentId}/cancel`}>
        <Radios
          name="wishedBy"
          fieldset={{ legend: 'Who wants it cancelled?' }}
          value={typed['wishedBy']}
          errorMessage={messageFor(faults, 'wishedBy')}
          items={[
            { value: 'patient', text: 'The patient' },
            { value: 'staff', text: 'The surgery' },
          ]}
        />
        <Input
          name="reason"
          label="Reason"
          hint="A few words. The patient is told that it is cancelled, and can read the reason"
          width={30}
          value={typed['reason']}
          errorMessage={messageFor(faults, 'reason')}
        />
        <Button text="Cancel appointment" variant="warning" preventDoubleClick />
      </Form>
      <p>
        <a href={path}>Keep the appointment</a>
      </p>
    </Layout>
  )
}
