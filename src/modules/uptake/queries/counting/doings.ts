import { firstIdAt } from '#kernel/id'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { instantsOfMonth, type Month } from '../../domain/months/month.ts'

/** Appointments booked and cancelled in a month: things done, not people. */
export interface AppointmentCounts {
  readonly booked: number
  readonly cancelled: number
  readonly bookedAtAll: number
  readonly cancelledAtAll: number
  readonly cancelledOutOfHours: number
}

/** Online is by patients and those who act for them; out of hours is when practices are closed. */
export async function appointmentCounts(
  tx: Tx<SystemProof>,
  month: Month,
): Promise<AppointmentCounts> {
  const { from, until } = instantsOfMonth(month)
  const row = await tx.maybe<AppointmentCounts>(sql`
    with booked as (
      select booked_by in ('patient', 'proxy') as is_online
      from appointments.published_booking
      where practice = ${tx.acting.practice}
        and booked_at >= ${from}
        and booked_at < ${until}
    ), cancelled as (
      select cancelled_by in ('patient', 'proxy') as is_online,
        extract(isodow from cancelled_at at time zone 'Europe/London') > 5
          or (cancelled_at at time zone 'Europe/London')::time < '08:00'
          or (cancelled_at at time zone 'Europe/London')::time >= '18:30' as is_out_of_hours
      from appointments.published_booking
      where practice = ${tx.acting.practice}
        and cancelled_at >= ${from}
        and cancelled_at < ${until}
    )
    select
      (select count(*) from booked where is_online)::integer as booked,
      (select count(*) from booked)::integer as booked_at_all,
      count(*) filter (where is_online)::integer as cancelled,
      count(*)::integer as cancelled_at_all,
      count(*) filter (where is_online and is_out_of_hours)::integer as cancelled_out_of_hours
    from cancelled
  `)
  if (!row) throw new Error('Counting appointments gave nothing')
  return row
}

/** Orders of medicines in a month, and the items in them; all of them are made online. */
export interface OrderCounts {
  readonly orders: number
  readonly items: number
}

/** Orders made in a month, whatever was decided of them. */
export async function orderCounts(tx: Tx<SystemProof>, month: Month): Promise<OrderCounts> {
  const { from, until } = instantsOfMonth(month)
  const row = await tx.maybe<OrderCounts>(sql`
    select count(*)::integer as orders, coalesce(sum(items), 0)::integer as items
    from prescriptions.published_order
    where practice = ${tx.acting.practice}
      and ordered_at >= ${from}
      and ordered_at < ${until}
  `)
  if (!row) throw new Error('Counting orders gave nothing')
  return row
}

/** Pages of the record read in a month, and by how many people. */
export interface RecordCounts {
  /** By people who might see at least the coded part of the record then. */
  readonly recordUse: number
  readonly recordViews: number
  readonly recordPeople: number
  readonly letterViews: number
  readonly letterPeople: number
  readonly resultViews: number
  readonly resultPeople: number
}

/** A look is one page read; what counts of the reader's level is what it was at that moment. */
export async function recordCounts(tx: Tx<SystemProof>, month: Month): Promise<RecordCounts> {
  const { from, until } = instantsOfMonth(month)
  const row = await tx.maybe<RecordCounts>(sql`
    with reader as materialized (
      select patient_id, account_id, since, until
      from access.published_switch
      where practice = ${tx.acting.practice}
        and (record_current in ('detailed', 'documents', 'full')
          or record_historical in ('detailed', 'documents', 'full'))
    ), seen as (
      select view.patient_id,
        view.type = 'record.document-viewed' as is_letter,
        view.type in ('record.result-viewed', 'record.results-viewed') as is_result,
        reader.patient_id is not null as is_detailed
      from record.published_record_view view
      left join reader
        on reader.patient_id = view.patient_id
        and reader.account_id = view.account_id
        and reader.since <= view.viewed_at
        and (reader.until is null or reader.until > view.viewed_at)
      where view.practice = ${tx.acting.practice}
        and view.event_id >= ${firstIdAt(from)}
        and view.event_id < ${firstIdAt(until)}
    )
    select count(*) filter (where is_detailed)::integer as record_use,
      count(*)::integer as record_views,
      count(distinct patient_id)::integer as record_people,
      count(*) filter (where is_letter)::integer as letter_views,
      count(distinct patient_id) filter (where is_letter)::integer as letter_people,
      count(*) filter (where is_result)::integer as result_views,
      count(distinct patient_id) filter (where is_result)::integer as result_people
    from seen
  `)
  if (!row) throw new Error('Counting looks at records gave nothing')
  return row
}

/** People of whom anything was done online in a month, each counted once. */
export async function activePeople(tx: Tx<SystemProof>, month: Month): Promise<number> {
  const { from, until } = instantsOfMonth(month)
  const row = await tx.maybe<{ readonly active: number }>(sql`
    select count(distinct patient_id)::integer as active
    from uptake.online_doing
    where practice = ${tx.acting.practice}
      and done_at >= ${from}
      and done_at < ${until}
      and (event_id is null
        or (event_id >= ${firstIdAt(from)} and event_id < ${firstIdAt(until)}))
  `)
  return row?.active ?? 0
}

/** Appointments offered in a month, and those that nobody came to. */
export interface OfferedCounts {
  readonly available: number
  readonly availableOnline: number
  readonly missed: number
  readonly missedOnline: number
}

/** Slots and missed appointments that began in a month, wherever they were booked. */
export async function offeredCounts(tx: Tx<SystemProof>, month: Month): Promise<OfferedCounts> {
  const { from, until } = instantsOfMonth(month)
  const row = await tx.maybe<OfferedCounts>(sql`
    with missed as (
      select booked_by in ('patient', 'proxy') as is_online
      from appointments.published_booking
      where practice = ${tx.acting.practice}
        and starts_at >= ${from}
        and starts_at < ${until}
        and missed_at is not null
    )
    select count(*)::integer as available,
      count(*) filter (where bookable_online)::integer as available_online,
      (select count(*) from missed)::integer as missed,
      (select count(*) from missed where is_online)::integer as missed_online
    from appointments.published_slot
    where practice = ${tx.acting.practice}
      and starts_at >= ${from}
      and starts_at < ${until}
      and state <> 'blocked'
  `)
  if (!row) throw new Error('Counting slots gave nothing')
  return row
}
