import { addMonths, localDateOf, startOfDay } from '#kernel/time'
import type { Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId } from '#modules/directory'
import { missedAdvice, type MissedAdvice } from '../../domain/desk/missed.ts'
import type { PracticeSettings } from '../../domain/slot.ts'
import { practiceSettings } from '../stored-rules.ts'
import { outcomesSince } from './desk-facts.ts'

/** The longest window that a practice can set. */
const longestMonths = 60

/** The practice's settings, and its advice about a patient who missed appointments, if any. */
export async function settingsAndAdvice(
  tx: Tx<StaffActing>,
  patientId: PatientId,
): Promise<{ readonly settings: PracticeSettings; readonly advice?: MissedAdvice }> {
  const earliest = startOfDay(addMonths(localDateOf(tx.now), -longestMonths))
  const [settings, outcomes] = await Promise.all([
    practiceSettings(tx),
    outcomesSince(tx, patientId, earliest),
  ])
  const advice = missedAdvice(outcomes, settings, tx.now)
  return { settings, ...(advice && { advice }) }
}
