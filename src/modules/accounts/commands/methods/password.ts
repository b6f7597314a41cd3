import { accept, refuse, type Result } from '#kernel/result'
import { hashPassword, isCommonPassword } from '#platform/auth'
import { sql, type Database } from '#platform/db'
import type { AccountId } from '../../domain/account.ts'
import { whyNotPassword, type PasswordRefusal } from '../../domain/methods/password-rule.ts'
import { noteEvent } from '../events.ts'
import { endOtherSignIns } from '../signing-in/end-sign-ins.ts'

/** Whose password it is to be, and where it is chosen. */
export interface PasswordOwner {
  readonly accountId: AccountId
  readonly email: string
  readonly displayName: string
}

/** Why a password cannot be chosen, or `undefined`. */
export async function passwordFault(
  owner: Pick<PasswordOwner, 'email' | 'displayName'>,
  password: string,
): Promise<PasswordRefusal | undefined> {
  const isCommon = await isCommonPassword(password)
  return whyNotPassword(password, { isCommon, about: [owner.email, owner.displayName] })
}

/** Sets a password, and ends every sign-in but the one with this token. */
export async function setPassword(
  db: Database,
  owner: PasswordOwner,
  password: string,
  token: string,
): Promise<Result<undefined, PasswordRefusal>> {
  const fault = await passwordFault(owner, password)
  if (fault) return refuse(fault)
  const passwordHash = await hashPassword(password)
  const now = db.now()
  const { accountId } = owner
  await db.accountsTransaction(async (queries) => {
    await queries.run(sql`
      update accounts.account
      set password_hash = ${passwordHash}
      where account_id = ${accountId}
    `)
    await noteEvent(queries, accountId, { type: 'password-changed', at: now })
    await endOtherSignIns(queries, accountId, token, now)
  })
  return accept(undefined)
}
