import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { defaultOrderRules, type OrderRules } from '../domain/orderable.ts'

/** Settles how the practice takes orders. What is not given is as for a practice that settled nothing. */
export async function setOrderRules(
  tx: Tx<SystemProof>,
  given: Partial<OrderRules>,
): Promise<void> {
  const rules = { ...defaultOrderRules, ...given }
  await tx.run(sql`
    insert into prescriptions.order_rule
      (practice, early_days, note_allowed, late_after_days, review_overdue, usual_days,
       acute_requests, dispenses)
    values (${tx.acting.practice}, ${rules.earlyDays}, ${rules.noteAllowed},
      ${rules.lateAfterDays}, ${rules.reviewOverdue}, ${rules.usualDays}, ${rules.acuteRequests},
      ${rules.dispenses})
    on conflict (practice) do update set
      early_days = excluded.early_days,
      note_allowed = excluded.note_allowed,
      late_after_days = excluded.late_after_days,
      review_overdue = excluded.review_overdue,
      usual_days = excluded.usual_days,
      acute_requests = excluded.acute_requests,
      dispenses = excluded.dispenses
  `)
  await recordEvent(tx, { type: 'prescriptions.order-rules-set', details: { ...rules } })
}
