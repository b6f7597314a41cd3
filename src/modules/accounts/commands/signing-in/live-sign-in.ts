import { minutesAfter, minutesBefore } from '#kernel/time'
import { hashToken, newToken } from '#platform/auth'
import { sql, type Database } from '#platform/db'
import {
  idleMinutesOf,
  isLive,
  longestHours,
  type AccountFace,
  type AccountId,
  type AccountLink,
  type LiveSignIn,
} from '../../domain/account.ts'
import { signInByToken, type StoredSignIn } from '../../queries/sign-ins.ts'
import { noteEvent } from '../events.ts'

/** The sign-in behind a token while it is good; notes, at most once a minute, that it was seen. */
export async function liveSignIn(
  db: Database,
  accountId: AccountId,
  token: string,
  face: AccountFace,
): Promise<LiveSignIn | undefined> {
  const found = await presentedSignIn(db, accountId, token, face)
  // At NHS login below P9 identity is not proved: nothing of a patient is opened (ID-1, ID-2).
  if (!found || found.identityLevel === 'P0' || found.identityLevel === 'P5') return undefined
  const { practice, subjectId, relation, ...rest } = found
  // Whoever only asked for access is not proved either (ACC-8).
  if (relation === undefined || relation === 'applicant') return undefined
  if (practice === undefined || subjectId === undefined) return undefined
  return { ...rest, practice, subjectId, relation }
}

/** As `liveSignIn`, for somebody too whose identity is not proved or who is linked to nobody. */
export async function presentedSignIn(
  db: Database,
  accountId: AccountId,
  token: string,
  face: AccountFace,
): Promise<StoredSignIn | undefined> {
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

/** Seconds until a sign-in ends if nothing is asked; 0 where it has. Asking does not count as use. */
export async function secondsLeft(
  db: Database,
  accountId: AccountId,
  token: string,
  face: AccountFace,
): Promise<number> {
  const found = await signInByToken(db, accountId, hashToken(token))
  if (!found || found.face !== face || !isLive(found, db.now())) return 0
  const ends = Math.min(
    minutesAfter(found.lastSeenAt, idleMinutesOf(found)).getTime(),
    minutesAfter(found.startedAt, longestHours * 60).getTime(),
  )
  return Math.max(0, Math.floor((ends - db.now().getTime()) / 1000))
}

/** Ends a sign-in at once, on every server and in every tab. */
export async function endSignIn(db: Database, accountId: AccountId, token: string): Promise<void> {
  const now = db.now()
  await db.accountsTransaction(async (queries) => {
    const ended = await queries.run(sql`
      update accounts.sign_in
      set ended_at = ${now}
      where account_id = ${accountId}
        and token_hash = ${hashToken(token)}
        and ended_at is null
    `)
    if (ended > 0) await noteEvent(queries, accountId, { type: 'signed-out', at: now })
  })
}

/**
 * Gives a sign-in a new token in place of the one presented, which is good for nothing from then
 * on. Done whenever somebody proves who they are again or changes how they sign in.
 */
export async function rotateSignIn(
  db: Database,
  accountId: AccountId,
  token: string,
  { isProved }: { readonly isProved: boolean },
): Promise<string | undefined> {
  const next = newToken()
  const now = db.now()
  const rotated = await db.accountsTransaction(async (queries) => {
    const count = await queries.run(sql`
      update accounts.sign_in
      set token_hash = ${hashToken(next)},
        proved_at = case when ${isProved}::boolean then ${now}::timestamptz else proved_at end
      where account_id = ${accountId}
        and token_hash = ${hashToken(token)}
        and ended_at is null
    `)
    if (count > 0 && isProved)
      await noteEvent(queries, accountId, { type: 'proved-again', at: now })
    return count
  })
  return rotated === 1 ? next : undefined
}

/**
 * Leads a sign-in to another of the patients that its account reaches, under a new token. Nobody
 * proved anything by it: when they last did, how, and when the sign-in ends stay as they were.
 */
export async function leadSignIn(
  db: Database,
  accountId: AccountId,
  token: string,
  to: AccountLink,
): Promise<string | undefined> {
  const next = newToken()
  const led = await db.accounts.run(sql`
    update accounts.sign_in
    set token_hash = ${hashToken(next)}, practice = ${to.practice},
      subject_id = ${to.subjectId}, relation = ${to.relation}
    where account_id = ${accountId}
      and token_hash = ${hashToken(token)}
      and ended_at is null
  `)
  return led === 1 ? next : undefined
}
