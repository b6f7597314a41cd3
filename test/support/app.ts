import type { FastifyInstance } from 'fastify'
import type { OdsCode } from '#kernel/ods-code'
import { csrfToken } from '#platform/auth'
import { sql, systemProof, type Database } from '#platform/db'
import { openLog, type Log } from '#platform/log'
import type { Role, ServiceLevel, RecordLevel } from '#modules/access'
import { openAccess } from '#modules/access'
import { beginSignIn, type AccountId } from '#modules/accounts'
import { addPatients, changeRegistration, type PatientId } from '#modules/directory'
import { newId } from '#kernel/id'
import { parseLocalDate } from '#kernel/time'
import { buildApp } from '../../src/app.ts'
import { aStaffMember, anAccount, anNhsNumber } from './surgery.ts'

/** The whole service on a test database, asked by `inject`; nothing listens. */
export function testApp(db: Database, log: Log = openLog('silent')): Promise<FastifyInstance> {
  return buildApp({ db, log, publicUrl: 'http://localhost', showNhsLogo: false })
}

/** Someone signed in: what their browser would send. */
export interface Visitor {
  readonly cookie: string
  readonly csrf: string
  readonly accountId: AccountId
}

/** A patient who is signed in, with these switches; everything on where nothing is said. */
export async function aSignedInPatient(
  db: Database,
  practice: OdsCode,
  switches: {
    readonly appointments?: ServiceLevel
    readonly prescriptions?: ServiceLevel
    readonly record?: RecordLevel
    readonly registration?: 'active' | 'left' | 'deceased'
    readonly ended?: boolean
    readonly suspended?: boolean
    readonly isSensitive?: boolean
    /** Acts for a patient rather than being them. */
    readonly as?: 'proxy'
    /** By NHS login at this level, rather than by password. */
    readonly identityLevel?: 'P0' | 'P5' | 'P9'
  } = {},
): Promise<Visitor & { readonly patientId: PatientId }> {
  const patientId = newId<'Patient'>(db.now())
  const bornOn = parseLocalDate('1961-04-12')
  if (bornOn === undefined) throw new Error('Not a day')
  const accountId = await anAccount(db, 'patient', { practice, subjectId: patientId })
  await db.transaction(systemProof(practice), async (tx) => {
    await addPatients(tx, [
      {
        patientId,
        nhsNumber: anNhsNumber(),
        givenName: 'Ann',
        familyName: 'Patel',
        bornOn,
        sex: 'female',
        addressLines: [],
        mobile: '07700 900123',
        registration: switches.registration ?? 'active',
      },
    ])
    await openAccess(tx, {
      accountId,
      patientId,
      relation: switches.as ?? 'self',
      appointments: switches.appointments ?? 'manage',
      prescriptions: switches.prescriptions ?? 'manage',
      recordCurrent: switches.record ?? 'full',
      recordHistorical: switches.record ?? 'full',
      effectiveFrom: new Date(0),
    })
    await tx.run(sql`
      update access.association
      set ends_at = case when ${switches.ended ?? false}::boolean then ${tx.now}::timestamptz end,
        suspended_at = case when ${switches.suspended ?? false}::boolean
          then ${tx.now}::timestamptz end,
        suspended_why = case when ${switches.suspended ?? false}::boolean then 'surgery' end
      where practice = ${practice}
        and account_id = ${accountId}
    `)
    if (switches.isSensitive === true)
      await changeRegistration(tx, patientId, { kind: 'sensitive', isSensitive: true })
  })
  const relation = switches.as ?? 'self'
  const link = { practice, subjectId: patientId, relation } as const
  const { identityLevel } = switches
  const by = identityLevel && ({ method: 'nhs-login', identityLevel } as const)
  const token = await beginSignIn(db, accountId, 'patient', link, by)
  return {
    patientId,
    accountId,
    cookie: `patient-sign-in=${accountId}.${token}`,
    csrf: csrfToken(token),
  }
}

/** A member of staff who is signed in. */
export async function aSignedInStaffMember(
  db: Database,
  practice: OdsCode,
  roles: readonly Role[],
): Promise<Visitor & { readonly staffId: string }> {
  const { staffId } = await aStaffMember(db, practice, { name: 'Sam Staff', roles })
  const accountId = await anAccount(db, 'practice', { practice, subjectId: staffId })
  const token = await beginSignIn(db, accountId, 'practice', {
    practice,
    subjectId: staffId,
    relation: 'staff',
  })
  return {
    staffId,
    accountId,
    cookie: `practice-sign-in=${accountId}.${token}`,
    csrf: csrfToken(token),
  }
}
