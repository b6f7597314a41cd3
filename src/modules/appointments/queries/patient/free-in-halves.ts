import type { Id } from '#kernel/id'
import { localDateOf, type LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import { whyNotEligible } from '../../domain/eligibility.ts'
import { whyNotOffered } from '../../domain/offering.ts'
import { halvesFrom, type FreeInHalf } from '../../domain/patient/week.ts'
import { defaultRules, type DeliveryChannel } from '../../domain/slot.ts'
import type { SlotTypeId } from '../../domain/slot-type.ts'
import type { OwnTerms } from '../eligibility.ts'
import { termsOf, type TermsColumns } from '../slot-rows.ts'
import { asksSession, type SlotFilter } from '../slots.ts'

/** Free slots of half a day of which one rule says the same of all. */
interface AlikeRow extends TermsColumns {
  readonly half: number
  readonly free: number
  readonly first: Date
  readonly releasedAt: Date
  readonly nationalCategory?: string
  readonly deliveryChannel?: DeliveryChannel
  readonly slotTypeId?: SlotTypeId
  /** Whose and where, as far as the type or the search asks. */
  readonly staffId?: Id<'Staff'>
  readonly siteId?: Id<'Site'>
}

/** Far more than any practice has kinds and sessions in a week; beyond it the week says less. */
const most = 5000

/**
 * How many slots this patient may book now in each half of the seven days from `from`, and the first.
 * The statement leaves out what is closed by now; everything else that the domain asks about is the
 * same for all slots that it counts together, so it is asked of the first of them.
 */
export async function freeInHalves(
  tx: Tx<Acting<'appointments'>>,
  from: LocalDate,
  filter: Omit<SlotFilter, 'from' | 'until' | 'after' | 'atMost'>,
  terms: Promise<OwnTerms>,
): Promise<readonly FreeInHalf[]> {
  const [found, { patient, rules }] = await Promise.all([alike(tx, from, filter), terms])
  return found.filter((row) => {
    const ofType = termsOf(row)
    const slot = {
      ...row,
      startsAt: row.first,
      state: 'free' as const,
      bookableOnline: true,
      ...(ofType && { terms: ofType }),
    }
    return (
      whyNotOffered(slot, rules, tx.now) === undefined &&
      whyNotEligible(slot, patient) === undefined
    )
  })
}

function alike(
  tx: Tx<Acting<'appointments'>>,
  from: LocalDate,
  filter: Parameters<typeof freeInHalves>[2],
): Promise<readonly AlikeRow[]> {
  const halves = halvesFrom(from)
  const { staffId, siteId, atMainSite = false, slotTypeId, deliveryChannel } = filter
  const { closesMinutesBefore, horizonDays } = defaultRules
  return tx.many<AlikeRow>(sql`
    with kind as materialized (
      select slot_type_id, after, min_age, max_age, type_sex, own_site_only, own_clinician_only,
        invited_only, type_horizon_days, type_closes_minutes_before, asks_session
      from appointments.own_kinds(${tx.now}, ${localDateOf(tx.now)}, ${closesMinutesBefore},
        ${horizonDays}, ${filter.invitedTo})
    ), counted as materialized (
      select width_bucket(slot.starts_at, ${halves}::timestamptz[]) - 1 as half,
        count(*)::integer as free, min(slot.starts_at) as first,
        max(slot.released_at) as released_at, slot.national_category, slot.delivery_channel,
        slot.slot_type_id,
        case when ${asksSession(filter)} or kind.asks_session then slot.session_id end as session_id
      from (
        select practice, session_id, starts_at, released_at, national_category, delivery_channel,
          slot_type_id
        from appointments.slot
        where practice = ${tx.acting.practice}
          and bookable_online
          and state = 'free'
          and released_at <= ${tx.now}
          and starts_at >= ${halves[0]}
          and starts_at < ${halves.at(-1)}
          and (${slotTypeId}::uuid is null or slot_type_id = ${slotTypeId})
          and (${deliveryChannel}::text is null or delivery_channel = ${deliveryChannel})
        order by starts_at, slot_id
      ) slot
      join kind on kind.slot_type_id is not distinct from slot.slot_type_id
      where slot.practice = ${tx.acting.practice}
        and slot.starts_at > kind.after
      -- No more than tells them apart: what a kind asks is fetched for what is counted, not for each slot.
      group by 1, 5, 6, 7, 8
    )
    select counted.half, counted.free, counted.first, counted.released_at,
      counted.national_category, counted.delivery_channel, counted.slot_type_id,
      session.staff_id, session.site_id, kind.min_age, kind.max_age, kind.type_sex,
      kind.own_site_only, kind.own_clinician_only, kind.invited_only,
      kind.type_horizon_days, kind.type_closes_minutes_before
    from counted
    join kind on kind.slot_type_id is not distinct from counted.slot_type_id
    left join appointments.session
      on session.practice = ${tx.acting.practice}
      and session.session_id = counted.session_id
    where (${siteId}::uuid is null or session.site_id = ${siteId})
      and (not ${atMainSite}::boolean or session.site_id is null)
      and (${staffId}::uuid is null or session.staff_id = ${staffId})
    order by counted.half, counted.first, counted.slot_type_id, counted.session_id
    limit ${most}
  `)
}
