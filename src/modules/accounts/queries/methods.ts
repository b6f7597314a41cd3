import { sql, type Database } from '#platform/db'
import type { AccountId } from '../domain/account.ts'

/** A passkey, with what is needed to check it. */
export interface AccountPasskey {
  readonly credentialId: string
  readonly publicKey: Uint8Array
  readonly signCount: number
  readonly transports: readonly string[]
  readonly name: string
  readonly addedAt: Date
  readonly lastUsedAt?: Date
}

/** The passkeys of an account, oldest first. */
export function passkeysOf(db: Database, accountId: AccountId): Promise<readonly AccountPasskey[]> {
  return db.accounts.many<AccountPasskey>(sql`
    select passkey.credential_id, passkey.public_key, passkey.sign_count, passkey.transports,
      passkey.name, passkey.added_at, passkey.last_used_at
    from accounts.passkey
    join accounts.account using (account_id)
    where passkey.account_id = ${accountId}
      and account.closed_at is null
    order by passkey.added_at, passkey.credential_id
    limit 50
  `)
}

/** An account and the ways into it. */
export interface AccountMethods {
  readonly accountId: AccountId
  readonly face: 'patient' | 'practice'
  readonly email: string
  readonly displayName: string
  readonly hasPassword: boolean
  readonly hasAuthenticator: boolean
  readonly totpLastStep: number
  readonly recoveryCodesLeft: number
  readonly recoveryCodesMadeAt?: Date
  readonly hasNhsLogin: boolean
}

/** The ways into an open account. */
export function accountMethods(
  db: Database,
  accountId: AccountId,
): Promise<AccountMethods | undefined> {
  return db.accounts.maybe<AccountMethods>(sql`
    select account.account_id, account.face, account.email, account.display_name,
      account.password_hash is not null as has_password,
      account.totp_secret is not null as has_authenticator,
      account.totp_last_step,
      (select count(*) from accounts.recovery_code code
        where code.account_id = account.account_id and code.used_at is null) as recovery_codes_left,
      (select max(code.made_at) from accounts.recovery_code code
        where code.account_id = account.account_id) as recovery_codes_made_at,
      exists (select from accounts.nhs_login login
        where login.account_id = account.account_id) as has_nhs_login
    from accounts.account
    where account.account_id = ${accountId}
      and account.closed_at is null
  `)
}
