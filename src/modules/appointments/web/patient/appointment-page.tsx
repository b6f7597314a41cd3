import { BackLink, Button, Layout } from '#platform/html'
import type { CancellingRefusal } from '../../domain/cancelling.ts'
import { AppointmentFacts } from '../appointment-facts.tsx'
import { GetHelp } from '../get-help.tsx'
import { OtherSlots } from '../refused-page.tsx'
import { booking } from '../slot-search.ts'
import { AddToCalendar } from './add-to-calendar.tsx'
import { HowItStands, type AppointmentPageModel } from './how-it-stands.tsx'
import { movePathOf, pathOf, type ShownAppointment } from './own-model.ts'

const yours = 'Your appointment'

/** One appointment: how it stands, its facts, and what can be done about it. */
export function AppointmentPage(props: AppointmentPageModel) {
  const { appointment, standing } = props
  const title = appointment.cancelledAt && standing !== 'moved' ? 'Appointment cancelled' : yours
  return (
    <Layout title={title} before={<BackLink href="/appointments" text="Your appointments" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <HowItStands {...props} />
      <AppointmentFacts of={appointment} practice={props.practice} videoLink={props.videoLink} />
      {standing === 'coming' && <Changing {...props} />}
      {standing === 'coming' && <AddToCalendar appointment={appointment} />}
      {standing === 'cancelled-by-patient' && props.mayBook && (
        <p>
          If you still need an appointment, you can <a href={booking.list}>book another</a>.
        </p>
      )}
      {standing === 'cancelled-by-surgery' && props.mayBook && (
        <OtherSlots
          slots={props.others ?? []}
          place={booking}
          heading="What you could book instead"
        />
      )}
      {standing !== 'moved' && <GetHelp practice={props.practice} />}
    </Layout>
  )
}

function Changing({ appointment, refusal, rules }: ShownAppointment) {
  if (refusal) return <p>{whyNotHere(refusal)}</p>
  const here = pathOf(appointment)
  const waitlist = `/appointments/waitlist/new?replaces=${appointment.appointmentId}`
  return (
    <>
      <div class="nhsuk-button-group">
        <Button href={movePathOf(appointment)} variant="secondary" text="Move this appointment" />
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
