import { sql, type Tx } from '#platform/db'
import { instantsOfMonth, type Month } from '../../domain/months/month.ts'

/** Appointments booked in a month by how they were booked, and how soon they took place. */
export interface BookedHow {
  readonly how: 'online' | 'phone' | 'in-person' | 'other'
  readonly booked: number
}

/** What was booked in a month, however it was; none where there was none. */
export function bookedHow(tx: Tx, month: Month): Promise<readonly BookedHow[]> {
  const { from, until } = instantsOfMonth(month)
  return tx.many<{
    readonly how: 'online' | 'phone' | 'in-person' | 'other'
    readonly booked: number
  }>(sql`
    select case
        when booked_by in ('patient', 'proxy') then 'online'
        when method in ('phone', 'in-person') then method
        else 'other'
      end as how,
      count(*)::integer as booked
    from appointments.published_booking
    where practice = ${tx.acting.practice}
      and booked_at >= ${from}
      and booked_at < ${until}
    group by 1
    order by 2 desc, 1
  `)
}

/** How soon after booking appointments of a kind took place: what AP-11 asks to be reported. */
export interface Soonness {
  readonly kind: 'urgent' | 'routine'
  readonly appointments: number
  readonly sameDay: number
  readonly within7: number
  readonly within14: number
}

/** Urgent is the category General Consultation Acute, routine every other that has one. */
export function soonness(tx: Tx, month: Month): Promise<readonly Soonness[]> {
  const { from, until } = instantsOfMonth(month)
  return tx.many<{
    readonly kind: 'urgent' | 'routine'
    readonly appointments: number
    readonly sameDay: number
    readonly within7: number
    readonly within14: number
  }>(sql`
    select case when lower(national_category) = 'general consultation acute'
        then 'urgent' else 'routine' end as kind,
      count(*)::integer as appointments,
      count(*) filter (where days = 0)::integer as same_day,
      count(*) filter (where days <= 7)::integer as within_7,
      count(*) filter (where days <= 14)::integer as within_14
    from (
      select national_category,
        (starts_at at time zone 'Europe/London')::date
          - (booked_at at time zone 'Europe/London')::date as days
      from appointments.published_booking
      where practice = ${tx.acting.practice}
        and starts_at >= ${from}
        and starts_at < ${until}
        and cancelled_at is null
        and national_category is not null) taken
    group by 1
    order by 1 desc
  `)
}

/** What patients looked for themselves in a month, and what came of it. */
export interface SearchCounts {
  readonly searches: number
  readonly people: number
  readonly nothing: number
  readonly peopleWithNothing: number
  /** Of those who found nothing, people who had booked nothing within a week after. */
  readonly unmet: number
  /** Days from the first search in the fortnight before booking to the appointment, in the middle. */
  readonly medianDays?: number
  /** As `medianDays`, for nine of ten. */
  readonly mostDays?: number
}

/** Searches of a month. Who searches again is one person. */
export async function searchCounts(tx: Tx, month: Month): Promise<SearchCounts> {
  const { practice } = tx.acting
  const { from, until } = instantsOfMonth(month)
  const row = await tx.maybe<SearchCounts>(sql`
    with search as (
      select patient_id, searched_at, found
      from appointments.published_search
      where practice = ${practice}
        and searched_at >= ${from}
        and searched_at < ${until}
    ), booking as (
      select patient_id, booked_at, starts_at
      from appointments.published_booking
      where practice = ${practice}
        and booked_at >= ${from}
        and booked_at < ${until}::timestamptz + interval '7 days'
    ), taken as (
      select booking.patient_id, (extract(epoch from booking.starts_at - min(search.searched_at))
        / 86400)::double precision as days
      from booking
      join search
        on search.patient_id = booking.patient_id
        and search.searched_at <= booking.booked_at
        and search.searched_at > booking.booked_at - interval '14 days'
      group by booking.patient_id, booking.booked_at, booking.starts_at
    )
    select count(*)::integer as searches,
      count(distinct patient_id)::integer as people,
      count(*) filter (where found = 0)::integer as nothing,
      count(distinct patient_id) filter (where found = 0)::integer as people_with_nothing,
      count(distinct patient_id) filter (where found = 0 and not exists (
        select
        from booking
        where booking.patient_id = search.patient_id
          and booking.booked_at >= search.searched_at
          and booking.booked_at < search.searched_at + interval '7 days'))::integer as unmet,
      (select percentile_cont(0.5) within group (order by days) from taken) as median_days,
      (select percentile_cont(0.9) within group (order by days) from taken) as most_days
    from search
  `)
  if (!row) throw new Error('Counting searches gave nothing')
  return row
}

