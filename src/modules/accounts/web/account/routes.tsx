import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { minutesBefore } from '#kernel/time'
import { passkeySite } from '#platform/auth'
import { NotFound, sendPage } from '#platform/http'
import { addPasskey, beginPasskeyAddition, removePasskey } from '../../commands/methods/passkeys.ts'
import {
  endSignInById,
  markAlertsSeen,
  removeDevice,
  signOutElsewhere,
} from '../../commands/signing-in/end-sign-ins.ts'
import { idleMinutes, longestHours, type AccountFace } from '../../domain/account.ts'
import { deviceName } from '../../domain/signing-in/device-name.ts'
import { accountMethods, passkeysOf } from '../../queries/methods.ts'
import { accountEvents, eventsOnPage, knownDevices, openSignIns } from '../../queries/sign-ins.ts'
import {
  faces,
  knownDeviceHash,
  queryValue,
  requireFreshSignIn,
  type SignedIn,
} from '../browser.ts'
import { fieldOf, passkeyAnswer, sendQuestion } from '../signing-in/routes.tsx'
import { AccountPage } from './account-page.tsx'
import { registerChanges } from './change-routes.tsx'
import { HistoryPage } from './history-page.tsx'
import { requireOwner } from './owner.ts'

const params = z.object({ id: z.string() })

/** Somebody's own account on one face: how they sign in, where they are, and what happened. */
export function registerAccount(
  app: FastifyInstance,
  face: AccountFace,
  site: { readonly publicUrl: string; readonly nhsLogin: boolean },
): void {
  const { base } = faces[face]

  app.get(`${base}/account`, async (request, reply) => {
    const signedIn = await requireOwner(request, face)
    const done = doneWords[String(queryValue(request, 'done'))]
    const shown = await viewOf(request, face, signedIn)
    return sendPage(reply, <AccountPage {...shown} nhsLogin={site.nhsLogin} done={done} />)
  })

  app.get(`${base}/account/history`, async (request, reply) => {
    const { signIn } = await requireOwner(request, face)
    const page = Math.max(1, Math.min(1000, Number(queryValue(request, 'page')) || 1))
    const events = await accountEvents(app.db, signIn.accountId, page)
    await markAlertsSeen(app.db, signIn.accountId)
    const shown = events.slice(0, eventsOnPage)
    const hasMore = events.length > eventsOnPage
    return sendPage(reply, <HistoryPage face={face} events={shown} page={page} hasMore={hasMore} />)
  })

  registerEndings(app, face)
  registerPasskeys(app, face, site.publicUrl)
  registerChanges(app, face, site.publicUrl)
}

const doneWords: Readonly<Record<string, string>> = {
  password: 'Your password was changed. Other devices were signed out.',
  authenticator: 'Your authenticator app is set up.',
  passkey: 'The passkey was added. You can sign in with it from now on.',
  'no-passkey': 'No passkey was added. Try again, or use another device.',
  removed: 'The passkey was removed.',
  'last-way-in':
    'The passkey was not removed: it is the only way into your account. Set a password and an authenticator app first.',
  ended: 'That device was signed out.',
  elsewhere: 'Every other device was signed out.',
  joined:
    'Your account is set up. Make recovery codes now, for when you lose your authenticator app.',
}

async function viewOf(request: FastifyRequest, face: AccountFace, { signIn }: SignedIn) {
  const { db } = request.server
  const now = db.now()
  const methods = await accountMethods(db, signIn.accountId)
  if (!methods) throw new NotFound()
  const [passkeys, signIns, devices] = await Promise.all([
    passkeysOf(db, signIn.accountId),
    openSignIns(db, signIn.accountId, {
      startedAfter: minutesBefore(now, longestHours * 60),
      seenAfter: minutesBefore(now, idleMinutes),
    }),
    knownDevices(db, signIn.accountId),
  ])
  return { face, methods, passkeys, signIns, devices, here: signIn.signInId }
}

function registerEndings(app: FastifyInstance, face: AccountFace): void {
  const { base } = faces[face]
  const done = (what: string) => `${base}/account?done=${what}`

  app.post(`${base}/account/sign-ins/:id/end`, async (request, reply) => {
    const { signIn } = await requireOwner(request, face)
    const signInId = parseId<'SignIn'>(params.parse(request.params).id)
    if (!signInId || !(await endSignInById(app.db, signIn.accountId, signInId)))
      throw new NotFound()
    return reply.redirect(done('ended'), 303)
  })

  app.post(`${base}/account/devices/:id/remove`, async (request, reply) => {
    const { signIn } = await requireOwner(request, face)
    const deviceId = parseId<'Device'>(params.parse(request.params).id)
    if (!deviceId || !(await removeDevice(app.db, signIn.accountId, deviceId))) throw new NotFound()
    return reply.redirect(done('ended'), 303)
  })

  app.post(`${base}/account/sign-out-elsewhere`, async (request, reply) => {
    const { signIn, presented } = await requireOwner(request, face)
    await signOutElsewhere(app.db, signIn.accountId, presented.token, knownDeviceHash(request))
    return reply.redirect(done('elsewhere'), 303)
  })
}

function registerPasskeys(app: FastifyInstance, face: AccountFace, publicUrl: string): void {
  const { base } = faces[face]
  const site = passkeySite(publicUrl)
  const done = (what: string) => `${base}/account?done=${what}`

  app.post(`${base}/account/passkeys/begin`, async (request, reply) => {
    const { signIn } = await requireFreshSignIn(request, face)
    const begun = await beginPasskeyAddition(app.db, site, signIn.accountId)
    return sendQuestion(reply, 'passkey-addition', begun)
  })

  app.post(`${base}/account/passkeys`, async (request, reply) => {
    const { signIn } = await requireFreshSignIn(request, face)
    const given = passkeyAnswer(request, reply, 'passkey-addition')
    const typed = (fieldOf(request, 'name') ?? '').trim().slice(0, 60)
    const name = typed === '' ? deviceName(request.headers['user-agent']) : typed
    const added = await addPasskey(app.db, site, signIn.accountId, { ...given, name })
    return reply.redirect(done(added.ok ? 'passkey' : 'no-passkey'), 303)
  })

  app.post(`${base}/account/passkeys/remove`, async (request, reply) => {
    const { signIn } = await requireFreshSignIn(request, face)
    const credential = fieldOf(request, 'credential') ?? ''
    const removed = await removePasskey(app.db, signIn.accountId, credential)
    if (!removed.ok && removed.refusal === 'not-there') throw new NotFound()
    return reply.redirect(done(removed.ok ? 'removed' : 'last-way-in'), 303)
  })
}
