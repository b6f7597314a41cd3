import { sql, type Tx } from '#platform/db'
import type { SlotTypeId } from '../../domain/slot-type.ts'

/** Free slots of one type that open to patients together. */
export interface PlannedRelease {
  readonly releasedAt: Date
  readonly slotTypeId?: SlotTypeId
  readonly slotType: string
  readonly slots: number
  readonly firstAt: Date
  readonly lastAt: Date
}

/** What opens when, soonest first, at most 500 groups; nothing that is in a draw or has opened. */
export function plannedReleases(tx: Tx, until: Date): Promise<readonly PlannedRelease[]> {
  return tx.many<PlannedRelease>(sql`
    select slot.released_at, slot.slot_type_id, slot.slot_type, count(*)::integer as slots,
      min(slot.starts_at) as first_at, max(slot.starts_at) as last_at
    from appointments.slot
    join appointments.session
      on session.practice = slot.practice
      and session.session_id = slot.session_id
      and session.cancelled_at is null
    where slot.practice = ${tx.acting.practice}
      and slot.bookable_online
      and slot.state = 'free'
      and slot.draw_id is null
      and slot.released_at > ${tx.now}
      and slot.released_at < ${until}
      and slot.starts_at > ${tx.now}
    group by slot.released_at, slot.slot_type_id, slot.slot_type
    order by slot.released_at, slot.slot_type, slot.slot_type_id
    limit 500
  `)
}

/** Free slots of a type for patients that nothing opens by itself: a person or a draw does. */
export interface UnplannedRelease {
  readonly slotTypeId: SlotTypeId
  readonly slotType: string
  readonly rule: 'at-once' | 'days-before' | 'draw' | 'by-hand'
  readonly slots: number
  readonly firstAt: Date
  readonly lastAt: Date
}

/** Slots to come that wait for somebody to open them, by name of the type, at most 200 groups. */
export function unplannedReleases(tx: Tx): Promise<readonly UnplannedRelease[]> {
  return tx.many<UnplannedRelease>(sql`
    select type.slot_type_id, type.name as slot_type, type.release_rule as rule,
      count(*)::integer as slots, min(slot.starts_at) as first_at, max(slot.starts_at) as last_at
    from appointments.slot
    join appointments.session
      on session.practice = slot.practice
      and session.session_id = slot.session_id
      and session.cancelled_at is null
    join appointments.slot_type type
      on type.practice = slot.practice
      and type.slot_type_id = slot.slot_type_id
    where slot.practice = ${tx.acting.practice}
      and not slot.bookable_online
      and slot.overbooked_by is null
      and slot.state = 'free'
      and slot.draw_id is null
      and slot.starts_at > ${tx.now}
      and slot.national_category is not null
      and slot.delivery_channel is not null
      and type.patients_may_book
    group by type.slot_type_id, type.name, type.release_rule
    order by lower(type.name), type.slot_type_id
    limit 200
  `)
}
