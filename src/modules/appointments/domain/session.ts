import type { Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { instantAt, localTimeOf, minutesAfter, type LocalDate } from '#kernel/time'
import { isCareEncounter } from './national-category.ts'
import type { DeliveryChannel, SessionId, SlotId } from './slot.ts'

/** A slot as it is added with its session: free. Put online only with category, channel and time. */
export interface NewSlot {
  /** Given where the caller needs to know it. */
  readonly slotId?: SlotId
  readonly startsAt: Date
  readonly minutes: number
  readonly slotType: string
  readonly nationalCategory?: string
  readonly deliveryChannel?: DeliveryChannel
  readonly bookableOnline: boolean
  readonly releasedAt?: Date
}

/** A clinician's block of time with its slots. The clinician may be left open (AP-2). */
export interface NewSession {
  /** Given where adding it twice must add it once. */
  readonly sessionId?: SessionId
  readonly staffId?: Id<'Staff'>
  readonly roomId?: Id<'Room'>
  /** For staff; patients are never shown it. */
  readonly name: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly slots: readonly NewSlot[]
}

/** A session as staff describe it: slots of one length and kind, one after another, on one day. */
export interface SessionPlan extends Omit<NewSession, 'startsAt' | 'endsAt' | 'slots'> {
  readonly day: LocalDate
  /** Wall-clock time in England, as 09:00. */
  readonly startTime: string
  readonly endTime: string
  readonly minutes: number
  readonly slotType: string
  readonly nationalCategory?: string
  readonly deliveryChannel?: DeliveryChannel
  readonly bookableOnline: boolean
  readonly releasedAt?: Date
}

export type SessionFault =
  | 'starts-in-the-past'
  | 'start-skipped-by-clock-change'
  | 'end-skipped-by-clock-change'
  | 'ends-before-it-starts'
  | 'no-room-for-a-slot'
  | 'category-needed-online'
  | 'channel-needed-online'
  | 'release-needed-online'

/**
 * Lays slots one after another from start to end; a remainder shorter than a slot stays empty. A
 * session begins and ends on one day. Gives every fault at once.
 */
export function planSession(
  plan: SessionPlan,
  now: Date,
): Result<NewSession, readonly SessionFault[]> {
  const faults = sessionFaults(plan, now)
  if (faults.length > 0) return refuse(faults)

  const startsAt = instantAt(plan.day, plan.startTime)
  const endsAt = instantAt(plan.day, plan.endTime)
  const { sessionId, staffId, roomId, name } = plan
  const slots = slotStarts(startsAt, endsAt, plan.minutes).map((start) => slotOf(plan, start))
  return accept({
    ...(sessionId && { sessionId }),
    ...(staffId && { staffId }),
    ...(roomId && { roomId }),
    name,
    startsAt,
    endsAt,
    slots,
  })
}

/** What is wrong with as much of a plan as is given, in the order that its form asks. */
export function sessionFaults(plan: Partial<SessionPlan>, now: Date): readonly SessionFault[] {
  return [...timeFaults(plan, now), ...onlineFaults(plan)]
}

function timeFaults(plan: Partial<SessionPlan>, now: Date): readonly SessionFault[] {
  const { day, startTime, endTime, minutes } = plan
  const startsAt = day && startTime !== undefined ? instantAt(day, startTime) : undefined
  const endsAt = day && endTime !== undefined ? instantAt(day, endTime) : undefined
  const faults: SessionFault[] = []
  if (startsAt && localTimeOf(startsAt) !== startTime) faults.push('start-skipped-by-clock-change')
  else if (startsAt && startsAt <= now) faults.push('starts-in-the-past')

  if (endsAt && localTimeOf(endsAt) !== endTime) faults.push('end-skipped-by-clock-change')
  else if (startsAt && endsAt && endsAt <= startsAt) faults.push('ends-before-it-starts')
  else if (
    startsAt &&
    endsAt &&
    minutes !== undefined &&
    minutesAfter(startsAt, minutes) > endsAt
  ) {
    faults.push('no-room-for-a-slot')
  }
  return faults
}

function onlineFaults(plan: Partial<SessionPlan>): readonly SessionFault[] {
  if (!plan.bookableOnline) return []
  const faults: SessionFault[] = []
  if (!isCareEncounter(plan.nationalCategory)) faults.push('category-needed-online')
  if (!plan.deliveryChannel) faults.push('channel-needed-online')
  if (!plan.releasedAt) faults.push('release-needed-online')
  return faults
}

function slotStarts(startsAt: Date, endsAt: Date, minutes: number): readonly Date[] {
  const starts: Date[] = []
  for (let at = startsAt; minutesAfter(at, minutes) <= endsAt; at = minutesAfter(at, minutes)) {
    starts.push(at)
  }
  return starts
}

function slotOf(plan: SessionPlan, startsAt: Date): NewSlot {
  const { minutes, slotType, nationalCategory, deliveryChannel, bookableOnline, releasedAt } = plan
  return {
    startsAt,
    minutes,
    slotType,
    bookableOnline,
    ...(nationalCategory !== undefined && { nationalCategory }),
    ...(deliveryChannel && { deliveryChannel }),
    ...(releasedAt && { releasedAt }),
  }
}
