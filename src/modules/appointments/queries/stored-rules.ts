import { defaultRules, type BookingRules } from '../domain/slot.ts'

/** A practice's booking rules beside a row; absent where it has set none. */
export interface StoredRules {
  readonly maxHeld?: number
  readonly closesMinutesBefore?: number
  readonly cancelMinutesBefore?: number
  readonly horizonDays?: number
  readonly reasonRequired?: boolean
}

/** The rules that hold: what the practice has set, or else the defaults. */
export function rulesOf(row: StoredRules | undefined): BookingRules {
  return {
    maxHeld: row?.maxHeld ?? defaultRules.maxHeld,
    closesMinutesBefore: row?.closesMinutesBefore ?? defaultRules.closesMinutesBefore,
    cancelMinutesBefore: row?.cancelMinutesBefore ?? defaultRules.cancelMinutesBefore,
    horizonDays: row?.horizonDays ?? defaultRules.horizonDays,
    reasonRequired: row?.reasonRequired ?? defaultRules.reasonRequired,
  }
}
