import { parseId, type Id } from '#kernel/id'
import type { Database, SystemProof, Tx } from '#platform/db'
import { openAccess } from '#modules/access'
import { accountIdByEmail, createAccountsInBulk, type AccountId } from '#modules/accounts'
import { castSize } from '../domain/cast.ts'
import { demoPassword, peopleAt, type DemoAccess, type DemoPerson } from '../domain/demo-people.ts'
import type { DemoPractice } from '../domain/practice.ts'

/** An account that was made for a patient, and what it may do. */
export interface PatientAccount {
  readonly accountId: AccountId
  readonly patientId: Id<'Patient'>
  readonly access: DemoAccess
}

/**
 * Makes the sign-ins of a practice's named people that are not there yet: an earlier run may have
 * ended right after it had made them. Gives those of patients.
 */
export async function makeAccounts(
  db: Database,
  seed: number,
  practice: DemoPractice,
  patients: number,
): Promise<readonly PatientAccount[]> {
  const cast = peopleAt(seed, practice.index).filter(
    (person, place) => person.face === 'practice' || place < Math.min(castSize, patients),
  )
  const known = new Map<DemoPerson, AccountId>()
  for (const person of cast) {
    const accountId = await accountIdByEmail(db, person.email, person.face)
    if (accountId) known.set(person, accountId)
  }
  const missing = cast.filter((person) => !known.has(person))
  if (missing.length > 0) {
    const ids = await createAccountsInBulk(
      db,
      demoPassword,
      missing.map((person) => ({
        face: person.face,
        email: person.email,
        displayName: person.name,
        isDemo: true,
        links: [
          {
            practice: person.practice,
            subjectId: person.subjectId,
            relation: person.face === 'patient' ? ('self' as const) : ('staff' as const),
          },
        ],
      })),
    )
    missing.forEach((person, place) => {
      const accountId = ids[place]
      if (accountId) known.set(person, accountId)
    })
  }
  return [...known].flatMap(([person, accountId]) => {
    const patientId = parseId<'Patient'>(person.subjectId)
    return person.access && patientId ? [{ accountId, patientId, access: person.access }] : []
  })
}

/** Opens to each of these accounts its own record and services. */
export async function openDemoAccess(
  tx: Tx<SystemProof>,
  accounts: readonly PatientAccount[],
): Promise<void> {
  const effectiveFrom = new Date(tx.now.getTime() - 365 * 86_400_000)
  await openAccess(
    tx,
    ...accounts.map(({ accountId, patientId, access }) => ({
      accountId,
      patientId,
      relation: 'self' as const,
      ...access,
      effectiveFrom,
    })),
  )
}
