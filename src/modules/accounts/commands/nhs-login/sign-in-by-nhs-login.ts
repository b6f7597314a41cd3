import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { sql, type Database } from '#platform/db'
import type { AccountId, AccountLink } from '../../domain/account.ts'
import type { NhsLoginPerson } from '../../domain/nhs-login/person.ts'
import { applicationOf, linksOf } from '../../queries/accounts.ts'
import { accountByNhsLogin, accountOfPatient } from '../../queries/nhs-login.ts'
import { noteEvent } from '../events.ts'
import { beginSignIn, type DeviceAt } from '../signing-in/begin-sign-in.ts'
import { liveSignIn } from '../signing-in/live-sign-in.ts'
import { raiseAccount } from '../sign-up/limited-account.ts'
import type { BegunSignIn } from '../signing-in/sign-in.ts'

/** Somebody back from NHS login. */
export interface NhsLoginReturn {
  readonly issuer: string
  readonly subject: string
  readonly person: NhsLoginPerson
  readonly device: DeviceAt
  /**
   * Who was signed in already in that browser without being proved. It is theirs too where they
   * asked as the same person: else somebody who left it signed in would come to another's record.
   */
  readonly limitedAccountId?: AccountId
}

/**
 * How somebody whom NHS login knows is found at a surgery, and given what it gives: for a capability
 * above this one to say.
 */
export interface NhsLoginMatching {
  /** The way to the one patient whom NHS login proved, where their surgery lets it; or nobody. */
  readonly find: (db: Database, person: NhsLoginPerson) => Promise<AccountLink | undefined>
  /** Whether the owner of an account asked for access under the name and birth date of this person. */
  readonly askedAs: (db: Database, accountId: AccountId, person: NhsLoginPerson) => Promise<boolean>
  /** Opens what the surgery gives, where the account has nothing there yet. Said again, does nothing. */
  readonly open: (db: Database, accountId: AccountId, link: AccountLink) => Promise<void>
}

/** Why somebody whom NHS login knows is not signed in. */
export type NhsLoginRefusal = 'number-changed' | 'account-closed'

/** A sign-in that was begun, and whether it leads to a patient. */
export interface NhsLoginSignIn extends BegunSignIn {
  readonly isLimited: boolean
}

/**
 * Signs somebody in whom NHS login knows. Proved at P9 and found on their practice's list, they
 * come to their own account, or to a new one linked to them: what it may use is the practice's to
 * say. Otherwise they come to an account that opens nothing of a patient, and at most what they
 * asked for.
 *
 * Source: DOMAIN ID-1, ID-2, ACC-4. Hazard: H-001.
 */
export async function signInByNhsLogin(
  db: Database,
  given: NhsLoginReturn,
  matching: NhsLoginMatching | undefined,
): Promise<Result<NhsLoginSignIn, NhsLoginRefusal>> {
  const { issuer, subject, person, device } = given
  const known = await accountByNhsLogin(db, issuer, subject)
  if (known?.closedAt) return refuse('account-closed')
  if (known && hasAnotherNumber(known.nhsNumber, person)) {
    const event = { type: 'nhs-login-refused', at: db.now() } as const
    await db.accountsTransaction((queries) => noteEvent(queries, known.accountId, event))
    return refuse('number-changed')
  }
  const match = person.level === 'P9' ? await matching?.find(db, person) : undefined
  const accountId = known
    ? await settledAccount(db, known.accountId, match)
    : await accountFor(db, match, given, matching)
  await bind(db, given, accountId)
  if (match) {
    if (!(await leadsTo(db, accountId, match)))
      await raiseAccount(db, accountId, match, 'nhs-login')
    await matching?.open(db, accountId, match)
  }
  const link = (await ownLink(db, accountId)) ?? (await applicationOf(db, accountId))
  const by = { method: 'nhs-login', device, identityLevel: person.level } as const
  const token = await beginSignIn(db, accountId, 'patient', link, by)
  const isLimited = (await liveSignIn(db, accountId, token, 'patient')) === undefined
  return accept({ accountId, token, isLimited })
}

