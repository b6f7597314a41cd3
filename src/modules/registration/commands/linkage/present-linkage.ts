import { minutesAfter } from '#kernel/time'
import { accept, refuse, type Result } from '#kernel/result'
import type { OdsCode } from '#kernel/ods-code'
import type { LocalDate } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { hashToken, newToken } from '#platform/auth'
import { joiningProof, sql, type Database, type JoiningProof, type Tx } from '#platform/db'
import type { AccountId } from '#modules/accounts'
import { practiceByCode } from '#modules/directory'
import { decideLinking, wrongTries, type LinkingFailure } from '../../domain/linkage/linking.ts'
import { lockedLinkage, type StoredLinkage } from '../../queries/linkage.ts'
import { hashLinkageKey } from './issue-linkage.ts'

/** What somebody typed from a letter. */
export interface TypedDetails {
  readonly practice: OdsCode
  readonly accountRef: string
  readonly key: string
  readonly familyName: string
  readonly bornOn: LocalDate
}

const minutesToChoose = 60

/**
 * Checks details, and begins a sign-up with them. Gives the token it goes on by. What was wrong is
 * for the trail: whoever typed them is told the same of every failure.
 */
export async function presentLinkage(
  db: Database,
  typed: TypedDetails,
): Promise<Result<string, LinkingFailure>> {
  return withPractice(db, typed.practice, undefined, async (tx) => {
    const found = await checked(tx, typed, undefined)
    if (!found.ok) return found
    const token = newToken()
    await tx.run(sql`
      insert into registration.sign_up (practice, token_hash, linkage_id, begun_at, expires_at)
      values (${typed.practice}, ${hashToken(token)}, ${found.value.linkageId}, ${tx.now},
        ${minutesAfter(tx.now, minutesToChoose)})
    `)
    return accept(token)
  })
}

/** Runs `work` as somebody who joins, or refuses where there is no such practice to join. */
export async function withPractice<Value>(
  db: Database,
  practice: OdsCode,
  accountId: AccountId | undefined,
  work: (tx: Tx<JoiningProof>) => Promise<Result<Value, LinkingFailure>>,
): Promise<Result<Value, LinkingFailure>> {
  const known = await practiceByCode(db.accounts, practice)
  if (!known) return refuse('practice-not-live')
  return db.transaction(joiningProof(practice, accountId), work)
}

/** Details that are right and open something, or why not: counted, and in the trail. */
export async function checked(
  tx: Tx<JoiningProof>,
  typed: TypedDetails,
  accountId: AccountId | undefined,
): Promise<Result<StoredLinkage, LinkingFailure>> {
  const found = await lockedLinkage(tx, { accountRef: typed.accountRef }, accountId)
  const { familyName, bornOn } = typed
  const presented = { keyHash: hashLinkageKey(typed.key), familyName, bornOn }
  const decided = decideLinking(found, presented, tx.now)
  if (decided.ok && found) return accept(found)
  const failure = decided.ok ? 'account-not-found' : decided.refusal
  await noteFailure(tx, found, failure)
  return refuse(failure)
}

/** One statement and one event whatever went wrong, so that nothing can be told from the time taken. */
async function noteFailure(
  tx: Tx<JoiningProof>,
  found: StoredLinkage | undefined,
  failure: LinkingFailure,
): Promise<void> {
  const counts = wrongTries.includes(failure) ? 1 : 0
  await tx.run(sql`
    update registration.linkage
    set wrong_tries = wrong_tries + ${counts}::integer
    where practice = ${tx.acting.practice}
      and linkage_id = ${found?.linkageId}::uuid
  `)
  await recordEvent(tx, {
    type: 'registration.linking-refused',
    outcome: 'refused',
    ...(found && { about: found.patientId }),
    details: { reason: failure },
  })
}
