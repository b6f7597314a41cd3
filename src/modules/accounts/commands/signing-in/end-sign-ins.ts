import type { Id } from '#kernel/id'
import { hashToken } from '#platform/auth'
import { sql, type Database, type Queries } from '#platform/db'
import type { AccountId } from '../../domain/account.ts'
import { noteEvent } from '../events.ts'

/** Ends every sign-in of an account but the one with this token, as part of another change. */
export async function endOtherSignIns(
  queries: Queries,
  accountId: AccountId,
  token: string,
  now: Date,
): Promise<void> {
  const ended = await queries.run(sql`
    update accounts.sign_in
    set ended_at = ${now}
    where account_id = ${accountId}
      and token_hash <> ${hashToken(token)}
      and ended_at is null
  `)
  if (ended > 0) await noteEvent(queries, accountId, { type: 'signed-out-elsewhere', at: now })
}

/** Ends every other sign-in, and forgets the devices they were on. */
export async function signOutElsewhere(
  db: Database,
  accountId: AccountId,
  token: string,
  deviceHash: string | undefined,
): Promise<void> {
  const now = db.now()
  await db.accountsTransaction(async (queries) => {
    await endOtherSignIns(queries, accountId, token, now)
    await queries.run(sql`
      update accounts.device
      set removed_at = ${now}
      where account_id = ${accountId}
        and device_hash is distinct from ${deviceHash}
        and removed_at is null
    `)
  })
}

/** Ends one sign-in of an account, from wherever its owner is. Says whether there was one to end. */
export async function endSignInById(
  db: Database,
  accountId: AccountId,
  signInId: Id<'SignIn'>,
): Promise<boolean> {
  const now = db.now()
  return db.accountsTransaction(async (queries) => {
    const ended = await queries.run(sql`
      update accounts.sign_in
      set ended_at = ${now}
      where account_id = ${accountId}
        and sign_in_id = ${signInId}
        and ended_at is null
    `)
    if (ended > 0) await noteEvent(queries, accountId, { type: 'signed-out-elsewhere', at: now })
    return ended > 0
  })
}

/** Forgets a device and ends the sign-ins on it. Says whether it was known. */
export async function removeDevice(
  db: Database,
  accountId: AccountId,
  deviceId: Id<'Device'>,
): Promise<boolean> {
  const now = db.now()
  return db.accountsTransaction(async (queries) => {
    const device = await queries.maybe<{ readonly deviceHash: string; readonly name: string }>(sql`
      update accounts.device
      set removed_at = ${now}
      where account_id = ${accountId}
        and device_id = ${deviceId}
        and removed_at is null
      returning device_hash, name
    `)
    if (!device) return false
    await queries.run(sql`
      update accounts.sign_in
      set ended_at = ${now}
      where account_id = ${accountId}
        and device_hash = ${device.deviceHash}
        and ended_at is null
    `)
    const details = { device: device.name }
    await noteEvent(queries, accountId, { type: 'device-removed', at: now, details })
    return true
  })
}

/** Notes that the owner was shown which devices were new. */
export async function markAlertsSeen(db: Database, accountId: AccountId): Promise<void> {
  await db.accounts.run(sql`
    update accounts.alert
    set seen_at = ${db.now()}
    where account_id = ${accountId}
      and seen_at is null
  `)
}
