import { sql, type Database } from '#platform/db'
import type { AccountFace, AccountId, AccountLink, ApplicantLink } from '../domain/account.ts'

export interface StoredAccount {
  readonly accountId: AccountId
  readonly displayName: string
  readonly email: string
  readonly passwordHash?: string
  readonly totpSecret?: string
  readonly totpLastStep: number
  /** Whether the account was used on the device that asks. */
  readonly isKnownDevice: boolean
}

/** The open account with this e-mail address on this face, asked for from one device. */
export function accountByEmail(
  db: Database,
  email: string,
  face: AccountFace,
  deviceHash: string,
): Promise<StoredAccount | undefined> {
  return db.accounts.maybe<StoredAccount>(sql`
    select account.account_id, account.display_name, account.email, account.password_hash,
      account.totp_secret, account.totp_last_step, exists (
        select from accounts.device
        where device.account_id = account.account_id
          and device.device_hash = ${deviceHash}
          and device.removed_at is null) as is_known_device
    from accounts.email_address address
    join accounts.account account using (account_id)
    where address.email = ${email.trim().toLowerCase()}
      and address.face = ${face}
      and account.closed_at is null
  `)
}

/** Where an account may go now: own record first. */
export function linksOf(db: Database, accountId: AccountId): Promise<readonly AccountLink[]> {
  return db.accounts.many<AccountLink>(sql`
    select practice, subject_id, relation
    from accounts.link
    where account_id = ${accountId}
      and relation <> 'applicant'
      and (ends_at is null or ends_at > ${db.now()})
    order by case relation when 'self' then 0 when 'staff' then 1 else 2 end, practice, subject_id
    limit 100
  `)
}

/** Where the owner of an account asked for access, as long as they are not proved; the latest first. */
export function applicationOf(
  db: Database,
  accountId: AccountId,
): Promise<ApplicantLink | undefined> {
  return db.accounts.maybe<ApplicantLink>(sql`
    select practice, subject_id, relation
    from accounts.link
    where account_id = ${accountId}
      and relation = 'applicant'
      and ends_at is null
    order by subject_id desc
    limit 1
  `)
}

/** Where a sign-in of this account begins: its first link, or what its owner asked for. */
export async function wayOf(
  db: Database,
  accountId: AccountId,
): Promise<AccountLink | ApplicantLink | undefined> {
  const [own] = await linksOf(db, accountId)
  return own ?? applicationOf(db, accountId)
}

/** A made-up person to try the service as. The secret is for demo accounts alone. */
export interface DemoAccount {
  readonly accountId: AccountId
  readonly email: string
  readonly face: AccountFace
  readonly displayName: string
  readonly totpSecret: string
}

/** The first demo accounts that were made of each face, staff last: those with a part to play. */
export function demoAccounts(db: Database): Promise<readonly DemoAccount[]> {
  return db.accounts.many<DemoAccount>(sql`
    select account_id, email, face, display_name, totp_secret
    from (
      select email, face, display_name, totp_secret, account_id,
        row_number() over (partition by face order by created_at, account_id) as place
      from accounts.account
      where is_demo
        and closed_at is null
        and totp_secret is not null
    ) made
    where place <= 60
    order by face, account_id
    limit 120
  `)
}

/** Mail to the owner of an account. */
export interface OwnerMail {
  readonly sentTo: string
  readonly subject: string
  readonly body: string
  readonly writtenAt: Date
}

/** The newest mail to owners of demo accounts, at most 20: for a demonstration's outbox. */
export function demoMail(db: Database): Promise<readonly OwnerMail[]> {
  return db.accounts.many<OwnerMail>(sql`
    select mail.sent_to, mail.subject, mail.body, mail.written_at
    from accounts.mail
    join accounts.account using (account_id)
    where account.is_demo
    order by mail.written_at desc, mail.mail_id
    limit 20
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
