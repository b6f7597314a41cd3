import { sql, type Database } from '#platform/db'
import { minutesBefore } from '#kernel/time'
import {
  triesWindowMinutes,
  type AccountFace,
  type AccountId,
  type AccountLink,
  type LiveSignIn,
} from '../domain/account.ts'

export interface StoredAccount {
  readonly accountId: AccountId
  readonly displayName: string
  readonly passwordHash: string
  readonly totpSecret: string
  readonly totpLastStep: number
}

/** The open account with this e-mail address on this face. */
export function accountByEmail(
  db: Database,
  email: string,
  face: AccountFace,
): Promise<StoredAccount | undefined> {
  return db.accounts.maybe<StoredAccount>(sql`
    select account.account_id, account.display_name, account.password_hash, account.totp_secret,
      account.totp_last_step
    from accounts.email_address address
    join accounts.account account using (account_id)
    where address.email = ${email.trim().toLowerCase()}
      and address.face = ${face}
      and account.closed_at is null
  `)
}

/** Where an account may go: own record first. */
export function linksOf(db: Database, accountId: AccountId): Promise<readonly AccountLink[]> {
  return db.accounts.many<AccountLink>(sql`
    select practice, subject_id, relation
    from accounts.link
    where account_id = ${accountId}
    order by case relation when 'self' then 0 when 'staff' then 1 else 2 end, practice, subject_id
    limit 100
  `)
}

export interface StoredSignIn extends LiveSignIn {
  readonly face: AccountFace
  readonly startedAt: Date
  readonly lastSeenAt: Date
  readonly endedAt?: Date
  readonly closedAt?: Date
}

/** The sign-in with this token, whether or not it is still good. */
export function signInByToken(
  db: Database,
  accountId: AccountId,
  tokenHash: string,
): Promise<StoredSignIn | undefined> {
  return db.accounts.maybe<StoredSignIn>(sql`
    select sign_in.account_id, sign_in.face, sign_in.practice, sign_in.subject_id, sign_in.relation,
      sign_in.started_at, sign_in.last_seen_at, sign_in.ended_at, account.closed_at, account.display_name
    from accounts.sign_in sign_in
    join accounts.account account using (account_id)
    where sign_in.account_id = ${accountId}
      and sign_in.token_hash = ${tokenHash}
  `)
}

/** How many tries failed lately for what was typed or from where. */
export async function recentFailures(db: Database, keyHash: string): Promise<number> {
  const row = await db.accounts.maybe<{ readonly failures: number }>(sql`
    select count(*) as failures
    from accounts.failed_try
    where key_hash = ${keyHash}
      and failed_at > ${minutesBefore(db.now(), triesWindowMinutes)}
  `)
  return row?.failures ?? 0
}

/** A made-up person to try the service as. The secret is for demo accounts alone. */
export interface DemoAccount {
  readonly email: string
  readonly face: AccountFace
  readonly displayName: string
  readonly totpSecret: string
}

/** Demo accounts, staff last. */
export function demoAccounts(db: Database): Promise<readonly DemoAccount[]> {
  return db.accounts.many<DemoAccount>(sql`
    select email, face, display_name, totp_secret
    from accounts.account
    where is_demo
      and closed_at is null
    order by face, account_id
    limit 100
  `)
}

/** The account with this e-mail address on this face, closed ones included. */
export async function accountIdByEmail(
  db: Database,
  email: string,
  face: AccountFace,
): Promise<AccountId | undefined> {
  const row = await db.accounts.maybe<{ readonly accountId: AccountId }>(sql`
    select account_id
    from accounts.email_address
    where email = ${email.trim().toLowerCase()}
      and face = ${face}
  `)
  return row?.accountId
}
