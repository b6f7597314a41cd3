import { formatDate, formatDay, formatTime, type LocalDate } from '#kernel/time'
import { Layout, NotificationBanner, Tag } from '#platform/html'
import { attendanceOf } from '../domain/desk/attendance.ts'
import type { BookedPatient, Clinic, ClinicSlot } from '../queries/clinics.ts'
import type { PrescriptionsWaiting } from '../queries/prescriptions-waiting.ts'
import { Attendance, AttendanceButtons, AttendanceForm } from './desk/attendance.tsx'
import { DayCounts } from './desk/counts.tsx'
import { WaitingNote } from './changes/waiting-note.tsx'
import { PrescriptionsNote } from './prescriptions-note.tsx'
import { formatState } from './staff-words.ts'
import { formatChannel } from './words.ts'

interface TodayModel {
  readonly day: LocalDate
  readonly now: Date
  readonly clinics: readonly Clinic[]
  /** By slot; absent where the role sees no names. */
  readonly booked: ReadonlyMap<string, BookedPatient> | undefined
  readonly mayPublish: boolean
  readonly mayBook: boolean
  /** What waits of prescriptions; absent where the role does not work on them. */
  readonly prescriptions: PrescriptionsWaiting | undefined
  /** Why the last press changed nothing. */
  readonly told?: string
}

/** Today's clinics beside each other, with who is there and who waits. */
export function TodayPage(props: TodayModel) {
  const { day, clinics, booked, told } = props
  const title = `Today, ${formatDay(day)}`
  return (
    <Layout title={title}>
      {told !== undefined && <NotificationBanner text={told} />}
      <h1 class="nhsuk-heading-l">{title}</h1>
      {props.prescriptions && <PrescriptionsNote {...props.prescriptions} />}
      {clinics.length === 0 ? (
        <p>There are no clinics today.</p>
      ) : (
        <DayCounts clinics={clinics} booked={booked} />
      )}
      {clinics.length > 0 && !booked && (
        <p>Your role does not include seeing who is booked. Your practice manager decides that.</p>
      )}
      {booked && (
        <p>
          <a href="/practice/appointments/find">Find a patient’s next appointment</a>
        </p>
      )}
      {booked && <AttendanceForm back="today" />}
      <div class="app-day">
        {clinics.map((clinic) => (
          <Column clinic={clinic} booked={booked} now={props.now} mayBook={props.mayBook} />
        ))}
      </div>
      {props.mayPublish && (
        <p>
          <a href={`/practice/appointments?day=${day}`}>Publish, block or add slots for today</a>
        </p>
      )}
    </Layout>
  )
}

type Shown = Pick<TodayModel, 'booked' | 'now' | 'mayBook'>

function Column(props: Shown & { readonly clinic: Clinic }) {
  const { clinic } = props
  const headingId = `clinic-${clinic.sessionId}`
  return (
    <section class="app-day__column" aria-labelledby={headingId}>
      <h2 class="app-day__heading" id={headingId}>
        {clinic.clinician ?? clinic.name}
        <br />
        <span class="nhsuk-u-font-weight-normal nhsuk-u-font-size-16">
          {clinic.clinician !== undefined && `${clinic.name}, `}
          {formatTime(clinic.startsAt)} to {formatTime(clinic.endsAt)}
          {clinic.room !== undefined && `, ${clinic.room}`}
          {clinic.site !== undefined && `, ${clinic.site}`}
        </span>
      </h2>
      <Slots {...props} />
    </section>
  )
}

function Slots(props: Shown & { readonly clinic: Clinic }) {
  const { clinic } = props
  if (clinic.cancelledAt) {
    return (
      <p class="app-slot">
        <Tag text="Cancelled" colour="red" />
        <WaitingNote clinic={clinic} now={props.now} />
      </p>
    )
  }
  if (clinic.slots.length === 0) return <p class="app-slot">No slots</p>
  return (
    <>
      <WaitingNote clinic={clinic} now={props.now} />
      <ul class="app-day__list">
        {clinic.slots.map((slot) => (
          <SlotLine {...props} slot={slot} patient={props.booked?.get(slot.slotId)} />
        ))}
      </ul>
    </>
  )
}

function SlotLine(
  props: Pick<Shown, 'now' | 'mayBook'> & {
    readonly slot: ClinicSlot
    readonly patient: BookedPatient | undefined
  },
) {
  const { slot, patient, now } = props
  const isOver = patient ? isDone(patient) : slot.startsAt < now
  return (
    <li class={`app-slot app-slot--${slot.state}${isOver ? ' app-slot--past' : ''}`} data-keys="">
      <span class="app-slot__time">{formatTime(slot.startsAt)}</span>{' '}
      {patient ? <Name patient={patient} /> : <span>{formatState(slot)}</span>}{' '}
      <span>
        {slot.slotType}
        {slot.deliveryChannel && `, ${formatChannel(slot.deliveryChannel)}`}
        {patient?.phone !== undefined && ` on ${patient.phone}`}
        {slot.overbookedBy !== undefined && ', overbooked'}
      </span>
      {props.mayBook && slot.state === 'free' && slot.startsAt > now && (
        <a href={`/practice/appointments/find?slot=${slot.slotId}`}>
          Book
          <span class="nhsuk-u-visually-hidden"> {formatTime(slot.startsAt)} for a patient</span>
        </a>
      )}
      {patient && patient.reason !== '' && <span class="app-free-text">“{patient.reason}”</span>}
      {patient && (
        <span class="app-slot__steps">
          <Attendance patient={patient} now={now} />
          <AttendanceButtons patient={patient} slot={slot} now={now} />
        </span>
      )}
    </li>
  )
}

function isDone(patient: BookedPatient): boolean {
  const state = attendanceOf(patient)
  return state === 'seen' || state === 'missed'
}

function Name({ patient }: { readonly patient: BookedPatient }) {
  const name = `${patient.familyName}, ${patient.givenName}`
  return (
    <span>
      {patient.nhsNumber === undefined ? (
        <>
          {name} (<a href="/practice/sign-ups">nobody has checked who they are</a>)
        </>
      ) : (
        <a href={`/practice/patients/${patient.patientId}/appointments`}>{name}</a>
      )}
      , born {formatDate(patient.bornOn)}
    </span>
  )
}
