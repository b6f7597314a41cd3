import type { Id } from '#kernel/id'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { DrawEntryId, DrawId, DrawWishes, Priority } from '../../domain/draw/allot.ts'
import type { Slot } from '../../domain/slot.ts'
import { slotOf, type SlotColumns } from '../slot-rows.ts'

/** A draw that is due, locked, with its secret. */
export interface DueDraw {
  readonly drawId: DrawId
  readonly seed: string
  readonly closesAt: Date
  readonly priorities: readonly Priority[]
}

/** The draw, locked until the transaction ends; `undefined` once it is drawn or called off. */
export function lockDueDraw(tx: Tx<SystemProof>, drawId: DrawId): Promise<DueDraw | undefined> {
  return tx.maybe<DueDraw>(sql`
    select draw_id, seed, closes_at, priorities
    from appointments.draw
    where practice = ${tx.acting.practice}
      and draw_id = ${drawId}
      and drawn_at is null
      and cancelled_at is null
    for update
  `)
}

/** The slots that a draw still holds and that are to come, locked, soonest first. */
export async function lockSlotsOfDraw(
  tx: Tx<SystemProof>,
  drawId: DrawId,
): Promise<readonly Slot[]> {
  const rows = await tx.many<SlotColumns>(sql`
    select slot.slot_id, slot.starts_at, slot.minutes, slot.state, slot.bookable_online,
      slot.national_category, slot.delivery_channel, slot.released_at, slot.slot_type_id,
      session.staff_id, session.site_id,
      type.min_age, type.max_age, type.sex as type_sex, type.own_site_only,
      type.own_clinician_only, type.invited_only, type.horizon_days as type_horizon_days,
      type.closes_minutes_before as type_closes_minutes_before
    from appointments.slot
    join appointments.session
      on session.practice = slot.practice
      and session.session_id = slot.session_id
    left join appointments.slot_type type
      on type.practice = slot.practice
      and type.slot_type_id = slot.slot_type_id
    where slot.practice = ${tx.acting.practice}
      and slot.draw_id = ${drawId}
      and slot.state = 'held'
      and slot.starts_at > ${tx.now}
      and session.cancelled_at is null
    order by slot.starts_at, slot.slot_id
    for update of slot
  `)
  return rows.map(slotOf)
}

/** An entry that stands when its draw is run. */
export interface StandingEntry {
  readonly entryId: DrawEntryId
  readonly patientId: Id<'Patient'>
  readonly enteredAt: Date
  readonly wishes: Readonly<DrawWishes>
  readonly phone?: string
  readonly reason: string
}

/** Every entry that stands, locked. */
export function lockEntries(
  tx: Tx<SystemProof>,
  drawId: DrawId,
): Promise<readonly StandingEntry[]> {
  return tx.many<StandingEntry>(sql`
    select entry_id, patient_id, entered_at, wishes, phone, reason
    from appointments.draw_entry
    where practice = ${tx.acting.practice}
      and draw_id = ${drawId}
      and withdrawn_at is null
    order by entry_id
    for update
  `)
}

/**
 * Since when each of these patients asks in vain: the first of their unplaced entries in a row, which
 * a place in a draw or from the waitlist ends. Absent for those who never were unplaced before.
 */
export async function waitingSince(
  tx: Tx<SystemProof>,
  patientIds: readonly Id<'Patient'>[],
): Promise<ReadonlyMap<Id<'Patient'>, Date>> {
  const rows = await tx.many<{ readonly patientId: Id<'Patient'>; readonly since: Date }>(sql`
    select entry.patient_id, min(entry.entered_at) as since
    from appointments.draw_entry entry
    join appointments.draw
      on draw.practice = entry.practice
      and draw.draw_id = entry.draw_id
    where entry.practice = ${tx.acting.practice}
      and entry.patient_id = any (${patientIds}::uuid[])
      and entry.outcome = 'unplaced'
      and draw.drawn_at > coalesce((
        select max(drawn.drawn_at)
        from appointments.draw_entry allotted
        join appointments.draw drawn
          on drawn.practice = allotted.practice
          and drawn.draw_id = allotted.draw_id
        where allotted.practice = entry.practice
          and allotted.patient_id = entry.patient_id
          and allotted.outcome = 'allotted'), '-infinity')
      and draw.drawn_at > coalesce((
        select max(placed.ended_at)
        from appointments.waitlist_entry placed
        where placed.practice = entry.practice
          and placed.patient_id = entry.patient_id
          and placed.ended_by = 'placed'), '-infinity')
    group by entry.patient_id
  `)
  return new Map(rows.map((row) => [row.patientId, row.since]))
}
