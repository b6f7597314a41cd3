import { firstIdAt } from '#kernel/id'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { instantsOfMonth, lastDayOf, type Month } from '../../domain/months/month.ts'
import type { PracticeSwitches } from '../../queries/counting/people.ts'

/**
 * Counts the list on the last day of a month by age, sex, deprivation, language and long-term
 * condition: how many there are, how many of them can use online services, how many did. What the
 * practice has not recorded or supplied is counted as not known. Counted anew each time.
 */
export async function countEquity(
  tx: Tx<SystemProof>,
  month: Month,
  on: PracticeSwitches,
): Promise<void> {
  const { practice } = tx.acting
  await forgetMonth(tx, month)
  const { from, until } = instantsOfMonth(month)
  const lastDay = lastDayOf(month)
  await tx.run(sql`
    with able as (
      select distinct patient_id
      from access.published_switch
      where practice = ${practice}
        and since < ${until}
        and (until is null or until >= ${until})
        and ((appointments <> 'none' and ${on.appointments}::boolean)
          or (prescriptions <> 'none' and ${on.prescriptions}::boolean)
          or (${on.recordLevel !== 'none'}::boolean
            and (record_current <> 'none' or record_historical <> 'none')))
    ), did as (
      select distinct patient_id
      from uptake.online_doing
      where practice = ${practice}
        and done_at >= ${from}
        and done_at < ${until}
        and (event_id is null
          or (event_id >= ${firstIdAt(from)} and event_id < ${firstIdAt(until)}))
    ), listed as (
      select distinct patient_id
      from directory.registration_period
      where practice = ${practice}
        and kind = 'active'
        and began_on <= ${lastDay}::date
        and (ended_on is null or ended_on > ${lastDay}::date)
    )
    insert into uptake.equity_month (practice, month, dimension, band, listed, can_use, active)
    select ${practice}, ${month}::date, banded.dimension, banded.band, count(*)::integer,
      count(able.patient_id)::integer,
      count(did.patient_id) filter (where able.patient_id is not null)::integer
    from listed
    join uptake.person_band person
      on person.practice = ${practice}
      and person.patient_id = listed.patient_id
    left join able on able.patient_id = listed.patient_id
    left join did on did.patient_id = listed.patient_id
    cross join lateral (values
      ('age', (array['0 to 15', '16 to 24', '25 to 44', '45 to 64', '65 to 74', '75 to 84',
        '85 and over'])[1 + width_bucket(extract(year from age(${lastDay}::date, person.born_on)),
        array[16, 25, 45, 65, 75, 85]::numeric[])]),
      ('sex', person.sex),
      ('deprivation', person.deprivation),
      ('language', person.language),
      ('long-term-condition', person.long_term_condition)
    ) as banded (dimension, band)
    group by banded.dimension, banded.band
  `)
}

async function forgetMonth(tx: Tx<SystemProof>, month: Month): Promise<void> {
  await tx.run(sql`
    delete from uptake.equity_month
    where practice = ${tx.acting.practice}
      and month = ${month}
  `)
}
