import type { Id } from '#kernel/id'
import { localDateOf, type LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import type { SlotTypeId } from '../../domain/slot-type.ts'
import type { SlotId } from '../../domain/slot.ts'

/** A slot that is kept for the patient until they answer, or until time runs out. */
export interface OpenOffer {
  readonly offerId: Id<'Offer'>
  readonly slotId: SlotId
  readonly startsAt: Date
  readonly expiresAt: Date
}

/** Offers that the patient can still accept, the first to run out first, at most 20. */
export function openOffers(tx: Tx<Acting<'appointments'>>): Promise<readonly OpenOffer[]> {
  return tx.many<OpenOffer>(sql`
    select offer.offer_id, offer.slot_id, slot.starts_at, offer.expires_at
    from appointments.slot_offer offer
    join appointments.slot
      on slot.practice = offer.practice
      and slot.slot_id = offer.slot_id
    where offer.practice = ${tx.acting.practice}
      and offer.patient_id = ${tx.acting.patientId}
      and offer.closed_at is null
      and offer.expires_at > ${tx.now}
      and slot.starts_at > ${tx.now}
    order by offer.expires_at, offer.offer_id
    limit 20
  `)
}

/** A draw that the patient asked in and whose result is not known yet. */
export interface EnteredDraw {
  readonly drawId: Id<'Draw'>
  readonly name: string
  readonly closesAt: Date
}

/** Draws that the patient is in, the first to close first, at most 20. */
export function enteredDraws(tx: Tx<Acting<'appointments'>>): Promise<readonly EnteredDraw[]> {
  return tx.many<EnteredDraw>(sql`
    select draw.draw_id, draw.name, draw.closes_at
    from appointments.draw_entry entry
    join appointments.draw
      on draw.practice = entry.practice
      and draw.draw_id = entry.draw_id
    where entry.practice = ${tx.acting.practice}
      and entry.patient_id = ${tx.acting.patientId}
      and entry.withdrawn_at is null
      and entry.outcome is null
      and draw.cancelled_at is null
      and draw.drawn_at is null
    order by draw.closes_at, draw.draw_id
    limit 20
  `)
}

/** A place on the waitlist that has not ended. */
export interface LivePlace {
  readonly waitlistId: Id<'Waitlist'>
  readonly since: Date
  readonly joinedFrom: 'patient' | 'staff' | 'draw' | 'cancelled-clinic'
}

/** Where the patient waits, longest first, at most 20. */
export function livePlaces(tx: Tx<Acting<'appointments'>>): Promise<readonly LivePlace[]> {
  return tx.many<LivePlace>(sql`
    select waitlist_id, since, joined_from
    from appointments.waitlist_entry
    where practice = ${tx.acting.practice}
      and patient_id = ${tx.acting.patientId}
      and ended_at is null
    order by since, waitlist_id
    limit 20
  `)
}

/** A kind of appointment that the practice asks this patient to book. */
export interface LiveInvitation {
  readonly invitationId: Id<'Invitation'>
  readonly slotTypeId: SlotTypeId
  /** What patients read. */
  readonly name: string
  /** The last day on which it can be booked. */
  readonly expiresOn: LocalDate
}

/** Invitations that the patient has not used, the first to end first, at most 10. */
export function liveInvitations(
  tx: Tx<Acting<'appointments'>>,
): Promise<readonly LiveInvitation[]> {
  return tx.many<LiveInvitation>(sql`
    select invitation.invitation_id, invitation.slot_type_id,
      coalesce(nullif(type.public_name, ''), type.name) as name, invitation.expires_on
    from appointments.invitation
    join appointments.slot_type type
      on type.practice = invitation.practice
      and type.slot_type_id = invitation.slot_type_id
    where invitation.practice = ${tx.acting.practice}
      and invitation.patient_id = ${tx.acting.patientId}
      and invitation.used_at is null
      and invitation.withdrawn_at is null
      and invitation.expires_on >= ${localDateOf(tx.now)}
    order by invitation.expires_on, invitation.invitation_id
    limit 10
  `)
}
