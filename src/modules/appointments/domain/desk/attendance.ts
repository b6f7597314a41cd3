import { accept, refuse, type Result } from '#kernel/result'
import { localDateOf } from '#kernel/time'
import type { DeliveryChannel } from '../slot.ts'

/** How far an appointment has got on its day. Source: DOMAIN AP-6. */
export type AttendanceState = 'booked' | 'arrived' | 'in-progress' | 'seen' | 'missed'

/** What staff record, one press each. `undo` takes back the latest step. */
export type AttendanceStep = 'arrive' | 'start' | 'finish' | 'miss' | 'undo'

/** When each step was recorded; absent where it was not. */
export interface AttendanceTimes {
  readonly arrivedAt?: Date
  readonly startedAt?: Date
  readonly finishedAt?: Date
  readonly missedAt?: Date
}

/** As much of an appointment as its attendance depends on. */
export interface Attended extends AttendanceTimes {
  readonly startsAt: Date
  readonly deliveryChannel?: DeliveryChannel
  readonly cancelledAt?: Date
}

export type AttendanceRefusal =
  | { readonly reason: 'not-found' | 'cancelled' | 'too-early' }
  | { readonly reason: 'changed'; readonly state: AttendanceState }

/** The latest step that is recorded, as a state. */
export function attendanceOf(times: AttendanceTimes): AttendanceState {
  if (times.missedAt) return 'missed'
  if (times.finishedAt) return 'seen'
  if (times.startedAt) return 'in-progress'
  return times.arrivedAt ? 'arrived' : 'booked'
}

/**
 * What may be recorded now, the usual next step first. Nothing before the day of the appointment,
 * in England. Whoever is phoned or seen by video need not arrive. Not attending can be recorded from
 * the start time on, and not once the appointment was begun.
 */
export function attendanceSteps(appointment: Attended, now: Date): readonly AttendanceStep[] {
  if (appointment.cancelledAt) return []
  const state = attendanceOf(appointment)
  const isItsDay = localDateOf(now) >= localDateOf(appointment.startsAt)
  const missable: readonly AttendanceStep[] = now >= appointment.startsAt ? ['miss'] : []
  switch (state) {
    case 'booked':
      return isItsDay ? [...firstSteps(appointment.deliveryChannel), ...missable] : []
    case 'arrived':
      return ['start', ...missable, 'undo']
    case 'in-progress':
      return ['finish', 'undo']
    case 'seen':
    case 'missed':
      return ['undo']
  }
}

function firstSteps(channel: DeliveryChannel | undefined): readonly AttendanceStep[] {
  return channel === 'telephone' || channel === 'video' ? ['start', 'arrive'] : ['arrive']
}

/**
 * What a step leaves recorded. `seen` is the state that its staff had before them: where another one
 * was quicker with the same step it is `already` so, and with a different one nothing is changed.
 */
export function decideAttendance(
  appointment: Attended,
  asked: { readonly step: AttendanceStep; readonly seen: AttendanceState },
  now: Date,
): Result<AttendanceTimes | 'already', AttendanceRefusal> {
  if (appointment.cancelledAt) return refuse({ reason: 'cancelled' })
  const state = attendanceOf(appointment)
  if (state !== asked.seen) {
    return leadsTo(asked).includes(state) ? accept('already') : refuse({ reason: 'changed', state })
  }
  if (!attendanceSteps(appointment, now).includes(asked.step)) {
    const isEarly = attendanceSteps(appointment, appointment.startsAt).includes(asked.step)
    return refuse(isEarly ? { reason: 'too-early' } : { reason: 'changed', state })
  }
  return accept(timesAfter(appointment, asked.step, now))
}

function leadsTo(asked: {
  readonly step: AttendanceStep
  readonly seen: AttendanceState
}): readonly AttendanceState[] {
  switch (asked.step) {
    case 'arrive':
      return ['arrived']
    case 'start':
      return ['in-progress']
    case 'finish':
      return ['seen']
    case 'miss':
      return ['missed']
    case 'undo':
      return before[asked.seen]
  }
}

const before: Readonly<Record<AttendanceState, readonly AttendanceState[]>> = {
  booked: [],
  arrived: ['booked'],
  'in-progress': ['arrived', 'booked'],
  seen: ['in-progress'],
  missed: ['arrived', 'booked'],
}

function timesAfter(times: AttendanceTimes, step: AttendanceStep, now: Date): AttendanceTimes {
  const { arrivedAt, startedAt, finishedAt } = times
  const kept = { ...(arrivedAt && { arrivedAt }), ...(startedAt && { startedAt }) }
  switch (step) {
    case 'arrive':
      return { arrivedAt: now }
    case 'start':
      return { ...kept, startedAt: now }
    case 'finish':
      return { ...kept, finishedAt: now }
    case 'miss':
      return { ...kept, missedAt: now }
    case 'undo':
      if (times.missedAt || finishedAt) return kept
      return startedAt && arrivedAt ? { arrivedAt } : {}
  }
}

/** Whole minutes that someone who arrived has waited until now, or until they were begun with. */
export function minutesWaited(times: AttendanceTimes, now: Date): number | undefined {
  if (!times.arrivedAt || times.missedAt) return undefined
  const until = times.startedAt ?? now
  return Math.max(0, Math.floor((until.getTime() - times.arrivedAt.getTime()) / 60_000))
}
