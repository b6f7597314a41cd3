import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { passkeySite } from '#platform/auth'
import {
  dropKept,
  keep,
  NotFound,
  parseForm,
  readKept,
  sendPage,
  writeSignIn,
  type FieldFault,
} from '#platform/http'
import { beginAuthenticator, changeAuthenticator } from '../../commands/methods/authenticator.ts'
import { proveByPasskey } from '../../commands/methods/passkeys.ts'
import { setPassword } from '../../commands/methods/password.ts'
import { makeRecoveryCodes } from '../../commands/methods/recovery-codes.ts'
import { rotateSignIn } from '../../commands/signing-in/live-sign-in.ts'
import { proveByPassword } from '../../commands/signing-in/sign-in.ts'
import type { AccountFace } from '../../domain/account.ts'
import type { PasswordRefusal } from '../../domain/methods/password-rule.ts'
import { accountMethods, type AccountMethods } from '../../queries/methods.ts'
import { deviceOf, faces, queryValue, safeNext, type SignedIn } from '../browser.ts'
import { faultsOf, fieldOf, passkeyAnswer } from '../signing-in/routes.tsx'
import {
  AuthenticatorPage,
  ConfirmPage,
  NewRecoveryCodesPage,
  PasswordPage,
  RecoveryCodesPage,
} from './change-pages.tsx'
import { requireOwner } from './owner.ts'

const authenticatorSeconds = 1200

/** Confirming that it is the owner, and what may be changed after that. */
export function registerChanges(app: FastifyInstance, face: AccountFace, publicUrl: string): void {
  registerConfirm(app, face)
  registerConfirmByPasskey(app, face, publicUrl)
  registerPassword(app, face)
  registerAuthenticator(app, face)
  registerRecoveryCodes(app, face)
}

async function methodsOf(request: FastifyRequest, { signIn }: SignedIn): Promise<AccountMethods> {
  const methods = await accountMethods(request.server.db, signIn.accountId)
  if (!methods) throw new NotFound()
  return methods
}

/** Puts a new token in place of the one presented: what was stolen before is good for nothing. */
async function rotate(
  reply: FastifyReply,
  face: AccountFace,
  { signIn, presented }: SignedIn,
  isProved: boolean,
): Promise<void> {
  const { accountId } = signIn
  const token = await rotateSignIn(reply.server.db, accountId, presented.token, { isProved })
  if (token !== undefined) writeSignIn(reply, face, { accountId, token })
}

const confirmation = z.object({
  password: z.string({ error: 'Enter your password' }).min(1, 'Enter your password').max(1000),
  code: z
    .string({ error: 'Enter the 6 numbers from your authenticator app' })
    .regex(/^\s*(\d\s*){6}$/, 'Enter the 6 numbers from your authenticator app'),
})

function registerConfirm(app: FastifyInstance, face: AccountFace): void {
  const { base } = faces[face]
  const account = `${base}/account`

  app.get(`${account}/confirm`, async (request, reply) => {
    const { email } = await methodsOf(request, await requireOwner(request, face))
    const next = safeNext(queryValue(request, 'next'), account)
    return sendPage(reply, <ConfirmPage face={face} next={next} email={email} />)
  })

  app.post(`${account}/confirm`, async (request, reply) => {
    const signedIn = await requireOwner(request, face)
    const { email } = await methodsOf(request, signedIn)
    const next = safeNext(fieldOf(request, 'next'), account)
    const again = (faults: readonly FieldFault[]) =>
      sendPage(reply, <ConfirmPage face={face} next={next} email={email} faults={faults} />, 400)
    const parsed = parseForm(confirmation, request.body)
    if (!parsed.ok) return again(parsed.refusal.faults)
    const device = deviceOf(request, signedIn.signIn.isShared)
    const given = { face, email, ...parsed.value, source: request.ip, device }
    const proved = await proveByPassword(app.db, given)
    if (!proved.ok)
      return again(faultsOf(proved.refusal).map((fault) => ({ ...fault, field: 'password' })))
    await rotate(reply, face, signedIn, true)
    return reply.redirect(next, 303)
  })
}

