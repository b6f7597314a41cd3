import { sql, type Tx } from '#platform/db'
import type { Acting, StaffActing } from '#modules/access'
import type { FlagId, FlagMatch, MedicineFlag } from '../../domain/queue/flag.ts'

interface FlagRow {
  readonly flagId: FlagId
  readonly name: string
  readonly words?: string
  readonly code?: string
  readonly alwaysReview: boolean
  readonly hiddenOnline: boolean
  readonly needsConversation: boolean
  readonly isControlled: boolean
  readonly isSpecialist: boolean
  readonly monitoringTest?: string
  readonly monitoringDays?: number
  readonly changedAt: Date
  readonly changedBy?: string
}

/** A flag as the page of flags lists it. */
export interface KeptFlag extends MedicineFlag {
  readonly changedAt: Date
  /** Absent where the service itself set it. */
  readonly changedBy?: string | undefined
}

/** What the practice says of medicines, by name. */
export async function medicineFlags(tx: Tx<StaffActing>): Promise<readonly KeptFlag[]> {
  const rows = await tx.many<FlagRow>(sql`
    select flag.flag_id, flag.name, flag.words, flag.code, flag.always_review, flag.hidden_online,
      flag.needs_conversation, flag.is_controlled, flag.is_specialist, flag.monitoring_test,
      flag.monitoring_days, flag.changed_at, staff.name as changed_by
    from prescriptions.medicine_flag flag
    left join directory.staff
      on staff.practice = flag.practice
      and staff.staff_id = flag.changed_by
    where flag.practice = ${tx.acting.practice}
      and flag.ended_at is null
    order by lower(flag.name), flag.flag_id
    limit 500
  `)
  return rows.map(({ monitoringTest, monitoringDays, ...flag }) => ({
    ...flag,
    ...(monitoringTest !== undefined &&
      monitoringDays !== undefined && {
        monitoring: { test: monitoringTest, days: monitoringDays },
      }),
  }))
}

/** A flag as far as it bears on what patients can order. */
export interface OnlineBar extends FlagMatch {
  readonly hiddenOnline: boolean
  readonly needsConversation: boolean
}

/** The flags that keep medicines from being ordered online. */
export function onlineBars(tx: Tx<Acting<'prescriptions'>>): Promise<readonly OnlineBar[]> {
  return tx.many<OnlineBarRow>(sql`
    select words, code, hidden_online, needs_conversation
    from prescriptions.medicine_flag
    where practice = ${tx.acting.practice}
      and ended_at is null
      and (hidden_online or needs_conversation)
    order by flag_id
    limit 500
  `)
}

interface OnlineBarRow {
  readonly words?: string
  readonly code?: string
  readonly hiddenOnline: boolean
  readonly needsConversation: boolean
}
