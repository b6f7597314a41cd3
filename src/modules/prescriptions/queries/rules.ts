import { sql, type Tx } from '#platform/db'
import { defaultOrderRules, type OrderRules } from '../domain/orderable.ts'

/** The practice's rules, and how to reach it. */
export interface PracticeRules {
  readonly rules: OrderRules
  readonly practiceName: string
  readonly phone?: string | undefined
}

interface RuleRow {
  readonly earlyDays?: number
  readonly noteAllowed?: boolean
  readonly lateAfterDays?: number
  readonly reviewOverdue?: OrderRules['reviewOverdue']
  readonly usualDays?: number
  readonly acuteRequests?: boolean
  readonly dispenses?: boolean
  readonly orderingOpen?: boolean
  readonly noteRequired?: boolean
  readonly reducedDays?: number
  readonly quantityPolicy?: OrderRules['quantityPolicy']
  readonly quantityMaxDays?: number
  readonly bulkApprove?: boolean
  readonly showReviewDates?: boolean
  readonly showLastOrdered?: boolean
  readonly showType?: boolean
  readonly approvedAlarmDays?: number
  readonly pharmacyAlarmDays?: number
  readonly collectAlarmDays?: number
  readonly practiceName: string
  readonly phone?: string
}

/** What the practice has settled about ordering; the defaults where it has settled nothing. */
export async function practiceRules(tx: Tx): Promise<PracticeRules> {
  const row = await tx.maybe<RuleRow>(sql`
    select practice.name as practice_name, practice.phone,
      rule.early_days, rule.note_allowed, rule.late_after_days, rule.review_overdue,
      rule.usual_days, rule.acute_requests, rule.dispenses, rule.ordering_open, rule.note_required,
      rule.reduced_days, rule.quantity_policy, rule.quantity_max_days, rule.bulk_approve,
      rule.show_review_dates, rule.show_last_ordered, rule.show_type, rule.approved_alarm_days,
      rule.pharmacy_alarm_days, rule.collect_alarm_days
    from directory.practice practice
    left join prescriptions.order_rule rule on rule.practice = practice.practice
    where practice.practice = ${tx.acting.practice}
  `)
  if (!row) throw new Error('The practice of a transaction is not in the directory')
  const { practiceName, phone, ...settled } = row
  return { rules: { ...defaultOrderRules, ...settled }, practiceName, phone }
}
