import { randomInt } from 'node:crypto'
import type { Id } from '#kernel/id'
import { addDays, ageOn, localDateOf, startOfDay, type LocalDate } from '#kernel/time'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { hashToken, newRecoveryCodes } from '#platform/auth'
import { sql, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import {
  accessPolicy,
  cappedGrant,
  decideGrant,
  defaultGrant,
  mayDo,
  recordAsksForReview,
  rolesOf,
  type Grant,
  type GrantRefusal,
  type IdentityMethod,
  type Proxy,
  type StaffActing,
} from '#modules/access'
import type { Patient } from '#modules/directory'
import { comparableKey } from '../../domain/linkage/details.ts'
import { whyNotIssued, type IssueRefusal } from '../../domain/linkage/issuing.ts'
import type { LinkageId } from '../../queries/linkage.ts'

type Verifying = Tx<StaffActing<'verify-identity'>>

/** What staff hand out, to whom, and how. */
export interface LinkageOrder {
  /** Made by the form: asking twice makes one. */
  readonly linkageId: LinkageId
  readonly patient: Patient
  readonly method: IdentityMethod
  readonly isCompetent: boolean
  readonly grant: Grant
  readonly handedOver: 'letter' | 'phone' | 'text' | 'account'
}

/** The details, given out only here: of the key only the hash is kept. */
export interface NewLinkage {
  readonly linkageId: LinkageId
  readonly accountRef: string
  readonly key: string
  readonly expiresAt: Date
}

/**
 * Makes linkage details for a patient's own account. Any made before and not used are good for
 * nothing from then on.
 */
export async function issueLinkage(
  tx: Verifying,
  order: LinkageOrder,
): Promise<Result<NewLinkage, IssueRefusal | GrantRefusal | 'made-already'>> {
  const { patient, method } = order
  const today = localDateOf(tx.now)
  const age = ageOn(patient.bornOn, today)
  const refusal = whyNotIssued(patient, { age, isCompetent: order.isCompetent })
  if (refusal) return refuse(refusal)
  const [policy, awaitsReview, roles] = await Promise.all([
    accessPolicy(tx),
    recordAsksForReview(tx, patient.patientId),
    rolesOf(tx, tx.acting),
  ])
  const byDefault = defaultGrant(policy, { ...patient, age, awaitsReview }, today)
  const mayAuthorise = mayDo(roles, 'authorise-access')
  const grant = decideGrant(order.grant, { byDefault, method, mayAuthorise })
  if (!grant.ok) return grant

  const [key = ''] = newRecoveryCodes(1)
  const accountRef = newAccountRef()
  const expiresAt = startOfDay(addDays(today, policy.linkageDays + 1))
  await revokeLive(tx, patient.patientId, order.linkageId)
  const row = { ...order, ...patient }
  const made = await write(tx, row, { accountRef, key, expiresAt })
  if (!made) return refuse('made-already')
  await recordEvent(tx, {
    type: 'registration.linkage-issued',
    about: patient.patientId,
    details: { linkageId: order.linkageId, method, handedOver: order.handedOver, ...order.grant },
  })
  if (order.handedOver === 'text') {
    await enqueue(tx, 'registration.send-sign-up-link', { patientId: patient.patientId })
  }
  return accept({ linkageId: order.linkageId, accountRef, key, expiresAt })
}

/** What is handed to somebody who may act for a patient, once their own identity is verified. */
export interface ProxyLinkageOrder {
  readonly linkageId: LinkageId
  readonly patient: Patient
  readonly proxy: Proxy
  readonly method: IdentityMethod
  readonly handedOver: 'letter' | 'phone' | 'text'
}

/**
 * Makes linkage details for somebody who was allowed to act for a patient. What they open was decided
 * then; it is lowered to what their own proof of identity allows.
 */
export async function issueProxyLinkage(
  tx: Verifying,
  order: ProxyLinkageOrder,
): Promise<Result<NewLinkage, 'not-registered' | 'not-allowed' | 'made-already'>> {
  const { patient, proxy, method } = order
  if (proxy.state !== 'allowed' || proxy.associationId) return refuse('not-allowed')
  const age = ageOn(patient.bornOn, localDateOf(tx.now))
  if (whyNotIssued(patient, { age: Math.max(age, 16), isCompetent: true }))
    return refuse('not-registered')
  const { linkageDays } = await accessPolicy(tx)
  const [key = ''] = newRecoveryCodes(1)
  const accountRef = newAccountRef()
  const expiresAt = startOfDay(addDays(localDateOf(tx.now), linkageDays + 1))
  await tx.run(sql`
    update registration.linkage
    set revoked_at = ${tx.now}, revoked_why = 'new-details'
    where practice = ${tx.acting.practice}
      and patient_id = ${patient.patientId}
      and proxy_id = ${proxy.proxyId}
      and linkage_id <> ${order.linkageId}
      and used_at is null
      and revoked_at is null
  `)
  const grant = cappedGrant(proxy, method)
  const person = { ...order, ...proxy, grant, patientId: patient.patientId, isCompetent: true }
  const made = await write(tx, person, { accountRef, key, expiresAt })
  if (!made) return refuse('made-already')
  await recordEvent(tx, {
    type: 'registration.linkage-issued',
    about: patient.patientId,
    details: { linkageId: order.linkageId, proxyId: proxy.proxyId, method },
  })
  return accept({ linkageId: order.linkageId, accountRef, key, expiresAt })
}

/** Ten random digits: how many accounts a practice has cannot be read from them. */
export function newAccountRef(): string {
  return Array.from({ length: 10 }, () => randomInt(10)).join('')
}

/** What is stored of a linkage key. */
export function hashLinkageKey(typed: string): string {
  return hashToken(`linkage:${comparableKey(typed)}`)
}

async function revokeLive(
  tx: Verifying,
  patientId: Id<'Patient'>,
  except: LinkageId,
): Promise<void> {
  await tx.run(sql`
    update registration.linkage
    set revoked_at = ${tx.now}, revoked_why = 'new-details'
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
      and relation = 'self'
      and linkage_id <> ${except}
      and used_at is null
      and revoked_at is null
  `)
}

/** Whose details are written: the patient's own, or a proxy's with `proxyId`. */
interface LinkageRow extends Pick<LinkageOrder, 'linkageId' | 'method' | 'isCompetent' | 'grant'> {
  readonly patientId: Id<'Patient'>
  readonly proxyId?: Id<'Proxy'>
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly handedOver: LinkageOrder['handedOver']
}

async function write(
  tx: Verifying,
  row: LinkageRow,
  made: { readonly accountRef: string; readonly key: string; readonly expiresAt: Date },
): Promise<boolean> {
  const { grant, proxyId } = row
  const written = await tx.run(sql`
    insert into registration.linkage
      (practice, linkage_id, patient_id, relation, proxy_id, account_ref, key_hash, family_name,
       born_on, identity_method, is_competent, appointments, prescriptions, record_current,
       record_historical, handed_over, issued_at, issued_by, expires_at)
    values (${tx.acting.practice}, ${row.linkageId}, ${row.patientId},
      ${proxyId ? 'proxy' : 'self'}, ${proxyId}, ${made.accountRef}, ${hashLinkageKey(made.key)},
      ${row.familyName}, ${row.bornOn}, ${row.method}, ${row.isCompetent}, ${grant.appointments},
      ${grant.prescriptions}, ${grant.recordCurrent}, ${grant.recordHistorical},
      ${row.handedOver}, ${tx.now}, ${tx.acting.staffId}, ${made.expiresAt})
    on conflict (practice, linkage_id) do nothing
  `)
  return written === 1
}

/** Makes linkage details that were not used good for nothing. Says whether there were any. */
export async function revokeLinkage(
  tx: Verifying,
  patientId: Id<'Patient'>,
  linkageId: LinkageId,
): Promise<boolean> {
  const revoked = await tx.run(sql`
    update registration.linkage
    set revoked_at = ${tx.now}, revoked_why = 'surgery'
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
      and linkage_id = ${linkageId}
      and used_at is null
      and revoked_at is null
  `)
  if (revoked === 0) return false
  await recordEvent(tx, {
    type: 'registration.linkage-revoked',
    about: patientId,
    details: { linkageId },
  })
  return true
}
