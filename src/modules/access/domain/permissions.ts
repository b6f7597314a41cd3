import type { Permission, Role } from './roles.ts'

const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  receptionist: [
    'view-clinics',
    'book-for-patients',
    'triage-prescriptions',
    'find-patients',
    'verify-identity',
  ],
  prescriber: [
    'view-clinics',
    'find-patients',
    'triage-prescriptions',
    'decide-prescriptions',
    'view-record',
  ],
  clinician: [
    'view-clinics',
    'find-patients',
    'view-record',
    'decide-disclosure',
    'authorise-access',
    'view-counts',
  ],
  'practice-manager': [
    'view-clinics',
    'book-for-patients',
    'find-patients',
    'publish-slots',
    'manage-practice',
    'verify-identity',
    'authorise-access',
    'view-counts',
  ],
  'safeguarding-lead': [
    'find-patients',
    'view-record',
    'decide-disclosure',
    'authorise-access',
    'view-counts',
  ],
  'ig-lead': [
    'find-patients',
    'view-record',
    'decide-disclosure',
    'authorise-access',
    'view-counts',
  ],
  'records-clerk': ['find-patients', 'decide-disclosure'],
  'identity-verifier': ['find-patients', 'verify-identity'],
  'access-authoriser': ['find-patients', 'authorise-access'],
  'icb-analyst': ['view-counts'],
  'national-analyst': ['view-counts'],
}

/**
 * Whether somebody sees counts and nothing else: analysts, of a care board or national, with no
 * other role here (ACT-1).
 */
export function seesCountsOnly(roles: readonly Role[]): boolean {
  return roles.length > 0 && roles.every((role) => permissionsOf[role].join() === 'view-counts')
}

/** Whether any of a person's roles carries a permission. */
export function mayDo(roles: readonly Role[], permission: Permission): boolean {
  return roles.some((role) => permissionsOf[role].includes(permission))
}
