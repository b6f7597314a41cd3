import { formatDayAndTime } from '#kernel/time'
import { BackLink, Button, Form, Layout, Radios } from '#platform/html'
import type { Practice } from '#modules/directory'
import type { CancellingRefusal } from '../../domain/cancelling.ts'
import { AppointmentFacts } from '../appointment-facts.tsx'
import { GetHelp } from '../get-help.tsx'
import { movePathOf, pathOf, type ShownAppointment } from './own-model.ts'

/** Reasons that a patient chooses from; no words of theirs are asked. Source: DOMAIN BK-8. */
export const cancelReasons = ['No longer needed', 'Cannot attend'] as const

/** Asks once before cancelling. */
export function CancelPage(props: Pick<ShownAppointment, 'appointment' | 'practice'>) {
  const { appointment } = props
  const title = 'Do you want to cancel this appointment?'
  const here = pathOf(appointment)
  return (
    <Layout title={title} before={<BackLink href={here} />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <AppointmentFacts of={appointment} practice={props.practice} />
      <p>
        Someone else will be able to have it. You may not get the same time again. If another time
        would suit you, <a href={movePathOf(appointment)}>move it</a> instead.
      </p>
      <Form action={`${here}/cancel`}>
        <Radios
          name="why"
          fieldset={{ legend: { text: 'Why are you cancelling? (optional)', size: 's' } }}
          items={[
            { value: cancelReasons[0], text: 'I do not need it any more' },
            { value: cancelReasons[1], text: 'I cannot come' },
          ]}
        />
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
  /** Where their appointments are. */
  readonly back?: string
}) {
  const { title, next } = wording(props.refusal)
  const { back = '/appointments' } = props
  return (
    <Layout title={title} before={<BackLink href={back} text="Your appointments" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>{next}</p>
      <GetHelp practice={props.practice} />
    </Layout>
  )
}

function wording(refusal: CancellingRefusal): { readonly title: string; readonly next: string } {
  switch (refusal.reason) {
    case 'too-late':
      return {
        title: 'It is too late to cancel online',
        next: `You could cancel here until ${formatDayAndTime(refusal.until)}. The appointment is still booked. If you cannot come, phone your GP surgery now.`,
      }
    case 'not-online':
      return {
        title: 'Your GP surgery does not cancel appointments online',
        next: 'The appointment is still booked. To cancel it, phone your GP surgery.',
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
