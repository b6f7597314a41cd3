import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { dropKept, keep, parseForm, readKept, sendPage, type FieldFault } from '#platform/http'
import {
  beginJoining,
  finishJoining,
  joiningStep,
  type JoiningRefusal,
  type JoiningStep,
} from '../../commands/staff/joining.ts'
import { beginSignIn } from '../../commands/signing-in/begin-sign-in.ts'
import type { AccountFace } from '../../domain/account.ts'
import { linksOf } from '../../queries/accounts.ts'
import { passwordWords } from '../account/change-routes.tsx'
import { carryCsrf, deviceOf, faces, startSignIn } from '../browser.ts'
import { fieldOf } from '../signing-in/routes.tsx'
import { JoinPage, SetUpPage } from './pages.tsx'

const form = z.object({
  email: z
    .string({ error: 'Enter your email address' })
    .trim()
    .min(1, 'Enter your email address')
    .max(320),
  code: z
    .string({ error: 'Enter your joining code' })
    .trim()
    .min(1, 'Enter your joining code')
    .max(100),
})

const stepSeconds = 3600

/** Setting up an account with a joining code, for one face. */
export function registerJoining(app: FastifyInstance, face: AccountFace): void {
  const { base } = faces[face]

  app.get(`${base}/join`, async (request, reply) => {
    carryCsrf(request, face)
    return sendPage(reply, <JoinPage face={face} email={undefined} />)
  })

  app.post(`${base}/join`, async (request, reply) => {
    carryCsrf(request, face)
    const parsed = parseForm(form, request.body)
    const again = (email: string | undefined, faults: readonly FieldFault[]) =>
      sendPage(reply, <JoinPage face={face} email={email} faults={faults} />, 400)
    if (!parsed.ok) return again(parsed.refusal.typed['email'], parsed.refusal.faults)
    const begun = await beginJoining(app.db, { face, ...parsed.value, source: request.ip })
    if (!begun.ok)
      return again(parsed.value.email, [{ field: 'email', message: refusals[begun.refusal] }])
    keep(reply, 'authenticator', begun.value.token, stepSeconds)
    return reply.redirect(`${base}/join/set-up`, 303)
  })

  app.get(`${base}/join/set-up`, async (request, reply) => {
    carryCsrf(request, face)
    const step = await stepOf(request, reply)
    if (!step) return reply.redirect(`${base}/join`, 303)
    return sendPage(reply, <SetUpPage face={face} email={step.email} secret={step.secret} />)
  })

  app.post(`${base}/join/set-up`, async (request, reply) => {
    carryCsrf(request, face)
    const step = await stepOf(request, reply)
    if (!step) return reply.redirect(`${base}/join`, 303)
    const password = fieldOf(request, 'password') ?? ''
    const joined = await finishJoining(app.db, step, {
      password,
      code: fieldOf(request, 'code') ?? '',
    })
    if (!joined.ok) {
      if (joined.refusal === 'too-late') return reply.redirect(`${base}/join`, 303)
      const { email, secret } = step
      const faults = [faultOf(joined.refusal)]
      const page = <SetUpPage face={face} email={email} secret={secret} faults={faults} />
      return sendPage(reply, page, 400)
    }
    dropKept(reply, 'authenticator')
    const device = deviceOf(request, false)
    const [link] = await linksOf(app.db, joined.value)
    const token = await beginSignIn(app.db, joined.value, face, link, { method: 'joining', device })
    await startSignIn(request, reply, { face, device }, { accountId: joined.value, token })
    return reply.redirect(`${base}/account?done=joined`, 303)
  })
}

async function stepOf(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<JoiningStep | undefined> {
  const token = readKept(request, 'authenticator')
  const step = token === undefined ? undefined : await joiningStep(request.server.db, token)
  if (step) keep(reply, 'authenticator', step.token, stepSeconds)
  return step
}

const refusals = {
  'not-recognised':
    'The email address or joining code is not right, or the code is too old. Ask for a new one',
  'too-many-tries': 'There were too many tries. Wait 15 minutes, then try again',
}

function faultOf(refusal: Exclude<JoiningRefusal, 'too-late'>): FieldFault {
  if (refusal === 'wrong-code') {
    const message = 'The code is not right. Enter the 6 numbers that the app shows now'
    return { field: 'code', message }
  }
  return { field: 'password', message: passwordWords[refusal] }
}
