import type { OdsCode } from '#kernel/ods-code'
import { sql, type Database } from '#platform/db'
import type { AccountId } from '../../domain/account.ts'
import { noteEvent } from '../events.ts'
import { endOtherSignIns } from '../signing-in/end-sign-ins.ts'

/** Closes the account of somebody who no longer works at a practice, and ends every sign-in. */
export async function closeStaffAccount(
  db: Database,
  practice: OdsCode,
  staffId: string,
): Promise<void> {
  const found = await db.accounts.many<{ readonly accountId: AccountId }>(sql`
    select link.account_id
    from accounts.link
    join accounts.account using (account_id)
    where link.practice = ${practice}
      and link.subject_id = ${staffId}
      and link.relation = 'staff'
      and account.closed_at is null
    order by link.account_id
    limit 10
  `)
  const now = db.now()
  for (const { accountId } of found) {
    await db.accountsTransaction(async (queries) => {
      await queries.run(sql`
        update accounts.account
        set closed_at = ${now}
        where account_id = ${accountId}
      `)
      await queries.run(sql`
        delete from accounts.begun
        where account_id = ${accountId}
      `)
      await noteEvent(queries, accountId, { type: 'account-closed', at: now })
      await endOtherSignIns(queries, accountId, '', now)
    })
  }
}

/** Lets the account of somebody who works at a practice lead there until `at`, or without end. */
export async function endStaffLink(
  db: Database,
  practice: OdsCode,
  staffId: string,
  at: Date | undefined,
): Promise<void> {
  await db.accounts.run(sql`
    update accounts.link
    set ends_at = ${at}
    where practice = ${practice}
      and subject_id = ${staffId}
      and relation = 'staff'
  `)
}
