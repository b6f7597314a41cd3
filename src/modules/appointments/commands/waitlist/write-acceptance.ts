import type { Id } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { Acting, StaffActing } from '#modules/access'
import type { DecidedBooking } from '../../domain/booking.ts'
import type { AppointmentId } from '../../domain/slot.ts'
import type { StoredOffer } from '../../queries/waitlist/offer-facts.ts'
import { reopenInvitation, takeUpInvitation } from '../invitations.ts'

/** Who takes an offer. `patientId` where they may only take that patient's. */
export interface TakenBy {
  readonly by: 'patient' | 'proxy' | 'staff'
  readonly staffId?: Id<'Staff'>
  readonly patientId?: Id<'Patient'>
}

/** Who may accept: the patient, or staff for them. */
export type Accepting = Tx<Acting<'appointments'> | StaffActing<'book-for-patients'>>

interface DecidedAcceptance extends DecidedBooking {
  readonly appointmentId: AppointmentId
  readonly offer: StoredOffer
  readonly taker: TakenBy
  readonly reason: string
  readonly phone?: string
}

/**
 * Leaves the appointment that an offer replaces, takes the offer and ends the wait. `false` where any
 * part found that what was decided on has changed: then nothing of it may hold, and the caller leaves
 * the transaction. Others who were offered the slot are told by the job that settles it.
 */
export async function writeAcceptance(tx: Accepting, decided: DecidedAcceptance): Promise<boolean> {
  const { replaced } = decided.offer
  const [left, claimed, placed] = await Promise.all([
    replaced ? leaveOld(tx, decided, replaced.slotId) : true,
    claim(tx, decided),
    endWait(tx, decided.offer),
  ])
  if (!left || !claimed || !placed) return false
  await Promise.all([changeInvitations(tx, decided), noteAndTell(tx, decided)])
  return true
}

/** Cancels the appointment that is replaced and gives its slot back in the same statement. */
async function leaveOld(
  tx: Tx,
  { appointmentId, offer, taker }: DecidedAcceptance,
  slotId: Id<'Slot'>,
): Promise<boolean> {
  const { practice } = tx.acting
  const freed = await tx.many<{ readonly state: string }>(sql`
    with left_behind as (
      update appointments.appointment
      set cancelled_at = greatest(booked_at, ${tx.now}::timestamptz), cancelled_by = ${taker.by},
        moved_to = ${appointmentId}
      where practice = ${practice}
        and appointment_id = ${offer.replaced?.appointmentId}
        and patient_id = ${offer.patientId}
        and slot_id = ${slotId}
        and cancelled_at is null
        and arrived_at is null
        and started_at is null
        and missed_at is null
      returning practice, slot_id
    )
    update appointments.slot
    set state = case
      when slot.bookable_online and slot.starts_at > ${tx.now}::timestamptz
        and ${offer.rules.waitlistOpen}::boolean then 'held'
      else 'free' end
    from left_behind
    where slot.practice = ${practice}
      and slot.practice = left_behind.practice
      and slot.slot_id = left_behind.slot_id
      and slot.state = 'booked'
    returning slot.state
  `)
  if (freed[0]?.state === 'held') await enqueue(tx, 'appointments.offer-slot', { slotId })
  return freed.length === 1
}

/** Closes the offer, claims the slot that is held for it, and writes the appointment: one statement. */
async function claim(tx: Tx, decided: DecidedAcceptance): Promise<boolean> {
  const { appointmentId, offer, taker, slot } = decided
  const { practice } = tx.acting
  const booked = await tx.run(sql`
    with taken as (
      update appointments.slot_offer
      set closed_at = greatest(offered_at, ${tx.now}::timestamptz), outcome = 'accepted'
      where practice = ${practice}
        and offer_id = ${offer.offerId}
        and patient_id = ${offer.patientId}
        and slot_id = ${slot.slotId}
        and closed_at is null
        and expires_at > ${tx.now}
      returning practice, slot_id
    ), claimed as (
      update appointments.slot
      set state = 'booked'
      from taken
      where slot.practice = ${practice}
        and slot.practice = taken.practice
        and slot.slot_id = taken.slot_id
        and slot.state = 'held'
        and slot.bookable_online
        and slot.released_at <= ${tx.now}
        and slot.starts_at = ${slot.startsAt}
        and slot.minutes = ${slot.minutes}
        and slot.slot_type_id is not distinct from ${slot.slotTypeId}::uuid
      returning slot.practice, slot.slot_id, slot.starts_at, slot.minutes
    )
    insert into appointments.appointment
      (practice, appointment_id, slot_id, patient_id, starts_at, ends_at, place, reason, phone,
       booked_at, booked_by, booked_by_staff, method, idempotency_key)
    select practice, ${appointmentId}::uuid, slot_id, ${offer.patientId}::uuid, starts_at,
      starts_at + minutes * interval '1 minute', ${decided.place}::integer, ${decided.reason}::text,
      ${decided.phone}::text, ${tx.now}::timestamptz, ${taker.by}::text, ${taker.staffId}::uuid,
      'waitlist', ${offer.offerId}::uuid
    from claimed
    on conflict do nothing
  `)
  return booked === 1
}

async function endWait(tx: Tx, offer: StoredOffer): Promise<boolean> {
  const ended = await tx.run(sql`
    update appointments.waitlist_entry
    set ended_at = greatest(joined_at, ${tx.now}::timestamptz), ended_by = 'placed'
    where practice = ${tx.acting.practice}
      and waitlist_id = ${offer.waitlistId}
      and patient_id = ${offer.patientId}
      and ended_at is null
  `)
  return ended === 1
}

/** The invitation that the old appointment used opens again, where the new one is of another type. */
async function changeInvitations(tx: Accepting, { offer, slot }: DecidedAcceptance): Promise<void> {
  const { patientId, replacedSlotTypeId } = offer
  if (replacedSlotTypeId !== slot.slotTypeId) {
    await reopenInvitation(tx, patientId, replacedSlotTypeId)
  }
  await takeUpInvitation(tx, patientId, slot.slotTypeId)
}

async function noteAndTell(
  tx: Tx,
  { appointmentId, offer, slot }: DecidedAcceptance,
): Promise<void> {
  const { patientId, offerId, replaced } = offer
  await recordEvent(tx, {
    type: 'appointments.offer-accepted',
    about: patientId,
    details: {
      appointmentId,
      offerId,
      slotId: slot.slotId,
      ...(replaced && { from: replaced.appointmentId }),
    },
  })
  const told = replaced ? 'appointments.send-moved' : 'appointments.send-confirmation'
  await enqueue(tx, told, { appointmentId, patientId })
  await enqueue(tx, 'appointments.offer-slot', { slotId: slot.slotId })
}
