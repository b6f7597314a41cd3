import { newId } from '#kernel/id'
import { hashToken, newToken } from '#platform/auth'
import { sql, type Database, type Queries } from '#platform/db'
import type {
  AccountFace,
  AccountId,
  AccountLink,
  ApplicantLink,
  SignInMethod,
} from '../../domain/account.ts'
import type { IdentityLevel } from '../../domain/nhs-login/identity.ts'
import { newDeviceMail } from '../../domain/mail.ts'
import { noteEvent } from '../events.ts'
import { writeMail } from '../mail.ts'

/** The browser that signs in. */
export interface DeviceAt {
  readonly name: string
  /** Hash of the token that a browser keeps to be known again. */
  readonly hash: string
  /** Others use it too: it is not kept in mind, and sign-ins on it end sooner. */
  readonly isShared: boolean
}

/** How somebody proved who they are. */
export interface ProvedBy {
  readonly method: SignInMethod
  readonly device?: DeviceAt
  readonly identityLevel?: IdentityLevel
}

/**
 * Begins a sign-in for an account that has proved itself. Gives the token; only its hash is kept.
 * Without a link it leads nowhere yet: for somebody whose identity is not proved.
 */
export async function beginSignIn(
  db: Database,
  accountId: AccountId,
  face: AccountFace,
  link: AccountLink | ApplicantLink | undefined,
  by: ProvedBy = { method: 'password' },
): Promise<string> {
  const token = newToken()
  const now = db.now()
  const { method, device, identityLevel } = by
  await db.accountsTransaction(async (queries) => {
    await queries.run(sql`
      insert into accounts.sign_in
        (account_id, token_hash, face, practice, subject_id, relation, started_at, last_seen_at,
         sign_in_id, method, identity_level, device_name, device_hash, is_shared, proved_at)
      values (${accountId}, ${hashToken(token)}, ${face}, ${link?.practice}, ${link?.subjectId},
        ${link?.relation}, ${now}, ${now}, ${newId(now)}, ${method}, ${identityLevel},
        ${device?.name ?? ''}, ${device?.hash}, ${device?.isShared ?? false}, ${now})
    `)
    if (device) await noteDevice(queries, accountId, device, now)
    await noteEvent(queries, accountId, {
      type: 'signed-in',
      at: now,
      details: {
        method,
        ...(device && { device: device.name, isShared: device.isShared }),
        ...(identityLevel && { identityLevel }),
      },
    })
  })
  return token
}

/** Keeps a device in mind, and leaves an alert where the account was only used on others before. */
async function noteDevice(
  queries: Queries,
  accountId: AccountId,
  device: DeviceAt,
  now: Date,
): Promise<void> {
  const { hash, name, isShared } = device
  const alerts = await queries.run(sql`
    insert into accounts.alert (account_id, alert_id, at, device_name)
    select ${accountId}::uuid, ${newId(now)}::uuid, ${now}::timestamptz, ${name}::text
    where exists (
      select from accounts.device
      where account_id = ${accountId})
      and not exists (
        select from accounts.device
        where account_id = ${accountId}
          and device_hash = ${hash}
          and removed_at is null)
  `)
  if (alerts > 0) await writeMail(queries, accountId, newDeviceMail, now)
  // A shared device is known by nothing afterwards, but counts as one that the account was used on.
  await queries.run(sql`
    insert into accounts.device
      (account_id, device_hash, device_id, name, added_at, last_seen_at, removed_at)
    values (${accountId}, ${hash}, ${newId(now)}, ${name}, ${now}, ${now},
      case when ${isShared}::boolean then ${now}::timestamptz end)
    on conflict (account_id, device_hash) do update set
      name = excluded.name,
      last_seen_at = excluded.last_seen_at,
      removed_at = excluded.removed_at
  `)
}
