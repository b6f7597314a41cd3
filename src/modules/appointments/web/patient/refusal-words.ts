import { formatDay, formatDayAndTime } from '#kernel/time'
import type { BookingRefusal } from '../../domain/booking.ts'
import type { FirstRefusal } from '../../domain/first/first-booking.ts'
import type { Unmet } from '../../domain/eligibility.ts'
import type { OfferRefusal } from '../../domain/offering.ts'
import type { TypeTerms } from '../../domain/slot-type.ts'

/** A refusal that is told on a page of its own: what is not there at all is not found instead. */
export type ShownRefusal = Exclude<BookingRefusal, { readonly reason: 'slot-not-found' }>

type OwnRefusal = Exclude<ShownRefusal, OfferRefusal>

/** How a refusal is told. What it means for what was booked is told after `why`, by the page. */
export interface RefusalWords {
  readonly title: string
  readonly why: string
  /** What to do about it, after that. */
  readonly next?: string
  /** Whether other free slots are of use. */
  readonly offersOthers: boolean
  readonly link?: { readonly text: string; readonly href: string }
}

const yours = { text: 'See your appointments', href: '/appointments' }

/** Why a slot could not be had. `terms` are those of its type, where it has one. */
export function refusalWords(refusal: ShownRefusal, terms: TypeTerms | undefined): RefusalWords {
  switch (refusal.reason) {
    case 'slot-taken':
      return {
        title: 'Someone else has taken this appointment',
        why: 'It was free when you chose it, and was booked or taken back before you finished.',
        offersOthers: true,
      }
    case 'slot-held':
      return {
        title: 'This appointment is being kept for someone else',
        why: 'It is offered first to people on the waiting list, or is given out in a draw. It may be free again later.',
        offersOthers: true,
      }
    case 'slot-not-online':
      return {
        title: 'This appointment cannot be booked online',
        why: 'Your GP surgery gives it out by phone or in person.',
        offersOthers: true,
      }
    case 'in-the-past':
      return {
        title: 'This appointment is in the past',
        why: 'It has started already.',
        offersOthers: true,
      }
    case 'not-yet-released':
      return {
        title: 'This appointment cannot be booked yet',
        why: `You can book it from ${formatDayAndTime(refusal.releasedAt)}.`,
        offersOthers: true,
      }
    case 'booking-closed':
      return {
        title: 'It is too late to book this appointment online',
        why: `Online booking closed ${formatDayAndTime(refusal.closedAt)}.`,
        next: 'Your GP surgery may still be able to book it for you by phone.',
        offersOthers: true,
      }
    case 'beyond-horizon':
      return {
        title: 'This appointment is too far ahead to book online',
        why: `You can book appointments before ${formatDay(refusal.until)}.`,
        offersOthers: true,
      }
    default:
      return ownWords(refusal, terms)
  }
}

function ownWords(refusal: OwnRefusal, terms: TypeTerms | undefined): RefusalWords {
  switch (refusal.reason) {
    case 'not-eligible':
      return {
        title: 'You cannot book this kind of appointment online',
        why: unmetWords(refusal.because, terms),
        next: 'If you think that you need it, phone your GP surgery.',
        offersOthers: true,
      }
    case 'too-many-held':
      if (refusal.maxHeld === 0) return noneOnline
      return {
        title: 'You have as many appointments as you can book online',
        why: `Your GP surgery lets you have ${refusal.maxHeld} upcoming ${refusal.maxHeld === 1 ? 'appointment' : 'appointments'} at a time.`,
        next: 'You can cancel or move one you do not need, or phone your GP surgery.',
        offersOthers: false,
        link: yours,
      }
    case 'overlaps-another':
      return {
        title: 'You have another appointment at that time',
        why: 'You cannot have two appointments at the same time.',
        offersOthers: true,
        link: {
          text: 'See the appointment you have',
          href: `/appointments/${refusal.appointmentId}`,
        },
      }
    case 'already-yours':
      return {
        title: 'You have already booked this appointment',
        why: 'It is yours. You do not need to do anything else.',
        offersOthers: false,
        link: { text: 'See your appointment', href: `/appointments/${refusal.appointmentId}` },
      }
    case 'key-used-for-another':
      return {
        title: 'This page was used to book another appointment',
        why: 'To book one more, start again from the list of appointments.',
        offersOthers: true,
        link: yours,
      }
    case 'first-used':
    case 'first-cancelled-often':
    case 'first-places-full':
      return firstWords[refusal.reason]
    case 'view-only':
    case 'answers-missing':
      return {
        title: 'You can see appointments but not book them',
        why: 'Your GP surgery decides who can book and cancel online. Ask them to switch it on. You can phone or go in.',
        offersOthers: false,
        link: yours,
      }
  }
}

const proving = { text: 'How to prove who you are', href: '/sign-in/prove' }

/** What somebody is told whom nobody has checked yet. */
const firstWords: Readonly<Record<FirstRefusal['reason'], RefusalWords>> = {
  'first-used': {
    title: 'You have booked your one appointment',
    why: 'Until somebody has checked who you are, you can book one.',
    next: 'To book more, prove who you are, or phone your GP surgery.',
    offersOthers: false,
    link: proving,
  },
  'first-cancelled-often': {
    title: 'Phone your GP surgery to book',
    why: 'You booked and cancelled before, and nobody has checked who you are yet.',
    offersOthers: false,
    link: proving,
  },
  'first-places-full': {
    title: 'The surgery’s first appointments are all taken',
    why: 'A few appointments at a time are for people whom the surgery has not checked yet.',
    next: 'Try again later, prove who you are, or phone your GP surgery.',
    offersOthers: false,
    link: proving,
  },
}

const noneOnline: RefusalWords = {
  title: 'You cannot book appointments online at the moment',
  why: 'Your GP surgery gives them out by phone or in person.',
  offersOthers: false,
  link: yours,
}

/** Which of a kind's terms the patient does not meet, without saying what is known of them. */
function unmetWords(because: Unmet, terms: TypeTerms | undefined): string {
  switch (because) {
    case 'age':
      return `It is for people ${agesOf(terms)}.`
    case 'sex':
      return `It is for ${terms?.sex === 'male' ? 'male' : 'female'} patients.`
    case 'site':
      return 'It is for patients who use the place where it is.'
    case 'clinician':
      return 'It is for patients whose own doctor or nurse is the one who sees them there.'
    case 'invitation':
      return 'It is for people whom the GP surgery has invited to book it.'
  }
}

function agesOf(terms: TypeTerms | undefined): string {
  const { minAge, maxAge } = terms ?? {}
  if (minAge !== undefined && maxAge !== undefined) return `aged ${minAge} to ${maxAge}`
  if (minAge !== undefined) return `aged ${minAge} or over`
  return maxAge === undefined ? 'of another age' : `aged ${maxAge} or under`
}
