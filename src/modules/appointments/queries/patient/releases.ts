import type { Id } from '#kernel/id'
import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import { whyNotEligible } from '../../domain/eligibility.ts'
import { closingOf, opensAt } from '../../domain/offering.ts'
import { defaultRules } from '../../domain/slot.ts'
import type { SlotTypeId } from '../../domain/slot-type.ts'
import { ownEligibility } from '../eligibility.ts'
import { termsOf, type TermsColumns } from '../slot-rows.ts'
import { practiceSettings } from '../stored-rules.ts'

/** Slots of one kind, day and release. */
interface ReleaseRow extends TermsColumns {
  readonly releasedAt: Date
  /** The last of them. */
  readonly startsAt: Date
  readonly slotTypeId?: SlotTypeId
  readonly staffId?: Id<'Staff'>
  readonly siteId?: Id<'Site'>
}

/**
 * The next times at which slots come up for this patient, soonest first, at most `count`: when they
 * are released, or come to lie inside the horizon.
 */
export async function nextReleases(
  tx: Tx<Acting<'appointments'>>,
  count: number,
): Promise<readonly Date[]> {
  const [rules, found, patient] = await Promise.all([
    practiceSettings(tx),
    comingSlots(tx),
    ownEligibility(tx),
  ])
  const times = found.flatMap((row) => {
    const terms = termsOf(row)
    const slot = { ...row, ...(terms && { terms }) }
    const opens = opensAt(slot, rules)
    const isForThem = whyNotEligible(slot, patient) === undefined
    return isForThem && opens > tx.now && opens < closingOf(slot, rules) ? [opens.getTime()] : []
  })
  const soonest = [...new Set(times)].toSorted((a, b) => a - b)
  return soonest.slice(0, count).map((time) => new Date(time))
}

function comingSlots(tx: Tx<Acting<'appointments'>>): Promise<readonly ReleaseRow[]> {
  return tx.many<ReleaseRow>(sql`
    select slot.released_at, max(slot.starts_at) as starts_at, slot.slot_type_id,
      session.staff_id, session.site_id, type.min_age, type.max_age, type.sex as type_sex,
      type.own_site_only, type.own_clinician_only, type.invited_only,
      type.horizon_days as type_horizon_days,
      type.closes_minutes_before as type_closes_minutes_before
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
      and slot.starts_at > greatest(slot.released_at, ${tx.now})
      and (slot.released_at > ${tx.now} or slot.starts_at > ${tx.now}::timestamptz + interval '1 day'
        * coalesce(type.horizon_days, rule.horizon_days, ${defaultRules.horizonDays}::integer))
      and session.cancelled_at is null
    group by slot.released_at, (slot.starts_at at time zone 'Europe/London')::date,
      slot.slot_type_id, session.staff_id, session.site_id, type.practice, type.slot_type_id,
      rule.practice
    order by greatest(slot.released_at, max(slot.starts_at) - interval '1 day'
      * coalesce(type.horizon_days, rule.horizon_days, ${defaultRules.horizonDays}::integer)),
      slot.slot_type_id, session.staff_id, session.site_id
    limit 300
  `)
}

/** A draw that people can ask in now, or will be able to. */
export interface ComingDraw {
  readonly drawId: Id<'Draw'>
  readonly name: string
  readonly opensAt: Date
  readonly closesAt: Date
}

/** Draws that are open or still to open, soonest to open first, at most 10. */
export function comingDraws(tx: Tx<Acting<'appointments'>>): Promise<readonly ComingDraw[]> {
  return tx.many<ComingDraw>(sql`
    select draw_id, name, opens_at, closes_at
    from appointments.draw
    where practice = ${tx.acting.practice}
      and cancelled_at is null
      and closes_at > ${tx.now}
    order by opens_at, draw_id
    limit 10
  `)
}
