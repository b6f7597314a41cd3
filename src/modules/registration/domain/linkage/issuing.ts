/** Youngest age for an account of one's own, however competent. Source: NHS login, from 13. */
export const youngestOwnAccount = 13

/** Why nobody can be given linkage details for a patient. */
export type IssueRefusal = 'not-registered' | 'sensitive' | 'merged' | 'too-young' | 'not-competent'

/**
 * Why details are not handed out for this patient, or `undefined` where they may be. Under 16 staff
 * must have satisfied themselves that the patient can decide. Source: DOMAIN PX-4, RA-11, EX-2.
 */
export function whyNotIssued(
  patient: {
    readonly registration: string
    readonly isSensitive?: boolean
    readonly mergedInto?: string
  },
  about: { readonly age: number; readonly isCompetent: boolean },
): IssueRefusal | undefined {
  if (patient.isSensitive === true) return 'sensitive'
  if (patient.mergedInto !== undefined) return 'merged'
  if (patient.registration !== 'active' && patient.registration !== 'temporary')
    return 'not-registered'
  if (about.age < youngestOwnAccount) return 'too-young'
  if (about.age < 16 && !about.isCompetent) return 'not-competent'
  return undefined
}
