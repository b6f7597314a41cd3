import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { passkeySite } from '#platform/auth'
import {
  clearSignIn,
  dropKept,
  keep,
  parseForm,
  readKept,
  readSignIn,
  sendPage,
  type FieldFault,
} from '#platform/http'
import { beginPasskeySignIn, signInByPasskey } from '../../commands/methods/passkeys.ts'
import { endSignIn, secondsLeft } from '../../commands/signing-in/live-sign-in.ts'
import { signIn, type SignInRefusal } from '../../commands/signing-in/sign-in.ts'
import type { AccountFace } from '../../domain/account.ts'
import {
  carryCsrf,
  deviceOf,
  faces,
  queryValue,
  requireSignIn,
  safeNext,
  startSignIn,
} from '../browser.ts'
import { RecoveryPage } from './recovery-page.tsx'
import { SignInPage, type SignInOffer, type SignInTyped } from './sign-in-page.tsx'

const credentials = {
  email: z
    .string({ error: 'Enter your email address' })
    .trim()
    .min(1, 'Enter your email address')
    .max(320),
  password: z.string({ error: 'Enter your password' }).min(1, 'Enter your password').max(1000),
  next: z.string().optional(),
}
const withCode = z.object({
  ...credentials,
  code: z
    .string({ error: 'Enter the 6 numbers from your authenticator app' })
    .regex(/^\s*(\d\s*){6}$/, 'Enter the 6 numbers from your authenticator app'),
  shared: z.literal('yes').optional(),
})
const withRecoveryCode = z.object({
  ...credentials,
  code: z
    .string({ error: 'Enter a recovery code' })
    .trim()
    .min(1, 'Enter a recovery code')
    .max(100),
})

/** Far above what people who share an address need: only against filling the database. */
export const beginLimit = { rateLimit: { max: 300, timeWindow: '1 minute' } }

/** What the routes of signing in need to know of the site. */
export interface SignInSite {
  readonly publicUrl: string
  readonly offer: SignInOffer
}

/** Sign in and sign out for one face: patients at /sign-in, staff at /practice/sign-in. */
export function registerSignIn(app: FastifyInstance, face: AccountFace, site: SignInSite): void {
  const { base } = faces[face]
  registerPasswordSignIn(app, face, site.offer)
  registerRecovery(app, face)
  registerPasskeySignIn(app, face, site)

  app.post(`${base}/sign-out`, async (request, reply) => {
    const presented = readSignIn(request, face)
    if (presented) await endSignIn(app.db, presented.accountId, presented.token)
    clearSignIn(reply, face)
    return reply.redirect(face === 'practice' ? '/practice/sign-in' : '/signed-out', 303)
  })

  // Asked by the page's script: how long is left counts as no use, staying does.
  app.get(`${base}/account/time-left`, async (request, reply) => {
    const presented = readSignIn(request, face)
    const seconds = presented
      ? await secondsLeft(app.db, presented.accountId, presented.token, face)
      : 0
    return reply.type('application/json').send(JSON.stringify({ seconds }))
  })
  app.get(`${base}/account/stay`, async (request, reply) => {
    await requireSignIn(request, face)
    return reply.code(204).send()
  })
}

function registerPasswordSignIn(app: FastifyInstance, face: AccountFace, offer: SignInOffer): void {
  const { base, home } = faces[face]
  const page = (typed: SignInTyped, faults?: readonly FieldFault[], hasEnded = false) => (
    <SignInPage
      face={face}
      typed={typed}
      offer={offer}
      hasEnded={hasEnded}
      {...(faults && { faults })}
    />
  )
  app.get(`${base}/sign-in`, async (request, reply) => {
    carryCsrf(request, face)
    const next = safeNext(queryValue(request, 'next'), home)
    return sendPage(reply, page({ next }, undefined, queryValue(request, 'ended') === '1'))
  })

  app.post(`${base}/sign-in`, async (request, reply) => {
    carryCsrf(request, face)
    const parsed = parseForm(withCode, request.body)
    if (!parsed.ok) {
      const { faults, typed } = parsed.refusal
      const next = safeNext(typed['next'], home)
      const isShared = typed['shared'] === 'yes'
      return sendPage(reply, page({ email: typed['email'], next, isShared }, faults), 400)
    }
    const { email, password, code, shared } = parsed.value
    const isShared = shared === 'yes'
    const next = safeNext(parsed.value.next, home)
    const device = deviceOf(request, isShared)
    const given = { face, email, password, code, source: request.ip, device }
    const signedIn = await signIn(app.db, given)
    if (!signedIn.ok)
      return sendPage(reply, page({ email, next, isShared }, faultsOf(signedIn.refusal)), 400)
    await startSignIn(request, reply, { face, device }, signedIn.value)
    return reply.redirect(next, 303)
  })
}

