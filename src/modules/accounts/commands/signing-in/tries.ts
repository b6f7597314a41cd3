import { hashToken } from '#platform/auth'
import { sql, type Database } from '#platform/db'
import {
  overLimit,
  widerThan,
  windowStart,
  type Tally,
  type TryKind,
} from '../../domain/signing-in/tries.ts'
import type { AccountFace } from '../../domain/account.ts'

/** What a try is for and where it comes from. */
export interface TryAt {
  readonly face: AccountFace
  readonly email: string
  readonly source: string
  /** The hash of a device that the account was used on before, where it is presented. */
  readonly knownDevice?: string
}

interface Key {
  readonly kind: TryKind
  readonly keyHash: string
  readonly source?: string
}

/** A try that was counted, and whether it may be looked at. */
export interface CountedTry {
  readonly refusedBy?: Tally
  /** Takes the try back out of the counts, once it turned out to be right. */
  forget(): Promise<void>
}

/**
 * Counts a try before it is looked at, so that many at one moment are all counted. The same is done
 * whether or not there is such an account.
 */
export async function countTry(db: Database, at: TryAt): Promise<CountedTry> {
  const keys = keysOf(at)
  const now = db.now()
  const starts = windowStart(now)
  const tallies = await db.accounts.many<Tally>(sql`
    insert into accounts.try_tally (key_hash, window_starts_at, kind, source, tries, last_at)
    select given."keyHash", ${starts}::timestamptz, given.kind, given.source, 1, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as given (
      "keyHash" text, kind text, source text)
    order by given."keyHash"
    on conflict (key_hash, window_starts_at) do update set
      tries = try_tally.tries + 1,
      last_at = excluded.last_at
    returning kind, tries
  `)
  const refusedBy = overLimit(tallies)
  if (refusedBy) await uncount(db, keys, starts, widerThan(refusedBy.kind))
  return {
    ...(refusedBy && { refusedBy }),
    forget: () =>
      uncount(
        db,
        keys,
        starts,
        keys.map(({ kind }) => kind),
      ),
  }
}

function keysOf({ face, email, source, knownDevice }: TryAt): readonly Key[] {
  const account = `${face}:${email.trim().toLowerCase()}`
  if (knownDevice !== undefined)
    return [{ kind: 'device', keyHash: hashToken(`device:${account}:${knownDevice}`), source }]
  return [
    {
      kind: 'account-from-source',
      keyHash: hashToken(`account-from-source:${account}:${source}`),
      source,
    },
    { kind: 'source', keyHash: hashToken(`source:${source}`), source },
    { kind: 'account', keyHash: hashToken(`account:${account}`) },
  ]
}

/** One row at a time: together they would wait for one another in another order than counting does. */
async function uncount(
  db: Database,
  keys: readonly Key[],
  starts: Date,
  kinds: readonly TryKind[],
): Promise<void> {
  for (const { keyHash } of keys.filter(({ kind }) => kinds.includes(kind))) {
    await db.accounts.run(sql`
      update accounts.try_tally
      set tries = tries - 1
      where key_hash = ${keyHash}
        and window_starts_at = ${starts}
        and tries > 0
    `)
  }
}
