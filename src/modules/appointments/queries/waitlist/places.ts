import type { Id } from '#kernel/id'
import type { LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { Waiting, WaitlistId } from '../../domain/waitlist/line.ts'
import type { Wishes } from '../../domain/waitlist/wishes.ts'
import type { MovableAppointment } from '../../domain/moving.ts'
import type { Eligibility, SlotTypeId } from '../../domain/slot-type.ts'
import type { AppointmentId, DeliveryChannel, SlotId } from '../../domain/slot.ts'
import { patientFacts } from './patient-facts.ts'

/** A place on the waitlist as it is stored, with the appointment that it would replace. */
export interface PlaceColumns {
  readonly waitlistId: WaitlistId
  readonly patientId: Id<'Patient'>
  readonly since: Date
  readonly missedOffers: number
  readonly fromDay: LocalDate
  readonly untilDay: LocalDate
  readonly weekdays: readonly number[]
  readonly fromTime: string
  readonly untilTime: string
  readonly deliveryChannels: readonly DeliveryChannel[]
  readonly slotTypeId?: SlotTypeId
  readonly staffId?: Id<'Staff'>
  readonly siteId?: Id<'Site'>
  /** Absent too where the practice has cancelled it since. */
  readonly replaces?: AppointmentId
  readonly replacedSlotId?: SlotId
  readonly replacedSlotTypeId?: SlotTypeId
  readonly replacedStartsAt?: Date
  readonly replacedCancelledAt?: Date
  readonly replacedArrivedAt?: Date
  readonly replacedStartedAt?: Date
  readonly replacedMissedAt?: Date
  readonly replacedMovedTo?: AppointmentId
}

interface WaitingRow extends PlaceColumns {
  readonly hasOffer: boolean
  readonly hadThisSlot: boolean
}

/** Locks every live place of the practice, longest waiting first: slots are offered one after another. */
export async function lockPlaces(tx: Tx): Promise<void> {
  await tx.many<{ readonly waitlistId: WaitlistId }>(sql`
    select waitlist_id
    from appointments.waitlist_entry
    where practice = ${tx.acting.practice}
      and ended_at is null
    order by since, waitlist_id
    limit 2000
    for update
  `)
}

/**
 * Everyone who waits, longest first, at most 2,000, with what decides whether this slot is of use to
 * them. Who is no longer registered is left out.
 */
export async function waitingFor(tx: Tx, slotId: SlotId): Promise<readonly Waiting[]> {
  const rows = await tx.many<WaitingRow>(sql`
    with freed as (
      select max(cancelled_at) as at
      from appointments.appointment
      where practice = ${tx.acting.practice}
        and slot_id = ${slotId}
    )
    select entry.waitlist_id, entry.patient_id, entry.since, entry.missed_offers, entry.from_day,
      entry.until_day, entry.weekdays, entry.from_time, entry.until_time, entry.delivery_channels,
      entry.slot_type_id, entry.staff_id, entry.site_id, replaced.appointment_id as replaces,
      replaced.slot_id as replaced_slot_id, left_slot.slot_type_id as replaced_slot_type_id,
      replaced.starts_at as replaced_starts_at, replaced.cancelled_at as replaced_cancelled_at,
      replaced.arrived_at as replaced_arrived_at, replaced.started_at as replaced_started_at,
      replaced.missed_at as replaced_missed_at, replaced.moved_to as replaced_moved_to,
      exists (
        select
        from appointments.slot_offer other
        where other.practice = entry.practice
          and other.patient_id = entry.patient_id
          and other.closed_at is null
      ) as has_offer,
      exists (
        select
        from appointments.slot_offer had
        where had.practice = entry.practice
          and had.slot_id = ${slotId}
          and had.patient_id = entry.patient_id
          and had.outcome is distinct from 'withdrawn'
          and (had.outcome = 'declined' or freed.at is null or had.offered_at >= freed.at)
      ) as had_this_slot
    from appointments.waitlist_entry entry
    cross join freed
    left join appointments.appointment replaced
      on replaced.practice = entry.practice
      and replaced.appointment_id = entry.replaces
      and (replaced.cancelled_by is distinct from 'staff' or replaced.moved_to is not null)
    left join appointments.slot left_slot
      on left_slot.practice = replaced.practice
      and left_slot.slot_id = replaced.slot_id
    where entry.practice = ${tx.acting.practice}
      and entry.ended_at is null
    order by entry.since, entry.waitlist_id
    limit 2000
  `)
  const facts = await patientFacts(tx, [...new Set(rows.map((row) => row.patientId))])
  return rows.flatMap((row) => {
    const about = facts.get(row.patientId)
    if (!about) return []
    const { hasOffer, hadThisSlot } = row
    const patient = stillInvited(about.patient, row.replacedSlotTypeId)
    return [{ ...placeOf(row), patient, held: about.held, hasOffer, hadThisSlot }]
  })
}

/** The invitation that an appointment used is free again for the one that replaces it. */
export function stillInvited(
  patient: Eligibility,
  slotTypeId: SlotTypeId | undefined,
): Eligibility {
  return slotTypeId ? { ...patient, invitedTo: [...patient.invitedTo, slotTypeId] } : patient
}

/** A stored place, put together. */
export function placeOf(
  row: PlaceColumns,
): Pick<
  Waiting,
  'waitlistId' | 'patientId' | 'since' | 'wishes' | 'missedOffers' | 'replaces' | 'replaced'
> {
  const replaced = replacedOf(row)
  const { waitlistId, patientId, since, missedOffers } = row
  return {
    waitlistId,
    patientId,
    since,
    missedOffers,
    wishes: wishesOf(row),
    ...(row.replaces && { replaces: row.replaces }),
    ...(replaced && { replaced }),
  }
}

function wishesOf(row: PlaceColumns): Wishes {
  const { fromDay, untilDay, weekdays, fromTime, untilTime, deliveryChannels } = row
  return {
    fromDay,
    untilDay,
    weekdays,
    fromTime,
    untilTime,
    deliveryChannels,
    ...(row.slotTypeId && { slotTypeId: row.slotTypeId }),
    ...(row.staffId && { staffId: row.staffId }),
    ...(row.siteId && { siteId: row.siteId }),
  }
}

/** The appointment that a place would replace, put together; `undefined` where there is none. */
export function replacedOf(
  row: Pick<PlaceColumns, 'replaces'> & {
    readonly [
      Column in keyof PlaceColumns as Column extends `replaced${string}` ? Column : never
    ]: PlaceColumns[Column]
  },
): MovableAppointment | undefined {
  const { replaces, replacedSlotId, replacedStartsAt } = row
  if (!replaces || !replacedSlotId || !replacedStartsAt) return undefined
  return {
    appointmentId: replaces,
    slotId: replacedSlotId,
    startsAt: replacedStartsAt,
    ...(row.replacedCancelledAt && { cancelledAt: row.replacedCancelledAt }),
    ...(row.replacedArrivedAt && { arrivedAt: row.replacedArrivedAt }),
    ...(row.replacedStartedAt && { startedAt: row.replacedStartedAt }),
    ...(row.replacedMissedAt && { missedAt: row.replacedMissedAt }),
    ...(row.replacedMovedTo && { movedTo: row.replacedMovedTo }),
  }
}
