import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import type { OdsCode } from '#kernel/ods-code'
import { recordEvent } from '#platform/audit'
import { hashToken } from '#platform/auth'
import { joiningProof, sql, type Database, type JoiningProof, type Tx } from '#platform/db'
import {
  abandonAccount,
  checkChosenSignIn,
  linkApplicant,
  makeRecoveryCodes,
  openAccount,
  type AccountId,
  type ApplicantLink,
  type ChosenSignIn,
  type OpenAccountRefusal,
} from '#modules/accounts'
import { formatName } from '#modules/directory'
import { askedHere, type AskedHere } from '../../queries/limited.ts'
import { newAccountRef } from '../linkage/issue-linkage.ts'

/** A limited account that was opened. */
export interface Applied {
  readonly accountId: AccountId
  readonly link: ApplicantLink
  /** What they sign in with, and show at the desk. */
  readonly reference: string
  /** For somebody without an authenticator app; given out only here. */
  readonly recoveryCodes?: readonly string[]
}

/** Who asked in this browser, while they may still go on; `undefined` otherwise. */
export function whoAsked(
  db: Database,
  practice: OdsCode,
  token: string,
): Promise<AskedHere | undefined> {
  return db.transaction(joiningProof(practice), (tx) => askedHere(tx, hashToken(token)))
}

/**
 * Opens an account for somebody who asked and is not proved: it leads to one first appointment and
 * nothing else. They sign in with a number, so that nothing can be learned of anybody's address.
 *
 * Source: DOMAIN ACC-8. Hazard: H-001.
 */
export async function openLimitedAccount(
  db: Database,
  at: { readonly practice: OdsCode; readonly token: string },
  chosen: Pick<ChosenSignIn, 'password' | 'authenticator'>,
): Promise<Result<Applied, OpenAccountRefusal | 'too-late'>> {
  const { practice, token } = at
  const asked = await whoAsked(db, practice, token)
  if (!asked) return refuse('too-late')
  const reference = newAccountRef()
  const displayName = formatName(asked)
  const ready = await checkChosenSignIn(db, { ...chosen, name: reference, displayName })
  if (!ready.ok) return ready
  const { accountId } = ready.value
  const link = newLink(practice, db.now())
  // It leads nowhere yet by that, and no transaction waits for another meanwhile.
  const account = await openAccount(db, ready.value, link)
  if (!account.ok) return account
  const isAdded = await db.transaction(joiningProof(practice, accountId), async (tx) => {
    const still = await askedHere(tx, hashToken(token))
    if (still) await addApplicant(tx, still, link, { accountId, reference })
    return still !== undefined
  })
  if (!isAdded) {
    await abandonAccount(db, accountId)
    return refuse('too-late')
  }
  if (chosen.authenticator) return accept({ accountId, link, reference })
  const recoveryCodes = await makeRecoveryCodes(db, accountId)
  return accept({ accountId, link, reference, recoveryCodes })
}

/** Lets an account that reaches no patient, by NHS login, lead to what its owner has just asked for. */
export async function applyWithAccount(
  db: Database,
  practice: OdsCode,
  accountId: AccountId,
  asked: AskedHere,
): Promise<void> {
  const link = await db.transaction(joiningProof(practice, accountId), async (tx) => {
    const before = await tx.maybe<{ readonly applicantId: string }>(sql`
      select applicant_id
      from access.applicant
      where practice = ${practice}
        and account_id = ${accountId}
        and closed_at is null
    `)
    if (before) return undefined
    const made = newLink(practice, tx.now)
    await addApplicant(tx, asked, made, { accountId, reference: newAccountRef() })
    return made
  })
  if (link) await linkApplicant(db, accountId, link)
}

/** Somebody on no list, known by what they typed. No way to reach them is kept here: none is checked. */
async function addApplicant(
  tx: Tx<JoiningProof>,
  { askedId, givenName, familyName, bornOn }: AskedHere,
  { practice, subjectId: applicantId }: ApplicantLink,
  { accountId, reference }: { readonly accountId: AccountId; readonly reference: string },
): Promise<void> {
  await tx.run(sql`
    insert into directory.patient
      (practice, patient_id, given_name, family_name, born_on, sex, registration, updated_at)
    values (${practice}, ${applicantId}, ${givenName}, ${familyName}, ${bornOn}, 'unknown',
      'applicant', ${tx.now})
  `)
  await tx.run(sql`
    insert into access.applicant
      (practice, applicant_id, account_id, asked_id, reference, applied_at)
    values (${practice}, ${applicantId}, ${accountId}, ${askedId}, ${reference}, ${tx.now})
  `)
  await recordEvent(tx, {
    type: 'registration.limited-account-opened',
    about: applicantId,
    details: { askedId },
  })
}

function newLink(practice: OdsCode, now: Date): ApplicantLink {
  return { practice, subjectId: newId<'Patient'>(now), relation: 'applicant' }
}
