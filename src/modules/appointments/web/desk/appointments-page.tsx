import { formatDate, formatDay, formatDayAndTime } from '#kernel/time'
import {
  ActionLink,
  BackLink,
  InsetText,
  Layout,
  NotificationBanner,
  Table,
  WarningCallout,
  type CellOptions,
} from '#platform/html'
import { ContactNote, type Role } from '#modules/access'
import { formatName, type Contact, type Patient } from '#modules/directory'
import { attendanceOf } from '../../domain/desk/attendance.ts'
import { whyNotChangeable } from '../../domain/desk/changing.ts'
import type { MissedAdvice } from '../../domain/desk/missed.ts'
import { pastOnPage, type PatientAppointment } from '../../queries/desk/patient-appointments.ts'
import { ClinicNav } from '../clinic-nav.tsx'
import { formatAttendance, formatMethod } from '../staff-words.ts'
import { formatChannelAlone } from '../words.ts'
import { formatMissed } from './missed-words.ts'
import { appointmentsPath } from './paths.ts'

export interface AppointmentsPageModel {
  readonly patient: Patient
  readonly contact: Contact | undefined
  readonly coming: readonly PatientAppointment[]
  readonly over: readonly PatientAppointment[]
  readonly advice?: MissedAdvice
  readonly roles: readonly Role[]
  readonly mayBook: boolean
  readonly now: Date
  readonly done?: string
}

/** One patient's appointments as staff see them: the next, what is to come, and what is over. */
export function AppointmentsPage(model: AppointmentsPageModel) {
  const { patient, contact, coming, over, advice } = model
  const title = `Appointments of ${formatName(patient)}`
  const path = appointmentsPath(patient.patientId)
  return (
    <Layout
      title={title}
      before={<BackLink href="/practice/appointments/find" text="Find a patient" />}
    >
      {model.done !== undefined && <NotificationBanner variant="success" text={model.done} />}
      <ClinicNav roles={model.roles} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <ContactNote contact={contact} />
      <p>
        Born {formatDate(patient.bornOn)}. Phone{' '}
        {contact?.mobile ??
          contact?.phone ??
          (contact?.isSpecial === true ? 'never' : 'not recorded')}
        .
      </p>
      {advice && <WarningCallout heading="Missed appointments" text={formatMissed(advice)} />}
      <Next next={coming[0]} />
      {model.mayBook && <ActionLink href={`${path}/book`} text="Book an appointment" />}
      <h2 class="nhsuk-heading-m">Coming</h2>
      <Coming {...model} />
      <h2 class="nhsuk-heading-m">Past, cancelled and moved</h2>
      <Over over={over} path={path} />
    </Layout>
  )
}

function Next({ next }: { readonly next: PatientAppointment | undefined }) {
  if (!next) return <InsetText text="Next appointment: none." />
  const who = next.clinician === undefined ? '' : ` with ${next.clinician}`
  return <InsetText text={`Next appointment: ${formatDayAndTime(next.startsAt)}${who}.`} />
}

function Coming({ coming, mayBook, now, patient }: AppointmentsPageModel) {
  if (coming.length === 0) return <p>No appointments are booked.</p>
  const path = appointmentsPath(patient.patientId)
  return (
    <Table
      classes="app-table--dense"
      responsive
      caption={{ text: 'Coming appointments', classes: 'nhsuk-u-visually-hidden' }}
      head={[...columns, ...(mayBook ? ['Do'] : [])]}
      rows={coming.map((one) => [
        ...cellsOf(one),
        mayBook && { html: <Doing one={one} path={path} isOpen={!whyNotChangeable(one, now)} /> },
      ])}
    />
  )
}

const columns = ['When', 'Who and where', 'Type', 'Booked', 'Reason', 'State']

function cellsOf(one: PatientAppointment): readonly CellOptions[] {
  return [
    { text: formatDayAndTime(one.startsAt) },
    { text: whereOf(one) },
    { text: typeOf(one) },
    { text: bookingOf(one) },
    { html: <span class="app-free-text">{one.reason === '' ? '–' : `“${one.reason}”`}</span> },
    { text: stateOf(one), classes: 'app-state' },
  ]
}

function Doing(props: {
  readonly one: PatientAppointment
  readonly path: string
  readonly isOpen: boolean
}) {
  if (!props.isOpen) return <>–</>
  const path = `${props.path}/${props.one.appointmentId}`
  const which = ` ${formatDayAndTime(props.one.startsAt)}`
  return (
    <span class="app-doing">
      <a href={`${path}/move`}>
        Move<span class="nhsuk-u-visually-hidden">{which}</span>
      </a>
      <a href={`${path}/cancel`}>
        Cancel<span class="nhsuk-u-visually-hidden">{which}</span>
      </a>
    </span>
  )
}

function Over(props: { readonly over: readonly PatientAppointment[]; readonly path: string }) {
  const shown = props.over.slice(0, pastOnPage)
  const last = shown.at(-1)
  if (!last) return <p>Nothing yet.</p>
  return (
    <>
      <Table
        classes="app-table--dense"
        responsive
        caption={{ text: 'Past, cancelled and moved', classes: 'nhsuk-u-visually-hidden' }}
        head={columns}
        rows={shown.map(cellsOf)}
      />
      {props.over.length > pastOnPage && (
        <p>
          <a href={`${props.path}?after=${last.appointmentId}`}>Older appointments</a>
        </p>
      )}
    </>
  )
}

function whereOf({ clinician, sessionName, room, site }: PatientAppointment): string {
  return [clinician ?? sessionName, room, site].filter((part) => part !== undefined).join(', ')
}

function typeOf({ slotType, deliveryChannel, phone, overbookReason }: PatientAppointment): string {
  const how = deliveryChannel ? `, ${formatChannelAlone(deliveryChannel).toLowerCase()}` : ''
  const number = phone === undefined || deliveryChannel !== 'telephone' ? '' : ` on ${phone}`
  return `${slotType}${how}${number}${overbookReason === undefined ? '' : ', overbooked'}`
}

function bookingOf({ method, bookedBy, bookedByName, bookedAt }: PatientAppointment): string {
  const by = {
    patient: 'by the patient',
    proxy: 'by someone acting for them',
    staff: bookedByName === undefined ? 'by the surgery' : `by ${bookedByName}`,
  }[bookedBy]
  return `${formatMethod(method)}, ${by}, ${formatDay(bookedAt)}`
}

function stateOf(one: PatientAppointment): string {
  if (one.movedToAt) return `Moved to ${formatDayAndTime(one.movedToAt)}, ${cancellerOf(one)}`
  if (one.cancelledAt) {
    const why = one.cancelReason ? `: “${one.cancelReason}”` : ''
    return `Cancelled ${formatDayAndTime(one.cancelledAt)}, ${cancellerOf(one)}${why}`
  }
  return formatAttendance(attendanceOf(one))
}

function cancellerOf({ cancelledBy, cancelledByName }: PatientAppointment): string {
  if (cancelledBy === 'patient' || cancelledBy === 'proxy') {
    const who = cancelledBy === 'patient' ? 'by the patient' : 'by someone acting for them'
    return cancelledByName === undefined ? who : `${who}, recorded by ${cancelledByName}`
  }
  return cancelledByName === undefined ? 'by the surgery' : `by the surgery (${cancelledByName})`
}
