import { newId } from '#kernel/id'
import { hashPassword, newCodeSecret } from '#platform/auth'
import { sql, type Database } from '#platform/db'
import type { AccountFace, AccountId, AccountLink } from '../domain/account.ts'
import { sealedSecret } from './methods/secrets.ts'

export interface NewAccount {
  readonly face: AccountFace
  readonly email: string
  readonly displayName: string
  /** In base32; a fresh one where none is given. */
  readonly totpSecret?: string
  readonly isDemo: boolean
  readonly links: readonly AccountLink[]
}

/** Makes many accounts with one password, hashed once: for demo practices and benchmarks. */
export async function createAccountsInBulk(
  db: Database,
  password: string,
  accounts: readonly NewAccount[],
): Promise<readonly AccountId[]> {
  const passwordHash = await hashPassword(password)
  const rows = accounts.map((account) => {
    const accountId = newId<'Account'>(db.now())
    const totpSecret = sealedSecret(db, accountId, account.totpSecret ?? newCodeSecret())
    return { ...account, accountId, email: account.email.trim().toLowerCase(), totpSecret }
  })
  const links = rows.flatMap((row) =>
    row.links.map((link) => ({ ...link, accountId: row.accountId })),
  )

  await db.accountsTransaction(async (queries) => {
    const json = JSON.stringify(rows)
    await queries.run(sql`
      insert into accounts.email_address (email, face, account_id)
      select given.email, given.face, given."accountId"
      from jsonb_to_recordset(${json}::jsonb) as given (email text, face text, "accountId" uuid)
    `)
    await queries.run(sql`
      insert into accounts.account
        (account_id, face, email, display_name, password_hash, totp_secret, is_demo, created_at)
      select given."accountId", given.face, given.email, given."displayName", ${passwordHash},
        given."totpSecret", given."isDemo", ${db.now()}::timestamptz
      from jsonb_to_recordset(${json}::jsonb) as given (
        "accountId" uuid, face text, email text, "displayName" text, "totpSecret" text,
        "isDemo" boolean)
    `)
    await queries.run(sql`
      insert into accounts.link (account_id, practice, subject_id, relation)
      select given."accountId", given.practice, given."subjectId", given.relation
      from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as given (
        "accountId" uuid, practice text, "subjectId" uuid, relation text)
    `)
  })
  return rows.map((row) => row.accountId)
}
