import type { OdsCode } from '#kernel/ods-code'
import { sql, type Database } from '#platform/db'
import type { AccountId } from '../domain/account.ts'

/** The sign-in of a member of staff, as their manager is shown it. */
export interface StaffAccount {
  readonly accountId: AccountId
  readonly staffId: string
  readonly email: string
  /** Whether a way to sign in was set up. */
  readonly isSetUp: boolean
  readonly lastSignedInAt?: Date
}

/** The open accounts of a practice's staff. */
export function staffAccounts(db: Database, practice: OdsCode): Promise<readonly StaffAccount[]> {
  return db.accounts.many<StaffAccount>(sql`
    select link.account_id, link.subject_id as staff_id, account.email,
      account.totp_secret is not null or exists (
        select from accounts.passkey
        where passkey.account_id = account.account_id) as is_set_up,
      (select max(sign_in.started_at)
        from accounts.sign_in
        where sign_in.account_id = account.account_id) as last_signed_in_at
    from accounts.link
    join accounts.account using (account_id)
    where link.practice = ${practice}
      and link.relation = 'staff'
      and account.closed_at is null
    order by account.email, link.account_id
    limit 2000
  `)
}
