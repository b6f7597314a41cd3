import { lowerLevel, type RecordLevel, type ServiceLevel } from '../services.ts'

/** How somebody proved who they are. Source: DOMAIN ID-1, ID-3, ID-6. */
export type IdentityMethod =
  /** A document with a photograph and one with the address, seen at the desk. */
  | 'documents'
  /** A member of staff knows the person well. */
  | 'vouching'
  /** A member of staff knows them a little, and they answered what only they would know. */
  | 'vouching-with-confirmation'
  /** As before, by phone or video. */
  | 'remote-vouching'
  /** Proved at NHS login with photo identity (P9). */
  | 'nhs-login'

/** What one account is given of one patient: one of the two switches of each service. */
export interface Grant {
  readonly appointments: ServiceLevel
  readonly prescriptions: ServiceLevel
  readonly recordCurrent: RecordLevel
  readonly recordHistorical: RecordLevel
}

/**
 * The highest record level that may be given on a proof of identity. What was only heard or seen on
 * a screen never opens more than the summary. Source: DOMAIN ID-6.
 */
export function highestLevel(method: IdentityMethod): RecordLevel {
  return method === 'remote-vouching' ? 'summary' : 'full'
}

/** A grant, lowered to what its proof of identity allows. Never raises anything. */
export function cappedGrant(grant: Grant, method: IdentityMethod): Grant {
  const highest = highestLevel(method)
  return {
    ...grant,
    recordCurrent: lowerLevel(grant.recordCurrent, highest),
    recordHistorical: lowerLevel(grant.recordHistorical, highest),
  }
}
