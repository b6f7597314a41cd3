import { accept, refuse, type Result } from '#kernel/result'
import {
  askForNewPasskey,
  askForPasskey,
  checkNewPasskey,
  checkPasskey,
  parsePasskeyAnswer,
  type PasskeySite,
} from '#platform/auth'
import { parseId } from '#kernel/id'
import { sql, type Database } from '#platform/db'
import type { AccountFace, AccountId } from '../../domain/account.ts'
import { wayOf } from '../../queries/accounts.ts'
import { accountMethods, passkeysOf } from '../../queries/methods.ts'
import { begin, finish } from '../begun.ts'
import { noteEvent } from '../events.ts'
import { beginSignIn, type DeviceAt } from '../signing-in/begin-sign-in.ts'
import type { BegunSignIn } from '../signing-in/sign-in.ts'

/** What the browser is to be asked, and the token by which its answer is known. */
export interface PasskeyBegun {
  readonly token: string
  readonly options: string
}

const minutes = 10

/** Begins signing in, or proving who one is again, with a passkey. */
export async function beginPasskeySignIn(db: Database, site: PasskeySite): Promise<PasskeyBegun> {
  const { challenge, options } = await askForPasskey(site)
  const token = await begin(db, 'passkey-sign-in', { facts: { challenge }, minutes })
  return { token, options }
}

/** Who a browser proved to be with a passkey of an open account. Each challenge is good once. */
export async function proveByPasskey(
  db: Database,
  site: PasskeySite,
  given: { readonly token: string; readonly answer: string },
): Promise<AccountId | undefined> {
  const begun = await finish(db, 'passkey-sign-in', given.token)
  const answer = parsePasskeyAnswer(given.answer)
  const accountId = parseId<'Account'>(answer?.accountId)
  if (!begun || !answer || accountId === undefined) return undefined
  const passkeys = await passkeysOf(db, accountId)
  const stored = passkeys.find(({ credentialId }) => credentialId === answer.credentialId)
  if (!stored) return undefined
  const count = await checkPasskey(site, begun.facts['challenge'] ?? '', answer, stored)
  if (count === undefined) return undefined
  await db.accounts.run(sql`
    update accounts.passkey
    set sign_count = greatest(sign_count, ${count}), last_used_at = ${db.now()}
    where account_id = ${accountId}
      and credential_id = ${stored.credentialId}
  `)
  return accountId
}

/** Signs in with a passkey. */
export async function signInByPasskey(
  db: Database,
  site: PasskeySite,
  given: {
    readonly face: AccountFace
    readonly token: string
    readonly answer: string
    readonly device: DeviceAt
  },
): Promise<Result<BegunSignIn, 'not-recognised' | 'nowhere-to-go'>> {
  const accountId = await proveByPasskey(db, site, given)
  const methods = accountId && (await accountMethods(db, accountId))
  if (!methods || methods.face !== given.face) return refuse('not-recognised')
  const link = await wayOf(db, methods.accountId)
  if (!link) return refuse('nowhere-to-go')
  const by = { method: 'passkey', device: given.device } as const
  const token = await beginSignIn(db, methods.accountId, given.face, link, by)
  return accept({ accountId: methods.accountId, token })
}

/** Begins adding a passkey to an account. */
export async function beginPasskeyAddition(
  db: Database,
  site: PasskeySite,
  accountId: AccountId,
): Promise<PasskeyBegun> {
  const methods = await accountMethods(db, accountId)
  if (!methods) throw new Error('A passkey was asked for an account that is not open')
  const has = (await passkeysOf(db, accountId)).map(({ credentialId }) => credentialId)
  const { email, displayName: name } = methods
  const { challenge, options } = await askForNewPasskey(site, { accountId, email, name, has })
  const token = await begin(db, 'passkey-addition', { accountId, facts: { challenge }, minutes })
  return { token, options }
}

/** Adds the passkey that the browser made. `name` is what its owner will know it by. */
export async function addPasskey(
  db: Database,
  site: PasskeySite,
  accountId: AccountId,
  given: { readonly token: string; readonly answer: string; readonly name: string },
): Promise<Result<undefined, 'not-made'>> {
  const begun = await finish(db, 'passkey-addition', given.token)
  if (!begun || begun.accountId !== accountId) return refuse('not-made')
  const made = await checkNewPasskey(site, begun.facts['challenge'] ?? '', given.answer)
  if (!made) return refuse('not-made')
  const now = db.now()
  const added = await db.accountsTransaction(async (queries) => {
    const count = await queries.run(sql`
      insert into accounts.passkey
        (account_id, credential_id, public_key, sign_count, transports, name, added_at)
      values (${accountId}, ${made.credentialId}, ${Buffer.from(made.publicKey)}, ${made.signCount},
        ${made.transports}, ${given.name}, ${now})
      on conflict (account_id, credential_id) do nothing
    `)
    if (count > 0) await noteEvent(queries, accountId, { type: 'passkey-added', at: now })
    return count
  })
  return added > 0 ? accept(undefined) : refuse('not-made')
}

/**
 * Takes a passkey away. The last way into an account stays: without a password and an
 * authenticator app, or NHS login, the last passkey is refused.
 */
export async function removePasskey(
  db: Database,
  accountId: AccountId,
  credentialId: string,
): Promise<Result<undefined, 'not-there' | 'last-way-in'>> {
  const passkeys = await passkeysOf(db, accountId)
  const methods = await accountMethods(db, accountId)
  if (!methods || !passkeys.some((passkey) => passkey.credentialId === credentialId))
    return refuse('not-there')
  const hasAnother =
    (methods.hasPassword && methods.hasAuthenticator) || methods.hasNhsLogin || passkeys.length > 1
  if (!hasAnother) return refuse('last-way-in')
  const now = db.now()
  await db.accountsTransaction(async (queries) => {
    await queries.run(sql`
      delete from accounts.passkey
      where account_id = ${accountId}
        and credential_id = ${credentialId}
    `)
    await noteEvent(queries, accountId, { type: 'passkey-removed', at: now })
  })
  return accept(undefined)
}
