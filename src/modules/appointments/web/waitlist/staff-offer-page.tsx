import { formatDayAndTime } from '#kernel/time'
import type { FieldFault } from '#platform/http'
import {
  BackLink,
  Button,
  ErrorSummaryFor,
  Form,
  InsetText,
  Input,
  Layout,
  messageFor,
  SummaryList,
} from '#platform/html'
import type { Role } from '#modules/access'
import type { AcceptingRefusal } from '../../domain/waitlist/accepting.ts'
import type { StoredOffer } from '../../queries/waitlist/offer-facts.ts'
import { ClinicNav } from '../clinic-nav.tsx'
import { movingWords } from '../patient/moving-words.ts'
import { formatChannelAlone } from '../words.ts'

const list = '/practice/appointments/waitlist'

/** An offer with what staff typed for it, and what is wrong with that. */
export interface StaffOfferModel {
  readonly offer: StoredOffer
  readonly name: string
  readonly roles: readonly Role[]
  readonly typed: Readonly<Record<string, string>>
  readonly faults: readonly FieldFault[]
}

/** An offer that staff answer for a patient whom they have on the phone. */
export function StaffOfferPage(props: StaffOfferModel) {
  const { offer, name, faults } = props
  const title = `Offer to ${name}`
  const path = `/practice/appointments/offers/${offer.offerId}`
  return (
    <Layout
      title={title}
      hasErrors={faults.length > 0}
      before={<BackLink href={list} text="Waiting list" />}
    >
      <ErrorSummaryFor faults={faults} />
      <ClinicNav current="waitlist" roles={props.roles} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <InsetText text={`Kept until ${formatDayAndTime(offer.expiresAt)}.`} />
      <SummaryList
        rows={[
          { key: 'Appointment', value: formatDayAndTime(offer.slot.startsAt) },
          { key: 'How', value: formatChannelAlone(offer.slot.deliveryChannel) },
          offer.replaced && {
            key: 'Replaces',
            value: `The appointment on ${formatDayAndTime(offer.replaced.startsAt)}`,
          },
        ]}
      />
      <p>Answer for the patient only when you speak to them.</p>
      <Form action={`${path}/accept`}>
        <Asked {...props} />
        <Button text="Accept for the patient" preventDoubleClick />
      </Form>
      <Form action={`${path}/decline`}>
        <Button text="Decline for the patient" variant="secondary" preventDoubleClick />
      </Form>
    </Layout>
  )
}

/** What accepting still needs: a reason where patients must give one and this one gave none. */
function Asked({ offer, typed, faults }: StaffOfferModel) {
  const asksWhy = offer.rules.reasonRequired && offer.reason === '' && !offer.replaced
  return (
    <>
      {asksWhy && (
        <Input
          name="reason"
          label="Why the patient needs the appointment"
          hint={`A few words, up to ${offer.rules.reasonMax} characters. The patient can read it`}
          width={30}
          value={typed['reason']}
          errorMessage={messageFor(faults, 'reason')}
        />
      )}
      {offer.slot.deliveryChannel === 'telephone' && (
        <Input
          name="otherPhone"
          label="Phone number to call"
          type="tel"
          width={20}
          value={typed['otherPhone'] ?? offer.phone}
          errorMessage={messageFor(faults, 'otherPhone')}
        />
      )}
    </>
  )
}

/** Told to staff who come back to an offer that was accepted, by whomever. */
export function StaffOfferTakenPage(props: {
  readonly startsAt: Date
  readonly name: string
  readonly roles: readonly Role[]
}) {
  const title = 'This offer was accepted'
  return (
    <Layout title={title} before={<BackLink href={list} text="Waiting list" />}>
      <ClinicNav current="waitlist" roles={props.roles} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>
        {props.name} has the appointment on {formatDayAndTime(props.startsAt)}, and does not wait
        any more.
      </p>
    </Layout>
  )
}

const words: Readonly<
  Record<Exclude<AcceptingRefusal['reason'], 'cannot-book' | 'not-found' | 'view-only'>, string>
> = {
  'offer-gone': 'Someone else has the slot, or it was taken back. The patient keeps their place.',
  'offer-expired': 'The offer ran out, and goes to the next person.',
  'offer-declined': 'The offer was declined, and goes to the next person.',
}

/** Told to staff whose answer came too late, or cannot be taken. */
export function StaffOfferOverPage(props: {
  readonly refusal: Exclude<AcceptingRefusal, { readonly reason: 'not-found' | 'view-only' }>
  readonly roles: readonly Role[]
}) {
  const { refusal } = props
  const title = 'This offer was not accepted'
  const why =
    refusal.reason === 'cannot-book'
      ? movingWords(refusal.because, undefined).title
      : words[refusal.reason]
  return (
    <Layout title={title} before={<BackLink href={list} text="Waiting list" />}>
      <ClinicNav current="waitlist" roles={props.roles} />
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>{why}</p>
      <p>Nothing was booked or changed.</p>
    </Layout>
  )
}
