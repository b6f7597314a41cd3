import { formatDayAndTime, formatTime } from '#kernel/time'
import type { DeskAlert, DeskRefusal } from '../../domain/desk/booking.ts'
import type { ChangingRefusal } from '../../domain/desk/changing.ts'
import type { Unmet } from '../../domain/eligibility.ts'

const unmet: Readonly<Record<Unmet, string>> = {
  age: 'This type of slot is for patients of another age.',
  sex: 'This type of slot is for patients of another sex.',
  site: 'This type of slot is for patients who use that site.',
  clinician: 'This type of slot is for the clinician’s own patients.',
  invitation: 'This type of slot is for invited patients, and this patient has no invitation.',
}

/** What staff are told before they confirm. */
export function formatAlert(alert: DeskAlert): string {
  switch (alert.alert) {
    case 'not-eligible':
      return unmet[alert.unmet]
    case 'same-day':
      return `The patient has another appointment that day, at ${alert.starts.map(formatTime).join(' and ')}.`
    case 'over-limit':
      return `The patient has ${alert.maxHeld} or more coming appointments, which is as many as patients may book themselves.`
    case 'not-released':
      return `Patients can book this slot online from ${formatDayAndTime(alert.releasedAt)}.`
  }
}

/** Why nothing was booked or moved: what happened, then what to do next. */
export interface RefusalWords {
  readonly title: string
  readonly next: string
}

type ShownRefusal =
  | Exclude<DeskRefusal['reason'], 'alerts-unseen' | 'phone-needed' | 'slot-not-found'>
  | Exclude<ChangingRefusal['reason'], 'in-the-past' | 'not-found'>
  | 'started-already'

const refusals: Readonly<Record<ShownRefusal, RefusalWords>> = {
  'slot-taken': {
    title: 'Somebody else has taken this slot',
    next: 'It was booked before you confirmed. Choose another.',
  },
  'slot-held': {
    title: 'This slot is held',
    next: 'It is kept for a draw, or for somebody on the waiting list. It is free again if nobody takes it. Choose another.',
  },
  'slot-blocked': {
    title: 'This slot is blocked',
    next: 'Whoever publishes slots keeps it free for nobody. Ask them to unblock it, or choose another.',
  },
  'session-cancelled': {
    title: 'This session was cancelled',
    next: 'Its slots cannot be booked. Choose another.',
  },
  'in-the-past': {
    title: 'This slot has started',
    next: 'Choose a later one, or overbook the session from the page of its day.',
  },
  'not-registered': {
    title: 'This patient is no longer registered here',
    next: 'Appointments can be booked for registered patients and temporary residents. Check that you have the right person.',
  },
  'too-many-places': {
    title: 'This patient has 20 coming appointments',
    next: 'That is the most anybody can have. Cancel one that is not needed first.',
  },
  'already-theirs': {
    title: 'This patient has this slot already',
    next: 'You do not need to do anything else.',
  },
  'overlaps-another': {
    title: 'This patient has another appointment at that time',
    next: 'Nobody can have two appointments at once. Choose another time, or move the one they have.',
  },
  'key-used-for-another': {
    title: 'This page was used to book another slot',
    next: 'To book one more, choose it from the list of free slots.',
  },
  'cancelled-already': {
    title: 'This appointment was cancelled or moved already',
    next: 'See what the patient has now in their appointments.',
  },
  'came-already': {
    title: 'This appointment has begun, or how it went is recorded',
    next: 'If that was recorded by mistake, undo it on the page of its day first.',
  },
  'started-already': {
    title: 'This appointment’s time has come',
    next: 'Record whether the patient came on the page of its day, and book another if they need one.',
  },
}

/** Words for a refusal that is told on a page of its own. */
export function formatRefusal(reason: ShownRefusal): RefusalWords {
  return refusals[reason]
}
