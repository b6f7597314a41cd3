import { keyringFor, openFrom, sealFor } from '#platform/auth'
import { sql, type Database } from '#platform/db'
import type { AccountId } from '../../domain/account.ts'

/** An authenticator app's secret as it is stored: sealed for its account. */
export function sealedSecret(db: Database, accountId: AccountId, secret: string): string {
  return sealFor(db, secret, purposeOf(accountId))
}

/** An authenticator app's secret as it was, or `undefined` where no key opens it any more. */
export function openSecret(db: Database, accountId: AccountId, stored: string): string | undefined {
  return openFrom(db, stored, purposeOf(accountId))
}

function purposeOf(accountId: AccountId): string {
  return `authenticator ${accountId}`
}

/** What is kept in passing, until an app was set up with it. */
const passing = 'authenticator being set up'

/** A new secret as it is kept while an app is being set up. */
export function sealedInPassing(db: Database, secret: string): string {
  return sealFor(db, secret, passing)
}

/** The secret of an app that is being set up. */
export function openInPassing(db: Database, stored: string | undefined): string | undefined {
  return stored === undefined ? undefined : openFrom(db, stored, passing)
}

interface Stored {
  readonly accountId: AccountId
  readonly secret: string
}

const atOnce = 500

/**
 * Seals with the current key every secret that is not: those from before there were keys, and those
 * of a key that is being taken out. Says how many no key here opens: their owners sign in with a
 * recovery code or a passkey, and set up an app anew.
 */
export async function resealSecrets(
  db: Database,
): Promise<{ readonly sealed: number; readonly lost: number }> {
  const keyring = keyringFor(db)
  if (!keyring) return { sealed: 0, lost: 0 }
  let [sealed, lost] = [0, 0]
  let after: string | undefined
  for (;;) {
    const rows = await db.accounts.many<Stored>(sql`
      select account_id, totp_secret as secret
      from accounts.account
      where totp_secret is not null
        and totp_secret not like ${`sealed.${keyring.currentId}.%`}
        and (${after}::uuid is null or account_id > ${after}::uuid)
      order by account_id
      limit ${atOnce}
    `)
    const again = rows.flatMap(({ accountId, secret }) => {
      const open = openSecret(db, accountId, secret)
      return open === undefined
        ? []
        : [{ accountId, secret, to: sealedSecret(db, accountId, open) }]
    })
    sealed += await write(db, again)
    lost += rows.length - again.length
    after = rows.at(-1)?.accountId
    if (rows.length < atOnce) return { sealed, lost }
  }
}

/** Writes them unless they were changed meanwhile. */
function write(db: Database, rows: readonly (Stored & { readonly to: string })[]): Promise<number> {
  if (rows.length === 0) return Promise.resolve(0)
  return db.accounts.run(sql`
    update accounts.account
    set totp_secret = given.to
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
      "accountId" uuid, secret text, "to" text)
    where account.account_id = given."accountId"
      and account.totp_secret = given.secret
  `)
}
