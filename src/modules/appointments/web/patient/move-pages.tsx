import { formatDayAndTime } from '#kernel/time'
import type { FieldFault } from '#platform/http'
import { BackLink, Button, ErrorSummaryFor, Form, InsetText, Layout } from '#platform/html'
import type { Practice } from '#modules/directory'
import type { MovingRefusal } from '../../domain/moving.ts'
import type { TypeTerms } from '../../domain/slot-type.ts'
import type { OwnAppointment } from '../../queries/own-appointments.ts'
import type { BookableSlot } from '../../queries/slot-details.ts'
import { AppointmentFacts } from '../appointment-facts.tsx'
import { PhoneQuestion } from '../book-page.tsx'
import { GetHelp } from '../get-help.tsx'
import { OtherSlots } from '../refused-page.tsx'
import { moving } from '../slot-search.ts'
import { movingWords } from './moving-words.ts'
import { pathOf } from './own-model.ts'

/** What is shown before a move; `typed` and `faults` after a try that had faults. */
export interface MovePageModel {
  readonly appointment: OwnAppointment
  readonly slot: BookableSlot
  readonly practice: Practice | undefined
  /** Numbers to choose from, for a slot by telephone. */
  readonly numbers: readonly string[]
  readonly idempotencyKey: string
  readonly typed?: Readonly<Record<string, string>>
  readonly faults?: readonly FieldFault[]
}

/** Shows the new time beside the old before anything is given up. */
export function MovePage(model: MovePageModel & { readonly back: string }) {
  const { appointment, slot, faults } = model
  const title = 'Check and move your appointment'
  return (
    <Layout
      title={title}
      hasErrors={Boolean(faults?.length)}
      before={<BackLink href={model.back} />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <InsetText
        text={`Now you have ${formatDayAndTime(appointment.startsAt)}. You keep that until you have moved it.`}
      />
      <h2 class="nhsuk-heading-m">The new appointment</h2>
      <AppointmentFacts of={slot} practice={model.practice} />
      {appointment.reason !== '' && (
        <p>
          {appointment.bookedBy === 'staff' ? 'The reason given' : 'What you wrote'} when you booked
          goes with it.
        </p>
      )}
      <Form action={moving(appointment.appointmentId).list} idempotencyKey={model.idempotencyKey}>
        <input type="hidden" name="slot" value={slot.slotId} />
        {slot.deliveryChannel === 'telephone' && <PhoneQuestion {...model} />}
        <Button text="Move appointment" preventDoubleClick />
      </Form>
      <p>
        <a href={model.back}>Choose another time</a>
      </p>
      <p>
        <a href={pathOf(appointment)}>Keep the appointment as it is</a>
      </p>
    </Layout>
  )
}

/** Told when an appointment was not moved: what happened, that it stands, and what to do next. */
export function NotMovedPage(props: {
  readonly refusal: MovingRefusal
  readonly appointment: OwnAppointment
  readonly terms: TypeTerms | undefined
  readonly others: readonly BookableSlot[]
  readonly practice: Practice | undefined
}) {
  const { appointment } = props
  const { title, why, next, offersOthers, link } = movingWords(props.refusal, props.terms)
  const here = pathOf(appointment)
  return (
    <Layout title={title} before={<BackLink href={here} text="Your appointment" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        {why}
        {!appointment.cancelledAt &&
          ` Your appointment on ${formatDayAndTime(appointment.startsAt)} is still booked.`}
        {next !== undefined && ` ${next}`}
      </p>
      {link && (
        <p>
          <a href={link.href}>{link.text}</a>
        </p>
      )}
      {offersOthers && (
        <OtherSlots slots={props.others} place={moving(appointment.appointmentId)} />
      )}
      <GetHelp practice={props.practice} />
    </Layout>
  )
}
