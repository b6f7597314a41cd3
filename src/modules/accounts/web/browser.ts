import type { FastifyReply, FastifyRequest } from 'fastify'
import { csrfToken, hashToken, newToken } from '#platform/auth'
import type { Database } from '#platform/db'
import {
  keep,
  readKept,
  readSignIn,
  SeeOther,
  writeSignIn,
  type PresentedSignIn,
} from '#platform/http'
import type { DeviceAt } from '../commands/signing-in/begin-sign-in.ts'
import {
  endSignIn,
  leadSignIn,
  liveSignIn,
  presentedSignIn,
} from '../commands/signing-in/live-sign-in.ts'
import type { BegunSignIn } from '../commands/signing-in/sign-in.ts'
import {
  idleMinutesOf,
  isFresh,
  warningMinutes,
  type AccountFace,
  type AccountLink,
  type LiveSignIn,
} from '../domain/account.ts'
import { deviceName } from '../domain/signing-in/device-name.ts'
import type { StoredSignIn } from '../queries/sign-ins.ts'

declare module 'fastify' {
  interface FastifyInstance {
    readonly db: Database
  }
}

/** Where each face signs in, and where it begins. */
export const faces = {
  patient: { base: '', home: '/home' },
  practice: { base: '/practice', home: '/practice' },
} as const

const yearSeconds = 365 * 86_400

/** The browser that asks, and the token that it is to be known by once it has signed in. */
export interface BrowserDevice extends DeviceAt {
  readonly token: string
}

/** The browser that asks. What others use too is new each time. */
export function deviceOf(request: FastifyRequest, isShared: boolean): BrowserDevice {
  const kept = isShared ? undefined : readKept(request, 'device')
  const token = kept ?? newToken()
  const name = deviceName(request.headers['user-agent'])
  return { name, hash: hashToken(token), isShared, token }
}

/** The hash of the token that this browser is known by, if it is. */
export function knownDeviceHash(request: FastifyRequest): string | undefined {
  const token = readKept(request, 'device')
  return token === undefined ? undefined : hashToken(token)
}

/**
 * Gives the browser a sign-in in place of the one it had, which ends, and unless others use it too
 * a token to be known by from then on.
 */
export async function startSignIn(
  request: FastifyRequest,
  reply: FastifyReply,
  { face, device }: { readonly face: AccountFace; readonly device: BrowserDevice },
  signIn: BegunSignIn,
): Promise<void> {
  const before = readSignIn(request, face)
  if (!device.isShared) keep(reply, 'device', device.token, yearSeconds)
  if (before) await endSignIn(request.server.db, before.accountId, before.token)
  writeSignIn(reply, face, signIn)
}

/**
 * Leads the sign-in that a request presents to another of the account's patients: choosing whom to
 * act for proves nothing, and a sign-in lasts no longer for it.
 */
export async function turnTo(
  request: FastifyRequest,
  reply: FastifyReply,
  link: AccountLink,
): Promise<void> {
  const before = readSignIn(request, 'patient')
  if (!before) return
  const { accountId } = before
  const token = await leadSignIn(request.server.db, accountId, before.token, link)
  if (token !== undefined) writeSignIn(reply, 'patient', { accountId, token })
}

/** A sign-in that is presented and good, and the token that it was presented by. */
export interface SignedIn {
  readonly presented: PresentedSignIn
  readonly signIn: LiveSignIn
}

/** The sign-in that a request presents, where it is good and leads somewhere. */
export async function openSignIn(
  request: FastifyRequest,
  face: AccountFace,
): Promise<SignedIn | undefined> {
  const presented = readSignIn(request, face)
  const signIn =
    presented && (await liveSignIn(request.server.db, presented.accountId, presented.token, face))
  return presented && signIn && { presented, signIn }
}

