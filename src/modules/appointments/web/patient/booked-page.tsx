import { formatDayAndTime } from '#kernel/time'
import { Layout, Panel } from '#platform/html'
import { AppointmentFacts } from '../appointment-facts.tsx'
import { AddToCalendar } from './add-to-calendar.tsx'
import { movePathOf, pathOf, type ShownAppointment } from './own-model.ts'

/** The end of booking or moving: what was booked; `until` when it can be changed here, if at all. */
export function BookedPage(
  props: Pick<ShownAppointment, 'appointment' | 'practice' | 'videoLink'> & {
    readonly title: 'Appointment booked' | 'Appointment moved'
    readonly until: Date | undefined
  },
) {
  const { appointment, title, until } = props
  const here = pathOf(appointment)
  return (
    <Layout title={title}>
      <Panel heading={title} text={formatDayAndTime(appointment.startsAt)} />
      <AppointmentFacts of={appointment} practice={props.practice} videoLink={props.videoLink} />
      {title === 'Appointment moved' && (
        <p>The time you had before is given back. If it is in your calendar, take it out there.</p>
      )}
      <AddToCalendar appointment={appointment} />
      <h2 class="nhsuk-heading-m">If you cannot come</h2>
      {until ? (
        <p>
          <a href={movePathOf(appointment)}>Move this appointment</a> to another time, or{' '}
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
