import { addDays, startOfDay, type LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'

/** A day in numbers, with nothing of anybody. */
export interface DayCountsOnly {
  readonly clinics: number
  readonly slots: number
  readonly online: number
  readonly booked: number
  readonly free: number
}

/** Counts the clinics and slots of a day that go ahead. Names nobody, and reads no appointment. */
export async function countsOfDay(tx: Tx<StaffActing>, day: LocalDate): Promise<DayCountsOnly> {
  const row = await tx.maybe<DayCountsOnly>(sql`
    select count(distinct session.session_id) as clinics, count(slot.slot_id) as slots,
      count(*) filter (where slot.bookable_online) as online,
      count(*) filter (where slot.state = 'booked') as booked,
      count(*) filter (where slot.state = 'free') as free
    from appointments.session
    left join appointments.slot
      on slot.practice = session.practice
      and slot.session_id = session.session_id
    where session.practice = ${tx.acting.practice}
      and session.cancelled_at is null
      and session.starts_at >= ${startOfDay(day)}
      and session.starts_at < ${startOfDay(addDays(day, 1))}
  `)
  return row ?? { clinics: 0, slots: 0, online: 0, booked: 0, free: 0 }
}