/** Lets a request through for somebody signed in on a face, or leaves to sign in. */
export async function requireSignIn(request: FastifyRequest, face: AccountFace): Promise<SignedIn> {
  const { base, home } = faces[face]
  const presented = readSignIn(request, face)
  const signedIn = await openSignIn(request, face)
  if (!signedIn) {
    const here = request.method === 'GET' ? request.url : home
    if (face === 'patient' && (await limitedSignIn(request)))
      throw new SeeOther(`/sign-in/prove?next=${encodeURIComponent(here)}`)
    const ended = presented ? '&ended=1' : ''
    throw new SeeOther(`${base}/sign-in?next=${encodeURIComponent(here)}${ended}`)
  }
  noteSignedIn(request, face, signedIn)
  return signedIn
}

/** A sign-in that reaches no patient: identity not proved, or no surgery has them. */
export interface LimitedSignIn {
  readonly presented: PresentedSignIn
  readonly signIn: StoredSignIn
}

/**
 * Lets a request through for somebody who is signed in and reaches no patient, or leaves: to sign
 * in, or to their own appointments where they are proved by now.
 */
export async function requireLimitedSignIn(request: FastifyRequest): Promise<LimitedSignIn> {
  if (await openSignIn(request, 'patient')) throw new SeeOther('/appointments')
  const limited = await notedLimitedSignIn(request)
  if (!limited) {
    const here = request.method === 'GET' ? request.url : '/first-appointment'
    throw new SeeOther(`/sign-in?next=${encodeURIComponent(here)}`)
  }
  return limited
}

/** Who is signed in without reaching a patient, if anybody is: their page has what others have. */
export async function notedLimitedSignIn(
  request: FastifyRequest,
): Promise<LimitedSignIn | undefined> {
  const presented = readSignIn(request, 'patient')
  const signIn = await limitedSignIn(request)
  if (!presented || !signIn) return undefined
  noteSignedIn(request, 'patient', { presented, signIn })
  return { presented, signIn }
}

function noteSignedIn(
  request: FastifyRequest,
  face: AccountFace,
  { presented, signIn }: SignedIn | LimitedSignIn,
): void {
  const { base } = faces[face]
  const seconds = idleMinutesOf(signIn) * 60
  request.pageFacts = {
    face,
    csrf: csrfToken(presented.token),
    signedInAs: signIn.displayName,
    navigation: [],
    idle: { seconds, warningSeconds: warningMinutes * 60 },
    ...(signIn.newDeviceAt && {
      notices: [
        {
          text: 'Somebody signed in to your account on a new device.',
          href: `${base}/account/history`,
          linkText: 'Check that it was you',
        },
      ],
    }),
  }
}

/** As `requireSignIn`, for somebody who proved who they are a short time ago, or leaves to do so. */
export async function requireFreshSignIn(
  request: FastifyRequest,
  face: AccountFace,
): Promise<SignedIn> {
  const signedIn = await requireSignIn(request, face)
  if (isFresh(signedIn.signIn, request.server.db.now())) return signedIn
  const { base } = faces[face]
  const here = request.method === 'GET' ? request.url : `${base}/account`
  throw new SeeOther(`${base}/account/confirm?next=${encodeURIComponent(here)}`)
}

/** A sign-in that is good but may lead nowhere yet: identity not proved, or no surgery linked. */
export async function limitedSignIn(request: FastifyRequest): Promise<StoredSignIn | undefined> {
  const presented = readSignIn(request, 'patient')
  if (!presented) return undefined
  const { accountId, token } = presented
  return presentedSignIn(request.server.db, accountId, token, 'patient')
}

/** Lets forms of a page that needs no sign-in pass where the browser still presents one. */
export function carryCsrf(request: FastifyRequest, face: AccountFace): void {
  const presented = readSignIn(request, face)
  if (presented) request.pageFacts = { ...request.pageFacts, csrf: csrfToken(presented.token) }
}

/** Only a path of this site: a link must not lead a person who signs in somewhere else. */
export function safeNext(next: unknown, home: string): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])[\w\-./?=&%]*$/.test(next)) return home
  return next
}

/** One value of an address's query. */
export function queryValue(request: FastifyRequest, name: string): unknown {
  const { query } = request
  return typeof query === 'object' && query !== null ? Reflect.get(query, name) : undefined
}
