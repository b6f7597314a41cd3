import type { ManagedRole, RolesRefusal } from '../../domain/staff/managed-roles.ts'

/** What each role is called, and what it lets somebody do. */
export const roleWords: Readonly<
  Record<ManagedRole, { readonly name: string; readonly hint: string }>
> = {
  receptionist: {
    name: 'Receptionist',
    hint: 'Clinics, booking for patients, prescription requests, finding patients, checking who people are',
  },
  prescriber: {
    name: 'Prescriber',
    hint: 'Decides prescription requests, reads records',
  },
  clinician: {
    name: 'Clinician',
    hint: 'Reads records, decides what patients are shown, decides who may see what online',
  },
  'practice-manager': {
    name: 'Practice manager',
    hint: 'Clinics and settings, staff, checking who people are, who may see what online',
  },
  'safeguarding-lead': {
    name: 'Safeguarding lead',
    hint: 'Decides what patients are shown where somebody may be at risk',
  },
  'ig-lead': {
    name: 'Information governance lead',
    hint: 'Decides what patients are shown where the law or others’ privacy is concerned',
  },
  'records-clerk': {
    name: 'Records clerk',
    hint: 'Sorts what waits to be shown, decides what is plainly harmless',
  },
  'identity-verifier': {
    name: 'Identity verifier',
    hint: 'Finds patients and checks who they are, nothing else',
  },
  'access-authoriser': {
    name: 'Access authoriser',
    hint: 'Finds patients and decides who may see what online, nothing else',
  },
}

/** Names of roles, those that a manager does not give too. */
export function formatRoles(roles: readonly string[]): string {
  const words: Readonly<Record<string, { readonly name: string }>> = roleWords
  const names = roles.map((role) => words[role]?.name ?? 'Another role')
  return names.length === 0 ? 'None' : names.join(', ')
}

/** Why a change was refused, and what to do. */
export const refusalWords: Readonly<Record<RolesRefusal | 'address-in-use', string>> = {
  'no-role': 'Choose at least one role',
  'last-manager': 'Somebody has to manage the practice. Make another person practice manager first',
  'address-in-use': 'Somebody signs in with this email address already. Enter another',
}
