import { minutesBefore } from '#kernel/time'

/** Minutes after proving who one is in which the record may be read; 0 for no second step. */
export const secondStepChoices = [0, 5, 15, 60] as const

/**
 * Whether somebody has to prove again who they are before they read a record: where the patient, or
 * else the practice, wants that, and it was not done so lately. Whoever cannot say when they did has
 * not. Source: DOMAIN CO-5.
 */
export function needsSecondStep(minutes: number, provedAt: Date | undefined, now: Date): boolean {
  if (minutes === 0) return false
  return provedAt === undefined || provedAt <= minutesBefore(now, minutes)
}
