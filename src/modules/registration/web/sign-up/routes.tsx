import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseOdsCode, type OdsCode } from '#kernel/ods-code'
import { newCodeSecret } from '#platform/auth'
import {
  dropKept,
  keep,
  parseForm,
  readKept,
  sendPage,
  typedText,
  type FieldFault,
} from '#platform/http'
import {
  beginSignIn,
  carryCsrf,
  deviceOf,
  limitedSignIn,
  passwordWords,
  startSignIn,
  turnTo,
} from '#modules/accounts'
import { presentLinkage } from '../../commands/linkage/present-linkage.ts'
import {
  begunSignUp,
  finishSignUp,
  linkWithDetails,
  nameOf,
  type Joined,
} from '../../commands/linkage/use-linkage.ts'
import { ChooseSignInPage, CodesToKeepPage } from './choose-sign-in-page.tsx'
import { readLetterForm } from './letter-form.ts'
import { LetterPage } from './letter-page.tsx'
import { SignUpPage } from './start-page.tsx'

const minutesKept = 60
/** Every failure is told in the same words: which part was wrong is the surgery's to know. */
const notLinked: FieldFault = {
  field: 'practice',
  message:
    'These details did not work. Check each one against your letter. If they are right, phone your GP surgery and ask for new ones',
}

/** Tries of details that one source may make in 15 minutes: a whole waiting room may share one. */
const perSource = { rateLimit: { max: 60, timeWindow: '15 minutes' } }

/** Signing up with linkage details, and adding what they are for to an account that is there. */
export function registerSignUp(app: FastifyInstance): void {
  app.get('/sign-up', async (_, reply) => sendPage(reply, <SignUpPage />))

  app.get('/sign-up/letter', async (request, reply) => {
    carryCsrf(request, 'patient')
    const isSignedIn = (await limitedSignIn(request)) !== undefined
    const { practice, account, key } = fieldsOf(request.query)
    const typed = { practice, accountRef: account, key }
    return sendPage(reply, <LetterPage typed={typed} isSignedIn={isSignedIn} />)
  })

  app.post('/sign-up/letter', { config: perSource }, async (request, reply) => {
    carryCsrf(request, 'patient')
    const signIn = await limitedSignIn(request)
    const page = (faults: readonly FieldFault[]) => {
      const shown = { typed: fieldsOf(request.body), faults, isSignedIn: signIn !== undefined }
      return sendPage(reply, <LetterPage {...shown} />, 400)
    }
    const form = readLetterForm(request.body)
    if (!form.ok) return page(form.refusal)
    if (signIn) {
      const linked = await linkWithDetails(app.db, signIn.accountId, form.value)
      if (!linked.ok) return page([notLinked])
      await turnTo(request, reply, linked.value.link)
      return reply.redirect('/home', 303)
    }
    const begun = await presentLinkage(app.db, form.value)
    if (!begun.ok) return page([notLinked])
    keep(reply, 'sign-up', begun.value, minutesKept * 60)
    return reply.redirect(`/sign-up/sign-in?practice=${form.value.practice}`, 303)
  })

  registerChoosing(app)
}

const here = { action: '/sign-up/sign-in' } as const

/** What is chosen to sign in with, beside a name. */
export const chosenFactors = z.object({
  password: z.string({ error: 'Enter a password' }).min(1, 'Enter a password').max(1000),
  code: z.string().trim().default(''),
  noApp: z.literal('yes').optional(),
  secret: z.string().regex(/^[A-Z2-7]{16,64}$/),
})

const chosen = chosenFactors.extend({
  email: z
    .union([z.literal(''), z.email('Enter an email address like name@example.com')])
    .default(''),
})

