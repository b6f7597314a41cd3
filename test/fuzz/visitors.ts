import type { FastifyInstance } from 'fastify'
import { parseId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { csrfToken } from '#platform/auth'
import { sql, systemProof, type Database } from '#platform/db'
import { openAccess, setPracticeServices, type Role } from '#modules/access'
import { beginSignIn } from '#modules/accounts'
import { aSignedInStaffMember, type Visitor } from '../support/app.ts'
import { anAccount } from '../support/surgery.ts'

/** Somebody who sends requests: who they are, and how they come to be signed in. */
export interface Person {
  readonly name: string
  readonly practice: OdsCode
  /** The page that they see where all is well. */
  readonly start: string
  /** Whose held words are looked for in every answer, by the patient's id. */
  readonly patientId?: string
  signIn(): Promise<Credentials | undefined>
}

/** What a browser would send. */
export type Credentials = Pick<Visitor, 'cookie' | 'csrf'>

/** A person as they are signed in now. */
export interface Visiting {
  readonly person: Person
  credentials: Credentials | undefined
}

/** Nobody, patients and proxies of both practices, and staff of the second alone. */
export function everyKind(
  db: Database,
  quiet: OdsCode,
  busy: OdsCode,
  patients: Readonly<Record<'held' | 'huge' | 'other', string>>,
): readonly Person[] {
  const patient = (
    name: string,
    practice: OdsCode,
    patientId: string,
    relation: 'self' | 'proxy',
  ): Person => ({
    name,
    practice,
    patientId,
    start: '/home',
    signIn: () => signInFor(db, practice, patientId, relation),
  })
  const staff = (role: Role, ...more: readonly Role[]): Person => ({
    name: role,
    practice: busy,
    start: '/practice',
    signIn: () => signInToWork(db, busy, [role, ...more]),
  })
  return [
    { name: 'nobody', practice: quiet, start: '/', signIn: () => Promise.resolve(undefined) },
    patient('patient', quiet, patients.held, 'self'),
    patient('patient with much', quiet, patients.huge, 'self'),
    patient('proxy', quiet, patients.held, 'proxy'),
    patient('patient of a busy practice', busy, patients.other, 'self'),
    staff('receptionist'),
    staff('prescriber', 'clinician', 'safeguarding-lead', 'ig-lead'),
    staff('practice-manager', 'access-authoriser', 'identity-verifier'),
  ]
}

/** Signs in whoever has lost their sign-in or what it opened, as happens when everything is tried. */
export async function keepSignedIn(
  app: FastifyInstance,
  visiting: readonly Visiting[],
): Promise<number> {
  let renewed = 0
  for (const one of visiting) {
    const { person, credentials } = one
    const answer =
      credentials &&
      (await app.inject({ url: person.start, headers: { cookie: credentials.cookie } }))
    if (answer?.statusCode === 200) continue
    one.credentials = await person.signIn()
    if (one.credentials) renewed++
  }
  return renewed
}

async function signInFor(
  db: Database,
  practice: OdsCode,
  subjectId: string,
  relation: 'self' | 'proxy',
): Promise<Credentials> {
  const patientId = parseId<'Patient'>(subjectId)
  if (patientId === undefined) throw new Error('Not an id')
  await restorePatient(db, practice, patientId)
  const accountId = await anAccount(db, 'patient', { practice, subjectId })
  await db.transaction(systemProof(practice), (tx) =>
    openAccess(tx, {
      accountId,
      patientId,
      relation,
      appointments: 'manage',
      prescriptions: 'manage',
      recordCurrent: 'full',
      recordHistorical: 'full',
      effectiveFrom: new Date(0),
    }),
  )
  const token = await beginSignIn(db, accountId, 'patient', { practice, subjectId, relation })
  return { cookie: `patient-sign-in=${accountId}.${token}`, csrf: csrfToken(token) }
}

async function restorePatient(db: Database, practice: OdsCode, patientId: string): Promise<void> {
  await db.transaction(systemProof(practice), async (tx) => {
    await setPracticeServices(tx, { appointments: true, prescriptions: true, recordLevel: 'full' })
    await tx.run(sql`
      update directory.patient
      set registration = 'active', is_sensitive = false
      where practice = ${practice}
        and patient_id = ${patientId}
    `)
  })
}

async function signInToWork(
  db: Database,
  practice: OdsCode,
  roles: readonly Role[],
): Promise<Credentials> {
  return aSignedInStaffMember(db, practice, roles)
}
