import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseId } from '#kernel/id'
import { localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, parseForm, sendPage } from '#platform/http'
import {
  answerInvitation,
  type InvitationAnswer,
} from '../../commands/proxies/answer-invitation.ts'
import { endLeaver, endProxy } from '../../commands/proxies/end-proxies.ts'
import { setSharingPolicy } from '../../commands/proxies/set-sharing.ts'
import { mayDo } from '../../domain/permissions.ts'
import { listedBecause } from '../../domain/proxies/work-list.ts'
import { waitingInvitations } from '../../queries/proxies/invitations.ts'
import { sharingPolicy } from '../../queries/proxies/sharing-policy.ts'
import { listedProxies, proxiesListed } from '../../queries/proxies/work-list.ts'
import { accessPolicy } from '../../queries/rights/policy.ts'
import { requireStaff, rolesOf, type StaffActing } from '../staff.tsx'
import { ProxyListPage } from './list-page.tsx'
import { SharingSettingsPage } from './sharing-settings-page.tsx'

const path = '/practice/online/proxies'
const done = z.object({ done: z.enum(['confirmed', 'at-desk', 'refused', 'left']).optional() })
const doneWords = {
  confirmed: 'Confirmed. It opens once they have used the code.',
  'at-desk': 'Written down. Check who they are on the patient’s page, and make details for them.',
  refused: 'Refused, and kept with its reason.',
  left: 'Ended for every patient, from the next page on.',
} as const

/** Looking after those who act for patients. */
export function registerProxyList(app: FastifyInstance): void {
  app.get(path, async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const shown = await app.db.transaction(acting, listOf)
    const given = done.safeParse(request.query)
    const said = given.success && given.data.done ? doneWords[given.data.done] : undefined
    return sendPage(reply, <ProxyListPage {...shown} done={said} />)
  })

  app.post('/practice/online/invitations/:invitationId', async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const params = z.object({ invitationId: z.string() }).parse(request.params)
    const invitationId = parseId<'Invitation'>(params.invitationId)
    if (!invitationId) throw new NotFound()
    const answer = answerOf(request.body)
    const outcome = await app.db.transaction(acting, async (tx) => {
      if (!answer)
        return { ...(await listOf(tx)), field: `reason-${invitationId}`, message: chooseWhy }
      const answered = await answerInvitation(tx, invitationId, answer)
      if (answered.ok) return undefined
      const message = answered.refusal === 'not-waiting' ? wasAnswered : concernFirst
      return { ...(await listOf(tx)), field: '', message }
    })
    if (!outcome) return reply.redirect(`${path}?done=${answer?.outcome ?? 'refused'}`, 303)
    const { field, message, ...shown } = outcome
    return sendPage(reply, <ProxyListPage {...shown} faults={[{ field, message }]} />, 400)
  })

  app.post(`${path}/left`, async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const form = parseForm(z.object({ proxyId: z.string() }), request.body)
    const proxyId = form.ok ? parseId<'Proxy'>(form.value.proxyId) : undefined
    await app.db.transaction(acting, async (tx) => {
      if (!proxyId) throw new NotFound()
      await endLeaver(tx, proxyId)
    })
    return reply.redirect(`${path}?done=left`, 303)
  })

  app.post('/practice/patients/:patientId/proxies/:proxyId/end', async (request, reply) => {
    const acting = await requireStaff(request, 'authorise-access')
    const params = z.object({ patientId: z.string(), proxyId: z.string() }).parse(request.params)
    const patientId = parseId<'Patient'>(params.patientId)
    const proxyId = parseId<'Proxy'>(params.proxyId)
    if (!patientId || !proxyId) throw new NotFound()
    await app.db.transaction(acting, (tx) => endProxy(tx, patientId, proxyId))
    return reply.redirect(`/practice/patients/${patientId}/online`, 303)
  })

  registerSharingSettings(app)
}

const chooseWhy = 'Choose why it is refused'
const wasAnswered = 'This was answered or taken back meanwhile, or its last day is past'
const concernFirst = 'Look after the concern about this patient first, under Online services'
const answerForm = z.object({
  outcome: z.enum(['confirmed', 'at-desk', 'refused']),
  reason: z
    .enum(['not-necessary', 'not-safe', 'no-basis', 'no-capacity'])
    .optional()
    .catch(undefined),
  untold: z.literal('yes').optional(),
})

function answerOf(body: unknown): InvitationAnswer | undefined {
  const form = parseForm(answerForm, body)
  if (!form.ok) return undefined
  const { outcome, reason, untold } = form.value
  if (outcome !== 'refused') return { outcome }
  return reason && { outcome, reason, isTold: untold !== 'yes' }
}

async function listOf(tx: Tx<StaffActing<'authorise-access'>>) {
  const [invitations, all, roles, { proxyReviewAge }] = await Promise.all([
    waitingInvitations(tx),
    listedProxies(tx),
    rolesOf(tx, tx.acting),
    accessPolicy(tx),
  ])
  const today = localDateOf(tx.now)
  const listed = all
    .slice(0, proxiesListed)
    .map((one) => ({ ...one, because: listedBecause(one, proxyReviewAge, today) }))
    .filter(({ because }) => because.length > 0)
  const patientIds = [...invitations, ...listed].map(({ patientId }) => patientId)
  await recordEvent(tx, { type: 'access.proxies-listed', details: { patientIds } })
  return {
    invitations,
    listed,
    isCut: all.length > proxiesListed,
    mayManage: mayDo(roles, 'manage-practice'),
  }
}

const settings = z.object({
  patientsGrant: z.enum(['off', 'confirm', 'alone'], { error: 'Choose what patients may do' }),
  namesStaff: z.enum(['yes', 'no'], { error: 'Choose whether names are shown' }),
})

function registerSharingSettings(app: FastifyInstance): void {
  app.get('/practice/online/sharing', async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const policy = await app.db.transaction(acting, sharingPolicy)
    const isSaved = request.url.endsWith('?done=saved')
    return sendPage(reply, <SharingSettingsPage policy={policy} isSaved={isSaved} />)
  })

  app.post('/practice/online/sharing', async (request, reply) => {
    const acting = await requireStaff(request, 'manage-practice')
    const form = parseForm(settings, request.body)
    const policy = await app.db.transaction(acting, async (tx) => {
      if (!form.ok) return sharingPolicy(tx)
      const { patientsGrant, namesStaff } = form.value
      await setSharingPolicy(tx, { patientsGrant, namesStaff: namesStaff === 'yes' })
      return undefined
    })
    if (!policy) return reply.redirect('/practice/online/sharing?done=saved', 303)
    const faults = form.ok ? [] : form.refusal.faults
    return sendPage(reply, <SharingSettingsPage policy={policy} faults={faults} />, 400)
  })
}
