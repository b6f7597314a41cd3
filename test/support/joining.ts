import type { OdsCode } from '#kernel/ods-code'
import { newId } from '#kernel/id'
import { parseLocalDate, type LocalDate } from '#kernel/time'
import { systemProof, type Database } from '#platform/db'
import { proxiesOfPatient, recordAreas, type Grant, type Purpose, type Role } from '#modules/access'
import { addPatients, patientById, type Patient, type PatientId } from '#modules/directory'
import { recordProxy } from '../../src/modules/access/commands/proxies/decide-proxy.ts'
import type { ProxyRequest } from '../../src/modules/access/domain/proxies/proxy.ts'
import {
  issueLinkage,
  issueProxyLinkage,
  type LinkageOrder,
  type NewLinkage,
} from '../../src/modules/registration/commands/linkage/issue-linkage.ts'
import {
  presentLinkage,
  type TypedDetails,
} from '../../src/modules/registration/commands/linkage/present-linkage.ts'
import { finishSignUp } from '../../src/modules/registration/commands/linkage/use-linkage.ts'
import { actingFor, anNhsNumber, aStaffMember } from './surgery.ts'

/** A day that a test names. */
export function aDate(text: string): LocalDate {
  const day = parseLocalDate(text)
  if (day === undefined) throw new Error(`${text} is not a day`)
  return day
}

/** A patient on a practice's list whom nobody acts for online yet. */
export async function aPatientWithoutAccount(
  db: Database,
  practice: OdsCode,
  given: Partial<Patient> = {},
): Promise<Patient> {
  const patientId = newId<'Patient'>(db.now())
  const patient: Patient = {
    patientId,
    nhsNumber: anNhsNumber(),
    givenName: 'Rose',
    familyName: 'O’Neill-Smith',
    bornOn: aDate('1944-05-06'),
    sex: 'female',
    addressLines: ['1 Mill Lane'],
    registration: 'active',
    registeredOn: aDate('2010-01-01'),
    ...given,
  }
  await db.transaction(systemProof(practice), (tx) => addPatients(tx, [patient]))
  return patient
}

/** What a practice gives where nobody decides otherwise. */
export const usualGrant: Grant = {
  appointments: 'manage',
  prescriptions: 'manage',
  recordCurrent: 'full',
  recordHistorical: 'none',
}

/** Linkage details made at the desk by somebody with these roles. */
export async function issueAtDesk(
  db: Database,
  practice: OdsCode,
  patient: Patient,
  given: Partial<Omit<LinkageOrder, 'patient'>> & { readonly roles?: readonly Role[] } = {},
) {
  const { roles = ['receptionist'], ...order } = given
  const desk = await aStaffMember<'verify-identity'>(db, practice, { name: 'Sam Desk', roles })
  return db.transaction(desk.acting, (tx) =>
    issueLinkage(tx, {
      linkageId: newId<'Linkage'>(tx.now),
      patient,
      method: 'documents',
      isCompetent: false,
      grant: usualGrant,
      handedOver: 'letter',
      ...order,
    }),
  )
}

/** Details that were made, or the test fails. */
export async function detailsFor(
  db: Database,
  practice: OdsCode,
  patient: Patient,
  given: Parameters<typeof issueAtDesk>[3] = {},
): Promise<NewLinkage> {
  const made = await issueAtDesk(db, practice, patient, given)
  if (!made.ok) throw new Error(`No details were made: ${made.refusal}`)
  return made.value
}

/** What the patient would copy from their letter. */
export function typedFrom(
  practice: OdsCode,
  patient: Patient,
  { accountRef, key }: NewLinkage,
): TypedDetails {
  const { familyName, bornOn } = patient
  return { practice, accountRef, key, familyName, bornOn }
}

/** A patient as the practice has them now. */
export async function storedPatient(
  db: Database,
  practice: OdsCode,
  patientId: PatientId,
): Promise<Patient> {
  const found = await db.transaction(systemProof(practice), (tx) => patientById(tx, patientId))
  if (!found) throw new Error('The patient is not there')
  return found
}

/** Somebody allowed at the desk to act for a patient, with details of their own that are not used. */
export async function aProxyToBe(
  db: Database,
  practice: OdsCode,
  patient: Patient,
  given: Partial<ProxyRequest> = {},
) {
  const staff = await aStaffMember<'authorise-access'>(db, practice, {
    name: 'Sam Staff',
    roles: ['practice-manager'],
  })
  const desk = await aStaffMember<'verify-identity'>(db, practice, {
    name: 'Sam Desk',
    roles: ['receptionist'],
  })
  const proxyId = newId<'Proxy'>(db.now())
  const request: ProxyRequest = {
    givenName: 'Mo',
    familyName: 'Khan',
    bornOn: aDate('1980-01-01'),
    relationship: 'friend',
    basis: 'consent',
    evidence: 'patient-in-person',
    grant: { ...usualGrant, recordCurrent: 'summary' },
    reach: { areas: recordAreas, subjects: [] },
    seesContact: false,
    ...given,
  }
  const decision = { outcome: 'allowed', isTold: true } as const
  const recorded = await db.transaction(staff.acting, (tx) =>
    recordProxy(tx, { proxyId, patient }, request, decision),
  )
  if (!recorded.ok) throw new Error(`Not allowed: ${recorded.refusal}`)
  const made = await db.transaction(desk.acting, async (tx) => {
    const proxies = await proxiesOfPatient(tx, patient.patientId)
    const proxy = proxies.find((one) => one.proxyId === proxyId)
    if (!proxy) throw new Error('The proxy is not there')
    const linkageId = newId<'Linkage'>(tx.now)
    return issueProxyLinkage(tx, {
      linkageId,
      patient,
      proxy,
      method: 'documents',
      handedOver: 'phone',
    })
  })
  if (!made.ok) throw new Error(`No details were made: ${made.refusal}`)
  return { staff, proxyId, typed: { ...typedFrom(practice, patient, made.value), ...request } }
}

/** Somebody allowed at the desk to act for a patient, who has signed up with details of their own. */
export async function aProxyFor(
  db: Database,
  practice: OdsCode,
  patient: Patient,
  given: Partial<ProxyRequest> = {},
) {
  const { staff, proxyId, typed } = await aProxyToBe(db, practice, patient, given)
  const token = await presentLinkage(db, typed)
  if (!token.ok) throw new Error(`Not begun: ${token.refusal}`)
  const chosen = { email: `${newId(db.now())}@example.test`, password: 'three quiet green kettles' }
  const joined = await finishSignUp(db, practice, token.value, chosen)
  if (!joined.ok) throw new Error(`Not signed up: ${joined.refusal}`)
  const { accountId, link } = joined.value
  const acting = actingFor<Purpose>(practice, patient.patientId, accountId)
  return { proxyId, accountId, link, acting, staff }
}
