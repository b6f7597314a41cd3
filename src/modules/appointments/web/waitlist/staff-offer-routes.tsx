import type { FastifyInstance, FastifyReply } from 'fastify'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { NotFound, sendPage } from '#platform/http'
import { requireStaff, rolesOf, type StaffActing } from '#modules/access'
import { formatName, patientById } from '#modules/directory'
import { acceptOfferForPatient } from '../../commands/waitlist/accept-offer.ts'
import { declineOfferForPatient } from '../../commands/waitlist/decline-offer.ts'
import { whyOver, type AcceptingRefusal } from '../../domain/waitlist/accepting.ts'
import type { OfferId } from '../../domain/waitlist/line.ts'
import { offerById, type StoredOffer } from '../../queries/waitlist/offer-facts.ts'
import { allFaults, readAnswers, type GivenAnswers } from '../booking-form.ts'
import { requireId } from '../desk/desk-ids.ts'
import { StaffOfferOverPage, StaffOfferPage, StaffOfferTakenPage } from './staff-offer-page.tsx'

const list = '/practice/appointments/waitlist'

/** Offers that staff answer for patients on the phone. */
export function registerStaffOffers(app: FastifyInstance): void {
  app.get('/practice/appointments/offers/:id', async (request, reply) => {
    const acting = await requireStaff(request, 'book-for-patients')
    const page = await app.db.transaction(acting, async (tx) => {
      const found = await offerOf(tx, requireId<'Offer'>(request, 'id'))
      await recordEvent(tx, {
        type: 'appointments.offer-viewed',
        about: found.offer.patientId,
        details: { offerId: found.offer.offerId },
      })
      return offerOrWhyOver(tx, found)
    })
    return sendPage(reply, page)
  })

  app.post('/practice/appointments/offers/:id/accept', async (request, reply) => {
    const acting = await requireStaff(request, 'book-for-patients')
    const given = readAnswers(request.body)
    const { phone, reason } = given.answers
    const offerId = requireId<'Offer'>(request, 'id')
    if (given.faults.length > 0) return sendAgain(reply, acting, offerId, given)
    const accepted = await acceptOfferForPatient(app.db, acting, {
      offerId,
      ...(reason !== '' && { reason }),
      ...(phone !== undefined && { phone }),
    })
    if (accepted.ok) return reply.redirect(`${list}?done=accepted`, 303)
    return sendRefusal(reply, acting, offerId, { refusal: accepted.refusal, given })
  })

  app.post('/practice/appointments/offers/:id/decline', async (request, reply) => {
    const acting = await requireStaff(request, 'book-for-patients')
    const offerId = requireId<'Offer'>(request, 'id')
    const declined = await app.db.transaction(acting, (tx) => declineOfferForPatient(tx, offerId))
    if (declined.ok) return reply.redirect(`${list}?done=declined`, 303)
    const given = readAnswers(undefined)
    return sendRefusal(reply, acting, offerId, { refusal: declined.refusal, given })
  })
}

interface FoundOffer {
  readonly offer: StoredOffer
  readonly name: string
}

async function offerOf(tx: Tx, offerId: OfferId): Promise<FoundOffer> {
  const offer = await offerById(tx, { offerId })
  const patient = offer && (await patientById(tx, offer.patientId))
  if (!offer || !patient) throw new NotFound()
  return { offer, name: formatName(patient) }
}

/** The offer's page, or what became of it. A refusal tells that where the offer itself does not. */
async function offerOrWhyOver(
  tx: Tx<StaffActing<'book-for-patients'>>,
  { offer, name }: FoundOffer,
  refusal?: Exclude<AcceptingRefusal, { readonly reason: 'not-found' | 'view-only' }>,
  again: Pick<GivenAnswers, 'typed' | 'faults'> = { typed: {}, faults: [] },
) {
  const roles = await rolesOf(tx, tx.acting)
  const over = whyOver(offer, tx.now)
  if (over && 'appointmentId' in over) {
    return <StaffOfferTakenPage startsAt={offer.slot.startsAt} name={name} roles={roles} />
  }
  const why = over ?? refusal
  if (why) return <StaffOfferOverPage refusal={why} roles={roles} />
  return <StaffOfferPage offer={offer} name={name} roles={roles} {...again} />
}

async function sendAgain(
  reply: FastifyReply,
  acting: StaffActing<'book-for-patients'>,
  offerId: OfferId,
  given: Pick<GivenAnswers, 'typed' | 'faults'>,
): Promise<FastifyReply> {
  const page = await reply.server.db.transaction(acting, async (tx) =>
    offerOrWhyOver(tx, await offerOf(tx, offerId), undefined, given),
  )
  return sendPage(reply, page, 400)
}

/** Says no; where only answers are missing, asks for them. */
async function sendRefusal(
  reply: FastifyReply,
  acting: StaffActing<'book-for-patients'>,
  offerId: OfferId,
  { refusal, given }: { readonly refusal: AcceptingRefusal; readonly given: GivenAnswers },
): Promise<FastifyReply> {
  if (refusal.reason === 'not-found' || refusal.reason === 'view-only') throw new NotFound()
  const found = await reply.server.db.transaction(acting, (tx) => offerOf(tx, offerId))
  if (refusal.reason === 'cannot-book' && refusal.because.reason === 'answers-missing') {
    const form = { hasNumbers: false, rules: found.offer.rules }
    const faults = allFaults(given, refusal.because.missing, form)
    return sendAgain(reply, acting, offerId, { typed: given.typed, faults })
  }
  const page = await reply.server.db.transaction(acting, (tx) => offerOrWhyOver(tx, found, refusal))
  return sendPage(reply, page, 409)
}
