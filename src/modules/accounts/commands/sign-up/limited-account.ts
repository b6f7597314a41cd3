import { sql, type Database, type Queries } from '#platform/db'
import type { AccountId, AccountLink, ApplicantLink } from '../../domain/account.ts'
import { noteEvent } from '../events.ts'

/** Leads an account that reaches no patient yet, and its open sign-ins, to what its owner asked for. */
export async function linkApplicant(
  db: Database,
  accountId: AccountId,
  link: ApplicantLink,
): Promise<void> {
  await db.accountsTransaction(async (queries) => {
    await queries.run(sql`
      insert into accounts.link (account_id, practice, subject_id, relation)
      values (${accountId}, ${link.practice}, ${link.subjectId}, 'applicant')
      on conflict (account_id, practice, subject_id) do nothing
    `)
    await turnSignIns(queries, accountId, link)
  })
}

/**
 * Raises a limited account in place: what its owner asked for gives way to the patient they turned
 * out to be, in every open sign-in from its next request on. A surgery that saw them vouches for
 * their NHS login too, whatever level that has.
 */
export async function raiseAccount(
  db: Database,
  accountId: AccountId,
  link: AccountLink,
  provedBy: 'surgery' | 'nhs-login',
): Promise<void> {
  const now = db.now()
  await db.accountsTransaction(async (queries) => {
    await queries.run(sql`
      delete from accounts.link
      where account_id = ${accountId}
        and practice = ${link.practice}
        and relation = 'applicant'
    `)
    await queries.run(sql`
      insert into accounts.link (account_id, practice, subject_id, relation)
      values (${accountId}, ${link.practice}, ${link.subjectId}, ${link.relation})
      on conflict (account_id, practice, subject_id) do update set ends_at = null
    `)
    if (provedBy === 'surgery') {
      await queries.run(sql`
        update accounts.nhs_login
        set proved_here_at = ${now}
        where account_id = ${accountId}
      `)
    }
    await turnSignIns(queries, accountId, link)
    await noteEvent(queries, accountId, { type: 'identity-proved', at: now, details: { provedBy } })
  })
}

/** Leads open sign-ins that reach no patient somewhere else. */
async function turnSignIns(
  queries: Queries,
  accountId: AccountId,
  link: AccountLink | ApplicantLink,
): Promise<void> {
  await queries.run(sql`
    update accounts.sign_in
    set practice = ${link.practice}, subject_id = ${link.subjectId}, relation = ${link.relation}
    where account_id = ${accountId}
      and ended_at is null
      and (relation is null or relation = 'applicant')
  `)
}
