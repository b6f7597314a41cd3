import { accept, refuse, type Result } from '#kernel/result'
import { addDays, localDateOf } from '#kernel/time'
import type { AppointmentId, BookingRules } from '../slot.ts'
import type { WaitlistId } from './line.ts'
import type { Wishes } from './wishes.ts'

/** Days that an offer may be waited for, at most, today not counted: as far as the practice offers. */
export function lastWaitingDay(rules: BookingRules, now: Date): Wishes['untilDay'] {
  return addDays(localDateOf(now), rules.horizonDays)
}

/** What somebody asks for who wants to be told of something earlier. */
export interface Joining {
  readonly waitlistId: WaitlistId
  readonly wishes: Wishes
  /** The appointment that an earlier one would replace. */
  readonly replaces?: AppointmentId
  readonly phone?: string
  readonly reason: string
}

export type JoiningFault =
  | 'until-in-the-past'
  | 'until-before-from'
  | 'until-too-far'
  | 'no-weekday'
  | 'times-crossed'
  | 'no-channel'
  | 'phone-needed'
  | 'reason-needed'
  | 'reason-too-long'

export type JoiningRefusal =
  | { readonly reason: 'view-only' | 'not-open' | 'not-found' }
  | { readonly reason: 'waiting-already'; readonly waitlistId: WaitlistId }
  | { readonly reason: 'answers-faulty'; readonly faults: readonly JoiningFault[] }

/** What is known where someone wants to join. */
export interface JoiningFacts {
  readonly rules: BookingRules
  /** Where they wait already for the same: without an appointment, or instead of the same one. */
  readonly waiting?: WaitlistId
  /** Start of the appointment to be replaced; absent where it is not theirs, live and to come. */
  readonly replacedStartsAt?: Date
}

/** May this patient wait for this, now? Every fault of the wishes at once. */
export function decideJoining(
  joining: Joining,
  facts: JoiningFacts,
  now: Date,
): Result<Joining, JoiningRefusal> {
  if (!facts.rules.waitlistOpen) return refuse({ reason: 'not-open' })
  if (facts.waiting) return refuse({ reason: 'waiting-already', waitlistId: facts.waiting })
  if (joining.replaces && !facts.replacedStartsAt) return refuse({ reason: 'not-found' })
  const faults = joiningFaults(joining, facts.rules, now)
  return faults.length > 0 ? refuse({ reason: 'answers-faulty', faults }) : accept(joining)
}

/** Everything that is wrong with what somebody asks for, in the order in which it is asked. */
export function joiningFaults(
  joining: Joining,
  rules: BookingRules,
  now: Date,
): readonly JoiningFault[] {
  const { wishes, phone, reason } = joining
  const faults: JoiningFault[] = []
  if (wishes.untilDay < localDateOf(now)) faults.push('until-in-the-past')
  else if (wishes.untilDay < wishes.fromDay) faults.push('until-before-from')
  else if (wishes.untilDay > lastWaitingDay(rules, now)) faults.push('until-too-far')
  if (wishes.weekdays.length === 0) faults.push('no-weekday')
  if (wishes.fromTime > wishes.untilTime) faults.push('times-crossed')
  if (wishes.deliveryChannels.length === 0) faults.push('no-channel')
  if (wishes.deliveryChannels.includes('telephone') && !phone) faults.push('phone-needed')
  if (rules.reasonRequired && reason === '') faults.push('reason-needed')
  if (reason.length > rules.reasonMax) faults.push('reason-too-long')
  return faults
}
