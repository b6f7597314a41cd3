import type { Id } from '#kernel/id'
import { sql, type Database } from '#platform/db'
import type { AccountFace, AccountId, LiveSignIn, SignInMethod } from '../domain/account.ts'
import type { IdentityLevel } from '../domain/nhs-login/identity.ts'

/** A sign-in as stored. Without a practice it leads nowhere. */
export interface StoredSignIn {
  readonly accountId: AccountId
  readonly signInId?: Id<'SignIn'>
  readonly displayName: string
  readonly isShared: boolean
  readonly provedAt: Date
  readonly newDeviceAt?: Date
  readonly face: AccountFace
  readonly practice?: LiveSignIn['practice']
  readonly subjectId?: string
  readonly relation?: LiveSignIn['relation'] | 'applicant'
  /** The lowest that NHS login has said since, unless a surgery proved them itself. */
  readonly identityLevel?: IdentityLevel
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
    select sign_in.account_id, sign_in.sign_in_id, sign_in.face, sign_in.practice,
      sign_in.subject_id, sign_in.relation, sign_in.is_shared,
      case when sign_in.identity_level is not null then (
        select least(sign_in.identity_level, min(login.identity_level))
        from accounts.nhs_login login
        where login.account_id = sign_in.account_id
        having bool_and(login.proved_here_at is null) is not false) end as identity_level,
      sign_in.started_at, sign_in.last_seen_at, sign_in.ended_at,
      coalesce(sign_in.proved_at, sign_in.started_at) as proved_at, account.closed_at,
      account.display_name, (
        select min(alert.at)
        from accounts.alert
        where alert.account_id = sign_in.account_id
          and alert.seen_at is null
          and alert.at <> sign_in.started_at) as new_device_at
    from accounts.sign_in sign_in
    join accounts.account account using (account_id)
    where sign_in.account_id = ${accountId}
      and sign_in.token_hash = ${tokenHash}
  `)
}

/** One period of being signed in, as its owner is shown it. */
export interface OwnSignIn {
  readonly signInId: Id<'SignIn'>
  readonly startedAt: Date
  readonly lastSeenAt: Date
  readonly method: SignInMethod
  readonly deviceName: string
  readonly isShared: boolean
}

/** Sign-ins of an account that have not ended and were begun or used since `since`, newest first. */
export function openSignIns(
  db: Database,
  accountId: AccountId,
  since: { readonly startedAfter: Date; readonly seenAfter: Date },
): Promise<readonly OwnSignIn[]> {
  return db.accounts.many<OwnSignIn>(sql`
    select sign_in_id, started_at, last_seen_at, method, device_name, is_shared
    from accounts.sign_in
    where account_id = ${accountId}
      and ended_at is null
      and started_at > ${since.startedAfter}
      and last_seen_at > ${since.seenAfter}
      and sign_in_id is not null
    order by started_at desc, sign_in_id
    limit 50
  `)
}

/** Something that happened to an account, as its owner is shown it. */
export interface OwnEvent {
  readonly at: Date
  readonly type: string
  readonly details: Readonly<Record<string, string | number | boolean>>
}

/** How many events a page of the history lists. */
export const eventsOnPage = 30

/** A page (from 1) of what happened to an account, newest first, and one more where there is more. */
export function accountEvents(
  db: Database,
  accountId: AccountId,
  page: number,
): Promise<readonly OwnEvent[]> {
  return db.accounts.many<OwnEvent>(sql`
    select at, type, details
    from accounts.event
    where account_id = ${accountId}
    order by at desc, event_id desc
    limit ${eventsOnPage + 1}
    offset ${(page - 1) * eventsOnPage}
  `)
}

/** A device that an account is known on. */
export interface OwnDevice {
  readonly deviceId: Id<'Device'>
  readonly deviceHash: string
  readonly name: string
  readonly addedAt: Date
  readonly lastSeenAt: Date
}

/** Devices that an account is known on, last used first. */
export function knownDevices(db: Database, accountId: AccountId): Promise<readonly OwnDevice[]> {
  return db.accounts.many<OwnDevice>(sql`
    select device_id, device_hash, name, added_at, last_seen_at
    from accounts.device
    where account_id = ${accountId}
      and removed_at is null
    order by last_seen_at desc, device_id
    limit 50
  `)
}
