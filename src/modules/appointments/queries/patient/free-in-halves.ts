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
  /** Whose and where, as far as the type asks. */
  readonly staffId?: Id<'Staff'>
  readonly siteId?: Id<'Site'>
}

/** The days and the rules differ from week to week and from practice to practice; the kinds do not. */
const most = 2000

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
    select width_bucket(slot.starts_at, ${halves}::timestamptz[]) - 1 as half,
      count(*)::integer as free, min(slot.starts_at) as first,
      max(slot.released_at) as released_at, slot.national_category, slot.delivery_channel,
      slot.slot_type_id, case when type.own_clinician_only then session.staff_id end as staff_id,
      case when type.own_site_only then session.site_id end as site_id,
      type.min_age, type.max_age, type.sex as type_sex, type.own_site_only,
      type.own_clinician_only, type.invited_only, type.horizon_days as type_horizon_days,
      type.closes_minutes_before as type_closes_minutes_before
    from appointments.slot
    left join appointments.slot_type type
      on type.practice = slot.practice
      and type.slot_type_id = slot.slot_type_id
    left join appointments.booking_rule rule on rule.practice = slot.practice
    left join lateral (
      select session.staff_id, session.site_id
      from appointments.session
      where session.practice = slot.practice
        and session.session_id = slot.session_id
        and (${asksSession} or type.own_site_only or type.own_clinician_only)
      limit 1
    ) session on true
    where slot.practice = ${tx.acting.practice}
      and slot.bookable_online
      and slot.state = 'free'
      and slot.released_at <= ${tx.now}
      and slot.starts_at >= ${halves[0]}
      and slot.starts_at < ${halves.at(-1)}
      and slot.starts_at > ${tx.now}::timestamptz + interval '1 minute'
        * coalesce(type.closes_minutes_before, rule.closes_minutes_before,
            ${defaultRules.closesMinutesBefore}::integer)
      and (${filter.slotTypeId}::uuid is null or slot.slot_type_id = ${filter.slotTypeId})
      and (${siteId}::uuid is null or session.site_id = ${siteId})
      and (not ${atMainSite}::boolean or session.site_id is null)
      and (${filter.deliveryChannel}::text is null or slot.delivery_channel = ${filter.deliveryChannel})
      and (${staffId}::uuid is null or session.staff_id = ${staffId})
    group by half, slot.national_category, slot.delivery_channel, slot.slot_type_id,
      case when type.own_clinician_only then session.staff_id end,
      case when type.own_site_only then session.site_id end, type.practice, type.slot_type_id
    order by half, first, slot.slot_type_id, slot.delivery_channel, slot.national_category
    limit ${most}
  `)
}
