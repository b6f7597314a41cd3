import type { NhsNumber } from '#kernel/nhs-number'
import type { OdsCode } from '#kernel/ods-code'
import type { LocalDate } from '#kernel/time'
import { sql, type Database } from '#platform/db'
import type { AccountId, AccountLink } from '../domain/account.ts'
import type { IdentityLevel } from '../domain/nhs-login/identity.ts'

/** Somebody who has signed in with NHS login before. */
export interface KnownNhsLogin {
  readonly accountId: AccountId
  readonly nhsNumber?: string
  readonly closedAt?: Date
}

/** The account of somebody at NHS login. */
export function accountByNhsLogin(
  db: Database,
  issuer: string,
  subject: string,
): Promise<KnownNhsLogin | undefined> {
  return db.accounts.maybe<KnownNhsLogin>(sql`
    select login.account_id, login.nhs_number, account.closed_at
    from accounts.nhs_login login
    join accounts.account using (account_id)
    where login.issuer = ${issuer}
      and login.subject = ${subject}
  `)
}

/** What NHS login last said of the owner of an account: as much as its level lets be said. */
export interface NhsLoginFacts {
  readonly level: IdentityLevel
  readonly nhsNumber?: NhsNumber
  readonly givenName?: string
  readonly familyName?: string
  readonly bornOn?: LocalDate
  readonly practice?: OdsCode
}

/** What NHS login says of the owner of an account, the best known where there are several. */
export function nhsLoginFacts(
  db: Database,
  accountId: AccountId,
): Promise<NhsLoginFacts | undefined> {
  return db.accounts.maybe<NhsLoginFacts>(sql`
    select identity_level as level, nhs_number, given_name, family_name, born_on, practice
    from accounts.nhs_login
    where account_id = ${accountId}
    order by identity_level desc, bound_at, subject
    limit 1
  `)
}

/** The open account of a patient for their own record, oldest first where there are several. */
export async function accountOfPatient(
  db: Database,
  link: AccountLink,
): Promise<AccountId | undefined> {
  const row = await db.accounts.maybe<{ readonly accountId: AccountId }>(sql`
    select link.account_id
    from accounts.link
    join accounts.account using (account_id)
    where link.practice = ${link.practice}
      and link.subject_id = ${link.subjectId}
      and link.relation = 'self'
      and account.face = 'patient'
      and account.closed_at is null
    order by account.created_at, account.account_id
    limit 1
  `)
  return row?.accountId
}
