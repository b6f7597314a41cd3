import { newId } from '#kernel/id'
import { minutesAfter } from '#kernel/time'
import { accept, refuse, type Result } from '#kernel/result'
import {
  hashPassword,
  hashRecoveryCode,
  newCodeSecret,
  newRecoveryCodes,
  verifyCode,
} from '#platform/auth'
import { brokenConstraint, sql, type Database } from '#platform/db'
import type { AccountFace, AccountId, AccountLink } from '../../domain/account.ts'
import type { PasswordRefusal } from '../../domain/methods/password-rule.ts'
import { accountMethods } from '../../queries/methods.ts'
import { begin, finish } from '../begun.ts'
import { noteEvent, noteEventAt } from '../events.ts'
import { passwordFault } from '../methods/password.ts'
import { openInPassing, sealedInPassing, sealedSecret } from '../methods/secrets.ts'
import { endOtherSignIns } from '../signing-in/end-sign-ins.ts'
import { countTry } from '../signing-in/tries.ts'

/** Days for which a joining code is good. */
export const joiningDays = 7

/** Makes an account that nobody can sign in to until a joining code was used. */
export async function openAccountToJoin(
  db: Database,
  account: {
    readonly face: AccountFace
    readonly email: string
    readonly displayName: string
    readonly link: AccountLink
  },
): Promise<Result<AccountId, 'address-in-use'>> {
  const now = db.now()
  const accountId = newId<'Account'>(now)
  const { face, displayName, link } = account
  const email = account.email.trim().toLowerCase()
  try {
    await db.accountsTransaction(async (queries) => {
      await queries.run(sql`
        insert into accounts.email_address (email, face, account_id)
        values (${email}, ${face}, ${accountId})
      `)
      await queries.run(sql`
        insert into accounts.account (account_id, face, email, display_name, created_at)
        values (${accountId}, ${face}, ${email}, ${displayName}, ${now})
      `)
      await queries.run(sql`
        insert into accounts.link (account_id, practice, subject_id, relation)
        values (${accountId}, ${link.practice}, ${link.subjectId}, ${link.relation})
      `)
      await noteEvent(queries, accountId, { type: 'account-made', at: now })
    })
  } catch (fault) {
    if (brokenConstraint(fault) === 'email_address_pkey') return refuse('address-in-use')
    throw fault
  }
  return accept(accountId)
}

/**
 * Makes a joining code in place of any before: with the e-mail address it lets its holder choose
 * how to sign in, once, within `joiningDays`. It is given out only here.
 */
export async function makeJoiningCode(db: Database, accountId: AccountId): Promise<string> {
  const [code = ''] = newRecoveryCodes(1)
  const now = db.now()
  await db.accountsTransaction(async (queries) => {
    await queries.run(sql`
      delete from accounts.begun
      where account_id = ${accountId}
        and kind = 'joining'
    `)
    await queries.run(sql`
      insert into accounts.begun (token_hash, kind, account_id, expires_at)
      values (${joiningHash(accountId, code)}, 'joining', ${accountId},
        ${minutesAfter(now, joiningDays * 24 * 60)})
    `)
    await noteEvent(queries, accountId, { type: 'joining-begun', at: now })
  })
  return code
}

/** The same hash however the code was typed; another account's code is another hash. */
function joiningHash(accountId: AccountId, code: string): string {
  return hashRecoveryCode(`joining${accountId}${code}`)
}

interface Joiner {
  readonly accountId: AccountId
  readonly isRight: boolean
}

/**
 * Lets the holder of a joining code on to choose how to sign in. The code stays good until that is
 * done. Gives the token by which the next step knows them, and the secret of their authenticator app.
 */