function registerChoosing(app: FastifyInstance): void {
  app.get('/sign-up/sign-in', async (request, reply) => {
    const begun = await begunBy(request, fieldsOf(request.query)['practice'])
    if (!begun) return reply.redirect('/sign-up/letter', 303)
    const secret = newCodeSecret()
    return sendPage(reply, <ChooseSignInPage {...here} {...begun} secret={secret} typed={{}} />)
  })

  app.post('/sign-up/sign-in', { config: perSource }, async (request, reply) => {
    const typed = fieldsOf(request.body)
    const begun = await begunBy(request, typed['practice'])
    if (!begun) return reply.redirect('/sign-up/letter', 303)
    const secret = typed['secret'] ?? newCodeSecret()
    const page = (faults: readonly FieldFault[]) =>
      sendPage(
        reply,
        <ChooseSignInPage {...here} {...begun} secret={secret} typed={typed} faults={faults} />,
        400,
      )
    const form = parseForm(chosen, request.body)
    if (!form.ok) return page(form.refusal.faults)
    const { email, password, code, noApp } = form.value
    if (noApp !== 'yes' && !/^(\d\s*){6}$/.test(code)) return page([codeFault])
    const joined = await finishSignUp(app.db, begun.practice, begun.token, {
      ...(email !== '' && { email }),
      password,
      ...(noApp !== 'yes' && { authenticator: { secret: form.value.secret, code } }),
    })
    if (!joined.ok) return page([faultOf(joined.refusal)])
    dropKept(reply, 'sign-up')
    return goOn(request, reply, joined.value, email === '' ? begun.accountRef : email)
  })
}

/** Told to whoever has neither typed a code nor said that they have no app. */
export const codeFault: FieldFault = {
  field: 'code',
  message: 'Enter the 6 numbers that the app shows now, or say that you do not have an app',
}

type Refusal = Extract<Awaited<ReturnType<typeof finishSignUp>>, { readonly ok: false }>['refusal']

/** Why what was chosen cannot be had, at the field it belongs to. */
export function faultOf(refusal: Refusal): FieldFault {
  switch (refusal) {
    case 'wrong-code':
      return { field: 'code', message: 'The code is not right. Enter the one that shows now' }
    case 'name-taken':
      return {
        field: 'email',
        message:
          'This email address cannot be used for a new account. If you have an account, sign in with it and add these details there',
      }
    case 'too-short':
    case 'too-long':
    case 'too-common':
    case 'about-you':
    case 'not-the-same':
      return { field: 'password', message: passwordWords[refusal] }
    default:
      return { ...notLinked, field: '' }
  }
}

interface Begun {
  readonly practice: OdsCode
  readonly token: string
  readonly name: string
  readonly accountRef: string
}

/** The sign-up that this browser began, while its details still open something. */
async function begunBy(
  request: FastifyRequest,
  practice: string | undefined,
): Promise<Begun | undefined> {
  const token = readKept(request, 'sign-up')
  const code = parseOdsCode(practice ?? '')
  if (token === undefined || !code.ok) return undefined
  const begun = await begunSignUp(request.server.db, code.value, token)
  if (!begun.ok) return undefined
  const { accountRef } = begun.value
  return { practice: code.value, token, name: nameOf(begun.value), accountRef }
}

/** Signs in whoever joined, to what they joined for. */
async function goOn(
  request: FastifyRequest,
  reply: FastifyReply,
  { accountId, link, recoveryCodes }: Joined,
  signInName = '',
): Promise<FastifyReply> {
  const device = deviceOf(request, false)
  const by = { method: 'joining', device } as const
  const token = await beginSignIn(request.server.db, accountId, 'patient', link, by)
  await startSignIn(request, reply, { face: 'patient', device }, { accountId, token })
  if (!recoveryCodes) return reply.redirect('/home', 303)
  return sendPage(reply, <CodesToKeepPage codes={recoveryCodes} signInName={signInName} />)
}

function fieldsOf(given: unknown): Readonly<Record<string, string>> {
  return typeof given === 'object' && given !== null ? typedText(given) : {}
}
