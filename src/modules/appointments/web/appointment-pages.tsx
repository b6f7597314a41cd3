import { formatDate, formatDayAndTime } from '#kernel/time'
import { BackLink, Button, InsetText, Layout, Panel } from '#platform/html'
import type { CancellingRefusal } from '../domain/cancelling.ts'
import type { ClinicChangeWords } from '../queries/changes/change-words.ts'
import type { OwnAppointment } from '../queries/own-appointments.ts'
import type { BookableSlot } from '../queries/slots.ts'
import { AppointmentFacts } from './appointment-facts.tsx'
import { GetHelp } from './get-help.tsx'
import { pathOf, type ShownAppointment } from './patient/own-model.ts'
import { OtherSlots } from './refused-page.tsx'
import { booking } from './slot-search.ts'

/** The end of booking or moving: what was booked; `until` when it can be changed here, if at all. */
export function BookedPage(
  props: Pick<ShownAppointment, 'appointment' | 'practice'> & {
    readonly title: 'Appointment booked' | 'Appointment moved'
    readonly until: Date | undefined
  },
) {
  const { appointment, title, until } = props
  const here = pathOf(appointment)
  return (
    <Layout title={title}>
      <Panel heading={title} text={formatDayAndTime(appointment.startsAt)} />
      <AppointmentFacts of={appointment} practice={props.practice} />
      {title === 'Appointment moved' && (
        <p>The time you had before is given back. If it is in your calendar, take it out there.</p>
      )}
      <AddToCalendar appointment={appointment} />
      <h2 class="nhsuk-heading-m">If you cannot come</h2>
      {until ? (
        <p>
          <a href={`${here}/move`}>Move this appointment</a> to another time, or{' '}
          <a href={`${here}/cancel`}>cancel this appointment</a> so that someone else can have it.
          You can do that here until {formatDayAndTime(until)}.
        </p>
      ) : (
        <p>Phone your GP surgery, so that someone else can have it.</p>
      )}
      <p>
        <a href="/appointments">See your appointments</a>
      </p>
    </Layout>
  )
}

/** A file for the patient's own calendar, and what it cannot do. */
function AddToCalendar({ appointment }: Pick<ShownAppointment, 'appointment'>) {
  return (
    <>
      <h2 class="nhsuk-heading-m">Your calendar</h2>
      <p>
        <a href={`${pathOf(appointment)}/calendar.ics`}>Add to your calendar</a>
      </p>
      <p>
        Your calendar does not update itself: if the appointment is moved or cancelled, change it
        there too. It says only “GP surgery appointment”, because others may see your calendar.
      </p>
    </>
  )
}

/** One appointment with everything that is told of it. */
export interface AppointmentPageModel extends ShownAppointment {
  /** What the practice told of a change that it made. */
  readonly change: ClinicChangeWords | undefined
  /** What is free instead of one that the surgery cancelled. */
  readonly others?: readonly BookableSlot[]
  /** From when the patient counts as waiting for another one; absent where they do not wait. */
  readonly waitingSince?: Date
}

/** One appointment: how it stands, its facts, and what can be done about it. */
export function AppointmentPage(props: AppointmentPageModel) {
  const { appointment, standing } = props
  const title = appointment.cancelledAt && standing !== 'moved' ? 'Appointment cancelled' : yours
  return (
    <Layout title={title} before={<BackLink href="/appointments" text="Your appointments" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <HowItStands {...props} />
      <AppointmentFacts of={appointment} practice={props.practice} />
      {standing === 'coming' && <Changing {...props} />}
      {standing === 'coming' && <AddToCalendar appointment={appointment} />}
      {standing === 'cancelled-by-patient' && props.mayBook && (
        <p>
          If you still need an appointment, you can <a href={booking.list}>book another</a>.
        </p>
      )}
      {standing === 'cancelled-by-surgery' && props.mayBook && (
        <OtherSlots slots={props.others ?? []} place={booking} />
      )}
      {standing !== 'moved' && <GetHelp practice={props.practice} />}
    </Layout>
  )
}

const yours = 'Your appointment'

function HowItStands(props: AppointmentPageModel) {
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

function Changing({ appointment, refusal, rules }: ShownAppointment) {
  if (refusal) return <p>{whyNotHere(refusal)}</p>
  const here = pathOf(appointment)
  const waitlist = `/appointments/waitlist/new?replaces=${appointment.appointmentId}`
  return (
    <>
      <div class="nhsuk-button-group">
        <Button href={`${here}/move`} variant="secondary" text="Move this appointment" />
        <Button href={`${here}/cancel`} variant="secondary" text="Cancel this appointment" />
      </div>
      {rules.waitlistOpen && (
        <p>
          <a href={waitlist}>Tell me if something earlier comes up</a>
        </p>
      )}
    </>
  )
}

/** Why an appointment can neither be moved nor cancelled here, and what to do instead. */
function whyNotHere(refusal: CancellingRefusal): string {
  switch (refusal.reason) {
    case 'too-late':
      return 'It is too late to move or cancel this appointment online. If you cannot come, phone your GP surgery now.'
    case 'not-online':
      return 'Your GP surgery does not move or cancel appointments online. If you cannot come, phone them.'
    case 'view-only':
      return 'To cancel or change this appointment, phone your GP surgery.'
    case 'in-the-past':
    case 'not-found':
      return 'This appointment has started.'
  }
}