export async function beginJoining(
  db: Database,
  given: {
    readonly face: AccountFace
    readonly email: string
    readonly code: string
    readonly source: string
  },
): Promise<Result<{ readonly token: string }, 'not-recognised' | 'too-many-tries'>> {
  const counted = await countTry(db, given)
  if (counted.refusedBy) return refuse('too-many-tries')
  const joiner = await joinerBy(db, given)
  if (!joiner?.isRight) {
    const event = { type: 'sign-in-refused', at: db.now() } as const
    await db.accountsTransaction((queries) => noteEventAt(queries, given, event))
    return refuse('not-recognised')
  }
  await counted.forget()
  const { accountId } = joiner
  const secret = sealedInPassing(db, newCodeSecret())
  const facts = { secret, code: joiningHash(accountId, given.code) }
  return accept({ token: await begin(db, 'authenticator', { accountId, facts, minutes: 60 }) })
}

async function joinerBy(
  db: Database,
  given: { readonly email: string; readonly face: AccountFace; readonly code: string },
): Promise<Joiner | undefined> {
  const row = await db.accounts.maybe<{ readonly accountId: AccountId }>(sql`
    select account.account_id
    from accounts.email_address address
    join accounts.account account using (account_id)
    where address.email = ${given.email.trim().toLowerCase()}
      and address.face = ${given.face}
      and account.closed_at is null
  `)
  if (!row) return undefined
  const found = await db.accounts.maybe<{ readonly kind: string }>(sql`
    select kind
    from accounts.begun
    where token_hash = ${joiningHash(row.accountId, given.code)}
      and kind = 'joining'
      and expires_at > ${db.now()}
  `)
  return { accountId: row.accountId, isRight: found !== undefined }
}

/** What somebody who joins is asked: for whom, and the secret of a new authenticator app. */
export interface JoiningStep {
  readonly accountId: AccountId
  readonly email: string
  readonly displayName: string
  readonly secret: string
  /** Put in place of the token presented. */
  readonly token: string
}

/** The step that a token leads to, under a new token; `undefined` where it is over. */
export async function joiningStep(db: Database, token: string): Promise<JoiningStep | undefined> {
  const begun = await finish(db, 'authenticator', token)
  const methods = begun?.accountId && (await accountMethods(db, begun.accountId))
  const { secret: kept = '', code } = begun?.facts ?? {}
  const secret = openInPassing(db, kept)
  if (!methods || secret === undefined || secret === '' || code === undefined) return undefined
  const { accountId, email, displayName } = methods
  const next = await begin(db, 'authenticator', {
    accountId,
    facts: { secret: kept, code },
    minutes: 60,
  })
  return { accountId, email, displayName, secret, token: next }
}

/** Why somebody cannot join with what they chose. */
export type JoiningRefusal = PasswordRefusal | 'wrong-code' | 'too-late'

/**
 * Sets how somebody who joins signs in, uses the joining code up and ends any sign-in of before.
 * Both factors are set at once, so that no account of staff ever has only one.
 */
export async function finishJoining(
  db: Database,
  step: JoiningStep,
  chosen: { readonly password: string; readonly code: string },
): Promise<Result<AccountId, JoiningRefusal>> {
  const { accountId, secret } = step
  const fault = await passwordFault(step, chosen.password)
  if (fault) return refuse(fault)
  const totpStep = await verifyCode(secret, chosen.code.replaceAll(/\s/g, ''), 0, db.now())
  if (totpStep === undefined) return refuse('wrong-code')
  const begun = await finish(db, 'authenticator', step.token)
  const passwordHash = await hashPassword(chosen.password)
  const now = db.now()
  const joined = await db.accountsTransaction(async (queries) => {
    const used = await queries.run(sql`
      delete from accounts.begun
      where token_hash = ${begun?.facts['code'] ?? ''}
        and kind = 'joining'
        and expires_at > ${now}
    `)
    if (used === 0) return false
    await queries.run(sql`
      update accounts.account
      set password_hash = ${passwordHash}, totp_secret = ${sealedSecret(db, accountId, secret)},
        totp_last_step = ${totpStep}
      where account_id = ${accountId}
    `)
    await endOtherSignIns(queries, accountId, '', now)
    await noteEvent(queries, accountId, { type: 'joined', at: now })
    return true
  })
  return joined ? accept(accountId) : refuse('too-late')
}
