import { formatDate, formatDayAndTime } from '#kernel/time'
import { InsetText } from '#platform/html'
import type {
  EnteredDraw,
  LiveInvitation,
  LivePlace,
  OpenOffer,
} from '../../queries/patient/waiting.ts'
import type { BookableSlot } from '../../queries/slot-details.ts'
import { booking, pathWith } from '../slot-search.ts'
import { formatChoiceWithDay } from '../words.ts'

interface InvitationWithSlots extends LiveInvitation {
  /** The first times, soonest first; none where nothing is free. */
  readonly slots: readonly BookableSlot[]
}

/** What waits for a patient besides what is booked. */
export interface WaitingModel {
  readonly offers: readonly OpenOffer[]
  readonly draws: readonly EnteredDraw[]
  readonly places: readonly LivePlace[]
  readonly invitations: readonly InvitationWithSlots[]
}

/** Offers, which run out, before everything else; then invitations; then what is only waited for. */
export function Waiting({ waiting }: { readonly waiting: WaitingModel }) {
  const { offers, invitations, draws, places } = waiting
  return (
    <>
      {offers.map((offer) => (
        <InsetText>
          <p>You are offered an appointment on {formatDayAndTime(offer.startsAt)}.</p>
          <p>
            <a href={`/appointments/offers/${offer.offerId}`}>Accept or decline it</a> before{' '}
            {formatDayAndTime(offer.expiresAt)}.
          </p>
        </InsetText>
      ))}
      {invitations.map((invitation) => (
        <Invitation invitation={invitation} />
      ))}
      {draws.length + places.length > 0 && (
        <>
          <h2 class="nhsuk-heading-m">What you are waiting for</h2>
          <ul class="nhsuk-list nhsuk-list--bullet">
            {draws.map((draw) => (
              <li>
                <a href={`/appointments/draws/${draw.drawId}`}>{draw.name}</a>: you are in this
                draw. It closes {formatDayAndTime(draw.closesAt)}.
              </li>
            ))}
            {places.length > 0 && <Places places={places} />}
          </ul>
        </>
      )}
    </>
  )
}

function Invitation({ invitation }: { readonly invitation: InvitationWithSlots }) {
  const { slots, slotTypeId } = invitation
  return (
    <InsetText>
      <p>
        You are invited to book: {invitation.name}. You can book it until{' '}
        {formatDate(invitation.expiresOn)}.
      </p>
      {slots.length === 0 ? (
        <p>
          No times are free at the moment. Look again later, or phone your GP surgery to book it.
        </p>
      ) : (
        <>
          <ul class="nhsuk-list">
            {slots.map((slot) => (
              <li>
                <a href={booking.slot(slot.slotId)}>{formatChoiceWithDay(slot)}</a>
              </li>
            ))}
          </ul>
          <p>
            <a href={pathWith(booking.list, { period: 'any', slotTypeId })}>
              See all times<span class="nhsuk-u-visually-hidden"> for {invitation.name}</span>
            </a>
          </p>
        </>
      )}
    </InsetText>
  )
}

function Places({ places }: Pick<WaitingModel, 'places'>) {
  const [longest] = places
  return (
    <li>
      <a href="/appointments/waitlist">Waiting list</a>: you are waiting for an appointment
      {longest && ` since ${formatDate(longest.since)}`}. We tell you when one comes up.
    </li>
  )
}
