import type { Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import { permissionsOf, type Acting, type StaffActing } from '#modules/access'
import { whyOver, type AcceptingRefusal } from '../../domain/waitlist/accepting.ts'
import { offerById, type OfferAsked } from '../../queries/waitlist/offer-facts.ts'

type Outcome = Result<'declined', AcceptingRefusal>

/**
 * Says no to an offer. The patient keeps their place, and it does not count as an offer missed; the
 * next in line is asked. Said again, the answer is the same.
 */
export async function declineOffer(
  tx: Tx<Acting<'appointments'>>,
  offerId: OfferAsked['offerId'],
): Promise<Outcome> {
  const { appointments } = await permissionsOf(tx)
  if (appointments !== 'manage') return refuse({ reason: 'view-only' })
  return decline(tx, { offerId, patientId: tx.acting.patientId })
}

/** As `declineOffer`, by staff for a patient whom they have on the phone. */
export function declineOfferForPatient(
  tx: Tx<StaffActing<'book-for-patients'>>,
  offerId: OfferAsked['offerId'],
): Promise<Outcome> {
  return decline(tx, { offerId })
}

async function decline(tx: Tx, asked: OfferAsked): Promise<Outcome> {
  const offer = await offerById(tx, asked)
  if (!offer) return refuse({ reason: 'not-found' })
  const over = whyOver(offer, tx.now)
  if (over && 'reason' in over && over.reason === 'offer-declined') return accept('declined')
  if (over) return refuse('reason' in over ? over : { reason: 'offer-gone' })
  const closed = await tx.many<{ readonly slotId: Id<'Slot'> }>(sql`
    update appointments.slot_offer
    set closed_at = greatest(offered_at, ${tx.now}::timestamptz), outcome = 'declined'
    where practice = ${tx.acting.practice}
      and offer_id = ${asked.offerId}
      and patient_id = ${offer.patientId}
      and closed_at is null
    returning slot_id
  `)
  const [slot] = closed
  if (!slot) return refuse({ reason: 'offer-gone' })
  await enqueue(tx, 'appointments.offer-slot', { slotId: slot.slotId })
  await recordEvent(tx, {
    type: 'appointments.offer-declined',
    about: offer.patientId,
    details: { offerId: asked.offerId, slotId: slot.slotId },
  })
  return accept('declined')
}
