import { accept, refuse, type Result } from '#kernel/result'
import type { OdsCode } from '#kernel/ods-code'
import { recordEvent } from '#platform/audit'
import { hashToken } from '#platform/auth'
import { sql, type Database, type JoiningProof, type Tx } from '#platform/db'
import { cappedGrant, openAccess } from '#modules/access'
import {
  checkChosenSignIn,
  linkAccount,
  makeRecoveryCodes,
  openAccount,
  type AccountId,
  type AccountLink,
  type ChosenSignIn,
  type OpenAccountRefusal,
} from '#modules/accounts'
import { formatName } from '#modules/directory'
import { whyNotOpen, type LinkingFailure } from '../../domain/linkage/linking.ts'
import { lockedLinkage, type StoredLinkage } from '../../queries/linkage.ts'
import { checked, withPractice, type TypedDetails } from './present-linkage.ts'

/** An account that was opened or linked, and the patient it leads to. */
export interface Joined {
  readonly accountId: AccountId
  readonly link: AccountLink
  /** For somebody without an authenticator app; given out only here. */
  readonly recoveryCodes?: readonly string[]
}

/** What somebody chose to sign in with; the names of their account come from the details. */
export interface Chosen extends Pick<ChosenSignIn, 'password' | 'authenticator'> {
  /** Absent for somebody without an e-mail address: the account ID stands in. */
  readonly email?: string
}

type Refusal = LinkingFailure | OpenAccountRefusal

/** The details that a sign-up was begun with, while they still open something. */
export async function begunSignUp(
  db: Database,
  practice: OdsCode,
  token: string,
): Promise<Result<StoredLinkage, LinkingFailure>> {
  return withPractice(db, practice, undefined, (tx) => stillOpen(tx, token))
}

/**
 * Ends a sign-up: opens the account, and what the details are for. Details are used once. The
 * account is opened first, so that one that could not be named leaves the details unused.
 */
export async function finishSignUp(
  db: Database,
  practice: OdsCode,
  token: string,
  chosen: Chosen,
): Promise<Result<Joined, Refusal>> {
  const begun = await begunSignUp(db, practice, token)
  if (!begun.ok) return begun
  const name = chosen.email ?? begun.value.accountRef
  const displayName = formatName(begun.value)
  const ready = await checkChosenSignIn(db, { ...chosen, name, displayName })
  if (!ready.ok) return ready
  const { accountId } = ready.value
  let refusal: OpenAccountRefusal | undefined
  const joined = await withPractice(db, practice, accountId, async (tx) => {
    const open = await stillOpen(tx, token)
    if (!open.ok) return open
    const link = linkTo(practice, open.value)
    const opened = await openAccount(db, ready.value, link)
    if (!opened.ok) {
      refusal = opened.refusal
      return refuse('already-linked')
    }
    await tx.run(sql`
      update registration.sign_up
      set taken_at = ${tx.now}
      where practice = ${practice}
        and token_hash = ${hashToken(token)}
    `)
    await openWhatFor(tx, open.value, accountId)
    return accept(link)
  })
  if (refusal) return refuse(refusal)
  if (!joined.ok) return joined
  const link = joined.value
  if (chosen.authenticator) return accept({ accountId, link })
  return accept({ accountId, link, recoveryCodes: await makeRecoveryCodes(db, accountId) })
}

/** Links an account that somebody has already to what the details are for. */
export async function linkWithDetails(
  db: Database,
  accountId: AccountId,
  typed: TypedDetails,
): Promise<Result<Joined, LinkingFailure>> {
  const linked = await withPractice(db, typed.practice, accountId, async (tx) => {
    const found = await checked(tx, typed, accountId)
    if (!found.ok) return found
    await openWhatFor(tx, found.value, accountId)
    return accept(linkTo(typed.practice, found.value))
  })
  if (!linked.ok) return linked
  await linkAccount(db, accountId, linked.value)
  return accept({ accountId, link: linked.value })
}

function linkTo(practice: OdsCode, { patientId, relation }: StoredLinkage): AccountLink {
  return { practice, subjectId: patientId, relation }
}

async function stillOpen(
  tx: Tx<JoiningProof>,
  token: string,
): Promise<Result<StoredLinkage, LinkingFailure>> {
  const found = await lockedLinkage(tx, { tokenHash: hashToken(token) }, undefined)
  if (!found) return refuse('account-not-found')
  const failure = whyNotOpen(found, tx.now)
  return failure === undefined ? accept(found) : refuse(failure)
}

async function openWhatFor(
  tx: Tx<JoiningProof>,
  linkage: StoredLinkage,
  accountId: AccountId,
): Promise<void> {
  const { practice } = tx.acting
  await tx.run(sql`
    update registration.linkage
    set used_at = ${tx.now}, used_by = ${accountId}
    where practice = ${practice}
      and linkage_id = ${linkage.linkageId}
  `)
  await openAccess(tx, {
    ...cappedGrant(linkage, linkage.identityMethod),
    identityMethod: linkage.identityMethod,
    accountId,
    patientId: linkage.patientId,
    relation: linkage.relation,
    effectiveFrom: tx.now,
  })
  await recordEvent(tx, {
    type: 'registration.account-linked',
    about: linkage.patientId,
    details: { linkageId: linkage.linkageId },
  })
}
