import { sql, type Database } from '#platform/db'
import type { AccountId, AccountLink } from '../domain/account.ts'

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
