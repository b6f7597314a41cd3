import { formatDayAndTime } from '#kernel/time'
import { ActionLink, Layout, Pagination } from '#platform/html'
import { standingOf } from '../domain/patient/standing.ts'
import type { OwnAppointment } from '../queries/own-appointments.ts'
import { pathOf } from './patient/own-model.ts'
import { Waiting, type WaitingModel } from './patient/waiting-section.tsx'
import { formatChannel, formatMethod } from './words.ts'

/** Everything that a patient has. `waiting` on the first page alone; `next` leads to older ones. */
export interface OwnAppointmentsModel {
  readonly upcoming: readonly OwnAppointment[]
  readonly past: readonly OwnAppointment[]
  readonly waiting: WaitingModel | undefined
  readonly mayBook: boolean
  readonly now: Date
  readonly next: string | undefined
}

/** What a patient has coming up and waits for, and what is over or cancelled. */
export function OwnAppointmentsPage(props: OwnAppointmentsModel) {
  const { past, waiting, next, now } = props
  const isFirstPage = waiting !== undefined
  return (
    <Layout title="Your appointments">
      <h1 class="nhsuk-heading-l">Your appointments</h1>
      {props.mayBook && <ActionLink href="/appointments/slots" text="Book an appointment" />}
      {waiting && <Upcoming {...props} />}
      {waiting && <Waiting waiting={waiting} />}
      {waiting && <OtherWays />}
      <h2 class="nhsuk-heading-m">Past and cancelled appointments</h2>
      {past.length === 0 ? (
        <p>
          {isFirstPage
            ? 'You have no past appointments here.'
            : 'There are no older appointments here.'}{' '}
          Your GP surgery can tell you about older ones.
        </p>
      ) : (
        <List appointments={past} now={now} />
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

/** What there is besides booking a time that is free. */
function OtherWays() {
  return (
    <>
      <h2 class="nhsuk-heading-m">If no free time suits you</h2>
      <ul class="nhsuk-list nhsuk-list--bullet">
        <li>
          <a href="/appointments/waitlist">Waiting list</a>: be told when an appointment comes up
        </li>
        <li>
          <a href="/appointments/draws">Draws for appointments</a>: ask for one that is given out by
          draw
        </li>
      </ul>
    </>
  )
}

function Upcoming({ upcoming, mayBook, now }: OwnAppointmentsModel) {
  return (
    <>
      <h2 class="nhsuk-heading-m">Upcoming appointments</h2>
      {upcoming.length === 0 ? (
        <p>
          You have no upcoming appointments.{' '}
          {mayBook
            ? 'You can book one online, or phone your GP surgery.'
            : 'To book one, phone your GP surgery.'}
        </p>
      ) : (
        <List appointments={upcoming} now={now} />
      )}
    </>
  )
}

function List(props: { readonly appointments: readonly OwnAppointment[]; readonly now: Date }) {
  return (
    <ul class="nhsuk-list">
      {props.appointments.map((appointment) => (
        <li>
          <a href={pathOf(appointment)}>{formatDayAndTime(appointment.startsAt)}</a>
          {appointment.deliveryChannel && `, ${formatChannel(appointment.deliveryChannel)}`}
          {appointment.clinician !== undefined && `, with ${appointment.clinician}`}
          {standingWords(appointment, props.now)}
        </li>
      ))}
    </ul>
  )
}

/** How it stands, after the rest of its line; nothing of what has simply passed. */
function standingWords(appointment: OwnAppointment, now: Date): string {
  switch (standingOf(appointment, now)) {
    case 'coming':
      return appointment.method === 'online' ? '' : `. Booked ${formatMethod(appointment.method)}`
    case 'past':
      return ''
    case 'missed':
      return '. You did not attend'
    case 'moved':
      return appointment.movedToStartsAt
        ? `. Moved to ${formatDayAndTime(appointment.movedToStartsAt)}`
        : '. Moved to another time'
    case 'cancelled-by-patient':
      return '. Cancelled by you'
    case 'cancelled-by-surgery':
      return '. Cancelled by your GP surgery'
  }
}
