import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  clearSignIn,
  parseForm,
  readSignIn,
  sendPage,
  writeSignIn,
  type FieldFault,
} from '#platform/http'
import { endSignIn, signIn, type SignInRefusal } from '../commands/sign-in.ts'
import type { AccountFace } from '../domain/account.ts'
import { SignInPage } from './sign-in-page.tsx'

const form = z.object({
  email: z
    .string({ error: 'Enter your email address' })
    .trim()
    .min(1, 'Enter your email address')
    .max(320),
  password: z.string({ error: 'Enter your password' }).min(1, 'Enter your password').max(1000),
  code: z
    .string({ error: 'Enter the 6 numbers from your authenticator app' })
    .regex(/^\s*(\d\s*){6}$/, 'Enter the 6 numbers from your authenticator app'),
  next: z.string().optional(),
})

/** Sign in and sign out for one face: patients at /sign-in, staff at /practice/sign-in. */
export function registerSignIn(app: FastifyInstance, face: AccountFace, demo: boolean): void {
  const base = face === 'practice' ? '/practice' : ''
  const home = face === 'practice' ? '/practice' : '/home'

  app.get(`${base}/sign-in`, async (request, reply) => {
    const next = safeNext(queryOf(request), home)
    return sendPage(reply, <SignInPage face={face} typed={{ next }} demo={demo} />)
  })

  app.post(
    `${base}/sign-in`,
    { config: { rateLimit: { max: 60, timeWindow: '1 minute' } } },
    async (request, reply) => {
      const parsed = parseForm(form, request.body)
      if (!parsed.ok) {
        const { faults, typed } = parsed.refusal
        return refused(
          reply,
          face,
          demo,
          { email: typed['email'], next: safeNext(typed['next'], home) },
          faults,
        )
      }
      const { email, password, code } = parsed.value
      const next = safeNext(parsed.value.next, home)
      const signedIn = await signIn(app.db, { face, email, password, code, source: request.ip })
      if (!signedIn.ok) {
        const faults = [{ field: 'email', message: wording(signedIn.refusal) }]
        return refused(reply, face, demo, { email, next }, faults)
      }
      writeSignIn(reply, face, signedIn.value)
      return reply.redirect(next, 303)
    },
  )

  app.post(`${base}/sign-out`, async (request, reply) => {
    const presented = readSignIn(request, face)
    if (presented) await endSignIn(app.db, presented.accountId, presented.token)
    clearSignIn(reply, face)
    return reply.redirect(face === 'practice' ? '/practice/sign-in' : '/signed-out', 303)
  })
}

function refused(
  reply: FastifyReply,
  face: AccountFace,
  demo: boolean,
  typed: { readonly email?: string | undefined; readonly next: string },
  faults: readonly FieldFault[],
): FastifyReply {
  return sendPage(reply, <SignInPage face={face} typed={typed} faults={faults} demo={demo} />, 400)
}

function wording(refusal: SignInRefusal): string {
  switch (refusal) {
    case 'not-recognised':
      return 'The email address, password or code is not right. Each code works once: wait for the next one'
    case 'too-many-tries':
      return 'There were too many tries. Wait 15 minutes, then try again'
    case 'nowhere-to-go':
      return 'Your account is not linked to a GP surgery yet. Phone your GP surgery'
  }
}

function queryOf(request: FastifyRequest): unknown {
  const { query } = request
  return typeof query === 'object' && query !== null && 'next' in query ? query.next : undefined
}

/** Only a path of this site: a link must not lead a person who signs in somewhere else. */
function safeNext(next: unknown, home: string): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])[\w\-./?=&%]*$/.test(next)) return home
  return next
}
