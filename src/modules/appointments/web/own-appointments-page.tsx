import { formatDayAndTime } from '#kernel/time'
import { ActionLink, Layout, Pagination, Tag } from '#platform/html'
import type { OwnAppointment } from '../queries/own-appointments.ts'
import { formatChannel } from './words.ts'

/** What a patient has coming up, and what is over or cancelled. `next` is the way to older ones. */
export function OwnAppointmentsPage(props: {
  readonly upcoming: readonly OwnAppointment[]
  readonly past: readonly OwnAppointment[]
  readonly mayBook: boolean
  readonly isFirstPage: boolean
  readonly next: string | undefined
}) {
  const { upcoming, past, isFirstPage, next } = props
  return (
    <Layout title="Your appointments">
      <h1 class="nhsuk-heading-l">Your appointments</h1>
      {props.mayBook && <ActionLink href="/appointments/slots" text="Book an appointment" />}
      {isFirstPage && <Upcoming upcoming={upcoming} mayBook={props.mayBook} />}
      <h2 class="nhsuk-heading-m">Past and cancelled appointments</h2>
      {past.length === 0 ? (
        <p>
          {isFirstPage
            ? 'You have no past appointments here.'
            : 'There are no older appointments here.'}{' '}
          Your GP surgery can tell you about older ones.
        </p>
      ) : (
        <List appointments={past} />
      )}
      {past.length > 0 && next === undefined && <p>For older appointments, ask your GP surgery.</p>}
      {(next !== undefined || !isFirstPage) && (
        <Pagination
          previous={
            isFirstPage ? undefined : { href: '/appointments', text: 'Latest appointments' }
          }
          next={next === undefined ? undefined : { href: next, text: 'Older appointments' }}
        />
      )}
    </Layout>
  )
}

function Upcoming(props: {
  readonly upcoming: readonly OwnAppointment[]
  readonly mayBook: boolean
}) {
  return (
    <>
      <h2 class="nhsuk-heading-m">Upcoming appointments</h2>
      {props.upcoming.length === 0 ? (
        <p>
          You have no upcoming appointments.{' '}
          {props.mayBook
            ? 'You can book one online, or phone your GP surgery.'
            : 'To book one, phone your GP surgery.'}
        </p>
      ) : (
        <List appointments={props.upcoming} />
      )}
    </>
  )
}

function List({ appointments }: { readonly appointments: readonly OwnAppointment[] }) {
  return (
    <ul class="nhsuk-list">
      {appointments.map((appointment) => (
        <li>
          <a href={`/appointments/${appointment.appointmentId}`}>
            {formatDayAndTime(appointment.startsAt)}
          </a>
          {appointment.deliveryChannel && `, ${formatChannel(appointment.deliveryChannel)}`}
          {appointment.clinician !== undefined && `, with ${appointment.clinician}`}
          {appointment.cancelledAt && (
            <>
              {' '}
              <Tag colour="grey" text="Cancelled" />
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
