/** A part of the record that can be withheld whole, for every patient or for one. Source: INTEROP D2. */
export type RecordArea =
  | 'medicines'
  | 'allergies'
  | 'problems'
  | 'results'
  | 'consultations'
  | 'immunisations'
  | 'documents'
  | 'referrals'
  | 'measurements'

/** Every part, in the order in which patients see them. */
export const recordAreas: readonly RecordArea[] = [
  'medicines',
  'allergies',
  'problems',
  'results',
  'consultations',
  'immunisations',
  'documents',
  'referrals',
  'measurements',
]

/**
 * A part that is withheld, and which switch says so. The patient's own wins over the practice's;
 * `proxy` is what was not given to somebody who acts for the patient.
 */
export interface WithheldArea {
  readonly area: RecordArea
  readonly by: 'practice' | 'patient' | 'proxy'
}
