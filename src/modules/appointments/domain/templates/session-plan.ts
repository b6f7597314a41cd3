import { accept, refuse, type Result } from '#kernel/result'
import { instantAt, localTimeOf, minutesAfter, type LocalDate } from '#kernel/time'
import type { NewSession } from '../session.ts'
import type { SlotType } from '../slot-type.ts'
import type { TimeSpan } from './calendar.ts'
import { slotsOfType } from './slots-of-type.ts'

/** A break in a session: wall-clock times in England, as 10:30, on its day. */
export interface Break {
  readonly fromTime: string
  readonly untilTime: string
}

/** One session as staff describe it: slots of one type, one after another, on one day, with breaks. */
export interface SessionPlan extends Omit<
  NewSession,
  'startsAt' | 'endsAt' | 'slots' | 'templateId' | 'templateDay'
> {
  readonly day: LocalDate
  readonly startTime: string
  readonly endTime: string
  readonly minutes: number
  readonly type: SlotType
  readonly breaks: readonly Break[]
  /** Instead of what the type's own rule says. */
  readonly releasedAt?: Date
}

export type SessionFault =
  | 'starts-in-the-past'
  | 'start-skipped-by-clock-change'
  | 'end-skipped-by-clock-change'
  | 'ends-before-it-starts'
  | 'no-room-for-a-slot'
  | 'break-not-inside'
  | 'release-after-start'

/**
 * Lays slots one after another between breaks from start to end; a remainder shorter than a slot
 * stays empty. A session begins and ends on one day: one that would go past midnight is refused.
 * Gives every fault at once.
 */
export function planSession(
  plan: SessionPlan,
  now: Date,
): Result<NewSession, readonly SessionFault[]> {
  const faults = sessionFaults(plan, now)
  if (faults.length > 0) return refuse(faults)
  const { sessionId, staffId, roomId, siteId, name, day, type, minutes, releasedAt } = plan
  const span = { startsAt: instantAt(day, plan.startTime), endsAt: instantAt(day, plan.endTime) }
  const slots = piecesOf(plan, span).flatMap((piece) =>
    slotsOfType(type, { ...piece, minutes }, { now, ...(releasedAt && { releasedAt }) }),
  )
  return accept({
    ...(sessionId && { sessionId }),
    ...(staffId && { staffId }),
    ...(roomId && { roomId }),
    ...(siteId && { siteId }),
    name,
    ...span,
    slots,
  })
}

/** What is wrong with as much of a plan as is given, in the order that its form asks. */
export function sessionFaults(plan: Partial<SessionPlan>, now: Date): readonly SessionFault[] {
  const { day, startTime, endTime, releasedAt } = plan
  const startsAt = day && startTime !== undefined ? instantAt(day, startTime) : undefined
  const endsAt = day && endTime !== undefined ? instantAt(day, endTime) : undefined
  const faults: SessionFault[] = []
  if (startsAt && localTimeOf(startsAt) !== startTime) faults.push('start-skipped-by-clock-change')
  else if (startsAt && startsAt <= now) faults.push('starts-in-the-past')

  if (endsAt && localTimeOf(endsAt) !== endTime) faults.push('end-skipped-by-clock-change')
  else if (startsAt && endsAt && endsAt <= startsAt) faults.push('ends-before-it-starts')
  else if (startsAt && endsAt) faults.push(...insideFaults(plan, { startsAt, endsAt }))
  if (startsAt && releasedAt && releasedAt >= startsAt) faults.push('release-after-start')
  return faults
}

function insideFaults(plan: Partial<SessionPlan>, span: TimeSpan): readonly SessionFault[] {
  const { breaks = [], startTime = '', endTime = '', minutes } = plan
  const isInside = breaks.every(
    ({ fromTime, untilTime }) =>
      startTime < fromTime && fromTime < untilTime && untilTime < endTime,
  )
  if (!isInside) return ['break-not-inside']
  if (minutes === undefined) return []
  const hasRoom = piecesOf(plan, span).some(
    (piece) => minutesAfter(piece.startsAt, minutes) <= piece.endsAt,
  )
  return hasRoom ? [] : ['no-room-for-a-slot']
}

/** What is left of a session between its breaks, which may touch or overlap each other. */
function piecesOf(plan: Partial<SessionPlan>, span: TimeSpan): readonly TimeSpan[] {
  const { day, breaks = [] } = plan
  const pieces: TimeSpan[] = []
  let from = span.startsAt
  for (const pause of breaks.toSorted((a, b) => (a.fromTime < b.fromTime ? -1 : 1))) {
    if (!day) continue
    const startsAt = instantAt(day, pause.fromTime)
    const endsAt = instantAt(day, pause.untilTime)
    if (startsAt > from) pieces.push({ startsAt: from, endsAt: startsAt })
    if (endsAt > from) from = endsAt
  }
  if (span.endsAt > from) pieces.push({ startsAt: from, endsAt: span.endsAt })
  return pieces
}