function registerRecovery(app: FastifyInstance, face: AccountFace): void {
  const { base, home } = faces[face]
  app.get(`${base}/sign-in/recovery`, async (request, reply) => {
    carryCsrf(request, face)
    const next = safeNext(queryValue(request, 'next'), home)
    return sendPage(reply, <RecoveryPage face={face} typed={{ next }} />)
  })

  app.post(`${base}/sign-in/recovery`, async (request, reply) => {
    carryCsrf(request, face)
    const parsed = parseForm(withRecoveryCode, request.body)
    if (!parsed.ok) {
      const { faults, typed } = parsed.refusal
      const shown = { email: typed['email'], next: safeNext(typed['next'], home) }
      return sendPage(reply, <RecoveryPage face={face} typed={shown} faults={faults} />, 400)
    }
    const { email, password, code } = parsed.value
    const device = deviceOf(request, false)
    const given = { face, email, password, code, source: request.ip, device }
    const signedIn = await signIn(app.db, { ...given, withRecoveryCode: true })
    if (!signedIn.ok) {
      const typed = { email, next: safeNext(parsed.value.next, home) }
      const faults = faultsOf(signedIn.refusal)
      return sendPage(reply, <RecoveryPage face={face} typed={typed} faults={faults} />, 400)
    }
    await startSignIn(request, reply, { face, device }, signedIn.value)
    return reply.redirect(`${base}/account/authenticator`, 303)
  })
}

function registerPasskeySignIn(app: FastifyInstance, face: AccountFace, site: SignInSite): void {
  const { base, home } = faces[face]
  const passkeys = passkeySite(site.publicUrl)

  app.post(`${base}/sign-in/passkey/begin`, { config: beginLimit }, async (_, reply) => {
    const begun = await beginPasskeySignIn(app.db, passkeys)
    return sendQuestion(reply, 'passkey-sign-in', begun)
  })

  app.post(`${base}/sign-in/passkey`, async (request, reply) => {
    carryCsrf(request, face)
    const { answer, token } = passkeyAnswer(request, reply, 'passkey-sign-in')
    const device = deviceOf(request, false)
    const signedIn = await signInByPasskey(app.db, passkeys, { face, token, answer, device })
    const next = safeNext(fieldOf(request, 'next'), home)
    if (!signedIn.ok) {
      const message = signedIn.refusal === 'nowhere-to-go' ? nowhereToGo : noPasskey
      const faults = [{ field: 'email', message }]
      const shown = { face, typed: { next }, faults, offer: site.offer }
      return sendPage(reply, <SignInPage {...shown} />, 400)
    }
    await startSignIn(request, reply, { face, device }, signedIn.value)
    return reply.redirect(next, 303)
  })
}

/** Sends a device's question as JSON and keeps the token by which its answer is known. */
export function sendQuestion(
  reply: FastifyReply,
  kind: 'passkey-sign-in' | 'passkey-addition',
  begun: { readonly token: string; readonly options: string },
): FastifyReply {
  keep(reply, kind, begun.token, 600)
  return reply.type('application/json').send(begun.options)
}

/** What a device answered, and the token of the question. */
export function passkeyAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  kind: 'passkey-sign-in' | 'passkey-addition',
): { readonly answer: string; readonly token: string } {
  const token = readKept(request, kind) ?? ''
  dropKept(reply, kind)
  return { answer: fieldOf(request, 'answer') ?? '', token }
}

/** One field of a posted form. */
export function fieldOf(request: FastifyRequest, name: string): string | undefined {
  const { body } = request
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : ''
  return typeof value === 'string' ? value : undefined
}

const nowhereToGo = 'Your account is not linked to a GP surgery yet. Phone your GP surgery'
const noPasskey = 'The passkey is not one of this account. Try again, or sign in another way'

/** Why a sign-in was refused, in words. */
export function faultsOf(refusal: SignInRefusal): readonly FieldFault[] {
  const message = {
    'not-recognised':
      'The email address, password or code is not right. Each code works once: wait for the next one',
    'too-many-tries':
      'There were too many tries. Wait 15 minutes, then try again, or use a passkey or NHS login',
    'nowhere-to-go': nowhereToGo,
  }[refusal]
  return [{ field: 'email', message }]
}
