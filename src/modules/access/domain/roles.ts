/** Staff roles. Source: DOMAIN ACT-1. */
export type Role =
  | 'receptionist'
  | 'prescriber'
  | 'clinician'
  | 'practice-manager'
  | 'safeguarding-lead'
  | 'ig-lead'
  /** Sorts what waits to be disclosed, and decides what is plainly harmless. Source: DISCLOSURE 5. */
  | 'records-clerk'

/** What staff may do on the practice site; every route asks for one. */
export type Permission =
  | 'view-clinics'
  | 'book-for-patients'
  | 'publish-slots'
  | 'triage-prescriptions'
  | 'decide-prescriptions'
  | 'find-patients'
  | 'view-record'
  | 'decide-disclosure'
  | 'manage-practice'
  /** Check who somebody is, and hand out what their practice decided beforehand (ACT-1). */
  | 'verify-identity'
  /** Decide what of a record somebody may see online, and who may act for whom. */
  | 'authorise-access'
