import { accept, refuse, type Result } from '#kernel/result'

/** Roles that a practice manager gives and takes. Analysts' are not a practice's to give. */
export const managedRoles = [
  'receptionist',
  'prescriber',
  'clinician',
  'practice-manager',
  'safeguarding-lead',
  'ig-lead',
  'records-clerk',
  'identity-verifier',
  'access-authoriser',
] as const

/** A role that a practice manager gives and takes. */
export type ManagedRole = (typeof managedRoles)[number]

/** Why a change to somebody's roles is refused. */
export type RolesRefusal = 'no-role' | 'last-manager'

/** Roles read from a form; what is not a role a manager gives is left out. */
export function parseManagedRoles(given: readonly string[]): readonly ManagedRole[] {
  return managedRoles.filter((role) => given.includes(role))
}

/**
 * Somebody's roles after a change. Roles that managers do not give stay as they are, and a practice
 * is never left without a manager.
 */
export function decideRoles(
  before: readonly string[],
  chosen: readonly ManagedRole[],
  otherManagers: number,
): Result<readonly string[], RolesRefusal> {
  if (chosen.length === 0) return refuse('no-role')
  if (losesLastManager(before, chosen, otherManagers)) return refuse('last-manager')
  const kept = before.filter((role) => !managedRoles.some((managed) => managed === role))
  return accept([...chosen, ...kept])
}

/** Whether a practice would be left without a manager. */
export function losesLastManager(
  before: readonly string[],
  after: readonly string[],
  otherManagers: number,
): boolean {
  const manager = 'practice-manager'
  return before.includes(manager) && !after.includes(manager) && otherManagers === 0
}
