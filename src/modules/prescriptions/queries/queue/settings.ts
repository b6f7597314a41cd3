import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'

/** Since when a setting is as it is, and who set it; nobody where the service itself did. */
export interface SettingSince {
  readonly setting: string
  readonly changedAt: Date
  readonly changedBy?: string
}

/** The last change of each setting that somebody changed. */
export async function settingsSince(
  tx: Tx<StaffActing>,
): Promise<ReadonlyMap<string, SettingSince>> {
  const rows = await tx.many<SettingSince>(sql`
    select distinct on (rule_change.setting) rule_change.setting, rule_change.changed_at,
      staff.name as changed_by
    from prescriptions.rule_change
    left join directory.staff
      on staff.practice = rule_change.practice
      and staff.staff_id = rule_change.changed_by
    where rule_change.practice = ${tx.acting.practice}
    order by rule_change.setting, rule_change.changed_at desc, rule_change.change_id desc
    limit 100
  `)
  return new Map(rows.map((row) => [row.setting, row]))
}

/** What waits now, as far as settings bear on it. */
export interface OrdersNow {
  readonly waiting: number
  /** Days that each of them has waited, in London, one for each item. */
  readonly waitedDays: readonly number[]
  readonly notes: number
  readonly acute: number
}

/** Counts what settings would bear on, of what waits now. */
export async function ordersNow(tx: Tx<StaffActing>): Promise<OrdersNow> {
  const row = await tx.maybe<OrdersNow>(sql`
    select count(*)::integer as waiting,
      coalesce(array_agg((${tx.now}::timestamptz at time zone 'Europe/London')::date
        - (item.requested_at at time zone 'Europe/London')::date), '{}') as waited_days,
      (count(*) filter (where medicine_order.note <> ''))::integer as notes,
      (count(*) filter (where item.kind = 'acute'))::integer as acute
    from prescriptions.order_item item
    join prescriptions.medicine_order
      on medicine_order.practice = item.practice
      and medicine_order.order_id = item.order_id
    where item.practice = ${tx.acting.practice}
      and item.state in ('requested', 'received', 'asked')
  `)
  if (!row) throw new Error('Counting what waits gave nothing back')
  return row
}
