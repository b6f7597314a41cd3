import type { Id } from '#kernel/id'
import { closingOf, whyNotOffered } from '../offering.ts'
import type { PracticeSettings, Slot } from '../slot.ts'
import { asFree, nextInLine, type OfferId, type Waiting, type WaitlistId } from './line.ts'
import { offerUntil } from './offer-time.ts'

/** An offer of a slot that nobody has answered. */
export interface LiveOffer {
  readonly offerId: OfferId
  readonly waitlistId: WaitlistId
  readonly patientId: Id<'Patient'>
  readonly expiresAt: Date
}

/** How an offer ended: `gone` when someone else has the slot, `withdrawn` when the practice took it back. */
export type OfferOutcome = 'accepted' | 'declined' | 'expired' | 'gone' | 'withdrawn'

/** What is to be written about one slot that was given back. */
export interface Settlement {
  readonly closed: readonly { readonly offer: LiveOffer; readonly outcome: OfferOutcome }[]
  readonly offered: readonly { readonly waiting: Waiting; readonly expiresAt: Date }[]
  /** Whether the slot is free for everyone from now on. */
  readonly isFreed: boolean
  /** Places that end, because too many offers were let pass. */
  readonly ended: readonly WaitlistId[]
}

/** A slot that was given back, with everything that decides what becomes of it. */
export interface HeldSlot {
  readonly slot: Slot
  readonly offers: readonly LiveOffer[]
  readonly waiting: readonly Waiting[]
  readonly settings: PracticeSettings
}

/**
 * What becomes of a slot that is held for those who wait. Offers whose time is up are closed, the
 * next in line are asked, and where nobody is left to ask the slot is free for everyone. Asked again
 * with nothing changed, there is nothing to write.
 */
export function settle(held: HeldSlot, now: Date): Settlement {
  const { slot, offers, waiting, settings } = held
  const expired = offers.filter((offer) => offer.expiresAt <= now)
  if (slot.state !== 'held') return closing(held, now, 'gone')
  if (whyNotOffered(asFree(slot), settings, now)) {
    return { ...closing(held, now, 'withdrawn'), isFreed: true }
  }
  const live = offers.length - expired.length
  const expiresAt = offerUntil(now, settings, closingOf(slot, settings))
  const wanted = settings.waitlistOpen && expiresAt ? settings.offersAtOnce - live : 0
  const ended = endedBy(held, expired)
  const asked = nextInLine(
    slot,
    waiting.filter((one) => !ended.includes(one.waitlistId)),
    wanted,
    settings,
    now,
  )
  return {
    closed: expired.map((offer) => ({ offer, outcome: 'expired' })),
    offered: expiresAt ? asked.map((one) => ({ waiting: one, expiresAt })) : [],
    isFreed: live === 0 && asked.length === 0,
    ended,
  }
}

function closing(held: HeldSlot, now: Date, outcome: 'gone' | 'withdrawn'): Settlement {
  const expired = held.offers.filter((offer) => offer.expiresAt <= now)
  // Whose time was up before anybody took the slot cannot be told from here: it counts for nobody.
  const counted = outcome === 'gone' ? [] : expired
  return {
    closed: held.offers.map((offer) => ({
      offer,
      outcome: counted.includes(offer) ? 'expired' : outcome,
    })),
    offered: [],
    isFreed: false,
    ended: endedBy(held, counted),
  }
}

function endedBy(held: HeldSlot, expired: readonly LiveOffer[]): readonly WaitlistId[] {
  const { maxMissedOffers } = held.settings
  return held.waiting
    .filter((one) => one.missedOffers + 1 >= maxMissedOffers)
    .filter((one) => expired.some((offer) => offer.waitlistId === one.waitlistId))
    .map((one) => one.waitlistId)
}
