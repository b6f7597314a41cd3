import { newId } from '#kernel/id'
import { minutesBefore } from '#kernel/time'
import { accept, refuse, type Result } from '#kernel/result'
import { hashToken, isPassword, newToken, verifyCode } from '#platform/auth'
import { sql, type Database } from '#platform/db'
import {
  isLive,
  triesAllowed,
  triesWindowMinutes,
  type AccountFace,
  type AccountId,
  type AccountLink,
  type LiveSignIn,
} from '../domain/account.ts'
import { accountByEmail, linksOf, recentFailures, signInByToken } from '../queries/accounts.ts'

/** Outside, a wrong address, password or code is told as one and the same. */
export type SignInRefusal = 'not-recognised' | 'too-many-tries' | 'nowhere-to-go'

export interface Credentials {
  readonly face: AccountFace
  readonly email: string
  readonly password: string
  readonly code: string
  /** Where the try comes from: tries are counted for each address typed from each place. */
  readonly source: string
}

/** Checks a password and a one-time code, and begins a sign-in. Its token is given out only here. */
export async function signIn(
  db: Database,
  given: Credentials,
): Promise<Result<{ readonly accountId: AccountId; readonly token: string }, SignInRefusal>> {
  const key = hashToken(`${given.face}:${given.email.trim().toLowerCase()}:${given.source}`)
  if ((await recentFailures(db, key)) >= triesAllowed) return refuse('too-many-tries')

  const account = await accountByEmail(db, given.email, given.face)
  const rightPassword = await isPassword(given.password, account?.passwordHash)
  const step =
    account &&
    (await verifyCode(
      account.totpSecret,
      given.code.replaceAll(/\s/g, ''),
      account.totpLastStep,
      db.now(),
    ))
  if (
    !account ||
    !rightPassword ||
    step === undefined ||
    !(await useStep(db, account.accountId, step))
  ) {
    await recordFailure(db, key)
    return refuse('not-recognised')
  }

  const [link] = await linksOf(db, account.accountId)
  if (!link) return refuse('nowhere-to-go')
  return accept({
    accountId: account.accountId,
    token: await beginSignIn(db, account.accountId, given.face, link),
  })
}

/** Begins a sign-in for an account that has proved itself. Gives the token; only its hash is kept. */
export async function beginSignIn(
  db: Database,
  accountId: AccountId,
  face: AccountFace,
  link: AccountLink,
): Promise<string> {
  const token = newToken()
  const now = db.now()
  await db.accountsTransaction(async (queries) => {
    await queries.run(sql`
      insert into accounts.sign_in
        (account_id, token_hash, face, practice, subject_id, relation, started_at, last_seen_at)
      values (${accountId}, ${hashToken(token)}, ${face}, ${link.practice}, ${link.subjectId},
        ${link.relation}, ${now}, ${now})
    `)
    await queries.run(sql`
      insert into accounts.event (account_id, event_id, at, type)
      values (${accountId}, ${newId(now)}, ${now}, 'signed-in')
    `)
  })
  return token
}

/** The sign-in behind a token while it is good; notes, at most once a minute, that it was seen. */
export async function liveSignIn(
  db: Database,
  accountId: AccountId,
  token: string,
  face: AccountFace,
): Promise<LiveSignIn | undefined> {
  const tokenHash = hashToken(token)
  const found = await signInByToken(db, accountId, tokenHash)
  if (!found || found.face !== face || !isLive(found, db.now())) return undefined
  if (found.lastSeenAt < minutesBefore(db.now(), 1)) {
    await db.accounts.run(sql`
      update accounts.sign_in
      set last_seen_at = ${db.now()}
      where account_id = ${accountId}
        and token_hash = ${tokenHash}
    `)
  }
  return found
}

/** Ends a sign-in at once, on every server and in every tab. */
export async function endSignIn(db: Database, accountId: AccountId, token: string): Promise<void> {
  const now = db.now()
  await db.accounts.run(sql`
    with ended as (
      update accounts.sign_in
      set ended_at = ${now}
      where account_id = ${accountId}
        and token_hash = ${hashToken(token)}
        and ended_at is null
      returning account_id
    )
    insert into accounts.event (account_id, event_id, at, type)
    select account_id, ${newId(now)}::uuid, ${now}::timestamptz, 'signed-out'
    from ended
  `)
}

async function useStep(db: Database, accountId: AccountId, step: number): Promise<boolean> {
  const used = await db.accounts.run(sql`
    update accounts.account
    set totp_last_step = ${step}
    where account_id = ${accountId}
      and totp_last_step < ${step}
  `)
  return used === 1
}

async function recordFailure(db: Database, keyHash: string): Promise<void> {
  await db.accounts.run(sql`
    insert into accounts.failed_try (key_hash, failed_at, try_id)
    values (${keyHash}, ${db.now()}, ${newId(db.now())})
  `)
  await db.accounts.run(sql`
    delete from accounts.failed_try
    where key_hash = ${keyHash}
      and failed_at < ${minutesBefore(db.now(), triesWindowMinutes)}
  `)
}
