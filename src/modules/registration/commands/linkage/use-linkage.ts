import { accept, refuse, type Result } from '#kernel/result'
import type { OdsCode } from '#kernel/ods-code'
import { addDays, startOfDay } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { hashToken } from '#platform/auth'
import { sql, type Database, type JoiningProof, type Tx } from '#platform/db'
import { cappedGrant, openAccess } from '#modules/access'
import {
  abandonAccount,
  checkChosenSignIn,
  linkAccount,
  makeRecoveryCodes,
  openAccount,
  raiseAccount,
  type AccountId,
  type AccountLink,
  type ChosenSignIn,
  type OpenAccountRefusal,
} from '#modules/accounts'
import { formatName } from '#modules/directory'
import { whyNotOpen, type LinkingFailure } from '../../domain/linkage/linking.ts'
import { lockedLinkage, type StoredLinkage } from '../../queries/linkage.ts'
import { closeApplications } from '../limited/close-applications.ts'
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
  const displayName = nameOf(begun.value)
  const ready = await checkChosenSignIn(db, { ...chosen, name, displayName })
  if (!ready.ok) return ready
  const { accountId } = ready.value
  // Nothing is opened yet by that, and no transaction waits for another meanwhile.
  const opened = await openAccount(db, ready.value, linkTo(practice, begun.value))
  if (!opened.ok) return opened
  const joined = await withPractice(db, practice, accountId, async (tx) => {
    const open = await stillOpen(tx, token)
    if (!open.ok) return open
    const link = linkTo(practice, open.value)
    await tx.run(sql`
      update registration.sign_up
      set taken_at = ${tx.now}
      where practice = ${practice}
        and token_hash = ${hashToken(token)}
    `)
    await openWhatFor(tx, open.value, accountId)
    return accept(link)
  })
  if (!joined.ok) {
    await abandonAccount(db, accountId)
    return joined
  }
  const link = joined.value
  if (chosen.authenticator) return accept({ accountId, link })
  return accept({ accountId, link, recoveryCodes: await makeRecoveryCodes(db, accountId) })
}

/** Whose account it is to be: the patient, or the proxy whom the details are for. */
export function nameOf({ givenName, familyName, proxyName }: StoredLinkage): string {
  return formatName({ givenName: proxyName ?? givenName, familyName })
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
  await leadTo(db, accountId, linked.value)
  return accept({ accountId, link: linked.value })
}

/**
 * Opens, on the account that somebody made when they asked, what staff who saw them just made
 * details for. No letter goes round: the account was theirs by the number that they showed.
 */
export async function openOnAccount(
  db: Database,
  practice: OdsCode,
  made: { readonly accountRef: string },
  accountId: AccountId,
): Promise<Result<AccountLink, LinkingFailure>> {
  const linked = await withPractice(db, practice, accountId, async (tx) => {
    const found = await lockedLinkage(tx, { accountRef: made.accountRef }, accountId)
    if (!found) return refuse('account-not-found')
    const failure = whyNotOpen(found, tx.now)
    if (failure !== undefined) return refuse(failure)
    await openWhatFor(tx, found, accountId)
    return accept(linkTo(practice, found))
  })
  if (linked.ok) await leadTo(db, accountId, linked.value)
  return linked
}

/** A patient whom the surgery proved has their whole account raised; a proxy has one more way. */
function leadTo(db: Database, accountId: AccountId, link: AccountLink): Promise<void> {
  return link.relation === 'self'
    ? raiseAccount(db, accountId, link, 'surgery')
    : linkAccount(db, accountId, link)
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
  const { proxyEndsOn, proxyId } = linkage
  const [associationId] = await openAccess(tx, {
    ...cappedGrant(linkage, linkage.identityMethod),
    ...(proxyEndsOn && { endsAt: startOfDay(addDays(proxyEndsOn, 1)) }),
    identityMethod: linkage.identityMethod,
    accountId,
    patientId: linkage.patientId,
    relation: linkage.relation,
    effectiveFrom: tx.now,
  })
  if (linkage.relation === 'self') await closeApplications(tx, accountId, linkage.patientId)
  if (proxyId) {
    await tx.run(sql`
      update access.proxy
      set association_id = ${associationId}
      where practice = ${practice}
        and proxy_id = ${proxyId}
    `)
  }
  await recordEvent(tx, {
    type: 'registration.account-linked',
    about: linkage.patientId,
    details: { linkageId: linkage.linkageId },
  })
}
