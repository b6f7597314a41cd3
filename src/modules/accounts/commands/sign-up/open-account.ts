import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { hashPassword, verifyCode } from '#platform/auth'
import { brokenConstraint, sql, type Database } from '#platform/db'
import type { AccountId, AccountLink, ApplicantLink } from '../../domain/account.ts'
import type { PasswordRefusal } from '../../domain/methods/password-rule.ts'
import { noteEvent } from '../events.ts'
import { sealedSecret } from '../methods/secrets.ts'
import { passwordFault } from '../methods/password.ts'

/** What a patient chose to sign in with. */
export interface ChosenSignIn {
  /** An e-mail address, or the account ID of their letter for somebody who has none. */
  readonly name: string
  readonly displayName: string
  readonly password: string
  /** Absent for somebody without an authenticator app, who is given recovery codes instead. */
  readonly authenticator?: { readonly secret: string; readonly code: string }
}

/** Why an account cannot be opened as chosen. */
export type OpenAccountRefusal = PasswordRefusal | 'wrong-code' | 'name-taken'

/** A chosen way of signing in that was checked, with an id for the account to be. */
export interface CheckedSignIn {
  readonly accountId: AccountId
  readonly name: string
  readonly displayName: string
  readonly passwordHash: string
  readonly totpSecret?: string
  readonly totpLastStep: number
}

/** Checks everything that can be checked before there is an account. Writes nothing. */
export async function checkChosenSignIn(
  db: Database,
  chosen: ChosenSignIn,
): Promise<Result<CheckedSignIn, Exclude<OpenAccountRefusal, 'name-taken'>>> {
  const name = chosen.name.trim().toLowerCase()
  const { displayName, password, authenticator } = chosen
  const fault = await passwordFault({ email: name, displayName }, password)
  if (fault) return refuse(fault)
  const step = authenticator
    ? await verifyCode(authenticator.secret, authenticator.code.replaceAll(/\s/g, ''), 0, db.now())
    : 0
  if (step === undefined) return refuse('wrong-code')
  return accept({
    accountId: newId<'Account'>(db.now()),
    name,
    displayName,
    passwordHash: await hashPassword(password),
    ...(authenticator && { totpSecret: authenticator.secret }),
    totpLastStep: step,
  })
}

/**
 * Opens a patient's account that leads to one patient, or to what somebody not proved asked for. Or
 * refuses where the name is another's.
 */
export async function openAccount(
  db: Database,
  checked: CheckedSignIn,
  link: AccountLink | ApplicantLink,
): Promise<Result<AccountId, 'name-taken'>> {
  const { accountId, name, totpSecret } = checked
  const secret = totpSecret === undefined ? undefined : sealedSecret(db, accountId, totpSecret)
  const now = db.now()
  try {
    await db.accountsTransaction(async (queries) => {
      await queries.run(sql`
        insert into accounts.email_address (email, face, account_id)
        values (${name}, 'patient', ${accountId})
      `)
      await queries.run(sql`
        insert into accounts.account
          (account_id, face, email, display_name, password_hash, totp_secret, totp_last_step,
           is_demo, created_at)
        values (${accountId}, 'patient', ${name}, ${checked.displayName}, ${checked.passwordHash},
          ${secret}, ${checked.totpLastStep}, false, ${now})
      `)
      await queries.run(sql`
        insert into accounts.link (account_id, practice, subject_id, relation)
        values (${accountId}, ${link.practice}, ${link.subjectId}, ${link.relation})
      `)
      await noteEvent(queries, accountId, { type: 'account-made', at: now })
    })
  } catch (fault) {
    if (brokenConstraint(fault) === 'email_address_pkey') return refuse('name-taken')
    throw fault
  }
  return accept(accountId)
}

/** Gives up an account that was opened a moment ago and leads nowhere after all; its name is free. */
export async function abandonAccount(db: Database, accountId: AccountId): Promise<void> {
  const now = db.now()
  await db.accountsTransaction(async (queries) => {
    await noteEvent(queries, accountId, { type: 'account-closed', at: now })
    await queries.run(sql`
      delete from accounts.email_address
      where account_id = ${accountId}
    `)
    await queries.run(sql`
      delete from accounts.link
      where account_id = ${accountId}
    `)
    await queries.run(sql`
      update accounts.account
      set closed_at = ${now}
      where account_id = ${accountId}
    `)
  })
}

/** Lets an account go to one more patient. Doing it again changes nothing. */
export async function linkAccount(
  db: Database,
  accountId: AccountId,
  link: AccountLink,
): Promise<void> {
  await db.accounts.run(sql`
    insert into accounts.link (account_id, practice, subject_id, relation)
    values (${accountId}, ${link.practice}, ${link.subjectId}, ${link.relation})
    on conflict (account_id, practice, subject_id) do nothing
  `)
}
