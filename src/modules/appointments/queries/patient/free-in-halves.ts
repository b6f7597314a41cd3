import type { Id } from '#kernel/id'
import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import { whyNotEligible } from '../../domain/eligibility.ts'
import { whyNotOffered } from '../../domain/offering.ts'
import { halvesFrom, type FreeInHalf } from '../../domain/patient/week.ts'
import { defaultRules, type DeliveryChannel } from '../../domain/slot.ts'
import type { SlotTypeId } from '../../domain/slot-type.ts'
import type { OwnTerms } from '../eligibility.ts'
import { termsOf, type TermsColumns } from '../slot-rows.ts'
import type { SlotFilter } from '../slots.ts'
import type { LocalDate } from '#kernel/time'

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
  filter: Omit<SlotFilter, 'from' | 'until' | 'after' | 'invitedTo'>,
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
  const { staffId, siteId, atMainSite = false } = filter
  const asksSession = staffId !== undefined || siteId !== undefined || atMainSite
  return tx.many<AlikeRow>(sql`
    with kind as materialized (
      select type.slot_type_id, type.own_site_only or type.own_clinician_only as asks_session,
        ${tx.now}::timestamptz + interval '1 minute' * coalesce(type.closes_minutes_before,
          rule.closes_minutes_before, ${defaultRules.closesMinutesBefore}::integer) as after
      from appointments.slot_type type
      left join appointments.booking_rule rule on rule.practice = type.practice
      where type.practice = ${tx.acting.practice}
        and (${filter.slotTypeId}::uuid is null or type.slot_type_id = ${filter.slotTypeId})
      union all
      select null, false, ${tx.now}::timestamptz + interval '1 minute' * coalesce((
        select rule.closes_minutes_before
        from appointments.booking_rule rule
        where rule.practice = ${tx.acting.practice}), ${defaultRules.closesMinutesBefore}::integer)
      where ${filter.slotTypeId}::uuid is null
    ),
    counted as materialized (
      select width_bucket(slot.starts_at, ${halves}::timestamptz[]) - 1 as half,
        count(*)::integer as free, min(slot.starts_at) as first,
        max(slot.released_at) as released_at, slot.national_category, slot.delivery_channel,
        slot.slot_type_id,
        case when ${asksSession} or kind.asks_session then slot.session_id end as session_id
      from (
        select free.practice, free.session_id, free.starts_at, free.released_at,
          free.national_category, free.delivery_channel, free.slot_type_id
        from appointments.slot free
        where free.practice = ${tx.acting.practice}
          and free.bookable_online
          and free.state = 'free'
          and free.released_at <= ${tx.now}
          and free.starts_at >= ${halves[0]}
          and free.starts_at < ${halves.at(-1)}
          and (${filter.deliveryChannel}::text is null
            or free.delivery_channel = ${filter.deliveryChannel})
        order by free.starts_at, free.slot_id
      ) slot
      join kind on kind.slot_type_id is not distinct from slot.slot_type_id
      where slot.practice = ${tx.acting.practice}
        and slot.starts_at > kind.after
      group by 1, slot.national_category, slot.delivery_channel, slot.slot_type_id, 8
    )
    select counted.half, counted.free, counted.first, counted.released_at,
      counted.national_category, counted.delivery_channel, counted.slot_type_id,
      session.staff_id, session.site_id, type.min_age, type.max_age, type.sex as type_sex,
      type.own_site_only, type.own_clinician_only, type.invited_only,
      type.horizon_days as type_horizon_days,
      type.closes_minutes_before as type_closes_minutes_before
    from counted
    left join appointments.slot_type type
      on type.practice = ${tx.acting.practice}
      and type.slot_type_id = counted.slot_type_id
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
