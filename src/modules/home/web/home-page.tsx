import { formatDayAndTime } from '#kernel/time'
import { Card, InsetText, Layout } from '#platform/html'
import type { OwnAppointment } from '#modules/appointments'
import type { Notice } from '#modules/messages'

/** What matters now first, then the services. A service that is off says so and leads to why. */
export function HomePage(props: {
  readonly name: string
  readonly notices: readonly Notice[]
  readonly appointments: readonly OwnAppointment[] | undefined
  readonly mayOrder: boolean
  readonly mayReadRecord: boolean
}) {
  return (
    <Layout title="Home">
      <h1 class="nhsuk-heading-l">Home</h1>
      <p>Hello {props.name}</p>
      <Next appointments={props.appointments} notices={props.notices} />
      <h2 class="nhsuk-heading-m">What you can do</h2>
      <ul class="nhsuk-grid-row nhsuk-card-group">
        <Service
          name="Appointments"
          href="/appointments"
          what="Book, see or cancel an appointment"
          isOn={props.appointments !== undefined}
        />
        <Service
          name="Prescriptions"
          href="/prescriptions"
          what="Order repeat medicines and follow your orders"
          isOn={props.mayOrder}
        />
        <Service
          name="Health record"
          href="/record"
          what="Medicines, test results, letters and more"
          isOn={props.mayReadRecord}
        />
      </ul>
      <p>
        <a href="/account/services">What you can use online, and asking for more</a>
      </p>
    </Layout>
  )
}

function Next(props: {
  readonly appointments: readonly OwnAppointment[] | undefined
  readonly notices: readonly Notice[]
}) {
  const appointment = props.appointments?.[0]
  return (
    <>
      {appointment && (
        <InsetText>
          <p>
            Your next appointment is on{' '}
            <a href={`/appointments/${appointment.appointmentId}`}>
              {formatDayAndTime(appointment.startsAt)}
            </a>
          </p>
        </InsetText>
      )}
      {props.notices.length > 0 && (
        <>
          <h2 class="nhsuk-heading-m">New for you</h2>
          <ul>
            {props.notices.map((notice) => (
              <li key={notice.noticeId}>
                <a href={notice.path}>{notice.subject}</a>, {formatDayAndTime(notice.writtenAt)}
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a href="/notices">All notices</a>
      </p>
    </>
  )
}

function Service(props: {
  readonly name: string
  readonly href: string
  readonly what: string
  readonly isOn: boolean
}) {
  return (
    <li class="nhsuk-grid-column-one-third nhsuk-card-group__item">
      <Card
        heading={{ text: props.name, level: 3 }}
        href={props.href}
        clickable
        description={props.isOn ? props.what : 'Not switched on for you. See why, and who to ask.'}
      />
    </li>
  )
}
