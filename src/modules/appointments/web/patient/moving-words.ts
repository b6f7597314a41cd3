import { formatDayAndTime } from '#kernel/time'
import type { CancellingRefusal } from '../../domain/cancelling.ts'
import type { MovingRefusal } from '../../domain/moving.ts'
import type { TypeTerms } from '../../domain/slot-type.ts'
import { booking } from '../slot-search.ts'
import { refusalWords, type RefusalWords } from './refusal-words.ts'

/** Why an appointment was not moved. `terms` are those of the kind of slot that was wanted. */
export function movingWords(refusal: MovingRefusal, terms: TypeTerms | undefined): RefusalWords {
  switch (refusal.reason) {
    case 'cannot-leave':
      return leavingWords(refusal.because)
    case 'cancelled-already':
      return {
        title: 'This appointment was cancelled',
        why: 'It cannot be moved any more.',
        offersOthers: false,
        link: { text: 'Book another appointment', href: booking.list },
      }
    case 'moved-already':
      return {
        title: 'This appointment was moved already',
        why: 'It has another time now.',
        offersOthers: false,
        link: {
          text: 'See the appointment that you have',
          href: `/appointments/${refusal.appointmentId}`,
        },
      }
    case 'slot-not-found':
      return {
        title: 'The new time is not there any more',
        why: 'Your GP surgery has taken it back.',
        offersOthers: true,
      }
    case 'view-only':
      return {
        title: 'You can see appointments but not move them',
        why: 'Your GP surgery decides who can book, move and cancel online. To move it, phone them.',
        offersOthers: false,
      }
    case 'key-used-for-another':
      return {
        title: 'This page was used for another appointment',
        why: 'To move this one, choose its new time again.',
        offersOthers: true,
      }
    case 'already-yours':
      return {
        title: 'You have that time already',
        why: 'Choose another time to move to.',
        offersOthers: true,
      }
    default:
      return refusalWords(refusal, terms)
  }
}

function leavingWords(because: CancellingRefusal): RefusalWords {
  switch (because.reason) {
    case 'too-late':
      return {
        title: 'It is too late to move this appointment online',
        why: `You could move it here until ${formatDayAndTime(because.until)}.`,
        next: 'If you cannot come, phone your GP surgery now.',
        offersOthers: false,
      }
    case 'not-online':
      return {
        title: 'Your GP surgery does not move appointments online',
        why: 'To move it, phone them.',
        offersOthers: false,
      }
    case 'in-the-past':
    case 'not-found':
    case 'view-only':
      return {
        title: 'This appointment has started',
        why: 'It cannot be moved any more.',
        offersOthers: false,
      }
  }
}
