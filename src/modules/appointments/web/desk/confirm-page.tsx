import { formatDayAndTime } from '#kernel/time'
import type { FieldFault } from '#platform/http'
import {
  BackLink,
  Button,
  ErrorSummaryFor,
  Form,
  Input,
  InsetText,
  Layout,
  messageFor,
  Radios,
  SummaryList,
  WarningCallout,
} from '#platform/html'
import type { Role } from '#modules/access'
import { formatName } from '#modules/directory'
import { deskMethods, type DeskAlert } from '../../domain/desk/booking.ts'
import type { MissedAdvice } from '../../domain/desk/missed.ts'
import type { DeskPatientFacts, DeskSlotFacts } from '../../queries/desk/desk-facts.ts'
import type { PatientAppointment } from '../../queries/desk/patient-appointments.ts'
import { ClinicNav } from '../clinic-nav.tsx'
import { formatMethod } from '../staff-words.ts'
import { formatChannelAlone } from '../words.ts'
import { formatAlert } from './alert-words.ts'
import { formatMissed } from './missed-words.ts'
import { choosePath } from './paths.ts'

export interface ConfirmPageModel {
  readonly patient: DeskPatientFacts
  readonly slot: DeskSlotFacts
  /** The appointment that is to be moved here; absent for a new one. */
  readonly moving?: PatientAppointment
  readonly alerts: readonly DeskAlert[]
  /** What the practice advises about missed appointments; it keeps nobody from anything. */
  readonly advice?: MissedAdvice
  readonly roles: readonly Role[]
  readonly idempotencyKey: string
  readonly typed: Readonly<Record<string, string>>
  readonly faults?: readonly FieldFault[]
}

/** What is about to be booked or moved for a patient, with what speaks against it. */
export function ConfirmPage(model: ConfirmPageModel) {
  const { patient, slot, moving, alerts, faults } = model
  const name = formatName(patient)
  const title = moving ? `Move the appointment of ${name}` : `Book this slot for ${name}`
  const path = choosePath(patient.patientId, moving?.appointmentId)
  const verb = moving ? 'Move' : 'Book'
  return (
    <Layout
      title={title}
      hasErrors={Boolean(faults?.length)}
      before={<BackLink href={path} text="Choose another slot" />}
    >
      <ErrorSummaryFor faults={faults} />
      <ClinicNav roles={model.roles} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <Facts {...model} />
      <Alerts alerts={alerts} />
      {model.advice && <InsetText text={formatMissed(model.advice)} />}
      <Form action={`${path}/${slot.slotId}`} idempotencyKey={model.idempotencyKey}>
        {alerts.map(({ alert }) => (
          <input type="hidden" name="seen" value={alert} />
        ))}
        {!moving && <Asked {...model} />}
        {slot.deliveryChannel === 'telephone' && <Phone {...model} />}
        <Button
          text={alerts.length > 0 ? `${verb} anyway` : `${verb} appointment`}
          preventDoubleClick
        />
      </Form>
    </Layout>
  )
}

function Facts({ slot, moving }: ConfirmPageModel) {
  const where = [slot.room, slot.site].filter((part) => part !== undefined).join(', ')
  return (
    <SummaryList
      rows={[
        moving && { key: 'Now', value: formatDayAndTime(moving.startsAt) },
        {
          key: moving ? 'To' : 'When',
          value: `${formatDayAndTime(slot.startsAt)}, ${slot.minutes} minutes`,
        },
        { key: 'Who', value: slot.clinician ?? `${slot.sessionName} (no clinician yet)` },
        where !== '' && { key: 'Where', value: where },
        { key: 'Type', value: slot.slotType },
        {
          key: 'How',
          value: slot.deliveryChannel ? formatChannelAlone(slot.deliveryChannel) : 'Not set',
        },
      ]}
    />
  )
}

function Alerts({ alerts }: { readonly alerts: readonly DeskAlert[] }) {
  if (alerts.length === 0) return null
  return (
    <WarningCallout heading={{ text: 'Before you confirm', level: 2 }}>
      <ul class="nhsuk-list nhsuk-list--bullet">
        {alerts.map((alert) => (
          <li>{formatAlert(alert)}</li>
        ))}
      </ul>
    </WarningCallout>
  )
}

function Asked({ typed, faults }: ConfirmPageModel) {
  return (
    <>
      <Radios
        name="method"
        fieldset={{ legend: 'How did the patient ask?' }}
        inline
        value={typed['method']}
        errorMessage={messageFor(faults, 'method')}
        items={deskMethods.map((one) => ({ value: one, text: formatMethod(one) }))}
      />
      <Input
        name="reason"
        label="Reason (optional)"
        hint="A few words, up to 150 characters. The patient can read it"
        value={typed['reason']}
        width={30}
        errorMessage={messageFor(faults, 'reason')}
      />
    </>
  )
}

function Phone({ typed, faults }: ConfirmPageModel) {
  return (
    <Input
      name="phone"
      label="Phone number to call"
      hint="For this appointment only"
      type="tel"
      width={20}
      value={typed['phone']}
      errorMessage={messageFor(faults, 'phone')}
    />
  )
}
