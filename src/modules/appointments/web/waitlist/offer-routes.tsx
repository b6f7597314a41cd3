import type { FastifyInstance, FastifyReply } from 'fastify'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, sendPage, SeeOther } from '#platform/http'
import { requireActing, type Acting } from '#modules/access'
import { ownPractice } from '#modules/directory'
import { acceptOffer } from '../../commands/waitlist/accept-offer.ts'
import { declineOffer } from '../../commands/waitlist/decline-offer.ts'
import { whyOver, type AcceptingRefusal } from '../../domain/waitlist/accepting.ts'
import type { OfferId } from '../../domain/waitlist/line.ts'
import { offerById, type StoredOffer } from '../../queries/waitlist/offer-facts.ts'
import { ownPlaces } from '../../queries/waitlist/own-places.ts'
import { allFaults, readAnswers, type GivenAnswers } from '../booking-form.ts'
import { requireId } from '../desk/desk-ids.ts'
import { mustManage } from './manage.tsx'
import { CannotAcceptPage, OfferOverPage, OfferPage } from './offer-page.tsx'
import { offerPageOf } from './patient-models.ts'

type PatientTx = Tx<Acting<'appointments'>>

/** An offer from the waitlist: seeing it, accepting it, declining it. */
export function registerOffers(app: FastifyInstance): void {
  app.get('/appointments/offers/:id', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const page = await app.db.transaction(acting, async (tx) => {
      await mustManage(tx)
      const offer = await ownOffer(tx, requireId<'Offer'>(request, 'id'))
      await recordEvent(tx, {
        type: 'appointments.offer-viewed',
        details: { offerId: offer.offerId },
      })
      return offerOrWhyOver(tx, offer)
    })
    return sendPage(reply, page)
  })

  app.post('/appointments/offers/:id/accept', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    await app.db.transaction(acting, mustManage)
    const offerId = requireId<'Offer'>(request, 'id')
    const given = readAnswers(request.body)
    if (given.faults.length > 0) return sendOfferAgain(reply, acting, offerId, given)
    const { reason, phone } = given.answers
    const accepted = await acceptOffer(app.db, acting, {
      offerId,
      ...(reason !== '' && { reason }),
      ...(phone !== undefined && { phone }),
    })
    if (accepted.ok) return reply.redirect(`/appointments/${accepted.value}/booked`, 303)
    return sendRefusal(reply, acting, offerId, { refusal: accepted.refusal, given })
  })

  app.post('/appointments/offers/:id/decline', async (request, reply) => {
    const acting = await requireActing(request, 'appointments')
    const offerId = requireId<'Offer'>(request, 'id')
    const declined = await app.db.transaction(acting, async (tx) => {
      await mustManage(tx)
      return declineOffer(tx, offerId)
    })
    if (declined.ok) return reply.redirect('/appointments/waitlist?done=declined', 303)
    const given = { typed: {}, faults: [], answers: { reason: '' } }
    return sendRefusal(reply, acting, offerId, { refusal: declined.refusal, given })
  })
}

async function ownOffer(tx: PatientTx, offerId: OfferId): Promise<StoredOffer> {
  const offer = await offerById(tx, { offerId, patientId: tx.acting.patientId })
  if (!offer) throw new NotFound()
  return offer
}

async function offerOrWhyOver(tx: PatientTx, offer: StoredOffer) {
  const over = whyOver(offer, tx.now)
  if (over && 'appointmentId' in over) throw new SeeOther(`/appointments/${over.appointmentId}`)
  if (over) return overPage(tx, offer, over.reason)
  const shown = await offerPageOf(tx, offer)
  return shown ? <OfferPage {...shown} /> : overPage(tx, offer, 'offer-gone')
}

async function overPage(
  tx: PatientTx,
  offer: StoredOffer,
  reason: 'offer-gone' | 'offer-expired' | 'offer-declined',
) {
  const [places, practice] = await Promise.all([ownPlaces(tx), ownPractice(tx)])
  const stillWaiting = places.some(
    (place) => place.waitlistId === offer.waitlistId && !place.endedAt,
  )
  return <OfferOverPage reason={reason} stillWaiting={stillWaiting} practice={practice} />
}

async function sendOfferAgain(
  reply: FastifyReply,
  acting: Acting<'appointments'>,
  offerId: OfferId,
  given: GivenAnswers,
): Promise<FastifyReply> {
  const shown = await reply.server.db.transaction(acting, async (tx) =>
    offerPageOf(tx, await ownOffer(tx, offerId)),
  )
  if (!shown) throw new NotFound()
  const { typed, faults } = given
  return sendPage(reply, <OfferPage {...shown} typed={typed} faults={faults} />, 400)
}

/** Says no; where only answers are missing, asks for them. */
async function sendRefusal(
  reply: FastifyReply,
  acting: Acting<'appointments'>,
  offerId: OfferId,
  { refusal, given }: { readonly refusal: AcceptingRefusal; readonly given: GivenAnswers },
): Promise<FastifyReply> {
  if (refusal.reason === 'not-found' || refusal.reason === 'view-only') throw new NotFound()
  const because = refusal.reason === 'cannot-book' ? refusal.because : undefined
  const over = refusal.reason === 'cannot-book' ? 'offer-gone' : refusal.reason
  const page = await reply.server.db.transaction(acting, async (tx) => {
    const offer = await ownOffer(tx, offerId)
    const since = whyOver(offer, tx.now)
    if (since && 'appointmentId' in since)
      throw new SeeOther(`/appointments/${since.appointmentId}`)
    if (!because) return overPage(tx, offer, over)
    const shown = because.reason === 'answers-missing' ? await offerPageOf(tx, offer) : undefined
    if (because.reason !== 'answers-missing' || !shown) {
      const { expiresAt } = offer
      const practice = await ownPractice(tx)
      const told = { because, offerId, expiresAt, practice }
      return <CannotAcceptPage {...told} />
    }
    const form = { hasNumbers: shown.numbers.length > 0, rules: shown.rules }
    const faults = allFaults(given, because.missing, form)
    return <OfferPage {...shown} typed={given.typed} faults={faults} />
  })
  return sendPage(reply, page, because?.reason === 'answers-missing' ? 400 : 409)
}
