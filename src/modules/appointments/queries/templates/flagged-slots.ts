import { sql, type Tx } from '#platform/db'
import { staffOnlyCategories } from '../../domain/national-category.ts'

/** Slots to come of one name that are not described, so that nobody outside is ever offered them. */
export interface FlaggedGroup {
  readonly slotType: string
  readonly slots: number
  readonly booked: number
  readonly firstAt: Date
  readonly lastAt: Date
  readonly lacksCategory: boolean
  readonly lacksChannel: boolean
}

/** Slots to come without a national category, or without a way of meeting, by name; at most 200. */
export function flaggedGroups(tx: Tx): Promise<readonly FlaggedGroup[]> {
  return tx.many<FlaggedGroup>(sql`
    select slot.slot_type, count(*)::integer as slots,
      (count(*) filter (where slot.state = 'booked'))::integer as booked,
      min(slot.starts_at) as first_at, max(slot.starts_at) as last_at,
      bool_or(slot.national_category is null) as lacks_category,
      bool_or(slot.delivery_channel is null) as lacks_channel
    from appointments.slot
    join appointments.session
      on session.practice = slot.practice
      and session.session_id = slot.session_id
      and session.cancelled_at is null
    where slot.practice = ${tx.acting.practice}
      and slot.starts_at > ${tx.now}
      and slot.overbooked_by is null
      and (slot.national_category is null
        or (slot.delivery_channel is null
          and slot.national_category <> all(${staffOnlyCategories}::text[])))
    group by slot.slot_type
    order by min(slot.starts_at), slot.slot_type
    limit 200
  `)
}

/** How many slots to come are flagged so. */
export async function flaggedCount(tx: Tx): Promise<number> {
  const groups = await flaggedGroups(tx)
  return groups.reduce((sum, group) => sum + group.slots, 0)
}
