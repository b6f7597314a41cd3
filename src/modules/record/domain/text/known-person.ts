/** What is known of the patient for comparing with what a text says. Days are 1985-03-02. */
export interface KnownPerson {
  readonly patientAge?: number
  readonly sex?: 'male' | 'female'
  readonly nhsNumber?: string
  readonly dateOfBirth?: string
  readonly familyName?: string
  readonly givenName?: string
}