/** What became of the slots of a type that began in a month. */
export interface SlotsUsed {
  readonly slotType: string
  readonly deliveryChannel: string
  readonly slots: number
  readonly online: number
  readonly unused: number
  readonly onlineUnused: number
}

/** Slots of a month that are over, by type and channel; blocked ones were for nobody. */
export function slotsUsed(tx: Tx, month: Month): Promise<readonly SlotsUsed[]> {
  const { from, until } = instantsOfMonth(month)
  return tx.many<SlotsUsed>(sql`
    select slot_type, delivery_channel,
      count(*)::integer as slots,
      count(*) filter (where bookable_online)::integer as online,
      count(*) filter (where state in ('free', 'held'))::integer as unused,
      count(*) filter (where bookable_online and state in ('free', 'held'))::integer as online_unused
    from appointments.published_slot
    where practice = ${tx.acting.practice}
      and starts_at >= ${from}
      and starts_at < least(${until}::timestamptz, ${tx.now}::timestamptz)
      and state <> 'blocked'
      and delivery_channel is not null
    group by slot_type, delivery_channel
    order by slot_type, delivery_channel
    limit 200
  `)
}

/** How many appointments of a month nobody came to, by how they were booked and how they are held. */
export interface Missed {
  readonly deliveryChannel: string
  readonly isOnline: boolean
  readonly appointments: number
  readonly missed: number
}

/** Appointments that were not cancelled and are over. Online is who booked, not how they are held. */
export function missedByChannel(tx: Tx, month: Month): Promise<readonly Missed[]> {
  const { from, until } = instantsOfMonth(month)
  return tx.many<Missed>(sql`
    select delivery_channel, booked_by in ('patient', 'proxy') as is_online,
      count(*)::integer as appointments,
      count(*) filter (where missed_at is not null)::integer as missed
    from appointments.published_booking
    where practice = ${tx.acting.practice}
      and starts_at >= ${from}
      and starts_at < least(${until}::timestamptz, ${tx.now}::timestamptz)
      and cancelled_at is null
      and delivery_channel is not null
    group by delivery_channel, is_online
    order by delivery_channel, is_online desc
  `)
}

/** How many wait in a queue now, and since when. */
export interface QueueAge {
  readonly queue: 'prescriptions' | 'held'
  readonly waiting: number
  /** Whole days; absent where nobody waits. */
  readonly oldestDays?: number
  readonly medianDays?: number
}

/** Ages of the queues that patients wait in: prescription requests, and entries held back. */
export function queueAges(tx: Tx): Promise<readonly QueueAge[]> {
  return tx.many<{
    readonly queue: 'prescriptions' | 'held'
    readonly waiting: number
    readonly oldestDays?: number
    readonly medianDays?: number
  }>(sql`
    with waiting as (
      select 'prescriptions' as queue,
        (${tx.now}::timestamptz at time zone 'Europe/London')::date - requested_on as days
      from prescriptions.published_waiting
      where practice = ${tx.acting.practice}
      union all
      select 'held', (${tx.now}::timestamptz at time zone 'Europe/London')::date
        - (held_since at time zone 'Europe/London')::date
      from record.published_held
      where practice = ${tx.acting.practice}
    )
    select queue, count(*)::integer as waiting, max(days)::integer as oldest_days,
      percentile_cont(0.5) within group (order by days) as median_days
    from waiting
    group by queue
    order by queue desc
  `)
}
