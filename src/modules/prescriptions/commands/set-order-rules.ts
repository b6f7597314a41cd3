import { newId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import { defaultOrderRules, type OrderRules } from '../domain/orderable.ts'
import { practiceRules } from '../queries/rules.ts'

/**
 * Settles how the practice takes and decides orders. What is not given is as for a practice that
 * settled nothing. Each setting that changes is kept with when and by whom.
 */
export async function setOrderRules(
  tx: Tx<SystemProof | StaffActing<'manage-practice'>>,
  given: Partial<OrderRules>,
): Promise<void> {
  const rules = { ...defaultOrderRules, ...given }
  const { rules: before } = await practiceRules(tx)
  await tx.run(sql`
    insert into prescriptions.order_rule
      (practice, early_days, note_allowed, late_after_days, review_overdue, usual_days,
       acute_requests, dispenses, ordering_open, note_required, reduced_days, quantity_policy,
       quantity_max_days, bulk_approve, show_review_dates, show_last_ordered, show_type,
       approved_alarm_days, pharmacy_alarm_days, collect_alarm_days)
    values (${tx.acting.practice}, ${rules.earlyDays}, ${rules.noteAllowed},
      ${rules.lateAfterDays}, ${rules.reviewOverdue}, ${rules.usualDays}, ${rules.acuteRequests},
      ${rules.dispenses}, ${rules.orderingOpen}, ${rules.noteRequired}, ${rules.reducedDays},
      ${rules.quantityPolicy}, ${rules.quantityMaxDays}, ${rules.bulkApprove},
      ${rules.showReviewDates}, ${rules.showLastOrdered}, ${rules.showType},
      ${rules.approvedAlarmDays}, ${rules.pharmacyAlarmDays}, ${rules.collectAlarmDays})
    on conflict (practice) do update set
      early_days = excluded.early_days,
      note_allowed = excluded.note_allowed,
      late_after_days = excluded.late_after_days,
      review_overdue = excluded.review_overdue,
      usual_days = excluded.usual_days,
      acute_requests = excluded.acute_requests,
      dispenses = excluded.dispenses,
      ordering_open = excluded.ordering_open,
      note_required = excluded.note_required,
      reduced_days = excluded.reduced_days,
      quantity_policy = excluded.quantity_policy,
      quantity_max_days = excluded.quantity_max_days,
      bulk_approve = excluded.bulk_approve,
      show_review_dates = excluded.show_review_dates,
      show_last_ordered = excluded.show_last_ordered,
      show_type = excluded.show_type,
      approved_alarm_days = excluded.approved_alarm_days,
      pharmacy_alarm_days = excluded.pharmacy_alarm_days,
      collect_alarm_days = excluded.collect_alarm_days
  `)
  await keepChanges(tx, before, rules)
  await recordEvent(tx, { type: 'prescriptions.order-rules-set', details: { ...rules } })
}

async function keepChanges(tx: Tx, before: OrderRules, rules: OrderRules): Promise<void> {
  const { practice, actor } = tx.acting
  const names = Object.keys(defaultOrderRules) as readonly (keyof OrderRules)[]
  const changes = names
    .filter((name) => before[name] !== rules[name])
    .map((setting) => ({
      id: newId(tx.now),
      setting,
      was: String(before[setting]),
      value: String(rules[setting]),
    }))
  if (changes.length === 0) return
  await tx.run(sql`
    insert into prescriptions.rule_change
      (practice, change_id, setting, was, value, changed_at, changed_by)
    select ${practice}, given.id, given.setting, given.was, given.value, ${tx.now}::timestamptz,
      ${actor.kind === 'staff' ? actor.id : undefined}::uuid
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as given (
      id uuid, setting text, was text, value text)
  `)
}
