import type { Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import {
  enteredDraws,
  liveInvitations,
  livePlaces,
  openOffers,
} from '../../queries/patient/waiting.ts'
import { bookableSlots } from '../../queries/slots.ts'
import { filterOf } from './search-model.ts'
import type { WaitingModel } from './waiting-section.tsx'

const slotsShown = 3

/** What waits for the patient besides what is booked, and the first times of what they are invited to. */
export async function waitingOf(tx: Tx<Acting<'appointments'>>): Promise<WaitingModel> {
  const [offers, draws, places, invitations] = await Promise.all([
    openOffers(tx),
    enteredDraws(tx),
    livePlaces(tx),
    liveInvitations(tx),
  ])
  const withSlots = await Promise.all(
    invitations.map(async (invitation) => {
      const { slotTypeId } = invitation
      const slots = await bookableSlots(tx, filterOf({ period: 'any', slotTypeId }, tx.now))
      return { ...invitation, slots: slots.slice(0, slotsShown) }
    }),
  )
  return { offers, draws, places, invitations: withSlots }
}
