import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  OpenIdFailure,
  openIdProvider,
  type OpenIdProvider,
  type OpenIdSettings,
} from '#platform/auth'
import { dropKept, keep, readKept, sendPage, SeeOther } from '#platform/http'
import { begin, finish, type Begun } from '../../commands/begun.ts'
import {
  signInByNhsLogin,
  type NhsLoginMatching,
} from '../../commands/nhs-login/sign-in-by-nhs-login.ts'
import { anyLevel, provedLevel } from '../../domain/nhs-login/identity.ts'
import { parseNhsLoginPerson } from '../../domain/nhs-login/person.ts'
import type { AccountId } from '../../domain/account.ts'
import { nhsLoginFacts } from '../../queries/nhs-login.ts'
import {
  carryCsrf,
  deviceOf,
  limitedSignIn,
  openSignIn,
  queryValue,
  safeNext,
  startSignIn,
} from '../browser.ts'
import { beginLimit } from '../signing-in/routes.tsx'
import { NhsLoginFaultPage, ProvePage, type NhsLoginFault } from './pages.tsx'

const scope = 'openid profile email phone gp_registration_details'
const minutes = 30

interface NhsLoginSite {
  readonly publicUrl: string
  readonly nhsLogin: OpenIdSettings | undefined
  readonly matching: NhsLoginMatching | undefined
}

/** To NHS login and back, and what is said to those whose identity is not proved. */
export function registerNhsLogin(app: FastifyInstance, site: NhsLoginSite): void {
  app.get('/sign-in/prove', async (request, reply) => {
    carryCsrf(request, 'patient')
    const signIn = await limitedSignIn(request)
    if (!signIn) throw new SeeOther('/sign-in')
    const next = safeNext(queryValue(request, 'next'), '/home')
    const { accountId, identityLevel, relation } = signIn
    const isProved = identityLevel === 'P9'
    if (await openSignIn(request, 'patient')) throw new SeeOther(next)
    const nhsLogin = site.nhsLogin !== undefined
    const facts = await nhsLoginFacts(app.db, accountId)
    const hasAsked = relation === 'applicant'
    const shown = { isProved, next, nhsLogin, hasAsked, practice: facts?.practice }
    return sendPage(reply, <ProvePage {...shown} />)
  })
  if (!site.nhsLogin) return

  const provider = openIdProvider(site.nhsLogin)
  const redirectUri = `${site.publicUrl.replace(/\/$/, '')}/sign-in/nhs-login/callback`

  app.get('/sign-in/nhs-login', { config: beginLimit }, async (request, reply) => {
    const next = safeNext(queryValue(request, 'next'), '/home')
    const mustProve = queryValue(request, 'prove') === '1'
    try {
      const asked = mustProve ? provedLevel : anyLevel
      const extra = { vtr: JSON.stringify(asked) }
      const { url, roundTrip } = await provider.begin({ redirectUri, scope, extra })
      const facts = { ...roundTrip, next, asked: mustProve ? 'proved' : 'any' }
      keep(reply, 'nhs-login', await begin(app.db, 'nhs-login', { facts, minutes }), minutes * 60)
      return reply.redirect(url, 303)
    } catch (fault) {
      if (fault instanceof OpenIdFailure) return sendFault(reply, 'not-reached')
      throw fault
    }
  })

  app.get('/sign-in/nhs-login/callback', async (request, reply) => {
    const begun = await finish(app.db, 'nhs-login', readKept(request, 'nhs-login') ?? '')
    dropKept(reply, 'nhs-login')
    if (!begun) return sendFault(reply, 'too-late')
    const address = `${redirectUri}${request.url.slice(request.url.indexOf('?'))}`
    try {
      return await comeBack(
        request,
        reply,
        { provider, matching: site.matching },
        { address, begun },
      )
    } catch (fault) {
      if (!(fault instanceof OpenIdFailure)) throw fault
      return sendFault(reply, fault.reason === 'access_denied' ? 'went-back' : 'not-checked')
    }
  })
}

async function comeBack(
  request: FastifyRequest,
  reply: FastifyReply,
  {
    provider,
    matching,
  }: { readonly provider: OpenIdProvider; readonly matching: NhsLoginMatching | undefined },
  { address, begun }: { readonly address: string; readonly begun: Begun },
): Promise<FastifyReply> {
  const { state = '', nonce = '', verifier = '', next, asked } = begun.facts
  const { subject, claims } = await provider.finish(address, { state, nonce, verifier })
  const vectors = asked === 'proved' ? provedLevel : anyLevel
  const person = parseNhsLoginPerson(claims, vectors, provider.issuer)
  if (!person.ok) return sendFault(reply, 'not-checked')
  const device = deviceOf(request, false)
  const { issuer } = provider
  const limited = await ownLimited(request)
  const given = {
    issuer,
    subject,
    person: person.value,
    device,
    ...(limited && { limitedAccountId: limited }),
  }
  const signedIn = await signInByNhsLogin(request.server.db, given, matching)
  if (!signedIn.ok) return sendFault(reply, signedIn.refusal)
  await startSignIn(request, reply, { face: 'patient', device }, signedIn.value)
  const onward = safeNext(next, '/home')
  const isLimited = signedIn.value.isLimited
  return reply.redirect(
    isLimited ? `/sign-in/prove?next=${encodeURIComponent(onward)}` : onward,
    303,
  )
}

/** The account of somebody who signed in by a password of theirs, and has only asked for access. */
async function ownLimited(request: FastifyRequest): Promise<AccountId | undefined> {
  const signIn = await limitedSignIn(request)
  const isTheirs = signIn?.relation === 'applicant' && signIn.identityLevel === undefined
  return isTheirs ? signIn.accountId : undefined
}

function sendFault(reply: FastifyReply, fault: NhsLoginFault): FastifyReply {
  const status = fault === 'not-reached' ? 503 : 400
  return sendPage(reply, <NhsLoginFaultPage fault={fault} />, status)
}
