import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { csrfToken } from '#platform/auth'
import { systemProof, type Database } from '#platform/db'
import { openAccess } from '#modules/access'
import { beginSignIn, createAccountsInBulk, type AccountId } from '#modules/accounts'
import { addPatients, type PatientId } from '#modules/directory'
import { parseLocalDate } from '#kernel/time'
import { anNhsNumber } from '../support/surgery.ts'

/** Somebody signed in who reads a patient's record. */
export interface Reader {
  readonly name: 'patient' | 'proxy'
  readonly accountId: AccountId
  readonly cookie: string
  readonly csrf: string
}

/** A patient, and who reads their record: they themselves and somebody who acts for them. */
export interface Person {
  readonly patientId: PatientId
  readonly readers: readonly [patient: Reader, proxy: Reader]
}

/** So many patients with all services on, each with somebody who acts for them, all signed in. */
export async function makePeople(
  db: Database,
  practice: OdsCode,
  count: number,
): Promise<readonly Person[]> {
  const patientIds = Array.from({ length: count }, () => newId<'Patient'>(db.now()))
  const wanted = patientIds.flatMap((patientId) => [
    { patientId, relation: 'self' as const },
    { patientId, relation: 'proxy' as const },
  ])
  const accountIds = await createAccountsInBulk(
    db,
    'not used here: sign-ins are begun directly',
    wanted.map(({ patientId, relation }) => ({
      face: 'patient',
      email: `${relation}.${patientId}@example.test`,
      displayName: 'Ann Patel',
      isDemo: true,
      links: [{ practice, subjectId: patientId, relation }],
    })),
  )
  await addThem(db, practice, patientIds)
  const people: Person[] = []
  for (const [index, patientId] of patientIds.entries()) {
    const [self, proxy] = accountIds.slice(index * 2, index * 2 + 2)
    if (self === undefined || proxy === undefined) throw new Error('No account was made')
    const readers = [
      await aReader(db, { practice, patientId, accountId: self, name: 'patient' }),
      await aReader(db, { practice, patientId, accountId: proxy, name: 'proxy' }),
    ] as const
    people.push({ patientId, readers })
  }
  return people
}

async function addThem(
  db: Database,
  practice: OdsCode,
  patientIds: readonly PatientId[],
): Promise<void> {
  const bornOn = parseLocalDate('1961-04-12')
  if (bornOn === undefined) throw new Error('Not a day')
  const patients = patientIds.map((patientId) => ({
    patientId,
    nhsNumber: anNhsNumber(),
    givenName: 'Ann',
    familyName: 'Patel',
    bornOn,
    sex: 'female' as const,
    addressLines: [],
    email: 'ann@example.test',
    registration: 'active' as const,
  }))
  await db.transaction(systemProof(practice), (tx) => addPatients(tx, patients))
}

async function aReader(
  db: Database,
  given: {
    readonly practice: OdsCode
    readonly patientId: PatientId
    readonly accountId: AccountId
    readonly name: Reader['name']
  },
): Promise<Reader> {
  const { practice, patientId, accountId, name } = given
  const relation = name === 'patient' ? ('self' as const) : ('proxy' as const)
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
  const token = await beginSignIn(db, accountId, 'patient', {
    practice,
    subjectId: patientId,
    relation,
  })
  const cookie = `patient-sign-in=${accountId}.${token}`
  return { name, accountId, cookie, csrf: csrfToken(token) }
}
