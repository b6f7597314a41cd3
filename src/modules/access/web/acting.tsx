import type { FastifyRequest } from 'fastify'
import type { Brand } from '#kernel/brand'
import type { Proof, Queries, Tx } from '#platform/db'
import { NotFound, Refused, SeeOther } from '#platform/http'
import { requireSignIn, type AccountId, type AccountLink, type LiveSignIn } from '#modules/accounts'
import { formatName, type PatientId } from '#modules/directory'
import {
  decidePermissions,
  whyMissing,
  type Permissions,
  type Service,
} from '../domain/services.ts'
import { needsSecondStep } from '../domain/second-step/second-step.ts'
import { noteUse } from '../commands/proxies/note-use.ts'
import { openAssociation, type StoredAssociation } from '../queries/associations.ts'
import { MissingPage } from './missing-page.tsx'

/** What a route asks for: a service, or only that the person is signed in and may act here. */
export type Purpose = Service | 'home'

/**
 * Proof that a person may use a service for a patient. Made here alone; checked again inside every
 * transaction that it opens, so that what is switched off or ended is off from the next request on,
 * in every session (I-5).
 */
export type Acting<P extends Purpose = Purpose> = Brand<ActingFacts<P>, 'Acting'>

interface ActingFacts<P extends Purpose> extends Proof {
  readonly role: 'po_patient'
  readonly purpose: P
  readonly accountId: AccountId
  readonly patientId: PatientId
  readonly as: 'self' | 'proxy'
  /** When the person last proved who they are. */
  readonly provedAt?: Date
}

/** Lets a request through for a patient or proxy, or leaves: to sign in, or with why not. */
export async function requireActing<P extends Purpose>(
  request: FastifyRequest,
  purpose: P,
): Promise<Acting<P>> {
  const signIn = await requirePatientSignIn(request)
  const { accountId, practice } = signIn
  const patientId = signIn.subjectId as PatientId
  const at = { practice, accountId, patientId, now: request.server.db.now() }
  const as = signIn.relation === 'proxy' ? 'proxy' : 'self'
  const facts: ActingFacts<P> = {
    role: 'po_patient',
    practice,
    purpose,
    accountId,
    patientId,
    as,
    provedAt: signIn.provedAt,
    actor: { kind: as === 'proxy' ? 'proxy' : 'patient', id: accountId },
    recheck: async (queries: Queries) => {
      const about = purpose === 'appointments' ? 'appointments' : 'everything'
      const association = await openAssociation(queries, at, about)
      noteOnPage(request, signIn, association)
      requireOpen(association, purpose)
      if (!association) return
      if (purpose === 'record' && asksAgain(association, signIn.provedAt, at.now))
        throw new SeeOther(confirming(request))
      rechecked.set(facts, decidePermissions(association))
      if (about === 'everything') associations.set(facts, association)
      if (as === 'proxy') await noteUse(queries, practice, association, at.now)
    },
  }
  return facts as Acting<P>
}

/**
 * As `requireActing`, for another of the patients that the account leads to: to say whom it may act
 * for. Nothing but the way to the patient is looked at.
 */
export async function actingThrough(
  request: FastifyRequest,
  link: AccountLink,
): Promise<Acting<'home'>> {
  const { signIn } = await requireSignIn(request, 'patient')
  const as = link.relation === 'proxy' ? 'proxy' : 'self'
  const facts: ActingFacts<'home'> = {
    role: 'po_patient',
    practice: link.practice,
    purpose: 'home',
    accountId: signIn.accountId,
    patientId: link.subjectId as PatientId,
    as,
    actor: { kind: as === 'proxy' ? 'proxy' : 'patient', id: signIn.accountId },
  }
  return facts as Acting<'home'>
}

/**
 * The proof of somebody who is no patient yet: for `web/limited` alone. What its recheck gives is
 * what they may use.
 */
export function provedHere<P extends Purpose>(
  given: Omit<ActingFacts<P>, 'role' | 'actor' | 'recheck'> & {
    readonly recheck: (queries: Queries) => Promise<Permissions>
  },
): Acting<P> {
  const facts: ActingFacts<P> = {
    ...given,
    role: 'po_patient',
    actor: { kind: 'patient', id: given.accountId },
    recheck: async (queries) => {
      rechecked.set(facts, await given.recheck(queries))
    },
  }
  return facts as Acting<P>
}

/** What the recheck of each proof last found: it runs again in every transaction, before it is read. */
const rechecked = new WeakMap<object, Permissions>()
/** The same before anything was decided by it, where all of it was read. */
const associations = new WeakMap<object, StoredAssociation>()

/** What the person may use, as read in the transaction that depends on it. */
export async function permissionsOf(tx: Tx<Acting>): Promise<Permissions> {
  await tx.checked
  const found = rechecked.get(tx.acting)
  if (found) return found
  const { practice, accountId, patientId } = tx.acting
  const association = await openAssociation(tx, { practice, accountId, patientId, now: tx.now })
  if (!association) throw new NotFound()
  return decidePermissions(association)
}

/**
 * The same transaction for a service as well, where both its switches are on; otherwise
 * `undefined`. For pages that gather from several services.
 */
export async function alsoFor<S extends Service>(
  tx: Tx<Acting>,
  service: S,
): Promise<Tx<Acting<S>> | undefined> {
  await tx.checked
  const { practice, accountId, patientId } = tx.acting
  const association =
    associations.get(tx.acting) ??
    (await openAssociation(tx, { practice, accountId, patientId, now: tx.now }))
  if (!association || whyMissing(service, association)) return undefined
  if (service === 'record' && asksAgain(association, tx.acting.provedAt, tx.now)) return undefined
  const facts: ActingFacts<S> = { ...tx.acting, purpose: service }
  return { ...tx, acting: facts as Acting<S> }
}

function asksAgain(
  { secondStepMinutes }: StoredAssociation,
  provedAt: Date | undefined,
  now: Date,
): boolean {
  return needsSecondStep(secondStepMinutes, provedAt, now)
}

/** Where somebody proves again who they are, and is led back from: to the record after a form. */
function confirming(request: FastifyRequest): string {
  const next = request.method === 'GET' ? request.url : '/record'
  return `/account/confirm?next=${encodeURIComponent(next)}`
}

async function requirePatientSignIn(request: FastifyRequest): Promise<LiveSignIn> {
  const { signIn } = await requireSignIn(request, 'patient')
  request.pageFacts = { ...request.pageFacts, navigation: navigation(request.url) }
  return signIn
}

function requireOpen(association: StoredAssociation | undefined, purpose: Purpose): void {
  if (!association) throw new Refused(<MissingPage reason="no-access" />)
  if (purpose === 'home') return
  const reason = whyMissing(purpose, association)
  if (reason)
    throw new Refused(<MissingPage service={purpose} reason={reason} switches={association} />)
}

function noteOnPage(
  request: FastifyRequest,
  signIn: LiveSignIn,
  association: StoredAssociation | undefined,
): void {
  if (!association) return
  request.pageFacts = {
    ...request.pageFacts,
    practiceName: association.practiceName,
    ...(signIn.relation === 'proxy' && {
      actingFor: formatName(association),
      actingForHref: '/account/acting-for',
    }),
  }
}

function navigation(url: string) {
  const items = [
    { text: 'Home', href: '/home' },
    { text: 'Appointments', href: '/appointments' },
    { text: 'Prescriptions', href: '/prescriptions' },
    { text: 'Health record', href: '/record' },
  ]
  return items.map((item) => ({ ...item, current: url.startsWith(item.href) }))
}
