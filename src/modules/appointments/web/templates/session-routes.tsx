import type { FastifyInstance } from 'fastify'
import { newId, parseId } from '#kernel/id'
import { localDateOf, parseLocalDate } from '#kernel/time'
import { NotFound, sendPage } from '#platform/http'
import { requireStaff } from '#modules/access'
import { createSession, type SessionRefusal } from '../../commands/templates/add-session.ts'
import { queryText } from '../query-text.ts'
import { choicesOf } from './choices.ts'
import { readSessionForm, sessionFault } from './session-form.ts'
import { SessionPage } from './session-page.tsx'

/** Single sessions, for those who publish slots. */
export function registerNewSession(app: FastifyInstance): void {
  app.get('/practice/appointments/sessions/new', async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const choices = await app.db.transaction(acting, choicesOf)
    const now = app.db.now()
    const day = parseLocalDate(queryText(request, 'day') ?? '') ?? localDateOf(now)
    const key = newId<'Session'>(now)
    return sendPage(reply, <SessionPage choices={choices} typed={{ day }} idempotencyKey={key} />)
  })

  app.post('/practice/appointments/sessions', async (request, reply) => {
    const acting = await requireStaff(request, 'publish-slots')
    const outcome = await app.db.transaction(acting, async (tx) => {
      const choices = await choicesOf(tx)
      const form = readSessionForm(request.body, choices, tx.now)
      const sessionId = parseId<'Session'>(form.typed['idempotencyKey'])
      if (!sessionId) throw new NotFound()
      const shown = { choices, typed: form.typed, idempotencyKey: sessionId }
      if (!form.plan) return { shown: { ...shown, faults: form.faults } }
      const created = await createSession(tx, { ...form.plan, sessionId }, form)
      if (!created.ok) return { shown: { ...shown, ...whyNot(created.refusal) } }
      return { path: `/practice/appointments?day=${form.plan.day}&done=session` }
    })
    if (outcome.path !== undefined) return reply.redirect(outcome.path, 303)
    return sendPage(reply, <SessionPage {...outcome.shown} />, 400)
  })
}

function whyNot(refusal: SessionRefusal) {
  return refusal.reason === 'faults'
    ? { faults: refusal.faults.map(sessionFault) }
    : { alerts: refusal.alerts }
}
