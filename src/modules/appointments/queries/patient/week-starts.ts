import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import { whyNotEligible } from '../../domain/eligibility.ts'
import { whyNotOffered } from '../../domain/offering.ts'
import { ownEligibility } from '../eligibility.ts'
import { slotOf, type SlotColumns } from '../slot-rows.ts'
import type { SlotFilter } from '../slots.ts'
import { rulesOf, type StoredRules } from '../stored-rules.ts'

interface StartRow extends SlotColumns, StoredRules {}

/** No practice offers so many slots in a week; beyond it the week says less than there is. */
const most = 5000

/** When each slot that this patient may book now starts, from `from` to before `until`; soonest first. */
export async function bookableStarts(
  tx: Tx<Acting<'appointments'>>,
  filter: Omit<SlotFilter, 'after' | 'invitedTo'>,
): Promise<readonly Date[]> {
  const rows = tx.many<StartRow>(sql`
    select slot.slot_id, slot.starts_at, slot.minutes, slot.state, slot.bookable_online,
      slot.national_category, slot.delivery_channel, slot.released_at, slot.slot_type_id,
      session.staff_id, session.site_id, type.min_age, type.max_age, type.sex as type_sex,
      type.own_site_only, type.own_clinician_only, type.invited_only,
      type.horizon_days as type_horizon_days,
      type.closes_minutes_before as type_closes_minutes_before,
      rule.max_held, rule.closes_minutes_before, rule.cancel_minutes_before, rule.horizon_days,
      rule.reason_required, rule.reason_max, rule.cancel_online, rule.waitlist_open
    from appointments.slot
    join appointments.session
      on session.practice = slot.practice
      and session.session_id = slot.session_id
    left join appointments.slot_type type
      on type.practice = slot.practice
      and type.slot_type_id = slot.slot_type_id
    left join appointments.booking_rule rule on rule.practice = slot.practice
    where slot.practice = ${tx.acting.practice}
      and slot.bookable_online
      and slot.state = 'free'
      and slot.released_at <= ${tx.now}
      and slot.starts_at > ${tx.now}
      and slot.starts_at >= ${filter.from}
      and slot.starts_at < ${filter.until}
      and (${filter.slotTypeId}::uuid is null or slot.slot_type_id = ${filter.slotTypeId})
      and (${filter.siteId}::uuid is null or session.site_id = ${filter.siteId})
      and (not ${filter.atMainSite ?? false}::boolean or session.site_id is null)
      and (${filter.deliveryChannel}::text is null or slot.delivery_channel = ${filter.deliveryChannel})
      and (${filter.staffId}::uuid is null or session.staff_id = ${filter.staffId})
    order by slot.starts_at, slot.slot_id
    limit ${most}
  `)
  const [found, patient] = await Promise.all([rows, ownEligibility(tx)])
  return found.flatMap((row) => {
    const slot = slotOf(row)
    const isOffered =
      whyNotOffered(slot, rulesOf(row), tx.now) === undefined &&
      whyNotEligible(slot, patient) === undefined
    return isOffered ? [slot.startsAt] : []
  })
}
