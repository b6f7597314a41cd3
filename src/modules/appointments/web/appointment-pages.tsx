import { formatDayAndTime } from '#kernel/time'
import { BackLink, Button, Form, InsetText, Layout, Panel } from '#platform/html'
import type { Practice } from '#modules/directory'
import type { CancellingRefusal } from '../domain/cancelling.ts'
import type { OwnAppointment } from '../queries/own-appointments.ts'
import { AppointmentFacts } from './appointment-facts.tsx'
import { GetHelp } from './get-help.tsx'

interface Shown {
  readonly appointment: OwnAppointment
  readonly practice: Practice | undefined
}

/** The end of booking: what was booked; `until` when it can be cancelled here, if at all. */
export function BookedPage(props: Shown & { readonly until: Date | undefined }) {
  const { appointment } = props
  return (
    <Layout title="Appointment booked">
      <Panel heading="Appointment booked" text={formatDayAndTime(appointment.startsAt)} />
      <AppointmentFacts of={appointment} practice={props.practice} />
      <h2 class="nhsuk-heading-m">If you cannot come</h2>
      {props.until ? (
        <p>
          <a href={`/appointments/${appointment.appointmentId}/cancel`}>Cancel this appointment</a>{' '}
          so that someone else can have it. You can do that here until{' '}
          {formatDayAndTime(props.until)}.
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

/** One appointment. `refusal` says why it cannot be cancelled here; absent where it can be. */
export function AppointmentPage(
  props: Shown & { readonly refusal: CancellingRefusal | undefined },
) {
  const { appointment, refusal } = props
  const title = appointment.cancelledAt ? 'Appointment cancelled' : 'Your appointment'
  return (
    <Layout title={title} before={<BackLink href="/appointments" text="Your appointments" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      {appointment.cancelledAt && (
        <InsetText
          text={`This appointment was cancelled ${formatDayAndTime(appointment.cancelledAt)}. You do not need to do anything else.`}
        />
      )}
      <AppointmentFacts of={appointment} practice={props.practice} />
      {appointment.cancelledAt ? (
        <p>
          If you still need an appointment, you can <a href="/appointments/slots">book another</a>.
        </p>
      ) : refusal ? (
        <WhyNot refusal={refusal} />
      ) : (
        <Button
          href={`/appointments/${appointment.appointmentId}/cancel`}
          variant="secondary"
          text="Cancel this appointment"
        />
      )}
      {!appointment.cancelledAt && <GetHelp practice={props.practice} />}
    </Layout>
  )
}

function WhyNot({ refusal }: { readonly refusal: CancellingRefusal }) {
  switch (refusal.reason) {
    case 'too-late':
      return (
        <p>
          It is too late to cancel this appointment online. If you cannot come, phone your GP
          surgery now.
        </p>
      )
    case 'view-only':
      return <p>To cancel or change this appointment, phone your GP surgery.</p>
    case 'in-the-past':
    case 'not-found':
      return <p>This appointment has passed.</p>
  }
}

/** Asks once before cancelling. */
export function CancelPage(props: Shown) {
  const { appointment } = props
  const title = 'Do you want to cancel this appointment?'
  const here = `/appointments/${appointment.appointmentId}`
  return (
    <Layout title={title} before={<BackLink href={here} />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <AppointmentFacts of={appointment} practice={props.practice} />
      <p>Someone else will be able to book it. You may not get the same time again.</p>
      <Form action={`${here}/cancel`}>
        <Button variant="warning" text="Cancel appointment" preventDoubleClick />
      </Form>
      <p>
        <a href={here}>Keep this appointment</a>
      </p>
    </Layout>
  )
}

/** Told when an appointment cannot be cancelled here, and who can. */
export function NotCancelledPage(props: {
  readonly refusal: CancellingRefusal
  readonly practice: Practice | undefined
}) {
  const { title, next } = notCancelledWording(props.refusal)
  return (
    <Layout title={title} before={<BackLink href="/appointments" text="Your appointments" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>{next}</p>
      <GetHelp practice={props.practice} />
    </Layout>
  )
}

function notCancelledWording(refusal: CancellingRefusal): {
  readonly title: string
  readonly next: string
} {
  switch (refusal.reason) {
    case 'too-late':
      return {
        title: 'It is too late to cancel online',
        next: `You could cancel here until ${formatDayAndTime(refusal.until)}. The appointment is still booked. If you cannot come, phone your GP surgery now.`,
      }
    case 'view-only':
      return {
        title: 'You can see appointments but not cancel them',
        next: 'The appointment is still booked. Your GP surgery decides who can book and cancel online. To cancel, phone them.',
      }
    case 'in-the-past':
    case 'not-found':
      return {
        title: 'This appointment has passed',
        next: 'It has started already and cannot be cancelled.',
      }
  }
}
