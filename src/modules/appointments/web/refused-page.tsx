import { formatDay, formatDayAndTime } from '#kernel/time'
import { BackLink, Button, Layout } from '#platform/html'
import type { Practice } from '#modules/directory'
import type { BookingRefusal } from '../domain/booking.ts'
import type { OfferRefusal } from '../domain/offering.ts'
import type { BookableSlot } from '../queries/slots.ts'
import { GetHelp } from './get-help.tsx'
import { formatChoiceWithDay } from './words.ts'

type ShownRefusal = Exclude<BookingRefusal, { readonly reason: 'slot-not-found' }>
type OwnRefusal = Exclude<ShownRefusal, OfferRefusal>

interface Wording {
  readonly title: string
  readonly next: string
  /** Whether other free slots are of use. */
  readonly offersOthers: boolean
  readonly link?: { readonly text: string; readonly href: string }
}

/** Told to a patient whose booking was refused: what happened, then what to do next. */
export function RefusedPage(props: {
  readonly refusal: ShownRefusal
  readonly others: readonly BookableSlot[]
  readonly practice: Practice | undefined
}) {
  const { title, next, offersOthers, link } = wording(props.refusal)
  return (
    <Layout title={title} before={<BackLink href="/appointments/slots" />}>
      <h1 class="nhsuk-heading-l">{title}</h1>
      <p>{next}</p>
      {link && (
        <p>
          <a href={link.href}>{link.text}</a>
        </p>
      )}
      {offersOthers && <Others slots={props.others} />}
      {offersOthers && <Button href="/appointments/slots" text="See all appointments" />}
      <GetHelp practice={props.practice} />
    </Layout>
  )
}

function Others({ slots }: { readonly slots: readonly BookableSlot[] }) {
  if (slots.length === 0) {
    return <p>There are no other appointments to book online at the moment.</p>
  }
  return (
    <>
      <h2 class="nhsuk-heading-m">Other appointments near that time</h2>
      <ul class="nhsuk-list">
        {slots.map((slot) => (
          <li>
            <a href={`/appointments/slots/${slot.slotId}`}>{formatChoiceWithDay(slot)}</a>
          </li>
        ))}
      </ul>
    </>
  )
}

const yours = { text: 'See your appointments', href: '/appointments' }

function wording(refusal: ShownRefusal): Wording {
  switch (refusal.reason) {
    case 'slot-taken':
      return {
        title: 'Someone else has taken this appointment',
        next: 'It was free when you chose it, and was booked or taken back before you finished. You have not booked anything.',
        offersOthers: true,
      }
    case 'slot-not-online':
      return {
        title: 'This appointment cannot be booked online',
        next: 'Your GP surgery gives it out by phone or in person. You have not booked anything.',
        offersOthers: true,
      }
    case 'in-the-past':
      return {
        title: 'This appointment is in the past',
        next: 'It has started already. You have not booked anything.',
        offersOthers: true,
      }
    case 'not-yet-released':
      return {
        title: 'This appointment cannot be booked yet',
        next: `You can book it from ${formatDayAndTime(refusal.releasedAt)}. You have not booked anything.`,
        offersOthers: true,
      }
    case 'booking-closed':
      return {
        title: 'It is too late to book this appointment online',
        next: `Online booking closed ${formatDayAndTime(refusal.closedAt)}. You have not booked anything. Your GP surgery may still be able to book it for you by phone.`,
        offersOthers: true,
      }
    case 'beyond-horizon':
      return {
        title: 'This appointment is too far ahead to book online',
        next: `You can book appointments before ${formatDay(refusal.until)}. You have not booked anything.`,
        offersOthers: true,
      }
    case 'too-many-held':
    case 'overlaps-another':
    case 'already-yours':
    case 'key-used-for-another':
    case 'view-only':
    case 'answers-missing':
      return ownWording(refusal)
  }
}

function ownWording(refusal: OwnRefusal): Wording {
  switch (refusal.reason) {
    case 'too-many-held':
      return {
        title: 'You have as many appointments as you can book online',
        next: `Your GP surgery lets you have ${refusal.maxHeld} upcoming ${refusal.maxHeld === 1 ? 'appointment' : 'appointments'} at a time. You have not booked another. You can cancel one you do not need, or phone your GP surgery.`,
        offersOthers: false,
        link: yours,
      }
    case 'overlaps-another':
      return {
        title: 'You have another appointment at that time',
        next: 'You cannot have two appointments at the same time. You have not booked another.',
        offersOthers: true,
        link: {
          text: 'See the appointment you have',
          href: `/appointments/${refusal.appointmentId}`,
        },
      }
    case 'already-yours':
      return {
        title: 'You have already booked this appointment',
        next: 'It is yours. You do not need to do anything else.',
        offersOthers: false,
        link: { text: 'See your appointment', href: `/appointments/${refusal.appointmentId}` },
      }
    case 'key-used-for-another':
      return {
        title: 'This page was used to book another appointment',
        next: 'To book one more, start again from the list of appointments. You have not booked anything new.',
        offersOthers: true,
        link: yours,
      }
    case 'view-only':
    case 'answers-missing':
      return {
        title: 'You can see appointments but not book them',
        next: 'Your GP surgery decides who can book and cancel online. Ask them to switch it on. You can phone or go in.',
        offersOthers: false,
        link: yours,
      }
  }
}
