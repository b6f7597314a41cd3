import { formatDayAndTime } from '#kernel/time'
import type { FieldFault } from '#platform/http'
import { BackLink, Button, ErrorSummaryFor, Form, InsetText, Layout } from '#platform/html'
import type { Practice } from '#modules/directory'
import type { BookingRules } from '../../domain/slot.ts'
import type { AcceptingRefusal } from '../../domain/waitlist/accepting.ts'
import type { BookableSlot } from '../../queries/slot-details.ts'
import { AppointmentFacts } from '../appointment-facts.tsx'
import { PhoneQuestion, ReasonQuestion } from '../book-page.tsx'
import { GetHelp } from '../get-help.tsx'
import { movingWords } from '../patient/moving-words.ts'

/** A slot kept for a patient until they answer. */
export interface OfferPageModel {
  readonly offerId: string
  readonly expiresAt: Date
  readonly slot: BookableSlot
  readonly rules: BookingRules
  readonly practice: Practice | undefined
  /** Start of the appointment that it would replace. */
  readonly replacedStartsAt?: Date
  /** What it still needs to be asked. */
  readonly asks: { readonly phone: boolean; readonly reason: boolean }
  readonly numbers: readonly string[]
  readonly typed?: Readonly<Record<string, string>>
  readonly faults?: readonly FieldFault[]
}

/** What is offered, until when, and the two answers. */
export function OfferPage(model: OfferPageModel) {
  const { slot, faults, offerId, asks } = model
  const title = 'You are offered an appointment'
  return (
    <Layout
      title={title}
      hasErrors={Boolean(faults?.length)}
      before={<BackLink href="/appointments/waitlist" text="Waiting list" />}
    >
      <ErrorSummaryFor faults={faults} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <InsetText text={`It is kept for you until ${formatDayAndTime(model.expiresAt)}.`} />
      <AppointmentFacts of={slot} practice={model.practice} />
      {model.replacedStartsAt && (
        <p>
          It replaces your appointment on {formatDayAndTime(model.replacedStartsAt)}, which is given
          back if you accept.
        </p>
      )}
      <Form action={`/appointments/offers/${offerId}/accept`}>
        {asks.reason && <ReasonQuestion {...model} faults={faults ?? []} />}
        {asks.phone && (
          <PhoneQuestion numbers={model.numbers} typed={model.typed ?? {}} faults={faults ?? []} />
        )}
        <Button text="Accept this appointment" preventDoubleClick />
      </Form>
      <Form action={`/appointments/offers/${offerId}/decline`}>
        <Button text="Decline" variant="secondary" preventDoubleClick />
      </Form>
      <p>If you decline, someone else is asked. You keep your place on the waiting list.</p>
    </Layout>
  )
}

interface Told {
  readonly title: string
  readonly why: string
}

type OverReason = 'offer-gone' | 'offer-expired' | 'offer-declined'

const over: Readonly<Record<OverReason, Told>> = {
  'offer-gone': {
    title: 'This appointment is no longer there',
    why: 'Someone else has taken it, or your GP surgery needed the time. That happens when one appointment is offered to a few people, and does not count against you.',
  },
  'offer-expired': {
    title: 'This offer has run out',
    why: 'It was kept for you for a while and then offered to the next person.',
  },
  'offer-declined': {
    title: 'You declined this appointment',
    why: 'It is offered to the next person.',
  },
}

/** Told to a patient whose offer is over: what happened, whether they still wait, what to do. */
export function OfferOverPage(props: {
  readonly reason: OverReason
  readonly stillWaiting: boolean
  readonly practice: Practice | undefined
}) {
  const { title, why } = over[props.reason]
  return (
    <Layout title={title} before={<BackLink href="/appointments/waitlist" text="Waiting list" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>{why}</p>
      <p>
        {props.stillWaiting
          ? 'You are still waiting, and have not lost your place. We tell you when another one comes up.'
          : 'You are not waiting for another one.'}{' '}
        <a href="/appointments/waitlist">See your waiting list</a>
      </p>
      <p>
        <a href="/appointments/slots">Look for a free appointment</a>
      </p>
      <GetHelp practice={props.practice} />
    </Layout>
  )
}

/** Told to a patient who cannot take what they are offered, with what would have to change. */
export function CannotAcceptPage(props: {
  readonly because: Extract<AcceptingRefusal, { readonly reason: 'cannot-book' }>['because']
  readonly offerId: string
  readonly expiresAt: Date
  readonly practice: Practice | undefined
}) {
  const { title, why, next, link } = movingWords(props.because, undefined)
  return (
    <Layout title={title} before={<BackLink href={`/appointments/offers/${props.offerId}`} />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        {why} Nothing was booked or changed.{next !== undefined && ` ${next}`}
      </p>
      {link && (
        <p>
          <a href={link.href}>{link.text}</a>
        </p>
      )}
      <p>
        The appointment is kept for you until {formatDayAndTime(props.expiresAt)}.{' '}
        <a href={`/appointments/offers/${props.offerId}`}>Go back to the offer</a>
      </p>
      <GetHelp practice={props.practice} />
    </Layout>
  )
}
