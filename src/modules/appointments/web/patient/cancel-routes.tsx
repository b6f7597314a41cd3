import type { FastifyInstance } from 'fastify'
import { NotFound, sendPage, SeeOther } from '#platform/http'
import { requireActing } from '#modules/access'
import { ownPractice } from '#modules/directory'
import { cancelAppointment } from '../../commands/cancel-appointment.ts'
import { cancelReasons, CancelPage, NotCancelledPage } from './cancel-pages.tsx'
import { appointmentIdOf, pathOf, shownAppointment } from './own-model.ts'

/** Cancelling an appointment: asked once, then done. Sent twice, it is done once. */
export function registerCancelling(app: FastifyInstance): void {
  app.get('/appointments/:id/cancel', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const { appointment, practice, refusal } = await app.db.transaction(acting, (tx) =>
      shownAppointment(tx, request),
    )
    if (appointment.cancelledAt) throw new SeeOther(pathOf(appointment))
    if (refusal) {
      return sendPage(reply, <NotCancelledPage refusal={refusal} practice={practice} />, 409)
    }
    return sendPage(reply, <CancelPage appointment={appointment} practice={practice} />)
  })

  app.post('/appointments/:id/cancel', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const appointmentId = appointmentIdOf(request)
    const { cancelled, practice } = await app.db.transaction(acting, async (tx) => {
      const outcome = await cancelAppointment(tx, appointmentId, reasonIn(request.body))
      return { cancelled: outcome, practice: outcome.ok ? undefined : await ownPractice(tx) }
    })
    if (cancelled.ok) return reply.redirect(pathOf({ appointmentId }), 303)
    if (cancelled.refusal.reason === 'not-found') throw new NotFound()
    return sendPage(
      reply,
      <NotCancelledPage refusal={cancelled.refusal} practice={practice} />,
      409,
    )
  })
}

/** The reason chosen, or `undefined` where none of ours was: nobody needs one to give a slot back. */
function reasonIn(body: unknown): string | undefined {
  const why: unknown =
    typeof body === 'object' && body !== null ? Reflect.get(body, 'why') : undefined
  return cancelReasons.find((one) => one === why)
}
