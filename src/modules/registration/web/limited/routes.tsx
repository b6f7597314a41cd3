import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parseOdsCode, type OdsCode } from '#kernel/ods-code'
import { newCodeSecret } from '#platform/auth'
import { dropKept, parseForm, readKept, sendPage, SeeOther, typedText } from '#platform/http'
import type { FieldFault } from '#platform/http'
import {
  beginSignIn,
  deviceOf,
  nhsLoginFacts,
  raiseAccount,
  requireLimitedSignIn,
  startSignIn,
} from '#modules/accounts'
import { formatName } from '#modules/directory'
import { openLimitedAccount, whoAsked, type Applied } from '../../commands/limited/apply.ts'
import { matchingByNhsLogin } from '../../commands/matching/match-by-nhs-login.ts'
import type { AskedHere } from '../../queries/limited.ts'
import { ChooseSignInPage, CodesToKeepPage } from '../sign-up/choose-sign-in-page.tsx'
import { chosenFactors, codeFault, faultOf } from '../sign-up/routes.tsx'
import { NotFoundTherePage } from './not-found-there-page.tsx'

const here = { action: '/sign-up/first' } as const
const onward = '/first-appointment'

/** Tries that one source may make in 15 minutes: a whole waiting room may share one. */
const perSource = { rateLimit: { max: 60, timeWindow: '15 minutes' } }

/** An account for one first appointment, and looking for whom NHS login proved at another surgery. */
export function registerLimited(app: FastifyInstance): void {
  app.get('/sign-up/first', async (request, reply) => {
    const begun = await begunBy(request, fieldsOf(request.query)['practice'])
    if (!begun) return reply.redirect('/sign-up/ask', 303)
    const shown = { ...here, ...begun, name: formatName(begun.asked) }
    return sendPage(reply, <ChooseSignInPage {...shown} secret={newCodeSecret()} typed={{}} />)
  })

  app.post('/sign-up/first', { config: perSource }, async (request, reply) => {
    const typed = fieldsOf(request.body)
    const begun = await begunBy(request, typed['practice'])
    if (!begun) return reply.redirect('/sign-up/ask', 303)
    const again = (faults: readonly FieldFault[]) => {
      const secret = typed['secret'] ?? newCodeSecret()
      const shown = { ...here, ...begun, name: formatName(begun.asked), secret, typed, faults }
      return sendPage(reply, <ChooseSignInPage {...shown} />, 400)
    }
    const form = parseForm(chosenFactors, request.body)
    if (!form.ok) return again(form.refusal.faults)
    const { password, code, noApp, secret } = form.value
    if (noApp !== 'yes' && !/^(\d\s*){6}$/.test(code)) return again([codeFault])
    const opened = await openLimitedAccount(app.db, begun, {
      password,
      ...(noApp !== 'yes' && { authenticator: { secret, code } }),
    })
    if (!opened.ok) {
      const { refusal } = opened
      if (refusal === 'too-late') return reply.redirect('/sign-up/ask', 303)
      return again([faultOf(refusal)])
    }
    dropKept(reply, 'asked')
    return goOn(request, reply, opened.value)
  })

  app.post('/sign-up/find', { config: perSource }, async (request, reply) => {
    const { signIn } = await requireLimitedSignIn(request)
    const { accountId, identityLevel } = signIn
    const facts = await nhsLoginFacts(app.db, accountId)
    if (identityLevel !== 'P9' || !facts) throw new SeeOther('/sign-in/prove')
    const practice = parseOdsCode((fieldsOf(request.body)['practice'] ?? '').replaceAll(' ', ''))
    const person = { ...facts, level: identityLevel, email: '' }
    const found = practice.ok
      ? await matchingByNhsLogin.find(app.db, { ...person, practice: practice.value })
      : undefined
    if (!found) return sendPage(reply, <NotFoundTherePage />, 400)
    await raiseAccount(app.db, accountId, found, 'nhs-login')
    await matchingByNhsLogin.open(app.db, accountId, found)
    return reply.redirect('/home', 303)
  })
}

interface Begun {
  readonly practice: OdsCode
  readonly token: string
  readonly asked: AskedHere
}

/** Who asked in this browser, while they may still choose how to sign in. */
async function begunBy(
  request: FastifyRequest,
  practice: string | undefined,
): Promise<Begun | undefined> {
  const token = readKept(request, 'asked')
  const code = parseOdsCode(practice ?? '')
  if (token === undefined || !code.ok) return undefined
  const asked = await whoAsked(request.server.db, code.value, token)
  return asked && { practice: code.value, token, asked }
}

async function goOn(
  request: FastifyRequest,
  reply: FastifyReply,
  { accountId, link, reference, recoveryCodes }: Applied,
): Promise<FastifyReply> {
  const device = deviceOf(request, false)
  const by = { method: 'joining', device } as const
  const token = await beginSignIn(request.server.db, accountId, 'patient', link, by)
  await startSignIn(request, reply, { face: 'patient', device }, { accountId, token })
  if (!recoveryCodes) return reply.redirect(onward, 303)
  const shown = { codes: recoveryCodes, signInName: reference, onward }
  return sendPage(reply, <CodesToKeepPage {...shown} />)
}

function fieldsOf(given: unknown): Readonly<Record<string, string>> {
  return typeof given === 'object' && given !== null ? typedText(given) : {}
}
