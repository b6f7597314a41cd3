import { formatDate, formatDayAndTime } from '#kernel/time'
import { InsetText } from '#platform/html'
import type { ClinicChangeWords } from '../../queries/changes/change-words.ts'
import type { OwnAppointment } from '../../queries/own-appointments.ts'
import type { BookableSlot } from '../../queries/slot-details.ts'
import { pathOf, type ShownAppointment } from './own-model.ts'

/** One appointment with everything that is told of it. */
export interface AppointmentPageModel extends ShownAppointment {
  /** What the practice told of a change that it made. */
  readonly change: ClinicChangeWords | undefined
  /** What is free instead of one that the surgery cancelled. */
  readonly others?: readonly BookableSlot[]
  /** From when the patient counts as waiting for another one; absent where they do not wait. */
  readonly waitingSince?: Date
}

/** What happened to an appointment, where anything did, in the words of its patient. */
export function HowItStands(props: AppointmentPageModel) {
  const { appointment } = props
  switch (props.standing) {
    case 'coming':
      return <ChangedBySurgery change={props.change} />
    case 'past':
      return <InsetText text="This appointment has passed." />
    case 'missed':
      return (
        <InsetText>
          <p>You did not attend this appointment.</p>
          <p>
            If that is not right, or something makes it hard for you to come, tell your GP surgery.
          </p>
        </InsetText>
      )
    case 'moved':
      return <MovedTo appointment={appointment} />
    case 'cancelled-by-patient':
      return (
        <InsetText
          text={`This appointment was cancelled ${whenCancelled(appointment)}. You do not need to do anything else.`}
        />
      )
    case 'cancelled-by-surgery':
      return <CancelledBySurgery {...props} />
  }
}

function whenCancelled({ cancelledAt }: OwnAppointment): string {
  return cancelledAt ? formatDayAndTime(cancelledAt) : ''
}

function MovedTo({ appointment }: Pick<ShownAppointment, 'appointment'>) {
  const { movedTo, movedToStartsAt } = appointment
  const by = appointment.cancelledBy === 'staff' ? 'Your GP surgery moved' : 'You moved'
  return (
    <InsetText>
      <p>
        {by} this appointment to{' '}
        {movedTo && movedToStartsAt && (
          <a href={pathOf({ appointmentId: movedTo })}>{formatDayAndTime(movedToStartsAt)}</a>
        )}
        .
      </p>
    </InsetText>
  )
}

function CancelledBySurgery(props: AppointmentPageModel) {
  const words = props.change?.changeWords ?? props.appointment.cancelReason
  return (
    <>
      <InsetText>
        <p>Your GP surgery cancelled this appointment {whenCancelled(props.appointment)}.</p>
        <TheySay words={words} />
      </InsetText>
      {props.waitingSince && (
        <p>
          You are on the <a href="/appointments/waitlist">waiting list</a> for another one, and
          count as waiting since {formatDate(props.waitingSince)}.
        </p>
      )}
    </>
  )
}

function ChangedBySurgery({ change }: Pick<AppointmentPageModel, 'change'>) {
  if (!change) return null
  const { changeWasAt, changeWords } = change
  return (
    <InsetText>
      <p>
        Your GP surgery changed this appointment
        {changeWasAt && `. It was on ${formatDayAndTime(changeWasAt)}`}.
      </p>
      <TheySay words={changeWords} />
      <p>You can keep it, or move or cancel it if it does not suit you.</p>
    </InsetText>
  )
}

/** The surgery's own words, where it gave any. */
function TheySay({ words }: { readonly words: string | undefined }) {
  if (words === undefined || words === '') return null
  return <p class="app-free-text">They say: {words}</p>
}
