import type { Id } from '#kernel/id'
import type { LocalDate } from '#kernel/time'
import { sql, type JoiningProof, type Tx } from '#platform/db'
import type { IdentityMethod, RecordLevel, ServiceLevel } from '#modules/access'
import type { AccountId } from '#modules/accounts'
import type { PatientId } from '#modules/directory'

export type LinkageId = Id<'Linkage'>

/** Linkage details as stored, with what decides whether they open anything. */
export interface StoredLinkage {
  readonly linkageId: LinkageId
  readonly patientId: PatientId
  readonly relation: 'self' | 'proxy'
  readonly proxyId?: Id<'Proxy'>
  readonly accountRef: string
  readonly keyHash: string
  readonly familyName: string
  readonly bornOn: LocalDate
  readonly givenName: string
  readonly identityMethod: IdentityMethod
  readonly isCompetent: boolean
  readonly appointments: ServiceLevel
  readonly prescriptions: ServiceLevel
  readonly recordCurrent: RecordLevel
  readonly recordHistorical: RecordLevel
  readonly expiresAt: Date
  readonly wrongTries: number
  readonly usedAt?: Date
  readonly revokedAt?: Date
  /** A proxy's last day. */
  readonly proxyEndsOn?: LocalDate
  /** A proxy's own given name. */
  readonly proxyName?: string
  readonly practiceIsLive: boolean
  readonly registration: string
  readonly isSensitive: boolean
  readonly isMerged: boolean
  readonly hasOtherAccount: boolean
}

/** Which linkage details are meant: those with an account ID, or those of a sign-up begun with them. */
export type LinkageBy = { readonly accountRef: string } | { readonly tokenHash: string }

/**
 * The linkage details meant, locked until the transaction ends. `accountId` is whoever presents them,
 * where that is known: their own account stands against nothing.
 */
export function lockedLinkage(
  tx: Tx<JoiningProof>,
  by: LinkageBy,
  accountId: AccountId | undefined,
): Promise<StoredLinkage | undefined> {
  const { practice } = tx.acting
  const accountRef = 'accountRef' in by ? by.accountRef : undefined
  const tokenHash = 'tokenHash' in by ? by.tokenHash : undefined
  return tx.maybe<StoredLinkage>(sql`
    select linkage.linkage_id, linkage.patient_id, linkage.relation, linkage.proxy_id,
      linkage.account_ref, linkage.key_hash, linkage.family_name, linkage.born_on,
      patient.given_name, linkage.identity_method, linkage.is_competent, linkage.appointments,
      linkage.prescriptions, linkage.record_current, linkage.record_historical,
      linkage.expires_at, linkage.wrong_tries, linkage.used_at,
      case when proxy.state <> 'allowed' then proxy.decided_at
        when linkage.relation = 'proxy' then coalesce(linkage.revoked_at, (
          select max(concern.raised_at)
          from access.concern
          where concern.practice = linkage.practice
            and concern.patient_id = linkage.patient_id
            and (concern.seen_at is null or concern.raised_at >= linkage.issued_at)))
        else linkage.revoked_at end as revoked_at,
      proxy.ends_on as proxy_ends_on, proxy.given_name as proxy_name,
      exists (
        select from access.practice_service service
        where service.practice = linkage.practice) as practice_is_live,
      patient.registration, patient.is_sensitive, patient.merged_into is not null as is_merged,
      exists (
        select from access.association
        where association.practice = linkage.practice
          and association.patient_id = linkage.patient_id
          and association.relation = 'self'
          and association.account_id is distinct from ${accountId}
          and (association.ends_at is null or association.ends_at > ${tx.now}))
        as has_other_account
    from registration.linkage
    join directory.patient patient
      on patient.practice = linkage.practice
      and patient.patient_id = linkage.patient_id
    left join access.proxy proxy
      on proxy.practice = linkage.practice
      and proxy.proxy_id = linkage.proxy_id
    where linkage.practice = ${practice}
      and (linkage.account_ref = ${accountRef}::text
        or linkage.linkage_id = (
          select sign_up.linkage_id
          from registration.sign_up
          where sign_up.practice = ${practice}
            and sign_up.token_hash = ${tokenHash}::text
            and sign_up.taken_at is null
            and sign_up.expires_at > ${tx.now}))
    for update of linkage
  `)
}

/** Linkage details of a patient as staff see them: never the key. */
export interface IssuedLinkage {
  readonly linkageId: LinkageId
  readonly accountRef: string
  readonly relation: 'self' | 'proxy'
  readonly issuedAt: Date
  readonly issuedBy: string
  readonly expiresAt: Date
  readonly wrongTries: number
  readonly usedAt?: Date
  readonly revokedAt?: Date
  readonly revokedWhy?: 'new-details' | 'surgery' | 'registration-ended'
}

/** Linkage details ever made for a patient, newest first, at most 20. Staff only. */
export function linkageOfPatient(tx: Tx, patientId: PatientId): Promise<readonly IssuedLinkage[]> {
  return tx.many<IssuedLinkage>(sql`
    select linkage.linkage_id, linkage.account_ref, linkage.relation, linkage.issued_at,
      staff.name as issued_by, linkage.expires_at, linkage.wrong_tries, linkage.used_at,
      linkage.revoked_at, linkage.revoked_why
    from registration.linkage
    join directory.staff staff
      on staff.practice = linkage.practice
      and staff.staff_id = linkage.issued_by
    where linkage.practice = ${tx.acting.practice}
      and linkage.patient_id = ${patientId}
    order by linkage.issued_at desc, linkage.linkage_id desc
    limit 20
  `)
}

/** Linkage details that can be printed: live, of this patient, and for whom they are. */
export interface PrintedLinkage {
  readonly accountRef: string
  readonly keyHash: string
  readonly expiresAt: Date
  /** The proxy's names, where they are not the patient's own. */
  readonly proxyGivenName?: string
  readonly proxyFamilyName?: string
}

/** The linkage details meant, where they can still be printed. */
export function linkageToPrint(
  tx: Tx,
  patientId: PatientId,
  linkageId: LinkageId,
): Promise<PrintedLinkage | undefined> {
  return tx.maybe<PrintedLinkage>(sql`
    select linkage.account_ref, linkage.key_hash, linkage.expires_at,
      proxy.given_name as proxy_given_name, proxy.family_name as proxy_family_name
    from registration.linkage
    left join access.proxy proxy
      on proxy.practice = linkage.practice
      and proxy.proxy_id = linkage.proxy_id
    where linkage.practice = ${tx.acting.practice}
      and linkage.patient_id = ${patientId}
      and linkage.linkage_id = ${linkageId}
      and linkage.used_at is null
      and linkage.revoked_at is null
      and linkage.expires_at > ${tx.now}
  `)
}
