import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
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

/**
 * The same as it holds for the patient acted for: they may ask for more than repeats only where the
 * practice takes such requests and nobody has settled otherwise for them.
 */
export async function patientRules(tx: Tx<Acting<'prescriptions'>>): Promise<PracticeRules> {
  const [settled, latest] = await Promise.all([
    practiceRules(tx),
    tx.maybe<{ readonly isAllowed: boolean }>(sql`
      select is_allowed
      from prescriptions.acute_switch
      where practice = ${tx.acting.practice}
        and patient_id = ${tx.acting.patientId}
      order by changed_at desc, is_allowed, switch_id desc
      limit 1
    `),
  ])
  const { rules } = settled
  const acuteRequests = rules.acuteRequests && (latest?.isAllowed ?? true)
  return { ...settled, rules: { ...rules, acuteRequests } }
}
