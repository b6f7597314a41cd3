import type { Id } from '#kernel/id'
import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import { whyNotEligible } from '../../domain/eligibility.ts'
import type { SlotTypeId } from '../../domain/slot-type.ts'
import { ownEligibility } from '../eligibility.ts'
import { termsOf, type TermsColumns } from '../slot-rows.ts'

interface ReleaseRow extends TermsColumns {
  readonly releasedAt: Date
  readonly startsAt: Date
  readonly slotTypeId?: SlotTypeId
  readonly staffId?: Id<'Staff'>
  readonly siteId?: Id<'Site'>
}

/** The next times at which slots for this patient are released, soonest first, at most `count`. */
export async function nextReleases(
  tx: Tx<Acting<'appointments'>>,
  count: number,
): Promise<readonly Date[]> {
  const rows = tx.many<ReleaseRow>(sql`
    select slot.released_at, min(slot.starts_at) as starts_at, slot.slot_type_id,
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
    where slot.practice = ${tx.acting.practice}
      and slot.bookable_online
      and slot.state = 'free'
      and slot.released_at > ${tx.now}
      and slot.starts_at > slot.released_at
      and session.cancelled_at is null
    group by slot.released_at, slot.slot_type_id, session.staff_id, session.site_id,
      type.practice, type.slot_type_id
    order by slot.released_at, slot.slot_type_id, session.staff_id, session.site_id
    limit 300
  `)
  const [found, patient] = await Promise.all([rows, ownEligibility(tx)])
  const times = found
    .filter((row) => {
      const terms = termsOf(row)
      return whyNotEligible({ ...row, ...(terms && { terms }) }, patient) === undefined
    })
    .map((row) => row.releasedAt.getTime())
  return [...new Set(times)].slice(0, count).map((time) => new Date(time))
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
