import type { OdsCode } from '#kernel/ods-code'
import type { LocalDate } from '#kernel/time'
import type { Postcode } from './postcode.ts'

/** Who dispenses: a high street pharmacy, one that only sends, a GP surgery, or of appliances. */
export const pharmacyKinds = [
  'community',
  'distance-selling',
  'dispensing-practice',
  'appliance',
] as const

/** One of the kinds above. */
export type PharmacyKind = (typeof pharmacyKinds)[number]

/** A dispenser as the Organisation Data Service lists it. No coordinates are known. */
export interface Pharmacy {
  readonly odsCode: OdsCode
  readonly name: string
  readonly addressLines: readonly string[]
  readonly postcode: Postcode
  readonly phone?: string | undefined
  readonly kind: PharmacyKind
  readonly openedOn?: LocalDate | undefined
  /** The first day on which it is closed for good. */
  readonly closedOn?: LocalDate | undefined
}

/** Whether a pharmacy can be sent prescriptions on this day. */
export function isOpen(
  pharmacy: Pick<Pharmacy, 'openedOn' | 'closedOn'>,
  today: LocalDate,
): boolean {
  const { openedOn, closedOn } = pharmacy
  return (
    (openedOn === undefined || openedOn <= today) && (closedOn === undefined || today < closedOn)
  )
}

/** Whether patients may choose it: surgeries dispense to their own, appliances go elsewhere. */
export function isChoosable(
  pharmacy: Pick<Pharmacy, 'kind' | 'openedOn' | 'closedOn'>,
  today: LocalDate,
): boolean {
  return (
    (pharmacy.kind === 'community' || pharmacy.kind === 'distance-selling') &&
    isOpen(pharmacy, today)
  )
}
