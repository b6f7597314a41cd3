import { addMonths, localDateOf, minutesBefore, startOfDay } from '#kernel/time'
import type { PracticeSettings } from '../slot.ts'

/** An appointment that is over or cancelled, as far as missing it goes. */
export interface PastOutcome {
  readonly startsAt: Date
  readonly missedAt?: Date
  readonly cancelledAt?: Date
  /** On whose wish it was cancelled. */
  readonly cancelledBy?: 'patient' | 'proxy' | 'staff'
  /** Whether it was moved, which is not cancelling. */
  readonly isMoved: boolean
}

type MissedSettings = Pick<
  PracticeSettings,
  'missedWindowMonths' | 'missedAdviseAt' | 'lateCancelMinutes' | 'missedAdvice'
>

/** How often a patient did not come, or cancelled too late for anyone else, and what is advised. */
export interface MissedAdvice {
  readonly missed: number
  readonly lateCancelled: number
  readonly months: number
  /** The practice's own words for its staff. */
  readonly advice: string
}

/** The first instant that counts: the beginning of the day so many months ago, in England. */
export function missedSince(settings: MissedSettings, now: Date): Date {
  return startOfDay(addMonths(localDateOf(now), -settings.missedWindowMonths))
}

/**
 * Advice for staff where a patient missed so many in the window that the practice wants it said, or
 * else `undefined`. Cancelling counts where the patient asked for it less than `lateCancelMinutes`
 * before the start; what the practice cancelled, and what was moved, never does. It only advises:
 * nothing may depend on it.
 *
 * Source: DOMAIN BK-12.
 */
export function missedAdvice(
  appointments: readonly PastOutcome[],
  settings: MissedSettings,
  now: Date,
): MissedAdvice | undefined {
  const since = missedSince(settings, now)
  const counted = appointments.filter((one) => one.startsAt >= since && one.startsAt <= now)
  const missed = counted.filter((one) => one.missedAt && !one.cancelledAt).length
  const lateCancelled = counted.filter((one) => isLate(one, settings)).length
  if (missed + lateCancelled < settings.missedAdviseAt) return undefined
  return {
    missed,
    lateCancelled,
    months: settings.missedWindowMonths,
    advice: settings.missedAdvice,
  }
}

function isLate(one: PastOutcome, settings: MissedSettings): boolean {
  if (!one.cancelledAt || one.isMoved) return false
  if (one.cancelledBy !== 'patient' && one.cancelledBy !== 'proxy') return false
  return one.cancelledAt > minutesBefore(one.startsAt, settings.lateCancelMinutes)
}
