import { accept, refuse, type Result } from '#kernel/result'
import { newCodeSecret, verifyCode } from '#platform/auth'
import { sql, type Database } from '#platform/db'
import type { AccountId } from '../../domain/account.ts'
import { begin, finish } from '../begun.ts'
import { noteEvent } from '../events.ts'
import { openInPassing, sealedInPassing, sealedSecret } from './secrets.ts'

/** A secret for a new authenticator app, good once a code of it was typed, and its token. */
export async function beginAuthenticator(
  db: Database,
  accountId: AccountId,
): Promise<{ readonly token: string; readonly secret: string }> {
  const secret = newCodeSecret()
  return {
    token: await beginWith(db, accountId, secret),
    secret,
  }
}

/** Puts a new authenticator app in place of any before, once it shows the right code. */
export async function changeAuthenticator(
  db: Database,
  accountId: AccountId,
  given: { readonly token: string; readonly code: string },
): Promise<Result<undefined, 'too-late' | { readonly secret: string; readonly token: string }>> {
  const begun = await finish(db, 'authenticator', given.token)
  const secret = openInPassing(db, begun?.facts['secret'])
  if (begun?.accountId !== accountId || secret === undefined) return refuse('too-late')
  const step = await verifyCode(secret, given.code.replaceAll(/\s/g, ''), 0, db.now())
  if (step === undefined) {
    // The same secret again: the app that was just set up with it need not be set up anew.
    const token = await beginWith(db, accountId, secret)
    return refuse({ secret, token })
  }
  const now = db.now()
  await db.accountsTransaction(async (queries) => {
    await queries.run(sql`
      update accounts.account
      set totp_secret = ${sealedSecret(db, accountId, secret)}, totp_last_step = ${step}
      where account_id = ${accountId}
    `)
    await noteEvent(queries, accountId, { type: 'authenticator-changed', at: now })
  })
  return accept(undefined)
}

function beginWith(db: Database, accountId: AccountId, secret: string): Promise<string> {
  const facts = { secret: sealedInPassing(db, secret) }
  return begin(db, 'authenticator', { accountId, facts, minutes: 20 })
}
