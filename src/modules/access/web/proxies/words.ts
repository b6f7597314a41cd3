import type { RefusedBecause } from '../../commands/proxies/decide-proxy.ts'
import type {
  ProxyBasis,
  ProxyEvidence,
  ProxyRefusal,
  Relationship,
} from '../../domain/proxies/proxy.ts'

export const relationshipWords: Readonly<Record<Relationship, string>> = {
  parent: 'Parent, or who has parental responsibility',
  partner: 'Husband, wife or partner',
  child: 'Son or daughter',
  family: 'Another of the family',
  friend: 'Friend or neighbour',
  'care-worker': 'Care worker, at home or in a care home',
  other: 'Somebody else',
}

export const basisWords: Readonly<Record<ProxyBasis, string>> = {
  consent: 'The patient agreed',
  'parental-responsibility': 'Parental responsibility',
  'lasting-power-of-attorney': 'Lasting power of attorney for health and welfare',
  deputy: 'Deputy appointed by the court',
  'best-interests': 'Best interests, decided by a clinician',
}

export const evidenceWords: Readonly<Record<ProxyEvidence, string>> = {
  'patient-in-person': 'The patient said so, alone, in person',
  'patient-by-phone': 'The patient said so by phone',
  'birth-certificate': 'Birth certificate seen',
  'court-order': 'Court order seen',
  'registered-power': 'Registered power of attorney seen',
  'clinician-assessment': 'Assessment by a clinician in the record',
  record: 'Known from the record',
  'patient-online': 'The patient invited them online',
  none: 'Nothing seen yet',
}

export const refusedWords: Readonly<Record<RefusedBecause, string>> = {
  'not-necessary': 'Not necessary: the patient can use it themself',
  'not-safe': 'Not safe',
  'no-basis': 'No basis, or no evidence of it',
  'no-capacity': 'The patient cannot agree, and nobody decided for them',
}

/** Why it cannot be allowed as written down, and what to do. */
export const proxyRefusalWords: Readonly<Record<ProxyRefusal, string>> = {
  'no-evidence': 'Nothing was saved: somebody must have seen or heard the evidence first',
  'evidence-of-another-kind': 'Nothing was saved: this evidence does not show this basis',
  'consent-needed-from-16':
    'Nothing was saved: from 16 on parental responsibility is not enough. The patient decides, or another basis is needed',
  'work-needs-employer-and-end':
    'Nothing was saved: who acts because of their work has an employer and a last day',
  'ends-in-the-past': 'Nothing was saved: the last day is past',
  'too-young': 'Nothing was saved: nobody under 16 acts for another',
}
