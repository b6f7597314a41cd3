import type { Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import { alternativesFor } from '../../domain/alternatives.ts'
import type { BookableSlot } from '../../queries/slot-details.ts'
import { slotsNear } from '../../queries/slots.ts'

const looked = 120
const shown = 5

/** What this person could have instead of a slot, or soonest where there is none to go by. */
export async function othersNear(
  tx: Tx<Acting<'appointments'>>,
  slot: BookableSlot | undefined,
): Promise<readonly BookableSlot[]> {
  const near = await slotsNear(tx, slot?.startsAt ?? tx.now, looked)
  const releasedAt = slot?.releasedAt
  const wanted = { person: tx.acting.patientId, count: shown, ...(releasedAt && { releasedAt }) }
  return alternativesFor(near, wanted, tx.now)
}