function hasAnotherNumber(before: string | undefined, person: NhsLoginPerson): boolean {
  return before !== undefined && person.nhsNumber !== undefined && before !== person.nhsNumber
}

async function leadsTo(db: Database, accountId: AccountId, to: AccountLink): Promise<boolean> {
  const links = await linksOf(db, accountId)
  return links.some(
    ({ practice, subjectId, relation }) =>
      practice === to.practice && subjectId === to.subjectId && relation === to.relation,
  )
}

async function ownLink(db: Database, accountId: AccountId): Promise<AccountLink | undefined> {
  return (await linksOf(db, accountId))[0]
}

/**
 * The account to go on with: the one bound before, unless it leads nowhere and the patient has
 * another. That one is then closed.
 */
async function settledAccount(
  db: Database,
  bound: AccountId,
  match: AccountLink | undefined,
): Promise<AccountId> {
  const existing = match && (await accountOfPatient(db, match))
  if (existing === undefined || existing === bound || (await ownLink(db, bound))) return bound
  const now = db.now()
  await db.accountsTransaction(async (queries) => {
    await queries.run(sql`
      update accounts.nhs_login
      set account_id = ${existing}
      where account_id = ${bound}
    `)
    await queries.run(sql`
      update accounts.account
      set closed_at = ${now}
      where account_id = ${bound}
    `)
    await noteEvent(queries, bound, { type: 'account-closed', at: now })
    await noteEvent(queries, existing, { type: 'nhs-login-bound', at: now })
  })
  return existing
}

/** The account that the patient has already, the limited one in use, or a new one without a password. */
async function accountFor(
  db: Database,
  match: AccountLink | undefined,
  { person, limitedAccountId }: NhsLoginReturn,
  matching: NhsLoginMatching | undefined,
): Promise<AccountId> {
  const existing = match && (await accountOfPatient(db, match))
  if (existing !== undefined) return existing
  if (limitedAccountId && (await matching?.askedAs(db, limitedAccountId, person)))
    return limitedAccountId
  const now = db.now()
  const accountId = newId<'Account'>(now)
  const email = person.email.trim().toLowerCase()
  const name = [person.givenName, person.familyName].filter(Boolean).join(' ')
  await db.accountsTransaction(async (queries) => {
    // The address may find another account already: then this one is found by NHS login alone.
    await queries.run(sql`
      insert into accounts.email_address (email, face, account_id)
      values (${email}, 'patient', ${accountId})
      on conflict (email, face) do nothing
    `)
    await queries.run(sql`
      insert into accounts.account (account_id, face, email, display_name, created_at)
      values (${accountId}, 'patient', ${email}, ${name === '' ? email : name}, ${now})
    `)
    await noteEvent(queries, accountId, { type: 'account-made', at: now })
  })
  return accountId
}

/** Keeps who this is at NHS login and how well proved, with what it says of them. */
async function bind(
  db: Database,
  { issuer, subject, person }: NhsLoginReturn,
  accountId: AccountId,
): Promise<void> {
  const now = db.now()
  await db.accountsTransaction(async (queries) => {
    const isNew = await queries.run(sql`
      insert into accounts.nhs_login
        (issuer, subject, account_id, identity_level, nhs_number, bound_at)
      values (${issuer}, ${subject}, ${accountId}, ${person.level}, ${person.nhsNumber}, ${now})
      on conflict (issuer, subject) do nothing
    `)
    await queries.run(sql`
      update accounts.nhs_login
      set identity_level = ${person.level},
        nhs_number = coalesce(${person.nhsNumber}, nhs_number),
        given_name = ${person.givenName},
        family_name = ${person.familyName},
        born_on = ${person.bornOn},
        practice = ${person.practice}
      where issuer = ${issuer}
        and subject = ${subject}
    `)
    if (isNew > 0) {
      const details = { identityLevel: person.level }
      await noteEvent(queries, accountId, { type: 'nhs-login-bound', at: now, details })
    }
  })
}
