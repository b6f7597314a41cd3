import { hashRecoveryCode, newRecoveryCodes } from '#platform/auth'
import { sql, type Database } from '#platform/db'
import type { AccountId } from '../../domain/account.ts'
import { noteEvent } from '../events.ts'

/** How many recovery codes are given out at once. */
const codesGiven = 10

/** Uses up a recovery code, unless it was used or was never given. */
export async function useRecoveryCode(
  db: Database,
  accountId: AccountId,
  code: string,
): Promise<boolean> {
  const used = await db.accounts.run(sql`
    update accounts.recovery_code
    set used_at = ${db.now()}
    where account_id = ${accountId}
      and code_hash = ${hashRecoveryCode(code)}
      and used_at is null
  `)
  return used === 1
}

/** Makes new recovery codes in place of any before. They are given out only here. */
export async function makeRecoveryCodes(
  db: Database,
  accountId: AccountId,
): Promise<readonly string[]> {
  const codes = newRecoveryCodes(codesGiven)
  const now = db.now()
  await db.accountsTransaction(async (queries) => {
    await queries.run(sql`
      delete from accounts.recovery_code
      where account_id = ${accountId}
    `)
    await queries.run(sql`
      insert into accounts.recovery_code (account_id, code_hash, made_at)
      select ${accountId}::uuid, hash, ${now}::timestamptz
      from unnest(${codes.map(hashRecoveryCode)}::text[]) as given (hash)
    `)
    await noteEvent(queries, accountId, { type: 'recovery-codes-made', at: now })
  })
  return codes
}
