import { bankHolidayOn } from '#kernel/bank-holidays'
import type { Id } from '#kernel/id'
import { localDateOf, weekdayOf, type LocalDate } from '#kernel/time'
import type { SessionId } from '../slot.ts'
import { closuresIn, leaveIn, overlaps, type PracticeCalendar, type Working } from './calendar.ts'
import type { TemplateId } from './session-template.ts'

/** A session that may stand in another's way. A cancelled one stands in nobody's. */
export interface OtherSession extends Working {
  readonly name: string
  readonly roomId?: Id<'Room'>
  readonly isCancelled?: boolean
}

/** A session that is there already. */
export interface ExistingSession extends OtherSession {
  readonly sessionId: SessionId
  readonly templateId?: TemplateId
  readonly templateDay?: LocalDate
}

/**
 * Something that whoever plans a session should know of. None forbids it: a practice may open on a
 * bank holiday, and two may share a room. Source: DOMAIN AP-8 (E00247 to E00249).
 */
export type SessionAlert =
  | { readonly kind: 'clinician-busy' | 'room-in-use'; readonly other: BusySession }
  | { readonly kind: 'on-leave' | 'weekend' }
  | { readonly kind: 'closed' | 'bank-holiday'; readonly reason: string }
  | { readonly kind: 'slots-left-out'; readonly many: number }

/** What stands in the way. */
type BusySession = Pick<OtherSession, 'name' | 'startsAt' | 'endsAt'>

/** What is to be known of a session before it is added, in the order of weight. */
export function alertsFor(
  session: Working & { readonly roomId?: Id<'Room'> },
  others: readonly OtherSession[],
  calendar: PracticeCalendar,
): readonly SessionAlert[] {
  const day = localDateOf(session.startsAt)
  const holiday = bankHolidayOn(day)
  const [closure] = closuresIn(session, calendar)
  return [
    ...clashes(session, others),
    ...(leaveIn(session, calendar).length > 0 ? [{ kind: 'on-leave' } as const] : []),
    ...(closure ? [{ kind: 'closed', reason: closure.reason } as const] : []),
    ...(holiday === undefined ? [] : [{ kind: 'bank-holiday', reason: holiday } as const]),
    ...weekend(day),
  ]
}

/** Sessions of the same clinician, or in the same room, at the same time. */
export function clashes(
  session: Working & { readonly roomId?: Id<'Room'> },
  others: readonly OtherSession[],
): readonly SessionAlert[] {
  const met = others.filter((other) => !other.isCancelled && overlaps(other, session))
  const busy = met.find((other) => session.staffId && other.staffId === session.staffId)
  const inRoom = met.find((other) => session.roomId && other.roomId === session.roomId)
  return [
    ...(busy ? [{ kind: 'clinician-busy', other: busy } as const] : []),
    ...(inRoom && inRoom !== busy ? [{ kind: 'room-in-use', other: inRoom } as const] : []),
  ]
}

/** An alert where a day is a Saturday or a Sunday. */
export function weekend(day: LocalDate): readonly SessionAlert[] {
  return weekdayOf(day) > 5 ? [{ kind: 'weekend' }] : []
}
