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

interface Stored extends Place {
  readonly accountId: AccountId
  readonly secret: string
}

const atOnce = 500

/**
 * Seals with the current key every secret that is not: those from before there were keys, and those
 * of a key that is being taken out. Reads no other, and may be done while people sign in: any key of
 * the file opens. Says how many no key here opens: their owners sign in with a recovery code or a
 * passkey, and set up an app anew. Once `stopped`, ends before the next 500.
 */
export async function resealSecrets(
  db: Database,
  stopped: { readonly aborted: boolean } = { aborted: false },
): Promise<{ readonly sealed: number; readonly lost: number }> {
  const keyring = keyringFor(db)
  let [sealed, lost] = [0, 0]
  for (const part of keyring ? partsBeside(keyring.currentId) : []) {
    let after = part.after
    let rows: readonly Stored[] = []
    do {
      if (stopped.aborted) return { sealed, lost }
      rows = await storedAfter(db, after, part.below)
      const again = rows.flatMap((row) => anew(db, row))
      sealed += await write(db, again)
      lost += rows.length - again.length
      after = rows.at(-1) ?? after
    } while (rows.length === atOnce)
  }
  return { sealed, lost }
}

/** A place among all secrets, by the id of their key ('' for none) and then by account. */
interface Place {
  readonly keyId: string
  readonly accountId: string
}

const firstId = '00000000-0000-0000-0000-000000000000'
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** What is sealed with any key but one: the ids before it and those after. '~' goes after all. */
function partsBeside(keyId: string): readonly { readonly after: Place; readonly below: string }[] {
  return [
    { after: { keyId: '', accountId: firstId }, below: keyId },
    { after: { keyId, accountId: lastId }, below: '~' },
  ]
}

function storedAfter(db: Database, after: Place, below: string): Promise<readonly Stored[]> {
  return db.accounts.many<Stored>(sql`
    select split_part(totp_secret, '.', 2) collate "C" as key_id, account_id,
      totp_secret as secret
    from accounts.account
    where totp_secret is not null
      and (split_part(totp_secret, '.', 2) collate "C", account_id)
        > (${after.keyId}, ${after.accountId}::uuid)
      and split_part(totp_secret, '.', 2) collate "C" < ${below}
    order by split_part(totp_secret, '.', 2) collate "C", account_id
    limit ${atOnce}
  `)
}

/** As it is to be stored from now on, where a key opens it. */
function anew(db: Database, { accountId, secret }: Stored): readonly Resealed[] {
  const open = openSecret(db, accountId, secret)
  return open === undefined ? [] : [{ accountId, secret, to: sealedSecret(db, accountId, open) }]
}

interface Resealed {
  readonly accountId: AccountId
  readonly secret: string
  readonly to: string
}

/** Writes them unless they were changed meanwhile. */
function write(db: Database, rows: readonly Resealed[]): Promise<number> {
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
