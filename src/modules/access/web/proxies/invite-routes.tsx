import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { parseOdsCode } from '#kernel/ods-code'
import { localDateOf } from '#kernel/time'
import { joiningProof, type Tx } from '#platform/db'
import { NotFound, parseForm, Refused, sendPage, typedText } from '#platform/http'
import { accountLinks, linkAccount, requireSignIn, type LiveSignIn } from '#modules/accounts'
import { practiceByCode, type PatientId } from '#modules/directory'
import { acceptInvitation, type Accepting } from '../../commands/proxies/accept-invitation.ts'
import { inviteProxy, newInvitationId, withdrawInvitation } from '../../commands/proxies/invite.ts'
import { recordAreas } from '../../domain/areas.ts'
import { opensAlone } from '../../domain/proxies/inviting.ts'
import { decidePermissions } from '../../domain/services.ts'
import { openAssociation } from '../../queries/associations.ts'
import { sharingPolicy } from '../../queries/proxies/sharing-policy.ts'
import { actingThrough, requireActing, type Acting } from '../acting.tsx'
import { AcceptedPage, AcceptPage } from './accept-page.tsx'
import { invitingWords, readInviteForm } from './invite-form.ts'
import { InvitedPage, InvitePage } from './invite-page.tsx'
import { typedReach } from './reach-fields.tsx'
import { PatientOnlyPage } from './sharing-page.tsx'

/** A patient inviting somebody to act for them, and whoever is invited accepting. */
export function registerInviting(app: FastifyInstance): void {
  app.get('/account/sharing/new', async (request, reply) => {
    const acting = await requireOwn(request)
    const shown = await app.db.transaction(acting, invitingFacts)
    if (!shown) return reply.redirect('/account/sharing', 303)
    const reach = { areas: recordAreas, subjects: [] }
    return sendPage(reply, <InvitePage {...shown} typed={{}} reach={reach} />)
  })

  app.post('/account/sharing/new', async (request, reply) => {
    const acting = await requireOwn(request)
    const { body } = request
    const form = readInviteForm(body)
    const outcome = await app.db.transaction(acting, async (tx) => {
      const facts = await invitingFacts(tx)
      if (!facts) return undefined
      if (!form.ok) return { facts, faults: form.refusal }
      const made = await inviteProxy(tx, form.value.invitationId, form.value.asked)
      return made.ok
        ? { facts, made: made.value }
        : { facts, faults: [invitingWords[made.refusal]] }
    })
    if (!outcome) return reply.redirect('/account/sharing', 303)
    const { facts, made, faults } = outcome
    if (made && form.ok) {
      const { givenName, familyName } = form.value.asked
      const name = `${givenName} ${familyName}`
      const { practice } = acting
      return sendPage(reply, <InvitedPage {...{ name, practice, made }} isAlone={facts.isAlone} />)
    }
    const typed = typeof body === 'object' && body !== null ? typedText(body) : {}
    const again = { ...facts, typed, reach: typedReach(body), faults: faults ?? [] }
    return sendPage(reply, <InvitePage {...again} />, 400)
  })

  app.post('/account/sharing/invitations/:invitationId/withdraw', async (request, reply) => {
    const acting = await requireOwn(request)
    const params = z.object({ invitationId: z.string() }).parse(request.params)
    const invitationId = parseId<'Invitation'>(params.invitationId)
    if (!invitationId) throw new NotFound()
    await app.db.transaction(acting, (tx) => withdrawInvitation(tx, invitationId))
    return reply.redirect('/account/sharing', 303)
  })

  registerAccepting(app)
}

async function requireOwn(request: FastifyRequest): Promise<Acting<'home'>> {
  const acting = await requireActing(request, 'home')
  if (acting.as !== 'self') throw new Refused(<PatientOnlyPage />)
  return acting
}

/** What a patient may give, or `undefined` where the practice leaves nothing of it to them. */
async function invitingFacts(tx: Tx<Acting<'home'>>) {
  const { practice, accountId, patientId } = tx.acting
  const [policy, association] = await Promise.all([
    sharingPolicy(tx),
    openAssociation(tx, { practice, accountId, patientId, now: tx.now }),
  ])
  if (!association || policy.patientsGrant === 'off') return undefined
  return {
    invitationId: newInvitationId(tx.now),
    own: decidePermissions(association),
    isAlone: opensAlone(policy, association, localDateOf(tx.now)),
  }
}

const codes = z.object({
  practice: z
    .string({ error: 'Enter the surgery code: letters and numbers, like A81001' })
    .trim()
    .min(1, 'Enter the surgery code: letters and numbers, like A81001'),
  code: z
    .string({ error: 'Enter the one-time code: 12 letters and numbers' })
    .trim()
    .min(1, 'Enter the one-time code: 12 letters and numbers')
    .max(40, 'Enter the one-time code: 12 letters and numbers'),
})
const perSource = { rateLimit: { max: 60, timeWindow: '15 minutes' } }
const notRight = {
  field: 'code',
  message: 'These codes do not open anything for you. Check them, or ask for new ones',
}

function registerAccepting(app: FastifyInstance): void {
  app.get('/account/acting-for/accept', async (request, reply) => {
    await requireSignIn(request, 'patient')
    return sendPage(reply, <AcceptPage typed={{}} />)
  })

  app.post('/account/acting-for/accept', { config: perSource }, async (request, reply) => {
    const { signIn } = await requireSignIn(request, 'patient')
    const form = parseForm(codes, request.body)
    const { body } = request
    const typed = typeof body === 'object' && body !== null ? typedText(body) : {}
    if (!form.ok)
      return sendPage(reply, <AcceptPage typed={typed} faults={form.refusal.faults} />, 400)
    const isAccepted = await accepted(request, signIn, form.value)
    if (isAccepted) return sendPage(reply, <AcceptedPage />)
    return sendPage(reply, <AcceptPage typed={typed} faults={[notRight]} />, 400)
  })
}

async function accepted(
  request: FastifyRequest,
  signIn: LiveSignIn,
  typed: { readonly practice: string; readonly code: string },
): Promise<boolean> {
  const { db } = request.server
  const code = parseOdsCode(typed.practice.replaceAll(' ', ''))
  const practice = code.ok ? await practiceByCode(db.accounts, code.value) : undefined
  if (!practice) return false
  const { accountId } = signIn
  const accepting = await acceptingOf(request, signIn)
  const done = await db.transaction(joiningProof(practice.practice, accountId), (tx) =>
    acceptInvitation(tx, typed.code, accepting),
  )
  if (!done.ok) return false
  await linkAccount(db, accountId, {
    practice: practice.practice,
    subjectId: done.value,
    relation: 'proxy',
  })
  return true
}

/** Who somebody is, by the practice where they use their own services: proved once, used again (ID-8). */
async function acceptingOf(request: FastifyRequest, signIn: LiveSignIn): Promise<Accepting> {
  const { accountId } = signIn
  const links = await accountLinks(request.server.db, accountId)
  const own = links.filter(({ relation }) => relation === 'self')
  const known = await Promise.all(
    own.map(async (link) => {
      const acting = await actingThrough(request, link)
      const patientId = link.subjectId as PatientId
      const { practice } = link
      return request.server.db.transaction(acting, (tx) =>
        openAssociation(tx, { practice, accountId, patientId, now: tx.now }),
      )
    }),
  )
  const person = known.find((one) => one?.relation === 'self')
  return {
    accountId,
    ownPatientIds: own.map(({ subjectId }) => subjectId),
    ...(person && { person }),
  }
}
