import { localDateOf } from '#kernel/time'
import type { Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import type { DestinationFacts } from '../domain/destination.ts'
import { isChoosable } from '../domain/eps/pharmacy.ts'
import type { Destination } from '../domain/item.ts'
import type { OrderRules } from '../domain/orderable.ts'
import { nominatedPharmacy } from './eps/nominations.ts'
import { pharmacyByCode } from './eps/pharmacies.ts'

/** What an order's destination is checked against now; only what this destination needs is read. */
export async function destinationFacts(
  tx: Tx<Acting<'prescriptions'>>,
  destination: Destination | undefined,
  settled: Promise<{ readonly rules: Pick<OrderRules, 'dispenses'> }>,
): Promise<DestinationFacts> {
  const today = localDateOf(tx.now)
  if (destination?.kind === 'nominated') {
    const [nominated, { rules }] = await Promise.all([nominatedPharmacy(tx), settled])
    const isUsable = nominated !== undefined && isChoosable(nominated, today)
    return { dispenses: rules.dispenses, nominated: isUsable ? nominated.odsCode : undefined }
  }
  if (destination?.kind === 'one-off') {
    const [oneOff, { rules }] = await Promise.all([pharmacyByCode(tx, destination.ods), settled])
    const isUsable = oneOff !== undefined && isChoosable(oneOff, today)
    return { dispenses: rules.dispenses, oneOff: isUsable ? oneOff.odsCode : undefined }
  }
  const { rules } = await settled
  return { dispenses: rules.dispenses }
}
