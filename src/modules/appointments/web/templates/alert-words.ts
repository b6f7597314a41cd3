import { formatTime } from '#kernel/time'
import type { SessionAlert } from '../../domain/templates/alerts.ts'
import type { SkippedDay } from '../../domain/templates/lay-day.ts'

/** What there is to know of a session, as a sentence without its end. */
export function formatAlert(alert: SessionAlert): string {
  switch (alert.kind) {
    case 'clinician-busy':
      return `The clinician has another session then: ${formatOther(alert.other)}`
    case 'room-in-use':
      return `The room is in use then: ${formatOther(alert.other)}`
    case 'on-leave':
      return 'The clinician is on leave then'
    case 'closed':
      return `Closed then: ${alert.reason}`
    case 'bank-holiday':
      return `It is a bank holiday: ${alert.reason}`
    case 'weekend':
      return 'It is at a weekend'
    case 'slots-left-out':
      return alert.many === 1
        ? '1 slot is left out, because it falls into a closure or leave'
        : `${alert.many} slots are left out, because they fall into a closure or leave`
  }
}

/** Why a template gives no session on a day. */
export function formatSkipped(why: SkippedDay['why']): string {
  switch (why.kind) {
    case 'bank-holiday':
      return `Bank holiday: ${why.reason}`
    case 'closed':
      return `Closed: ${why.reason}`
    case 'on-leave':
      return 'The clinician is on leave'
    case 'clock-change':
      return 'The clocks go forward over one of its times'
    case 'no-slot-type':
      return 'One of its slot types is not in use any more'
  }
}

function formatOther(other: {
  readonly name: string
  readonly startsAt: Date
  readonly endsAt: Date
}): string {
  return `${other.name}, ${formatTime(other.startsAt)} to ${formatTime(other.endsAt)}`
}
