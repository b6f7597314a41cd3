import { accept, refuse, type Result } from '#kernel/result'
import { addDays, ageOn, type LocalDate } from '#kernel/time'
import type { Grant } from '../identity/methods.ts'
import type { ProxyReach } from './reach.ts'

/** How somebody who acts for a patient stands to them. */
export type Relationship =
  | 'parent'
  | 'partner'
  | 'child'
  | 'family'
  | 'friend'
  | 'care-worker'
  | 'other'

/** What lets somebody act for another. Source: DOMAIN PX-1. */
export type ProxyBasis =
  | 'consent'
  | 'parental-responsibility'
  | 'lasting-power-of-attorney'
  | 'deputy'
  | 'best-interests'

/** What was seen or heard of the basis. */
export type ProxyEvidence =
  | 'patient-in-person'
  | 'patient-by-phone'
  | 'birth-certificate'
  | 'court-order'
  | 'registered-power'
  | 'clinician-assessment'
  | 'record'
  /** The patient invited them, signed in to their own account. */
  | 'patient-online'
  | 'none'

/** One request to act for a patient, as staff write it down. */
export interface ProxyRequest {
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly relationship: Relationship
  /** For somebody who acts because of their work. */
  readonly employer?: string
  /** Where they are registered, if not here. */
  readonly registeredAt?: string
  readonly basis: ProxyBasis
  readonly evidence: ProxyEvidence
  readonly grant: Grant
  readonly reach: ProxyReach
  readonly seesContact: boolean
  /** Their last day. */
  readonly endsOn?: LocalDate
  /** When the practice looks at it again. */
  readonly reviewOn?: LocalDate
}

/** Why nobody may act on what was written down. */
export type ProxyRefusal =
  | 'no-evidence'
  | 'evidence-of-another-kind'
  | 'consent-needed-from-16'
  | 'work-needs-employer-and-end'
  | 'ends-in-the-past'
  | 'too-young'

const evidenceFor: Readonly<Record<ProxyBasis, readonly ProxyEvidence[]>> = {
  consent: ['patient-in-person', 'patient-by-phone', 'patient-online'],
  'parental-responsibility': ['birth-certificate', 'court-order', 'record'],
  'lasting-power-of-attorney': ['registered-power'],
  deputy: ['court-order'],
  'best-interests': ['clinician-assessment'],
}

/** Youngest age at which somebody may act for another. */
const youngestProxy = 16

/**
 * May this person act for this patient, on this basis with this evidence? Parental responsibility
 * ends at 16; who acts because of their work has an employer and a last day. Source: DOMAIN PX-1,
 * PX-4, PX-11.
 */
export function decideProxy(
  request: ProxyRequest,
  patient: { readonly bornOn: LocalDate },
  today: LocalDate,
): Result<ProxyRequest, ProxyRefusal> {
  const { basis, evidence } = request
  if (evidence === 'none') return refuse('no-evidence')
  if (!evidenceFor[basis].includes(evidence)) return refuse('evidence-of-another-kind')
  if (basis === 'parental-responsibility' && ageOn(patient.bornOn, today) >= 16)
    return refuse('consent-needed-from-16')
  if (request.relationship === 'care-worker' && (!request.employer || !request.endsOn))
    return refuse('work-needs-employer-and-end')
  if (request.endsOn !== undefined && request.endsOn < today) return refuse('ends-in-the-past')
  if (ageOn(request.bornOn, today) < youngestProxy) return refuse('too-young')
  return accept(request)
}

/** Days before its last day on which both are told that access ends. */
export const endNoticeDays = 30

/** The first day on which it is time to tell that access ends. */
export function tellEndFrom(endsOn: LocalDate): LocalDate {
  return addDays(endsOn, -endNoticeDays)
}
