import { ageOn, localDateOf } from '#kernel/time'
import type { Slot } from './slot.ts'
import type { Eligibility, TypeTerms } from './slot-type.ts'

/** Which of a type's terms a patient does not meet. */
export type Unmet = 'age' | 'sex' | 'site' | 'clinician' | 'invitation'

/**
 * Why a slot is not for this patient, or `undefined` where it is. Age counts on the day of the slot,
 * in England. What is not known of a patient does not meet a term that asks for it.
 *
 * Source: DOMAIN BK-13.
 */
export function whyNotEligible(
  slot: Pick<Slot, 'startsAt' | 'slotTypeId' | 'staffId' | 'siteId' | 'terms'>,
  patient: Eligibility,
): Unmet | undefined {
  const { terms } = slot
  if (!terms) return undefined
  if (!isOfAge(terms, slot.startsAt, patient)) return 'age'
  if (terms.sex && patient.sex !== terms.sex) return 'sex'
  if (terms.ownSiteOnly && slot.siteId !== patient.siteId) return 'site'
  if (terms.ownClinicianOnly && (!slot.staffId || slot.staffId !== patient.usualStaffId)) {
    return 'clinician'
  }
  if (terms.invitedOnly && !patient.invitedTo.some((type) => type === slot.slotTypeId)) {
    return 'invitation'
  }
  return undefined
}

function isOfAge(
  { minAge, maxAge }: TypeTerms,
  startsAt: Date,
  { bornOn }: Pick<Eligibility, 'bornOn'>,
): boolean {
  if (minAge === undefined && maxAge === undefined) return true
  const age = ageOn(bornOn, localDateOf(startsAt))
  return age >= (minAge ?? 0) && age <= (maxAge ?? Number.POSITIVE_INFINITY)
}
