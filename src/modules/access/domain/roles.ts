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
  /** Checks who people are, and nothing else. */
  | 'identity-verifier'
  /** Decides who may see what online, and nothing else. */
  | 'access-authoriser'
  /** Of an integrated care board, or national: sees counts only, and nobody's name. */
  | 'icb-analyst'
  | 'national-analyst'

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
  /** See figures in which nobody can be told apart. */
  | 'view-counts'
