import { formatDayAndTime } from '#kernel/time'
import { BackLink, Button, Form, InsetText, Layout, Panel } from '#platform/html'
import type { Practice } from '#modules/directory'
import type { OwnAppointment } from '../../queries/own-appointments.ts'
import type { BookableSlot } from '../../queries/slot-details.ts'
import { AppointmentFacts } from '../appointment-facts.tsx'
import { GetHelp } from '../get-help.tsx'
import { refusalWords, type ShownRefusal } from '../patient/refusal-words.ts'
import { formatChoiceWithDay } from '../words.ts'

const home = '/first-appointment'

/** Where somebody stands whom nobody has checked yet: their one appointment, and how to go on. */
export function FirstPage(props: {
  readonly appointment: OwnAppointment | undefined
  readonly practice: Practice | undefined
  /** What they show at the desk. */
  readonly reference: string
  readonly maySee: boolean
  readonly hasBooked: boolean
}) {
  const { appointment, practice, hasBooked, maySee } = props
  const title = 'Your first appointment'
  return (
    <Layout title={title}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        {practice?.name ?? 'Your GP surgery'} has not checked who you are yet. Until then you can
        book one appointment, and see nothing else.
      </p>
      {!hasBooked && <Button text="Choose an appointment" href={`${home}/slots`} />}
      {appointment && (
        <>
          <AppointmentFacts of={appointment} practice={practice} />
          <p>
            <a href={`${home}/cancel`}>Cancel this appointment</a> so that someone else can have it.
          </p>
        </>
      )}
      {hasBooked && !appointment && (
        <p>
          {maySee
            ? 'You have used your one appointment.'
            : 'You have booked your one appointment. To see or cancel it here, prove who you are first. You can cancel it by phone.'}
        </p>
      )}
      <h2 class="nhsuk-heading-m">To use everything</h2>
      <p>
        Go to the surgery with something that has your photograph on it and something with your
        address. Show this number, and this account is opened there and then:
      </p>
      <p class="app-code">{spaced(props.reference)}</p>
      <p>Write it down: it is also what you sign in with, unless you use NHS login.</p>
      <p>
        Or <a href="/sign-in/prove">prove who you are online</a>.
      </p>
      <GetHelp practice={practice} />
      <Form action="/sign-out">
        <Button text="Sign out" variant="secondary" />
      </Form>
    </Layout>
  )
}

function spaced(reference: string): string {
  return `${reference.slice(0, 5)} ${reference.slice(5)}`
}

/** Times to choose from, soonest first. */
export function FirstSlotsPage(props: {
  readonly slots: readonly BookableSlot[]
  readonly practice: Practice | undefined
}) {
  const { slots, practice } = props
  const title = 'Choose your first appointment'
  return (
    <Layout title={title} before={<BackLink href={home} />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      {slots.length === 0 ? (
        <>
          <p>There are no appointments to book online at the moment. Try again later, or phone.</p>
          <GetHelp practice={practice} />
        </>
      ) : (
        <ul class="nhsuk-list">
          {slots.map((slot) => (
            <li>
              <a href={`${home}/slots/${slot.slotId}`}>{formatChoiceWithDay(slot)}</a>
            </li>
          ))}
        </ul>
      )}
    </Layout>
  )
}

/** What was booked, told once to those who may not see appointments. */
export function FirstBookedPage(props: {
  readonly appointment: OwnAppointment
  readonly practice: Practice | undefined
  readonly maySee: boolean
}) {
  const { appointment, practice } = props
  const title = 'Appointment booked'
  return (
    <Layout title={title}>
      <Panel heading={title} text={formatDayAndTime(appointment.startsAt)} />
      <AppointmentFacts of={appointment} practice={practice} />
      {!props.maySee && (
        <InsetText text="Write this down. It is not shown here again until you have proved who you are." />
      )}
      <p>Bring something with your photograph on it, and something with your address.</p>
      <Button text="Continue" href={home} />
    </Layout>
  )
}

/** Asks once before the one appointment is cancelled. */
export function CancelFirstPage(props: {
  readonly appointment: OwnAppointment
  readonly practice: Practice | undefined
}) {
  const title = 'Do you want to cancel this appointment?'
  return (
    <Layout title={title} before={<BackLink href={home} />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <AppointmentFacts of={props.appointment} practice={props.practice} />
      <p>Someone else will be able to have it. You may not get the same time again.</p>
      <Form action={`${home}/cancel`}>
        <Button variant="warning" text="Cancel appointment" preventDoubleClick />
      </Form>
      <p>
        <a href={home}>Keep this appointment</a>
      </p>
    </Layout>
  )
}

/** Told to somebody not checked whose booking was refused: why, and the ways on that they have. */
export function FirstRefusedPage(props: {
  readonly refusal: ShownRefusal
  readonly practice: Practice | undefined
}) {
  const { title, why, next } = refusalWords(props.refusal, undefined)
  return (
    <Layout title={title} before={<BackLink href={`${home}/slots`} />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        {why}
        {next !== undefined && ` ${next}`}
      </p>
      <p>
        <a href={home}>How your first appointment stands</a>
      </p>
      <GetHelp practice={props.practice} />
    </Layout>
  )
}
