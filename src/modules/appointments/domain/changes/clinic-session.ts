import type { Id } from '#kernel/id'
import type { DeliveryChannel, SessionId, SlotId, SlotState } from '../slot.ts'
import type { SlotTypeId } from '../slot-type.ts'

/** Whose a session is, where, and what staff call it. Absent is open, or the practice's main site. */
export interface SessionFacts {
  readonly staffId?: Id<'Staff'>
  readonly roomId?: Id<'Room'>
  readonly siteId?: Id<'Site'>
  readonly name: string
}

/** A slot of a session that is to be changed. */
export interface SessionSlot {
  readonly slotId: SlotId
  readonly sessionId: SessionId
  readonly startsAt: Date
  readonly minutes: number
  readonly state: SlotState
  readonly bookableOnline: boolean
  readonly slotType: string
  readonly slotTypeId?: SlotTypeId
  readonly deliveryChannel?: DeliveryChannel
  /** The draw it is kept for, if any. */
  readonly drawId?: string
}

/** A session as changes see it. `slots` are all of its slots, by time. */
export interface ClinicSession extends SessionFacts {
  readonly sessionId: SessionId
  readonly startsAt: Date
  readonly endsAt: Date
  readonly cancelledAt?: Date
  readonly slots: readonly SessionSlot[]
}

/** Where a session stands: only one to come can be changed whole. */
export type SessionStanding = 'to-come' | 'begun' | 'over' | 'cancelled'

/** A session has begun from the minute it starts, and is over from the minute it ends. */
export function standingOf(
  session: Pick<ClinicSession, 'startsAt' | 'endsAt' | 'cancelledAt'>,
  now: Date,
): SessionStanding {
  if (session.cancelledAt) return 'cancelled'
  if (session.endsAt <= now) return 'over'
  return session.startsAt <= now ? 'begun' : 'to-come'
}

/** Whether patients would notice: another person, room or site. The name is for staff alone. */
export function patientsNotice(from: SessionFacts, to: SessionFacts): boolean {
  return from.staffId !== to.staffId || from.roomId !== to.roomId || from.siteId !== to.siteId
}

/** Booked slots that have not begun: those whose patients a change concerns. */
export function bookedToCome(slots: readonly SessionSlot[], now: Date): readonly SessionSlot[] {
  return slots.filter((slot) => slot.state === 'booked' && slot.startsAt > now)
}
