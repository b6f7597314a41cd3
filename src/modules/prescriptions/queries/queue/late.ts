import { addDays, localDateOf, startOfDay, type LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PatientId, StaffId } from '#modules/directory'
import type { ItemId } from '../../domain/item.ts'
import { noNewsDays } from '../../domain/lateness.ts'
import type { OrderRules } from '../../domain/orderable.ts'

/** How much is late, and since when the oldest of it waits; absent where nothing is. */
export interface LateNow {
  readonly late: number
  readonly oldestAt?: Date
}

type LateRules = Pick<OrderRules, 'lateAfterDays' | 'approvedAlarmDays'>

/**
 * What was asked before `askedBefore`, or approved before `approvedBefore` and went nowhere, is
 * late: the first moments of the first days that are not. What was approved before `approvedFrom`
 * has most likely been supplied.
 */
function lateLimits(now: Date, { lateAfterDays, approvedAlarmDays }: LateRules) {
  const before = (days: number) => startOfDay(addDays(localDateOf(now), -days))
  return {
    askedBefore: before(lateAfterDays),
    approvedBefore: before(approvedAlarmDays),
    approvedFrom: before(noNewsDays),
  }
}

/**
 * Counts what has waited longer than the practice allows itself, for whomever it waits, and what was
 * approved and went nowhere.
 */
export async function lateNow(tx: Tx, rules: LateRules): Promise<LateNow> {
  const { askedBefore, approvedBefore, approvedFrom } = lateLimits(tx.now, rules)
  const row = await tx.maybe<LateNow>(sql`
    select count(*)::integer as late, min(requested_at) as oldest_at
    from prescriptions.order_item
    where practice = ${tx.acting.practice}
      and (state in ('requested', 'received', 'asked') and requested_at < ${askedBefore}
        or state = 'approved' and decided_at < ${approvedBefore}
          and decided_at >= ${approvedFrom})
  `)
  return row ?? { late: 0 }
}

/** One late item, with who has it. */
export interface LateItem {
  readonly itemId: ItemId
  readonly patientId: PatientId
  readonly givenName: string
  readonly familyName: string
  readonly medicineName?: string
  readonly state: 'requested' | 'received' | 'asked' | 'approved'
  readonly requestedAt: Date
  readonly decidedAt?: Date
  readonly holder?: StaffId
  readonly holderName?: string
}

/** What is late, the longest wait first, at most 500. */
export function lateItems(
  tx: Tx<StaffActing<'triage-prescriptions'>>,
  rules: LateRules,
): Promise<readonly LateItem[]> {
  const { askedBefore, approvedBefore, approvedFrom } = lateLimits(tx.now, rules)
  return tx.many<LateItem>(sql`
    select item.item_id, item.patient_id, patient.given_name, patient.family_name,
      medication.title as medicine_name, item.state, item.requested_at, item.decided_at,
      coalesce(item.assigned_to, item.received_by) as holder, holder.name as holder_name
    from prescriptions.order_item item
    join directory.patient
      on patient.practice = item.practice
      and patient.patient_id = item.patient_id
    left join record.published_former_medication medication
      on medication.practice = item.practice
      and medication.entry_id = item.medication_id
    left join directory.staff holder
      on holder.practice = item.practice
      and holder.staff_id = coalesce(item.assigned_to, item.received_by)
    where item.practice = ${tx.acting.practice}
      and (item.state in ('requested', 'received', 'asked') and item.requested_at < ${askedBefore}
        or item.state = 'approved' and item.decided_at < ${approvedBefore}
          and item.decided_at >= ${approvedFrom})
    order by item.requested_at, item.item_id
    limit 500
  `)
}

/** What the practice was told on one day. */
export interface LateReport {
  readonly day: LocalDate
  readonly toldAt: Date
  readonly late: number
  readonly oldestAt: Date
}

/** What the practice was told on the last 30 days on which something was late, newest first. */
export function lateReports(
  tx: Tx<StaffActing<'triage-prescriptions'>>,
): Promise<readonly LateReport[]> {
  return tx.many<LateReport>(sql`
    select day, told_at, late, oldest_at
    from prescriptions.late_report
    where practice = ${tx.acting.practice}
    order by day desc
    limit 30
  `)
}
