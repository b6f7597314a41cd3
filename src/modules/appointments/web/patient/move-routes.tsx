import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parseId } from '#kernel/id'
import type { Tx } from '#platform/db'
import { NotFound, sendPage } from '#platform/http'
import { permissionsOf, requireActing, type Acting } from '#modules/access'
import { moveAppointment } from '../../commands/move-appointment.ts'
import type { MovingRefusal } from '../../domain/moving.ts'
import type { SlotId } from '../../domain/slot.ts'
import { parseBookingNames, readAnswers } from '../booking-form.ts'
import { refusedPageOf } from '../booking-models.ts'
import { RefusedPage } from '../refused-page.tsx'
import { moving, pathWith, readSearch } from '../slot-search.ts'
import { SlotsPage } from '../slots-page.tsx'
import { movePageAgain, movePageOf, notMovedPageOf } from './move-model.ts'
import { MovePage, NotMovedPage } from './move-pages.tsx'
import { appointmentIdOf, paramOf, shownAppointment } from './own-model.ts'
import { slotsPageOf } from './search-model.ts'

/** Moving an appointment: choosing the new time, checking it, moving. The old one stands until then. */
export function registerMoving(app: FastifyInstance): void {
  app.get('/appointments/:id/move', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const read = readSearch(request, app.db.now())
    const shown = await app.db.transaction(acting, async (tx) => {
      if (await mayOnlyLook(tx)) return 'view-only'
      const { appointment, refusal } = await shownAppointment(tx, request)
      if (refusal || appointment.cancelledAt) return undefined
      return slotsPageOf(tx, read, moving(appointment.appointmentId), appointment)
    })
    if (shown === 'view-only') return sendViewOnly(reply, acting)
    if (!shown) return sendRefusal(request, reply, acting, {})
    return sendPage(reply, <SlotsPage {...shown} />, read.faults.length > 0 ? 400 : 200)
  })

  app.get('/appointments/:id/move/:slotId', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const slotId = parseId<'Slot'>(paramOf(request, 'slotId'))
    if (!slotId) throw new NotFound()
    const shown = await app.db.transaction(acting, async (tx) =>
      (await mayOnlyLook(tx))
        ? 'view-only'
        : movePageOf(tx, await shownAppointment(tx, request), slotId),
    )
    if (shown === 'view-only') return sendViewOnly(reply, acting)
    if (!shown.ok) return sendRefusal(request, reply, acting, { slotId, refusal: shown.refusal })
    const { search } = readSearch(request, app.db.now())
    const back = pathWith(moving(appointmentIdOf(request)).list, search)
    return sendPage(reply, <MovePage {...shown.value} back={back} />)
  })
  registerMove(app)
}

function registerMove(app: FastifyInstance): void {
  app.post('/appointments/:id/move', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const appointmentId = appointmentIdOf(request)
    const names = parseBookingNames(request.body)
    if (!names) return app.db.transaction(acting, notFound)
    const given = readAnswers(request.body)
    const { phone } = given.answers
    if (given.faults.length === 0) {
      const wanted = { appointmentId, ...names, ...(phone !== undefined && { phone }) }
      const moved = await moveAppointment(app.db, acting, wanted)
      if (moved.ok) return reply.redirect(`/appointments/${moved.value}/moved`, 303)
      const { refusal } = moved
      if (refusal.reason === 'not-found') throw new NotFound()
      if (refusal.reason !== 'answers-missing') {
        return sendRefusal(request, reply, acting, { slotId: names.slotId, refusal })
      }
    }
    const again = await app.db.transaction(acting, async (tx) =>
      (await mayOnlyLook(tx))
        ? 'view-only'
        : movePageAgain(tx, await shownAppointment(tx, request), names, given),
    )
    if (!again) throw new NotFound()
    if (again === 'view-only') return sendViewOnly(reply, acting)
    return sendPage(reply, <MovePage {...again} back={moving(appointmentId).list} />, 400)
  })
}

/** Says no, that the appointment stands as it is, and what is left to choose from. */
async function sendRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  acting: Acting<'appointments'>,
  given: { readonly slotId?: SlotId; readonly refusal?: MovingRefusal },
): Promise<FastifyReply> {
  const { slotId } = given
  const shown = await reply.server.db.transaction(acting, async (tx) => {
    const { appointment, refusal: because } = await shownAppointment(tx, request)
    const refusal = given.refusal ?? refusalOf(appointment, because)
    return { ...(await notMovedPageOf(tx, slotId)), appointment, refusal }
  })
  const status = shown.refusal.reason === 'view-only' ? 403 : 409
  return sendPage(reply, <NotMovedPage {...shown} />, status)
}

type Shown = Awaited<ReturnType<typeof shownAppointment>>

/** Why an appointment cannot be moved to any time. */
function refusalOf(appointment: Shown['appointment'], because: Shown['refusal']): MovingRefusal {
  if (appointment.movedTo) return { reason: 'moved-already', appointmentId: appointment.movedTo }
  if (appointment.cancelledAt || !because) return { reason: 'cancelled-already' }
  if (because.reason === 'view-only') return { reason: 'view-only' }
  return { reason: 'cannot-leave', because }
}

/** Asked before anything is looked up, so that the answer tells of nothing. */
async function mayOnlyLook(tx: Tx<Acting<'appointments'>>): Promise<boolean> {
  const { appointments } = await permissionsOf(tx)
  return appointments !== 'manage'
}

async function sendViewOnly(reply: FastifyReply, acting: Acting<'appointments'>) {
  const shown = await reply.server.db.transaction(acting, (tx) => refusedPageOf(tx, undefined))
  return sendPage(reply, <RefusedPage refusal={{ reason: 'view-only' }} {...shown} />, 403)
}

/** Not found, for those who may look: whether they may is known only inside a transaction. */
async function notFound(): Promise<never> {
  throw new NotFound()
}
