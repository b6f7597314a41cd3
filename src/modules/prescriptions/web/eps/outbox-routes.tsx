import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, Refused, sendPage } from '#platform/http'
import { mayDo, requireStaff, rolesOf, type StaffActing } from '#modules/access'
import {
  putMessageOnPaper,
  retryMessage,
  seeAlert,
  sendAnew,
  type HandleRefusal,
} from '../../commands/eps/handle-message.ts'
import {
  messagesOnPage,
  openAlerts,
  outboxCounts,
  outboxMessage,
  outboxMessages,
  type OutboxView,
} from '../../queries/eps/outbox.ts'
import { lateNow } from '../../queries/queue/late.ts'
import { practiceRules } from '../../queries/rules.ts'
import { parsePage } from '../paging.tsx'
import { requireId } from '../require-id.ts'
import { OutboxPage } from './outbox-page.tsx'
import { MovedOnPage, PutOnPaperPage } from './outbox-pages.tsx'

const path = '/practice/prescriptions/outbox'
const query = z.object({
  view: z.enum(['needs-you', 'waiting', 'gone']).catch('needs-you'),
  done: z.enum(['retried', 'on-paper', 'sent-anew', 'seen']).optional().catch(undefined),
})

const doneWords = {
  retried: 'It is being sent again now',
  'on-paper': 'The prescription is put on paper and will not be sent',
  'sent-anew': 'It is being sent as a new prescription',
  seen: 'Marked as done',
} as const

/** Prescriptions that were approved, on their way to pharmacies. */
export function registerOutbox(app: FastifyInstance, isConnected: boolean): void {
  app.get(path, async (request, reply) => {
    const acting = await requireStaff(request, 'triage-prescriptions')
    const { view, done } = query.parse(request.query ?? {})
    const page = parsePage(request.query)
    const shown = await app.db.transaction(acting, (tx) => readOutbox(tx, view, page))
    const words = done && doneWords[done]
    return sendPage(reply, <OutboxPage {...shown} isConnected={isConnected} done={words} />)
  })

  app.post(`${path}/:id/retry`, async (request, reply) => {
    const acting = await requireStaff(request, 'triage-prescriptions')
    const messageId = requireId<'Message'>(request.params)
    requireDone(await app.db.transaction(acting, (tx) => retryMessage(tx, messageId)))
    return reply.redirect(`${path}?view=waiting&done=retried`, 303)
  })

  app.post(`${path}/:id/send-anew`, async (request, reply) => {
    const acting = await requireStaff(request, 'decide-prescriptions')
    const messageId = requireId<'Message'>(request.params)
    requireDone(await app.db.transaction(acting, (tx) => sendAnew(tx, messageId)))
    return reply.redirect(`${path}?view=waiting&done=sent-anew`, 303)
  })

  app.post(`${path}/alerts/:id/seen`, async (request, reply) => {
    const acting = await requireStaff(request, 'triage-prescriptions')
    const alertId = requireId<'Alert'>(request.params)
    const isSeen = await app.db.transaction(acting, (tx) => seeAlert(tx, alertId))
    if (!isSeen) throw new NotFound()
    return reply.redirect(`${path}?done=seen`, 303)
  })

  registerPaper(app)
}

function registerPaper(app: FastifyInstance): void {
  app.get(`${path}/:id/paper`, async (request, reply) => {
    const acting = await requireStaff(request, 'triage-prescriptions')
    const messageId = requireId<'Message'>(request.params)
    const message = await app.db.transaction(acting, async (tx) => {
      const found = await outboxMessage(tx, messageId)
      if (!found) throw new NotFound()
      await recordEvent(tx, { type: 'prescriptions.outbox-viewed', about: found.patientId })
      return found
    })
    if (!['waiting', 'failed', 'rejected'].includes(message.state))
      throw new Refused(<MovedOnPage state={message.state} />, 409)
    return sendPage(reply, <PutOnPaperPage message={message} />)
  })

  app.post(`${path}/:id/paper`, async (request, reply) => {
    const acting = await requireStaff(request, 'triage-prescriptions')
    const messageId = requireId<'Message'>(request.params)
    requireDone(await app.db.transaction(acting, (tx) => putMessageOnPaper(tx, messageId)))
    return reply.redirect(`${path}?done=on-paper`, 303)
  })
}

async function readOutbox(
  tx: Tx<StaffActing<'triage-prescriptions'>>,
  view: OutboxView,
  page: number,
) {
  const counts = await outboxCounts(tx)
  const messages = await outboxMessages(tx, view, page)
  const alerts = view === 'needs-you' ? await openAlerts(tx) : []
  const seen = new Set(
    [...messages.slice(0, messagesOnPage), ...alerts].map(({ patientId }) => patientId),
  )
  for (const about of seen) await recordEvent(tx, { type: 'prescriptions.outbox-viewed', about })
  const mayDecide = mayDo(await rolesOf(tx, tx.acting), 'decide-prescriptions')
  const { late } = await lateNow(tx, (await practiceRules(tx)).rules)
  return { view, page, counts, late, messages, alerts, mayDecide }
}

function requireDone(done: Result<void, HandleRefusal>): void {
  if (done.ok) return
  if (done.refusal.reason === 'not-found') throw new NotFound()
  throw new Refused(<MovedOnPage state={done.refusal.state} />, 409)
}
