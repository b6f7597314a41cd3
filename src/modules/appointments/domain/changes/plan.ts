import type { SlotTypeId } from '../slot-type.ts'
import type { SessionId, SlotId } from '../slot.ts'
import type { SessionFacts } from './clinic-session.ts'
import type { DayTimeFault } from './day-times.ts'

/** What staff ask for. Times are of the wall clock in England, as 09:00, on the session's day. */
export type AskedChange =
  | { readonly kind: 'cancel'; readonly sessionIds: readonly SessionId[] }
  | { readonly kind: 'amend'; readonly sessionId: SessionId; readonly to: SessionFacts }
  | { readonly kind: 'move'; readonly sessionId: SessionId; readonly startTime: string }
  | {
      readonly kind: 'extend'
      readonly sessionId: SessionId
      readonly startTime: string
      readonly endTime: string
      readonly slotTypeId: SlotTypeId
    }
  | {
      readonly kind: 'split'
      readonly sessionId: SessionId
      /** The first slot of the second part. */
      readonly fromSlot: SlotId
      readonly to: SessionFacts
    }

/** A part of a session that becomes a session of its own. `at` is an instant as ISO text. */
export interface Division {
  readonly sessionId: SessionId
  readonly newSessionId: SessionId
  readonly at: string
  readonly slotIds: readonly SlotId[]
}

/** What is done, in a form that can be stored: no instants but as ISO text. */
export type ChangePlan =
  /** `rests` are what is left of sessions that have begun; they are divided off and cancelled. */
  | { readonly kind: 'cancel'; readonly rests: readonly Division[] }
  | { readonly kind: 'amend'; readonly sessionId: SessionId; readonly to: SessionFacts }
  | { readonly kind: 'move'; readonly sessionId: SessionId; readonly byMinutes: number }
  | {
      readonly kind: 'extend'
      readonly sessionId: SessionId
      readonly startsAt: string
      readonly endsAt: string
      /** When the new slots start. */
      readonly slotStarts: readonly string[]
      readonly slotTypeId: SlotTypeId
    }
  | ({ readonly kind: 'split'; readonly to: SessionFacts } & Division)

/** A change that may be made. */
export interface DecidedChange {
  readonly plan: ChangePlan
  /** The sessions it is about: none of them can be changed again while it waits. */
  readonly sessionIds: readonly SessionId[]
  /** The slots whose booked patients are concerned, whatever their state. */
  readonly slotIds: readonly SlotId[]
  /** Patients are booked into them and would notice: they are told, and it waits until then. */
  readonly concernsPatients: boolean
  /** The first old or new time of anyone concerned, where times change. */
  readonly firstAt?: Date
}

/** Why a change is not made. Whatever the reason, everything is as it was. */
export type ChangeRefusal =
  | 'not-found'
  | 'cancelled-already'
  | 'over'
  | 'begun'
  | 'change-waiting'
  | 'nothing-changes'
  | 'in-the-past'
  | 'no-room-for-a-slot'
  | 'not-longer'
  | 'no-such-slot'
  | DayTimeFault
