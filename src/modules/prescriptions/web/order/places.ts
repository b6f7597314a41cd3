import type { Pharmacy } from '../../domain/eps/pharmacy.ts'
import type { Destination } from '../../domain/item.ts'

/** Where an order can go for this patient, as far as is known before they look for a pharmacy. */
export interface Places {
  /** Their nominated pharmacy, if it can be used now. */
  readonly nominated?: Pharmacy | undefined
  /** The one they nominated, where it has closed since. */
  readonly closed?: Pharmacy | undefined
  readonly dispenses: boolean
  readonly practiceName: string
  /** A proxy may not change the nominated pharmacy. */
  readonly mayNominate: boolean
}

/** Where an order goes unless the person says otherwise. */
export function usualPlace({ nominated, dispenses }: Places): Destination {
  if (nominated) return { kind: 'nominated', ods: nominated.odsCode }
  return { kind: dispenses ? 'dispensing-practice' : 'paper' }
}

/** The place in words: what it is called, and what to know of it. */
export function formatPlace(
  destination: Destination,
  places: Pick<Places, 'nominated' | 'practiceName'>,
  oneOff?: Pharmacy,
): { readonly name: string; readonly about: string } {
  switch (destination.kind) {
    case 'nominated':
      return { name: nameOf(places.nominated), about: 'Your nominated pharmacy' }
    case 'one-off':
      return { name: nameOf(oneOff), about: 'For this order only' }
    case 'dispensing-practice':
      return { name: places.practiceName, about: 'You collect the medicines there' }
    case 'paper':
      return {
        name: `Paper prescription from ${places.practiceName}`,
        about: 'You collect it and take it to any pharmacy',
      }
  }
}

function nameOf(pharmacy: Pharmacy | undefined): string {
  return pharmacy ? `${pharmacy.name}, ${addressOf(pharmacy)}` : 'A pharmacy'
}

/** The address on one line. */
export function addressOf({ addressLines, postcode }: Pharmacy): string {
  return [...addressLines, postcode].join(', ')
}
