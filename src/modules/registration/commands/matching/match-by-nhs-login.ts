import { newId } from '#kernel/id'
import { ageOn, localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, systemProof, type Database, type SystemProof, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import {
  accessPolicy,
  cappedGrant,
  defaultGrant,
  openAccess,
  recordAsksForReview,
} from '#modules/access'
import {
  applicationOf,
  type AccountId,
  type AccountLink,
  type NhsLoginMatching,
  type NhsLoginPerson,
} from '#modules/accounts'
import { patientById, practiceByCode, type Patient, type PatientId } from '#modules/directory'
import { comparableName } from '../../domain/linkage/linking.ts'
import { decideMatch } from '../../domain/matching/match.ts'
import { applicantNamed } from '../../queries/limited.ts'
import { isLive, listedPatient, type FoundOnList } from '../../queries/matching.ts'
import { closeApplications } from '../limited/close-applications.ts'

/**
 * Finds whom NHS login proved (P9) on the list of the practice that it names, and gives them what
 * the practice gives new accounts. No details are needed, and nobody at the practice decides.
 *
 * Source: DOMAIN ACC-4, ACC-6, ID-1, ID-2. Hazard: H-001.
 */
export const matchingByNhsLogin: NhsLoginMatching = {
  find: findPatient,
  askedAs,
  open: openForPatient,
}

async function findPatient(db: Database, person: NhsLoginPerson): Promise<AccountLink | undefined> {
  const { practice, nhsNumber, familyName, bornOn, level } = person
  if (level !== 'P9' || practice === undefined) return undefined
  if (nhsNumber === undefined || familyName === undefined || bornOn === undefined) return undefined
  if (!(await practiceByCode(db.accounts, practice))) return undefined
  return db.transaction(systemProof(practice), async (tx) => {
    const [live, patient, policy] = await Promise.all([
      isLive(tx),
      listedPatient(tx, nhsNumber),
      accessPolicy(tx),
    ])
    const { nhsLoginOpens } = policy
    const proved = { nhsNumber, familyName, bornOn }
    const decided = decideMatch(patient, proved, { isLive: live, nhsLoginOpens }, tx.now)
    await noteOutcome(tx, patient, decided.ok ? undefined : decided.refusal)
    if (!decided.ok || !patient) return undefined
    return { practice, subjectId: patient.patientId, relation: 'self' }
  })
}

async function askedAs(
  db: Database,
  accountId: AccountId,
  { familyName, bornOn }: NhsLoginPerson,
): Promise<boolean> {
  const link = await applicationOf(db, accountId)
  if (!link || familyName === undefined || bornOn === undefined) return false
  const asked = await db.transaction(systemProof(link.practice), (tx) =>
    applicantNamed(tx, link.subjectId),
  )
  if (!asked || asked.bornOn !== bornOn) return false
  return comparableName(asked.familyName) === comparableName(familyName)
}

/** One event whatever the outcome. Who it was is in the trail of accounts; nothing typed is in this. */
async function noteOutcome(
  tx: Tx<SystemProof>,
  patient: FoundOnList | undefined,
  reason: string | undefined,
): Promise<void> {
  await recordEvent(tx, {
    type: 'registration.nhs-login-matched',
    outcome: reason === undefined ? 'done' : 'refused',
    ...(patient && { about: patient.patientId }),
    details: reason === undefined ? {} : { reason },
  })
}

async function openForPatient(
  db: Database,
  accountId: AccountId,
  { practice, subjectId }: AccountLink,
): Promise<void> {
  const patientId = subjectId as PatientId
  await db.transaction(systemProof(practice), async (tx) => {
    const patient = await lockedPatient(tx, patientId)
    if (!patient || (await wasOpened(tx, patient))) return
    const today = localDateOf(tx.now)
    const awaitsReview = await recordAsksForReview(tx, patientId)
    const age = ageOn(patient.bornOn, today)
    const byDefault = defaultGrant(await accessPolicy(tx), { ...patient, age, awaitsReview }, today)
    await openAccess(tx, {
      ...cappedGrant(byDefault, 'nhs-login'),
      accountId,
      patientId,
      relation: 'self',
      effectiveFrom: tx.now,
      identityMethod: 'nhs-login',
    })
    await noteProof(tx, patientId)
    await closeApplications(tx, accountId, patientId)
    await enqueue(tx, 'access.send-services-changed', { patientId })
  })
}

async function lockedPatient(
  tx: Tx<SystemProof>,
  patientId: PatientId,
): Promise<Patient | undefined> {
  await tx.run(sql`
    select patient_id
    from directory.patient
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
    for update
  `)
  return patientById(tx, patientId)
}

/** Whether somebody has, or had since they registered, access to this patient as themself. */
async function wasOpened(
  tx: Tx<SystemProof>,
  { patientId, registeredOn }: Patient,
): Promise<boolean> {
  const found = await tx.maybe<{ readonly associationId: string }>(sql`
    select association_id
    from access.association
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
      and relation = 'self'
      and (ends_at is null or ends_at > ${tx.now} or ${registeredOn}::date is null
        or ends_at >= ${registeredOn}::date)
    limit 1
  `)
  return found !== undefined
}

async function noteProof(tx: Tx<SystemProof>, patientId: PatientId): Promise<void> {
  await tx.run(sql`
    insert into registration.identity_check
      (practice, check_id, patient_id, method, verified_at)
    values (${tx.acting.practice}, ${newId(tx.now)}, ${patientId}, 'nhs-login', ${tx.now})
  `)
  await recordEvent(tx, {
    type: 'registration.identity-verified',
    about: patientId,
    details: { method: 'nhs-login' },
  })
}
