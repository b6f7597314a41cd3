import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { BookingRules } from '../domain/slot.ts'

/** Sets the practice's booking rules, all of them. What is booked already is kept as it is. */
export async function setBookingRules(tx: Tx<SystemProof>, rules: BookingRules): Promise<void> {
  await tx.run(sql`
    insert into appointments.booking_rule
      (practice, max_held, closes_minutes_before, cancel_minutes_before, horizon_days,
       reason_required)
    values (${tx.acting.practice}, ${rules.maxHeld}, ${rules.closesMinutesBefore},
      ${rules.cancelMinutesBefore}, ${rules.horizonDays}, ${rules.reasonRequired})
    on conflict (practice) do update set
      max_held = excluded.max_held,
      closes_minutes_before = excluded.closes_minutes_before,
      cancel_minutes_before = excluded.cancel_minutes_before,
      horizon_days = excluded.horizon_days,
      reason_required = excluded.reason_required
  `)
  await recordEvent(tx, { type: 'appointments.booking-rules-set', details: { ...rules } })
}
