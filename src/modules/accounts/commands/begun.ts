import { minutesAfter, minutesBefore } from '#kernel/time'
import { hashToken, newToken } from '#platform/auth'
import { sql, type Database } from '#platform/db'
import type { AccountId } from '../domain/account.ts'

/** What a browser begins with one request and finishes with a later one. */
export type BegunKind =
  | 'passkey-sign-in'
  | 'passkey-addition'
  | 'nhs-login'
  | 'authenticator'
  | 'joining'

/** Something begun: for which account, where that is known, and what was kept. */
export interface Begun {
  readonly accountId?: AccountId
  readonly facts: Readonly<Record<string, string>>
}

/** Days for which counts of tries are kept, for whoever looks into a storm of them. */
const tallyDays = 90

/**
 * Begins something. The token goes to the browser; only its hash is kept. What is too old to be
 * finished, and counts too old to be asked for, are cleared away by the way.
 */
export async function begin(
  db: Database,
  kind: BegunKind,
  given: Begun & { readonly minutes: number },
): Promise<string> {
  const token = newToken()
  const now = db.now()
  await db.accountsTransaction(async (queries) => {
    await queries.run(sql`
      delete from accounts.begun
      where expires_at <= ${now}
    `)
    await queries.run(sql`
      delete from accounts.try_tally
      where window_starts_at < ${minutesBefore(now, tallyDays * 24 * 60)}
    `)
    await queries.run(sql`
      insert into accounts.begun (token_hash, kind, account_id, facts, expires_at)
      values (${hashToken(token)}, ${kind}, ${given.accountId}, ${JSON.stringify(given.facts)},
        ${minutesAfter(now, given.minutes)})
    `)
  })
  return token
}

/** Takes what was begun, once; `undefined` for what never was, is taken, or is too old. */
export function finish(db: Database, kind: BegunKind, token: string): Promise<Begun | undefined> {
  return db.accounts.maybe<Begun>(sql`
    delete from accounts.begun
    where token_hash = ${hashToken(token)}
      and kind = ${kind}
      and expires_at > ${db.now()}
    returning account_id, facts
  `)
}
