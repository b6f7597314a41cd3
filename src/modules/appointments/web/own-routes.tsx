import type { FastifyInstance, FastifyRequest } from 'fastify'
import { parseId } from '#kernel/id'
import { refuse } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, sendPage, SeeOther } from '#platform/http'
import { permissionsOf, requireActing, type Acting } from '#modules/access'
import { ownPractice } from '#modules/directory'
import { cancelAppointment } from '../commands/cancel-appointment.ts'
import { cancelUntil, decideCancelling } from '../domain/cancelling.ts'
import type { AppointmentId } from '../domain/slot.ts'
import {
  ownAppointment,
  pastAppointments,
  upcomingAppointments,
} from '../queries/own-appointments.ts'
import { AppointmentPage, BookedPage, CancelPage, NotCancelledPage } from './appointment-pages.tsx'
import { queryText } from './query-text.ts'
import { OwnAppointmentsPage } from './own-appointments-page.tsx'

const pageSize = 10

/** What a patient has booked: all of it, one of it, cancelling it. */
export function registerOwnAppointments(app: FastifyInstance): void {
  app.get('/appointments', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const after = parseId<'Appointment'>(queryText(request, 'after'))
    const [permissions, upcoming, found] = await app.db.transaction(acting, async (tx) => {
      await recordEvent(tx, { type: 'appointments.appointments-viewed' })
      return Promise.all([
        permissionsOf(tx),
        upcomingAppointments(tx),
        pastAppointments(tx, { count: pageSize + 1, ...(after && { after }) }),
      ])
    })
    const past = found.slice(0, pageSize)
    const last = found.length > pageSize ? past.at(-1) : undefined
    return sendPage(
      reply,
      <OwnAppointmentsPage
        upcoming={upcoming}
        past={past}
        mayBook={permissions.appointments === 'manage'}
        isFirstPage={after === undefined}
        next={last && `/appointments?after=${last.appointmentId}`}
      />,
    )
  })

  app.get('/appointments/:id', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const { refusal, ...shown } = await app.db.transaction(acting, (tx) => oneShown(tx, request))
    return sendPage(reply, <AppointmentPage {...shown} refusal={refusal} />)
  })

  app.get('/appointments/:id/booked', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const shown = await app.db.transaction(acting, (tx) => oneShown(tx, request))
    if (shown.appointment.cancelledAt) throw new SeeOther(pathOf(shown.appointment))
    const until = shown.refusal ? undefined : cancelUntil(shown.appointment, shown.rules)
    return sendPage(
      reply,
      <BookedPage appointment={shown.appointment} practice={shown.practice} until={until} />,
    )
  })
  registerCancelling(app)
}

function registerCancelling(app: FastifyInstance): void {
  app.get('/appointments/:id/cancel', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const { appointment, practice, refusal } = await app.db.transaction(acting, (tx) =>
      oneShown(tx, request),
    )
    if (appointment.cancelledAt) throw new SeeOther(pathOf(appointment))
    if (refusal) {
      return sendPage(reply, <NotCancelledPage refusal={refusal} practice={practice} />, 409)
    }
    return sendPage(reply, <CancelPage appointment={appointment} practice={practice} />)
  })

  app.post('/appointments/:id/cancel', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const appointmentId = idOf(request)
    const { cancelled, practice } = await app.db.transaction(acting, async (tx) => {
      const outcome = await cancelAppointment(tx, appointmentId)
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

async function oneShown(tx: Tx<Acting<'appointments'>>, request: FastifyRequest) {
  const appointmentId = idOf(request)
  const [permissions, found, practice] = await Promise.all([
    permissionsOf(tx),
    ownAppointment(tx, appointmentId),
    ownPractice(tx),
  ])
  if (!found) throw new NotFound()
  await recordEvent(tx, { type: 'appointments.appointment-viewed', details: { appointmentId } })
  const { appointment, rules } = found
  const decision =
    permissions.appointments === 'manage'
      ? decideCancelling(appointment, rules, tx.now)
      : refuse({ reason: 'view-only' } as const)
  return { appointment, rules, practice, refusal: decision.ok ? undefined : decision.refusal }
}

function idOf(request: FastifyRequest): AppointmentId {
  const { params } = request
  const given =
    typeof params === 'object' && params !== null && 'id' in params ? params.id : undefined
  const appointmentId = parseId<'Appointment'>(given)
  if (!appointmentId) throw new NotFound()
  return appointmentId
}

function pathOf(appointment: { readonly appointmentId: AppointmentId }): string {
  return `/appointments/${appointment.appointmentId}`
}
