import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parseId } from '#kernel/id'
import { parseLocalDate } from '#kernel/time'
import { NotFound, sendPage, SeeOther } from '#platform/http'
import { permissionsOf, requireActing, type Acting } from '#modules/access'
import { bookAppointment } from '../commands/book-appointment.ts'
import type { NotedSearch } from '../commands/patient/save-searches.ts'
import type { BookingRefusal } from '../domain/booking.ts'
import type { SlotId } from '../domain/slot.ts'
import { openOffers } from '../queries/patient/waiting.ts'
import { BookPage } from './book-page.tsx'
import { parseBookingNames, readAnswers } from './booking-form.ts'
import { bookPageAgain, bookPageOf, refusedPageOf } from './booking-models.ts'
import { openSearchNotes } from './patient/note-searches.ts'
import { slotsPageOf } from './patient/search-model.ts'
import { weekPageOf } from './patient/week-model.ts'
import { WeekPage } from './patient/week-page.tsx'
import { queryText } from './query-text.ts'
import { RefusedPage } from './refused-page.tsx'
import { booking, pathWith, readSearch } from './slot-search.ts'
import { SlotsPage, type SlotsPageModel } from './slots-page.tsx'

/** Choosing a slot, checking it, booking it. */
export function registerBooking(app: FastifyInstance): void {
  const noteSearch = openSearchNotes(app)

  app.get('/appointments/slots', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const read = readSearch(request, app.db.now())
    const shown = await app.db.transaction(acting, (tx) => slotsPageOf(tx, read, booking))
    if (!shown) return sendRefusal(reply, acting, undefined, { reason: 'view-only' })
    if (shown.isFirstPage) noteSearch(acting.practice, searchNoted(acting, shown, app.db.now()))
    return sendPage(reply, <SlotsPage {...shown} />, read.faults.length > 0 ? 400 : 200)
  })

  app.get('/appointments/week', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const { search } = readSearch(request, app.db.now())
    const from = parseLocalDate(queryText(request, 'from') ?? '')
    const shown = await app.db.transaction(acting, (tx) => weekPageOf(tx, from, search))
    if (!shown) return sendRefusal(reply, acting, undefined, { reason: 'view-only' })
    return sendPage(reply, <WeekPage {...shown} />)
  })

  app.get('/appointments/slots/:id', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const slotId = slotIdOf(request)
    const shown = await app.db.transaction(acting, (tx) => bookPageOf(tx, slotId))
    if (!shown.ok) return sendRefusal(reply, acting, slotId, shown.refusal)
    const back = pathWith(booking.list, readSearch(request, app.db.now()).search)
    return sendPage(reply, <BookPage {...shown.value} back={back} />)
  })

  app.post('/appointments', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const names = parseBookingNames(request.body)
    if (!names) return app.db.transaction(acting, notFound)
    const given = readAnswers(request.body)
    if (given.faults.length === 0) {
      const booked = await bookAppointment(app.db, acting, { ...names, ...given.answers })
      if (booked.ok) return reply.redirect(`/appointments/${booked.value}/booked`, 303)
      if (booked.refusal.reason !== 'answers-missing') {
        return sendRefusal(reply, acting, names.slotId, booked.refusal)
      }
    }
    const again = await app.db.transaction(acting, async (tx) => {
      const { appointments } = await permissionsOf(tx)
      return appointments === 'manage' ? bookPageAgain(tx, names, given) : 'view-only'
    })
    if (!again) throw new NotFound()
    if (again === 'view-only') return sendRefusal(reply, acting, names.slotId, { reason: again })
    return sendPage(reply, <BookPage {...again} back={booking.list} />, 400)
  })
}

function searchNoted(
  { patientId }: Acting<'appointments'>,
  { slots, search }: SlotsPageModel,
  searchedAt: Date,
): NotedSearch {
  const [first] = slots
  const { deliveryChannel, slotTypeId } = search
  return {
    patientId,
    searchedAt,
    found: slots.length,
    ...(first && { firstAt: first.startsAt }),
    ...(deliveryChannel && { deliveryChannel }),
    ...(slotTypeId && { slotTypeId }),
  }
}

/** Says no with what is left to choose from. What the practice does not have is not found (I-9). */
async function sendRefusal(
  reply: FastifyReply,
  acting: Acting<'appointments'>,
  slotId: SlotId | undefined,
  refusal: BookingRefusal,
): Promise<FastifyReply> {
  if (refusal.reason === 'slot-not-found') throw new NotFound()
  if (refusal.reason === 'slot-held') await leadToOwnOffer(reply, acting, slotId)
  const shown = await reply.server.db.transaction(acting, (tx) => refusedPageOf(tx, slotId))
  const status = refusal.reason === 'view-only' ? 403 : 409
  return sendPage(reply, <RefusedPage refusal={refusal} {...shown} />, status)
}

/** A slot that is kept for the patient themselves is theirs to accept. */
async function leadToOwnOffer(
  reply: FastifyReply,
  acting: Acting<'appointments'>,
  slotId: SlotId | undefined,
): Promise<void> {
  const offers = await reply.server.db.transaction(acting, openOffers)
  const own = offers.find((offer) => offer.slotId === slotId)
  if (own) throw new SeeOther(`/appointments/offers/${own.offerId}`)
}

/** Not found, for those who may look: whether they may is known only inside a transaction. */
async function notFound(): Promise<never> {
  throw new NotFound()
}

function slotIdOf(request: FastifyRequest): SlotId {
  const { params } = request
  const given =
    typeof params === 'object' && params !== null && 'id' in params ? params.id : undefined
  const slotId = parseId<'Slot'>(given)
  if (!slotId) throw new NotFound()
  return slotId
}
