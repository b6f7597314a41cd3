import { accept, refuse, type Result } from '#kernel/result'
import { isPassword, verifyCode } from '#platform/auth'
import { sql, type Database } from '#platform/db'
import type { AccountFace, AccountId } from '../../domain/account.ts'
import { triesAllowed } from '../../domain/signing-in/tries.ts'
import { accountByEmail, wayOf, type StoredAccount } from '../../queries/accounts.ts'
import { noteEventAt } from '../events.ts'
import { openSecret } from '../methods/secrets.ts'
import { useRecoveryCode } from '../methods/recovery-codes.ts'
import { beginSignIn, type DeviceAt } from './begin-sign-in.ts'
import { countTry } from './tries.ts'

/** Outside, a wrong address, password or code is told as one and the same. */
export type SignInRefusal = 'not-recognised' | 'too-many-tries' | 'nowhere-to-go'

/** What was typed, and where the try comes from. */
export interface Credentials {
  readonly face: AccountFace
  readonly email: string
  readonly password: string
  /** Of the authenticator app, or with `withRecoveryCode` one that was kept for its loss. */
  readonly code: string
  readonly withRecoveryCode?: boolean
  readonly source: string
  readonly device: DeviceAt
}

/** A sign-in that was begun. Its token is given out only here. */
export interface BegunSignIn {
  readonly accountId: AccountId
  readonly token: string
}

/** Checks a password and a second factor, and begins a sign-in. */
export async function signIn(
  db: Database,
  given: Credentials,
): Promise<Result<BegunSignIn, SignInRefusal>> {
  const proved = await proveByPassword(db, given)
  if (!proved.ok) return proved
  const { accountId } = proved.value
  const link = await wayOf(db, accountId)
  if (!link) return refuse('nowhere-to-go')
  const method = given.withRecoveryCode === true ? 'recovery-code' : 'password'
  const by = { method, device: given.device } as const
  return accept({ accountId, token: await beginSignIn(db, accountId, given.face, link, by) })
}

/** Checks a password and a second factor, counting the try. The same is done for no such account. */
export async function proveByPassword(
  db: Database,
  given: Credentials,
): Promise<Result<StoredAccount, Exclude<SignInRefusal, 'nowhere-to-go'>>> {
  const { face, email, source } = given
  const account = await accountByEmail(db, email, face, given.device.hash)
  const counted = await countTry(db, {
    face,
    email,
    source,
    ...(account?.isKnownDevice && { knownDevice: given.device.hash }),
  })
  const { refusedBy } = counted
  if (refusedBy) {
    if (refusedBy.tries === triesAllowed[refusedBy.kind] + 1)
      await noteTry(db, given, 'sign-in-blocked')
    return refuse('too-many-tries')
  }
  const rightPassword = await isPassword(given.password, account?.passwordHash)
  const isRight =
    account !== undefined && rightPassword && (await usesSecondFactor(db, account, given))
  if (!isRight) {
    await noteTry(db, given, 'sign-in-refused')
    return refuse('not-recognised')
  }
  await counted.forget()
  return accept(account)
}

function noteTry(
  db: Database,
  { email, face, device }: Credentials,
  type: 'sign-in-refused' | 'sign-in-blocked',
): Promise<void> {
  return db.accountsTransaction((queries) =>
    noteEventAt(queries, { email, face }, { type, at: db.now(), details: { device: device.name } }),
  )
}

async function usesSecondFactor(
  db: Database,
  account: StoredAccount,
  given: Credentials,
): Promise<boolean> {
  const code = given.code.replaceAll(/\s/g, '')
  if (given.withRecoveryCode === true) return useRecoveryCode(db, account.accountId, code)
  const { totpSecret, totpLastStep, accountId } = account
  const secret = totpSecret === undefined ? undefined : openSecret(db, accountId, totpSecret)
  if (secret === undefined) return false
  const step = await verifyCode(secret, code, totpLastStep, db.now())
  return step !== undefined && useStep(db, accountId, step)
}

/** Uses a time step of the authenticator app up, unless it was used before. */
async function useStep(db: Database, accountId: AccountId, step: number): Promise<boolean> {
  const used = await db.accounts.run(sql`
    update accounts.account
    set totp_last_step = ${step}
    where account_id = ${accountId}
      and totp_last_step < ${step}
  `)
  return used === 1
}
