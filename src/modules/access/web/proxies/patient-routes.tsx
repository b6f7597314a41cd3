import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { parseForm, NotFound, Refused, sendPage } from '#platform/http'
import { accountLinks, requireSignIn, turnTo, type AccountLink } from '#modules/accounts'
import { formatName, type PatientId } from '#modules/directory'
import { endOwnProxy, stopSharingQuietly } from '../../commands/proxies/stop-proxy.ts'
import { ownTrail, trailOnPage } from '../../queries/proxies/own-trail.ts'
import { openAssociation } from '../../queries/associations.ts'
import { ownInvitations } from '../../queries/proxies/invitations.ts'
import { sharingPolicy } from '../../queries/proxies/sharing-policy.ts'
import { ownProxies } from '../../queries/proxies/proxies.ts'
import { actingThrough, requireActing, type Acting } from '../acting.tsx'
import { ActingForPage, PatientOnlyPage, SharingPage } from './sharing-page.tsx'
import { TrailPage } from './trail-page.tsx'

/** Who acts for whom, as the people concerned see it; and who looked. */
export function registerSharing(app: FastifyInstance): void {
  app.get('/account/sharing', async (request, reply) => {
    const acting = await requirePatient(request)
    const shown = await app.db.transaction(acting, async (tx) => {
      await recordEvent(tx, { type: 'access.sharing-viewed' })
      const { patientId } = tx.acting
      const [proxies, invitations, policy] = await Promise.all([
        ownProxies(tx, patientId),
        ownInvitations(tx, patientId),
        sharingPolicy(tx),
      ])
      return { proxies, invitations, mayInvite: policy.patientsGrant !== 'off' }
    })
    return sendPage(reply, <SharingPage {...shown} />)
  })

  app.post('/account/sharing/:proxyId/end', async (request, reply) => {
    const acting = await requirePatient(request)
    const { proxyId } = z.object({ proxyId: z.string() }).parse(request.params)
    const id = parseId<'Proxy'>(proxyId)
    if (!id) throw new NotFound()
    await app.db.transaction(acting, (tx) => endOwnProxy(tx, id))
    return reply.redirect('/account/sharing', 303)
  })

  app.post('/account/sharing/pause', async (request, reply) => {
    const acting = await requirePatient(request)
    await app.db.transaction(acting, stopSharingQuietly)
    return reply.redirect('/home', 303)
  })

  app.get('/account/who-looked', async (request, reply) => {
    const acting = await requirePatient(request)
    const { page } = z
      .object({ page: z.coerce.number().int().min(1).max(1000).catch(1).default(1) })
      .parse(request.query)
    const seen = await app.db.transaction(acting, (tx) => ownTrail(tx, page))
    const hasNext = seen.length > trailOnPage
    return sendPage(
      reply,
      <TrailPage seen={seen.slice(0, trailOnPage)} page={page} hasNext={hasNext} />,
    )
  })

  registerSwitching(app)
}

const choice = z.object({ practice: z.string(), subjectId: z.string() })

function registerSwitching(app: FastifyInstance): void {
  app.get('/account/acting-for', async (request, reply) => {
    const { signIn } = await requireSignIn(request, 'patient')
    const links = await accountLinks(app.db, signIn.accountId)
    const people = await Promise.all(
      links.map(async (link) => {
        const found = await peopleBehind(request, link)
        if (!found) return []
        const isNow = link.practice === signIn.practice && link.subjectId === signIn.subjectId
        return [{ ...link, ...found, isSelf: link.relation === 'self', isNow }]
      }),
    )
    return sendPage(reply, <ActingForPage people={people.flat()} />)
  })

  app.post('/account/acting-for', async (request, reply) => {
    const { signIn } = await requireSignIn(request, 'patient')
    const form = parseForm(choice, request.body)
    const links = await accountLinks(app.db, signIn.accountId)
    const link = form.ok
      ? links.find(
          (one) => one.practice === form.value.practice && one.subjectId === form.value.subjectId,
        )
      : undefined
    if (!link) throw new NotFound()
    await turnTo(request, reply, link)
    return reply.redirect('/home', 303)
  })
}

async function peopleBehind(request: FastifyRequest, link: AccountLink) {
  const acting = await actingThrough(request, link)
  const patientId = link.subjectId as PatientId
  const { practice, accountId } = acting
  const found = await request.server.db.transaction(acting, (tx) =>
    openAssociation(tx, { practice, accountId, patientId, now: tx.now }),
  )
  return found && { name: formatName(found), practiceName: found.practiceName }
}

async function requirePatient(request: FastifyRequest): Promise<Acting<'home'>> {
  const acting = await requireActing(request, 'home')
  if (acting.as !== 'self') throw new Refused(<PatientOnlyPage />)
  return acting
}
