import type { OdsCode } from '#kernel/ods-code'
import type { Destination } from './item.ts'

/** What an order's destination is checked against, as it is when the order is placed. */
export interface DestinationFacts {
  readonly dispenses: boolean
  /** The patient's nominated pharmacy, if it is still open. */
  readonly nominated?: OdsCode | undefined
  /** The pharmacy named for this order alone, if there is one of that code and it is open. */
  readonly oneOff?: OdsCode | undefined
}

/** Why an order cannot go where it was sent to. */
export type DestinationFault = 'pharmacy-changed' | 'pharmacy-unknown' | 'does-not-dispense'

/**
 * What keeps an order from going there, if anything. A nominated pharmacy must be the one that the
 * person was shown: where it has changed since, they are asked again. Source: DOMAIN RX-9.
 */
export function destinationFault(
  destination: Destination,
  facts: DestinationFacts,
): DestinationFault | undefined {
  switch (destination.kind) {
    case 'nominated':
      return destination.ods === facts.nominated ? undefined : 'pharmacy-changed'
    case 'one-off':
      return destination.ods === facts.oneOff ? undefined : 'pharmacy-unknown'
    case 'dispensing-practice':
      return facts.dispenses ? undefined : 'does-not-dispense'
    case 'paper':
      return undefined
  }
}
