import { sql, type Tx } from '#platform/db'
import { defaultRules, type BookingRules, type PracticeSettings } from '../domain/slot.ts'

/** A practice's booking rules beside a row; absent where it has set none. */
export interface StoredRules {
  readonly maxHeld?: number
  readonly closesMinutesBefore?: number
  readonly cancelMinutesBefore?: number
  readonly horizonDays?: number
  readonly reasonRequired?: boolean
  readonly reasonMax?: number
  readonly cancelOnline?: boolean
  readonly waitlistOpen?: boolean
}

/** The rules that hold: what the practice has set, or else the defaults. */
export function rulesOf(row: StoredRules | undefined): BookingRules {
  return {
    maxHeld: row?.maxHeld ?? defaultRules.maxHeld,
    closesMinutesBefore: row?.closesMinutesBefore ?? defaultRules.closesMinutesBefore,
    cancelMinutesBefore: row?.cancelMinutesBefore ?? defaultRules.cancelMinutesBefore,
    horizonDays: row?.horizonDays ?? defaultRules.horizonDays,
    reasonRequired: row?.reasonRequired ?? defaultRules.reasonRequired,
    reasonMax: row?.reasonMax ?? defaultRules.reasonMax,
    cancelOnline: row?.cancelOnline ?? defaultRules.cancelOnline,
    waitlistOpen: row?.waitlistOpen ?? defaultRules.waitlistOpen,
  }
}

/** Everything that the practice has set about appointments, or else the defaults. */
export async function practiceSettings(tx: Tx): Promise<PracticeSettings> {
  const row = await tx.maybe<PracticeSettings>(sql`
    select max_held, closes_minutes_before, cancel_minutes_before, horizon_days, reason_required,
      reason_max, cancel_online, waitlist_open, offer_minutes, offers_at_once, max_missed_offers,
      quiet_from, quiet_until, missed_window_months, missed_advise_at, late_cancel_minutes,
      missed_advice, video_link, undo_minutes, weeks_ahead
    from appointments.booking_rule
    where practice = ${tx.acting.practice}
  `)
  return row ?? defaultRules
}