function registerConfirmByPasskey(
  app: FastifyInstance,
  face: AccountFace,
  publicUrl: string,
): void {
  const { base } = faces[face]
  const site = passkeySite(publicUrl)
  app.post(`${base}/account/confirm/passkey`, async (request, reply) => {
    const signedIn = await requireOwner(request, face)
    const next = safeNext(fieldOf(request, 'next'), `${base}/account`)
    const proved = await proveByPasskey(
      app.db,
      site,
      passkeyAnswer(request, reply, 'passkey-sign-in'),
    )
    if (proved === undefined || proved !== signedIn.signIn.accountId) {
      const { email } = await methodsOf(request, signedIn)
      const message = 'The passkey is not one of this account. Try again, or use your password'
      const faults = [{ field: 'password', message }]
      const page = <ConfirmPage face={face} next={next} email={email} faults={faults} />
      return sendPage(reply, page, 400)
    }
    await rotate(reply, face, signedIn, true)
    return reply.redirect(next, 303)
  })
}

/** Why a password cannot be chosen, and what to do. */
export const passwordWords: Readonly<Record<PasswordRefusal, string>> = {
  'too-short': 'Choose a password of at least 10 characters',
  'too-long': 'Choose a password of at most 200 characters',
  'too-common': 'Choose another password: this one is known from passwords that were stolen',
  'about-you': 'Choose a password without your name or email address in it',
  'not-the-same': 'Type the same password twice',
}

function registerPassword(app: FastifyInstance, face: AccountFace): void {
  const { base } = faces[face]
  app.get(`${base}/account/password`, async (request, reply) => {
    const signedIn = await requireOwner(request, face, { fresh: true })
    const { email } = await methodsOf(request, signedIn)
    return sendPage(reply, <PasswordPage face={face} email={email} />)
  })

  app.post(`${base}/account/password`, async (request, reply) => {
    const signedIn = await requireOwner(request, face, { fresh: true })
    const methods = await methodsOf(request, signedIn)
    const password = fieldOf(request, 'password') ?? ''
    const changed = await setPassword(app.db, methods, password, signedIn.presented.token)
    if (!changed.ok) {
      const faults = [{ field: 'password', message: passwordWords[changed.refusal] }]
      const page = <PasswordPage face={face} email={methods.email} faults={faults} />
      return sendPage(reply, page, 400)
    }
    await rotate(reply, face, signedIn, false)
    return reply.redirect(`${base}/account?done=password`, 303)
  })
}

function registerAuthenticator(app: FastifyInstance, face: AccountFace): void {
  const { base } = faces[face]
  app.get(`${base}/account/authenticator`, async (request, reply) => {
    const signedIn = await requireOwner(request, face, { fresh: true })
    const { email } = await methodsOf(request, signedIn)
    const { token, secret } = await beginAuthenticator(app.db, signedIn.signIn.accountId)
    keep(reply, 'authenticator', token, authenticatorSeconds)
    return sendPage(reply, <AuthenticatorPage face={face} secret={secret} email={email} />)
  })

  app.post(`${base}/account/authenticator`, async (request, reply) => {
    const signedIn = await requireOwner(request, face, { fresh: true })
    const { email, accountId } = await methodsOf(request, signedIn)
    const given = {
      token: readKept(request, 'authenticator') ?? '',
      code: fieldOf(request, 'code') ?? '',
    }
    const changed = await changeAuthenticator(app.db, accountId, given)
    if (changed.ok) {
      dropKept(reply, 'authenticator')
      await rotate(reply, face, signedIn, false)
      return reply.redirect(`${base}/account?done=authenticator`, 303)
    }
    if (changed.refusal === 'too-late') return reply.redirect(`${base}/account/authenticator`, 303)
    const { secret, token } = changed.refusal
    keep(reply, 'authenticator', token, authenticatorSeconds)
    const message = 'The code is not right. Enter the 6 numbers that the app shows now'
    const faults = [{ field: 'code', message }]
    const page = <AuthenticatorPage face={face} secret={secret} email={email} faults={faults} />
    return sendPage(reply, page, 400)
  })
}

function registerRecoveryCodes(app: FastifyInstance, face: AccountFace): void {
  const { base } = faces[face]
  app.get(`${base}/account/recovery-codes`, async (request, reply) => {
    const signedIn = await requireOwner(request, face, { fresh: true })
    const { recoveryCodesLeft } = await methodsOf(request, signedIn)
    return sendPage(reply, <RecoveryCodesPage face={face} left={recoveryCodesLeft} />)
  })

  app.post(`${base}/account/recovery-codes`, async (request, reply) => {
    const { signIn } = await requireOwner(request, face, { fresh: true })
    const codes = await makeRecoveryCodes(app.db, signIn.accountId)
    return sendPage(reply, <NewRecoveryCodesPage face={face} codes={codes} />)
  })
}
