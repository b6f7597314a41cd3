import { addDays, localDateOf } from '#kernel/time'
import { sql, type Tx } from '#platform/db'

/** How long until the third free appointment of a kind: absent where there are not three. */
export interface ThirdNext {
  readonly slotType: string
  readonly deliveryChannel: string
  /** Among those that patients may book themselves now, or among all that are free. */
  readonly isOnline: boolean
  readonly days?: number
}

const farthestDays = 112

/**
 * Days until the third free appointment from now on, by slot type and delivery channel, counted in
 * days of the calendar. The third is taken because a first may be a cancellation by chance.
 * Source: NHS England, "Third Next Available" of the MI return; Institute for Healthcare Improvement.
 */
export function thirdNext(tx: Tx): Promise<readonly ThirdNext[]> {
  const today = localDateOf(tx.now)
  return tx.many<ThirdNext>(sql`
    with free as (
      select slot_type, delivery_channel, is_online,
        (starts_at at time zone 'Europe/London')::date - ${today}::date as days,
        row_number() over (
          partition by slot_type, delivery_channel, is_online
          order by starts_at, slot_id) as place
      from appointments.published_slot
      cross join (values (true), (false)) as way (is_online)
      where practice = ${tx.acting.practice}
        and state = 'free'
        and starts_at > ${tx.now}
        and starts_at < ${addDays(today, farthestDays)}::date
        and delivery_channel is not null
        and (not is_online or (bookable_online and released_at <= ${tx.now}))
    )
    select slot_type, delivery_channel, is_online, max(days) filter (where place = 3) as days
    from free
    where place <= 3
    group by slot_type, delivery_channel, is_online
    order by slot_type, delivery_channel, is_online desc
    limit 400
  `)
}

/** The mean of a month's measures, and on how many days there were not three to be had. */
export interface MeanThirdNext {
  readonly slotType: string
  readonly deliveryChannel: string
  readonly isOnline: boolean
  readonly meanDays?: number
  readonly measures: number
  readonly without: number
}

/** What the daily measures of a practice came to in some days: `from` included, `until` not. */
export function meanThirdNext(
  tx: Tx,
  from: string,
  until: string,
): Promise<readonly MeanThirdNext[]> {
  return tx.many<MeanThirdNext>(sql`
    select slot_type, delivery_channel, is_online, round(avg(days), 1) as mean_days,
      count(*)::integer as measures,
      count(*) filter (where days is null)::integer as without
    from uptake.third_next
    where practice = ${tx.acting.practice}
      and measured_on >= ${from}::date
      and measured_on < ${until}::date
    group by slot_type, delivery_channel, is_online
    order by slot_type, delivery_channel, is_online desc
    limit 400
  `)
}
