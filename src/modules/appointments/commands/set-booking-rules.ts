import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { type StaffActing } from '#modules/access'
import { defaultRules, type PracticeSettings } from '../domain/slot.ts'

/**
 * Sets the practice's booking rules, all of them; those not given are the defaults. What is booked
 * already is kept as it is. `changedBy` is a name for the settings page.
 */
export async function setBookingRules(
  tx: Tx<SystemProof | StaffActing<'manage-practice'>>,
  given: Partial<PracticeSettings>,
  changedBy = 'Patient Online',
): Promise<void> {
  const rules: PracticeSettings = { ...defaultRules, ...given }
  await tx.run(sql`
    insert into appointments.booking_rule
      (practice, max_held, closes_minutes_before, cancel_minutes_before, horizon_days,
       reason_required, reason_max, cancel_online, waitlist_open, offer_minutes, offers_at_once,
       max_missed_offers, quiet_from, quiet_until, missed_window_months, missed_advise_at,
       late_cancel_minutes, missed_advice, video_link, undo_minutes, weeks_ahead, changed_at, changed_by)
    values (${tx.acting.practice}, ${rules.maxHeld}, ${rules.closesMinutesBefore},
      ${rules.cancelMinutesBefore}, ${rules.horizonDays}, ${rules.reasonRequired},
      ${rules.reasonMax}, ${rules.cancelOnline}, ${rules.waitlistOpen}, ${rules.offerMinutes},
      ${rules.offersAtOnce}, ${rules.maxMissedOffers}, ${rules.quietFrom}, ${rules.quietUntil},
      ${rules.missedWindowMonths}, ${rules.missedAdviseAt}, ${rules.lateCancelMinutes},
      ${rules.missedAdvice}, ${rules.videoLink}, ${rules.undoMinutes}, ${rules.weeksAhead}, ${tx.now}, ${changedBy})
    on conflict (practice) do update set
      max_held = excluded.max_held,
      closes_minutes_before = excluded.closes_minutes_before,
      cancel_minutes_before = excluded.cancel_minutes_before,
      horizon_days = excluded.horizon_days,
      reason_required = excluded.reason_required,
      reason_max = excluded.reason_max,
      cancel_online = excluded.cancel_online,
      waitlist_open = excluded.waitlist_open,
      offer_minutes = excluded.offer_minutes,
      offers_at_once = excluded.offers_at_once,
      max_missed_offers = excluded.max_missed_offers,
      quiet_from = excluded.quiet_from,
      quiet_until = excluded.quiet_until,
      missed_window_months = excluded.missed_window_months,
      missed_advise_at = excluded.missed_advise_at,
      late_cancel_minutes = excluded.late_cancel_minutes,
      missed_advice = excluded.missed_advice,
      video_link = excluded.video_link,
      undo_minutes = excluded.undo_minutes,
      weeks_ahead = excluded.weeks_ahead,
      changed_at = excluded.changed_at,
      changed_by = excluded.changed_by
  `)
  await recordEvent(tx, { type: 'appointments.booking-rules-set', details: { ...rules } })
}
