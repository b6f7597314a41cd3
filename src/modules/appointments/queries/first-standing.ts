import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import type { FirstStanding } from '../domain/first/first-booking.ts'

/** What somebody not checked booked before, and the places that others hold. */
export async function firstStanding(
  tx: Tx<Acting<'appointments'>>,
  places: number,
): Promise<FirstStanding> {
  const row = await tx.maybe<Omit<FirstStanding, 'places'>>(sql`
    select count(*) filter (where own.cancelled_at is null) as kept,
      count(*) filter (where own.cancelled_by = 'patient') as cancelled,
      array(
        select held.first_place
        from appointments.published_first_place held
        where held.practice = ${tx.acting.practice}
          and held.starts_at > ${tx.now}
        order by held.first_place
      ) as taken
    from appointments.appointment own
    where own.practice = ${tx.acting.practice}
      and own.patient_id = ${tx.acting.patientId}
  `)
  return { kept: 0, cancelled: 0, taken: [], ...row, places }
}
