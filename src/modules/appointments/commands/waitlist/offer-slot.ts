import { newId, type Id } from '#kernel/id'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { SlotId } from '../../domain/slot.ts'
import {
  hasLapsed,
  type OfferId,
  type Waiting,
  type WaitlistId,
} from '../../domain/waitlist/line.ts'
import { nextWaking } from '../../domain/waitlist/offer-time.ts'
import {
  settle,
  type HeldSlot,
  type OfferOutcome,
  type Settlement,
} from '../../domain/waitlist/settling.ts'
import { practiceSettings } from '../../queries/stored-rules.ts'
import { liveOffers, lockSlot } from '../../queries/waitlist/held-slot.ts'
import { lockPlaces, waitingFor } from '../../queries/waitlist/places.ts'
import { endPlace } from './end-place.ts'

/**
 * Settles a slot that was given back: closes the offers whose time is up or which someone else
 * took, asks the next in line, or frees the slot for everyone. Done again with nothing changed, it
 * writes nothing. Places are locked before the slot, as by everyone who needs both.
 */
export async function offerSlot(tx: Tx<SystemProof>, slotId: SlotId): Promise<void> {
  await lockPlaces(tx)
  const locked = await lockSlot(tx, slotId)
  if (!locked || locked.waitsForDraw) return
  const [settings, offers, all] = await Promise.all([
    practiceSettings(tx),
    liveOffers(tx, slotId),
    waitingFor(tx, slotId),
  ])
  const waiting = await withoutLapsed(tx, all)
  const held: HeldSlot = { slot: locked.slot, offers, waiting, settings }
  await write(tx, held, settle(held, tx.now))
}

async function withoutLapsed(
  tx: Tx<SystemProof>,
  waiting: readonly Waiting[],
): Promise<readonly Waiting[]> {
  const today = localDateOf(tx.now)
  const lapsed = waiting.filter((one) => hasLapsed(one, today, tx.now))
  for (const one of lapsed) await endPlace(tx, one, 'lapsed')
  return waiting.filter((one) => !lapsed.includes(one))
}

async function write(tx: Tx<SystemProof>, held: HeldSlot, settled: Settlement): Promise<void> {
  const { slot } = held
  for (const { offer, outcome } of settled.closed) {
    await closeOffer(tx, offer.offerId, outcome)
    if (outcome === 'expired') await countMissed(tx, offer.waitlistId)
  }
  for (const waitlistId of settled.ended) {
    const one = held.waiting.find((waiting) => waiting.waitlistId === waitlistId)
    if (one) await endPlace(tx, one, 'missed-offers')
  }
  for (const { waiting, expiresAt } of settled.offered) {
    await offerTo(tx, slot.slotId, waiting, expiresAt, nextWaking(tx.now, held.settings))
  }
  if (settled.isFreed) await freeSlot(tx, slot.slotId)
}

async function offerTo(
  tx: Tx<SystemProof>,
  slotId: SlotId,
  waiting: Waiting,
  expiresAt: Date,
  toldAt: Date,
): Promise<void> {
  const { waitlistId, patientId } = waiting
  const offerId = newId<'Offer'>(tx.now)
  await tx.run(sql`
    insert into appointments.slot_offer
      (practice, offer_id, slot_id, waitlist_id, patient_id, offered_at, expires_at)
    values (${tx.acting.practice}, ${offerId}, ${slotId}, ${waitlistId}, ${patientId}, ${tx.now},
      ${expiresAt})
  `)
  await recordEvent(tx, {
    type: 'appointments.slot-offered',
    about: patientId,
    details: { offerId, slotId, waitlistId },
  })
  await enqueue(tx, 'appointments.send-offer', { offerId, patientId }, toldAt)
  await enqueue(tx, 'appointments.close-offer', { offerId, slotId }, expiresAt)
}

async function closeOffer(
  tx: Tx<SystemProof>,
  offerId: OfferId,
  outcome: OfferOutcome,
): Promise<void> {
  const closed = await tx.many<{ readonly patientId: Id<'Patient'> }>(sql`
    update appointments.slot_offer
    set closed_at = greatest(offered_at, ${tx.now}::timestamptz), outcome = ${outcome}
    where practice = ${tx.acting.practice}
      and offer_id = ${offerId}
      and closed_at is null
    returning patient_id
  `)
  for (const { patientId } of closed) {
    await recordEvent(tx, {
      type: 'appointments.offer-closed',
      about: patientId,
      details: { offerId, outcome },
    })
  }
}

async function countMissed(tx: Tx<SystemProof>, waitlistId: WaitlistId): Promise<void> {
  await tx.run(sql`
    update appointments.waitlist_entry
    set missed_offers = missed_offers + 1
    where practice = ${tx.acting.practice}
      and waitlist_id = ${waitlistId}
  `)
}

async function freeSlot(tx: Tx<SystemProof>, slotId: SlotId): Promise<void> {
  await tx.run(sql`
    update appointments.slot
    set state = 'free'
    where practice = ${tx.acting.practice}
      and slot_id = ${slotId}
      and state = 'held'
  `)
  await recordEvent(tx, { type: 'appointments.held-slot-freed', details: { slotId } })
}
