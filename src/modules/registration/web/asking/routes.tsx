import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { parseOdsCode } from '#kernel/ods-code'
import { recordEvent } from '#platform/audit'
import { keep, NotFound, parseForm, sendPage, typedText } from '#platform/http'
import { requireStaff } from '#modules/access'
import {
  carryCsrf,
  limitedSignIn,
  nhsLoginFacts,
  type AccountId,
  type NhsLoginFacts,
} from '#modules/accounts'
import { askForDetails, closeAsked } from '../../commands/asking/ask-for-details.ts'
import { applyWithAccount } from '../../commands/limited/apply.ts'
import { minutesToGoOn } from '../../domain/limited/applying.ts'
import { openAsked } from '../../queries/asked.ts'
import { bornOnOf } from '../sign-up/letter-form.ts'
import { AskedListPage, AskedPage, AskPage } from './pages.tsx'

const words = (message: string, max = 100) =>
  z.string({ error: message }).trim().min(1, message).max(max, message)
const practiceFault = 'Enter the surgery code: letters and numbers, like A81001'

const form = z.object({
  practice: words(practiceFault).transform((text, context) => {
    const code = parseOdsCode(text.replaceAll(' ', ''))
    if (code.ok) return code.value
    context.addIssue({ code: 'custom', message: practiceFault })
    return z.NEVER
  }),
  givenName: words('Enter your first name'),
  familyName: words('Enter your last name'),
  postcode: words('Enter your postcode', 10),
  reachAt: words('Enter a phone number or an email address'),
})
const outcome = z.object({ outcome: z.enum(['signed-up', 'not-found', 'not-reached']) })

/** Asking for sign-up details without any, and what the practice makes of it. */
export function registerAsking(app: FastifyInstance): void {
  app.get('/sign-up/ask', async (request, reply) => {
    carryCsrf(request, 'patient')
    const known = await knownOf(request)
    return sendPage(reply, <AskPage typed={{}} known={known?.facts} />)
  })

  const perSource = { rateLimit: { max: 20, timeWindow: '1 hour' } }
  app.post('/sign-up/ask', { config: perSource }, async (request, reply) => {
    carryCsrf(request, 'patient')
    const { body } = request
    const known = await knownOf(request)
    const typed = {
      ...(typeof body === 'object' && body !== null && typedText(body)),
      ...(known?.facts && typedFrom(known.facts)),
    }
    const given = parseForm(form, typed)
    const bornOn = bornOnOf(typed)
    if (!given.ok || !bornOn) {
      const faults = [
        ...(given.ok ? [] : given.refusal.faults),
        ...(bornOn
          ? []
          : [{ field: 'born-day', message: 'Enter your date of birth, like 27 3 1984' }]),
      ]
      return sendPage(reply, <AskPage typed={typed} faults={faults} known={known?.facts} />, 400)
    }
    const { practice } = given.value
    const onward = await askForDetails(app.db, { ...given.value, bornOn })
    if (!onward) return sendPage(reply, <AskedPage />)
    if (known) {
      await applyWithAccount(app.db, practice, known.accountId, onward.asked)
      return sendPage(reply, <AskedPage onward="/first-appointment" />)
    }
    keep(reply, 'asked', onward.token, minutesToGoOn * 60)
    return sendPage(reply, <AskedPage onward={`/sign-up/first?practice=${practice}`} />)
  })

  app.get('/practice/sign-ups', async (request, reply) => {
    const acting = await requireStaff(request, 'verify-identity')
    const asked = await app.db.transaction(acting, async (tx) => {
      await recordEvent(tx, { type: 'registration.asked-viewed' })
      return openAsked(tx)
    })
    return sendPage(reply, <AskedListPage asked={asked} />)
  })

  app.post('/practice/sign-ups/:askedId', async (request, reply) => {
    const acting = await requireStaff(request, 'verify-identity')
    const askedId = parseId<'Asked'>(
      z.object({ askedId: z.string() }).parse(request.params).askedId,
    )
    const given = parseForm(outcome, request.body)
    await app.db.transaction(acting, async (tx) => {
      if (!askedId || !given.ok) throw new NotFound()
      await closeAsked(tx, askedId, given.value.outcome)
    })
    return reply.redirect('/practice/sign-ups', 303)
  })
}

interface Known {
  readonly accountId: AccountId
  /** As NHS login has them, from P5 on: then nothing else can be typed. */
  readonly facts?: NhsLoginFacts
}

/** Who asks while signed in without reaching any patient, and what NHS login says of them. */
async function knownOf(request: FastifyRequest): Promise<Known | undefined> {
  const signIn = await limitedSignIn(request)
  if (!signIn || signIn.relation === 'self' || signIn.relation === 'proxy') return undefined
  const { accountId } = signIn
  const facts = await nhsLoginFacts(request.server.db, accountId)
  const isNamed = facts !== undefined && facts.level !== 'P0' && facts.familyName !== undefined
  return isNamed ? { accountId, facts } : { accountId }
}

function typedFrom({ givenName, familyName, bornOn }: NhsLoginFacts) {
  const [year = '', month = '', day = ''] = bornOn?.split('-') ?? []
  return {
    givenName: givenName ?? familyName ?? '',
    familyName: familyName ?? '',
    year: year,
    month: month,
    day: day,
  }
}
