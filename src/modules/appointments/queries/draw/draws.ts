import { sql, type Tx } from '#platform/db'
import type { StaffId } from '#modules/directory'
import type {
  DrawEntryId,
  DrawId,
  DrawWishes,
  Priority,
  WhyUnplaced,
} from '../../domain/draw/allot.ts'
import type { DrawTimes } from '../../domain/draw/draw.ts'
import type { AppointmentId, DeliveryChannel, SlotId } from '../../domain/slot.ts'

/** A draw as everyone of the practice may know it. The seed is not part of it. */
export interface Draw extends DrawTimes {
  readonly drawId: DrawId
  readonly name: string
  readonly priorities: readonly Priority[]
  /** The SHA-256 of the seed, in hex, from before anyone could ask. */
  readonly seedHash: string
}

/** One draw, or `undefined` where the practice has none such. */
export function drawById(tx: Tx, drawId: DrawId): Promise<Draw | undefined> {
  return tx.maybe<Draw>(sql`
    select draw_id, name, opens_at, closes_at, priorities, seed_hash, drawn_at, cancelled_at
    from appointments.draw
    where practice = ${tx.acting.practice}
      and draw_id = ${drawId}
  `)
}

/** A slot of a draw, with what people choose by. */
export interface DrawnSlot {
  readonly slotId: SlotId
  readonly startsAt: Date
  readonly minutes: number
  readonly slotType: string
  readonly deliveryChannel?: DeliveryChannel
  readonly staffId?: StaffId
  readonly clinician?: string
}

/** What is to be drawn, soonest first, at most 1,000. What staff took out of it is left out. */
export function slotsOfDraw(tx: Tx, drawId: DrawId): Promise<readonly DrawnSlot[]> {
  return tx.many<DrawnSlot>(sql`
    select slot.slot_id, slot.starts_at, slot.minutes, slot.slot_type, slot.delivery_channel,
      session.staff_id, staff.name as clinician
    from appointments.slot
    join appointments.session
      on session.practice = slot.practice
      and session.session_id = slot.session_id
    left join directory.staff
      on staff.practice = session.practice
      and staff.staff_id = session.staff_id
    where slot.practice = ${tx.acting.practice}
      and slot.draw_id = ${drawId}
      and session.cancelled_at is null
    order by slot.starts_at, slot.slot_id
    limit 1000
  `)
}

/** What a patient asked of a draw, and what came of it. */
export interface OwnEntry {
  readonly entryId: DrawEntryId
  readonly drawId: DrawId
  readonly enteredAt: Date
  readonly wishes: Readonly<DrawWishes>
  readonly phone?: string
  /** In the patient's own words; '' where nothing was written. */
  readonly reason: string
  readonly outcome?: 'allotted' | 'unplaced'
  readonly whyUnplaced?: WhyUnplaced
  /** The appointment that was drawn for them. */
  readonly appointmentId?: AppointmentId
  readonly startsAt?: Date
}

/** The patient's live entry in a draw, or `undefined`. */
export function ownEntry(tx: Tx, drawId: DrawId, patientId: string): Promise<OwnEntry | undefined> {
  return tx.maybe<OwnEntry>(sql`
    select entry.entry_id, entry.draw_id, entry.entered_at, entry.wishes, entry.phone, entry.reason,
      entry.outcome, entry.why_unplaced, appointment.appointment_id, appointment.starts_at
    from appointments.draw_entry entry
    left join appointments.appointment
      on appointment.practice = entry.practice
      and appointment.patient_id = entry.patient_id
      and appointment.idempotency_key = entry.entry_id
    where entry.practice = ${tx.acting.practice}
      and entry.draw_id = ${drawId}
      and entry.patient_id = ${patientId}
      and entry.withdrawn_at is null
  `)
}

/** A draw in a patient's list, with what came of their entry, if they have one. */
export interface ListedDraw extends DrawTimes {
  readonly drawId: DrawId
  readonly name: string
  readonly isEntered: boolean
  readonly outcome?: 'allotted' | 'unplaced'
}

/** Draws that a patient may still enter, and those they entered; latest first, at most 50. */
export function drawsForPatient(tx: Tx, patientId: string): Promise<readonly ListedDraw[]> {
  return tx.many<ListedDraw>(sql`
    select draw.draw_id, draw.name, draw.opens_at, draw.closes_at, draw.drawn_at, draw.cancelled_at,
      entry.entry_id is not null as is_entered, entry.outcome
    from appointments.draw
    left join appointments.draw_entry entry
      on entry.practice = draw.practice
      and entry.draw_id = draw.draw_id
      and entry.patient_id = ${patientId}
      and entry.withdrawn_at is null
    where draw.practice = ${tx.acting.practice}
      and (entry.entry_id is not null or (draw.closes_at > ${tx.now} and draw.cancelled_at is null))
    order by draw.closes_at desc, draw.draw_id
    limit 50
  `)
}

/** A draw in the practice's list. */
export interface PracticeDraw extends DrawTimes {
  readonly drawId: DrawId
  readonly name: string
  readonly slots: number
  readonly entries: number
}

/** The practice's draws, latest first, at most 100. */
export function practiceDraws(tx: Tx): Promise<readonly PracticeDraw[]> {
  return tx.many<PracticeDraw>(sql`
    select draw.draw_id, draw.name, draw.opens_at, draw.closes_at, draw.drawn_at, draw.cancelled_at,
      (select count(*)
        from appointments.slot
        where slot.practice = draw.practice
          and slot.draw_id = draw.draw_id)::integer as slots,
      (select count(*)
        from appointments.draw_entry entry
        where entry.practice = draw.practice
          and entry.draw_id = draw.draw_id
          and entry.withdrawn_at is null)::integer as entries
    from appointments.draw
    where draw.practice = ${tx.acting.practice}
    order by draw.closes_at desc, draw.draw_id
    limit 100
  `)
}

/** How many requests of a draw stand. */
export async function entriesIn(tx: Tx, drawId: DrawId): Promise<number> {
  const row = await tx.maybe<{ readonly entries: number }>(sql`
    select count(*)::integer as entries
    from appointments.draw_entry
    where practice = ${tx.acting.practice}
      and draw_id = ${drawId}
      and withdrawn_at is null
  `)
  return row?.entries ?? 0
}
