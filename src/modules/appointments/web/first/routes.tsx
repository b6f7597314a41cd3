import type { FastifyInstance, FastifyReply } from 'fastify'
import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, sendPage } from '#platform/http'
import { requireFirst, type Acting, type ActingFirst } from '#modules/access'
import { ownPractice } from '#modules/directory'
import { bookAppointment } from '../../commands/book-appointment.ts'
import { cancelAppointment } from '../../commands/cancel-appointment.ts'
import type { BookingRefusal } from '../../domain/booking.ts'
import type { AppointmentId } from '../../domain/slot.ts'
import { upcomingAppointments } from '../../queries/own-appointments.ts'
import { firstStanding } from '../../queries/first-standing.ts'
import { bookableSlots } from '../../queries/slots.ts'
import { BookPage } from '../book-page.tsx'
import { parseBookingNames, readAnswers } from '../booking-form.ts'
import { bookPageAgain, bookPageOf } from '../booking-models.ts'
import { NotCancelledPage } from '../patient/cancel-pages.tsx'
import { paramOf } from '../patient/own-model.ts'
import { filterOf } from '../patient/search-model.ts'
import {
  CancelFirstPage,
  FirstBookedPage,
  FirstPage,
  FirstRefusedPage,
  FirstSlotsPage,
} from './pages.tsx'

const home = '/first-appointment'
const slotsShown = 40

/** One appointment for somebody whom nobody has checked yet: booked, seen and cancelled here alone. */
export function registerFirst(app: FastifyInstance): void {
  app.get(home, async (request, reply) => {
    const first = await requireFirst(request, 'home')
    const shown = await app.db.transaction(first.acting, (tx) => stateOf(tx, first))
    const { reference } = first.application()
    return sendPage(reply, <FirstPage {...shown} reference={reference} />)
  })

  app.get(`${home}/slots`, async (request, reply) => {
    const { acting } = await requireFirst(request, 'book')
    const shown = await app.db.transaction(acting, async (tx) => ({
      slots: (await bookableSlots(tx, filterOf({ period: 'any' }, tx.now))).slice(0, slotsShown),
      practice: await ownPractice(tx),
    }))
    return sendPage(reply, <FirstSlotsPage {...shown} />)
  })

  app.get(`${home}/slots/:id`, async (request, reply) => {
    const { acting } = await requireFirst(request, 'book')
    const slotId = parseId<'Slot'>(paramOf(request, 'id'))
    const shown = await app.db.transaction(acting, async (tx) =>
      slotId ? bookPageOf(tx, slotId) : undefined,
    )
    if (!shown) throw new NotFound()
    if (!shown.ok) return sendRefusal(reply, acting, shown.refusal)
    return sendPage(reply, <BookPage {...shown.value} back={`${home}/slots`} action={home} />)
  })

  registerBookingFirst(app)
  registerCancellingFirst(app)
}

function registerBookingFirst(app: FastifyInstance): void {
  app.post(home, async (request, reply) => {
    const first = await requireFirst(request, 'book')
    const { acting } = first
    const names = parseBookingNames(request.body)
    if (!names) return app.db.transaction(acting, notThere)
    const given = readAnswers(request.body)
    if (given.faults.length === 0) {
      const booked = await bookAppointment(app.db, acting, { ...names, ...given.answers })
      if (booked.ok) return sendBooked(reply, first, booked.value)
      if (booked.refusal.reason !== 'answers-missing')
        return sendRefusal(reply, acting, booked.refusal)
    }
    const again = await app.db.transaction(acting, (tx) => bookPageAgain(tx, names, given))
    if (!again) throw new NotFound()
    return sendPage(reply, <BookPage {...again} back={`${home}/slots`} action={home} />, 400)
  })
}

function registerCancellingFirst(app: FastifyInstance): void {
  app.get(`${home}/cancel`, async (request, reply) => {
    const { acting } = await requireFirst(request, 'cancel')
    const shown = await app.db.transaction(acting, async (tx) => {
      const [appointment] = await upcomingAppointments(tx)
      return appointment && { appointment, practice: await ownPractice(tx) }
    })
    if (!shown) return reply.redirect(home, 303)
    return sendPage(reply, <CancelFirstPage {...shown} />)
  })

  app.post(`${home}/cancel`, async (request, reply) => {
    const { acting } = await requireFirst(request, 'cancel')
    const outcome = await app.db.transaction(acting, async (tx) => {
      const [appointment] = await upcomingAppointments(tx)
      if (!appointment) return undefined
      const cancelled = await cancelAppointment(tx, appointment.appointmentId)
      return cancelled.ok
        ? undefined
        : { refusal: cancelled.refusal, practice: await ownPractice(tx) }
    })
    if (outcome) return sendPage(reply, <NotCancelledPage {...outcome} back={home} />, 409)
    return reply.redirect(home, 303)
  })
}

/** What there is to see, as far as this standing sees anything. */
async function stateOf(tx: Tx<Acting<'appointments'>>, { standing, application }: ActingFirst) {
  await tx.checked
  const { firstAppointments } = application()
  const maySee = standing !== 'P0'
  const { kept } = await firstStanding(tx, firstAppointments)
  const [appointment] = maySee ? await upcomingAppointments(tx) : []
  if (appointment)
    await recordEvent(tx, {
      type: 'appointments.appointment-viewed',
      details: { appointmentId: appointment.appointmentId },
    })
  const practice = await ownPractice(tx)
  return { appointment, practice, maySee, hasBooked: kept > 0 }
}

/**
 * The end of booking. Answered at once and not led on: who may not see appointments is told this
 * once what they booked.
 */
async function sendBooked(
  reply: FastifyReply,
  { acting, standing }: ActingFirst,
  appointmentId: AppointmentId,
): Promise<FastifyReply> {
  const shown = await reply.server.db.transaction(acting, async (tx) => {
    const coming = await upcomingAppointments(tx)
    const appointment = coming.find((one) => one.appointmentId === appointmentId)
    return appointment && { appointment, practice: await ownPractice(tx) }
  })
  if (!shown) return reply.redirect(home, 303)
  return sendPage(reply, <FirstBookedPage {...shown} maySee={standing !== 'P0'} />)
}

async function sendRefusal(
  reply: FastifyReply,
  acting: Acting<'appointments'>,
  refusal: BookingRefusal,
): Promise<FastifyReply> {
  if (refusal.reason === 'slot-not-found') throw new NotFound()
  const practice = await reply.server.db.transaction(acting, ownPractice)
  return sendPage(reply, <FirstRefusedPage refusal={refusal} practice={practice} />, 409)
}

/** Not found, for those who may look: whether they may is known only inside a transaction. */
async function notThere(): Promise<never> {
  throw new NotFound()
}
