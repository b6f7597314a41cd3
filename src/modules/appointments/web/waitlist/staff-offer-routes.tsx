import type { FastifyInstance, FastifyReply } from 'fastify'
import { recordEvent } from '#platform/audit'
import { NotFound, sendPage } from '#platform/http'
import { requireStaff, rolesOf, type StaffActing } from '#modules/access'
import { formatName, patientById } from '#modules/directory'
import { acceptOfferForPatient } from '../../commands/waitlist/accept-offer.ts'
import { declineOfferForPatient } from '../../commands/waitlist/decline-offer.ts'
import { whyOver, type AcceptingRefusal } from '../../domain/waitlist/accepting.ts'
import { offerById } from '../../queries/waitlist/offer-facts.ts'
import { readAnswers } from '../booking-form.ts'
import { requireId } from '../desk/desk-ids.ts'
import { StaffOfferOverPage, StaffOfferPage } from './staff-offer-page.tsx'

const list = '/practice/appointments/waitlist'

/** Offers that staff answer for patients on the phone. */
export function registerStaffOffers(app: FastifyInstance): void {
  app.get('/practice/appointments/offers/:id', async (request, reply) => {
    const acting = await requireStaff(request, 'book-for-patients')
    const page = await app.db.transaction(acting, async (tx) => {
      const offerId = requireId<'Offer'>(request, 'id')
      const offer = await offerById(tx, { offerId })
      const patient = offer && (await patientById(tx, offer.patientId))
      if (!offer || !patient) throw new NotFound()
      await recordEvent(tx, {
        type: 'appointments.offer-viewed',
        about: offer.patientId,
        details: { offerId },
      })
      const roles = await rolesOf(tx, tx.acting)
      const over = whyOver(offer, tx.now)
      if (over) {
        const refusal = 'reason' in over ? over : ({ reason: 'offer-gone' } as const)
        return <StaffOfferOverPage refusal={refusal} roles={roles} />
      }
      return <StaffOfferPage offer={offer} name={formatName(patient)} roles={roles} />
    })
    return sendPage(reply, page)
  })

  app.post('/practice/appointments/offers/:id/accept', async (request, reply) => {
    const acting = await requireStaff(request, 'book-for-patients')
    const { phone } = readAnswers(request.body).answers
    const offerId = requireId<'Offer'>(request, 'id')
    const accepted = await acceptOfferForPatient(app.db, acting, {
      offerId,
      ...(phone !== undefined && { phone }),
    })
    if (accepted.ok) return reply.redirect(`${list}?done=accepted`, 303)
    return sendOver(reply, acting, accepted.refusal)
  })

  app.post('/practice/appointments/offers/:id/decline', async (request, reply) => {
    const acting = await requireStaff(request, 'book-for-patients')
    const declined = await app.db.transaction(acting, (tx) =>
      declineOfferForPatient(tx, requireId<'Offer'>(request, 'id')),
    )
    if (declined.ok) return reply.redirect(`${list}?done=declined`, 303)
    return sendOver(reply, acting, declined.refusal)
  })
}

async function sendOver(
  reply: FastifyReply,
  acting: StaffActing<'book-for-patients'>,
  refusal: AcceptingRefusal,
): Promise<FastifyReply> {
  if (refusal.reason === 'not-found' || refusal.reason === 'view-only') throw new NotFound()
  const roles = await reply.server.db.transaction(acting, (tx) => rolesOf(tx, tx.acting))
  return sendPage(reply, <StaffOfferOverPage refusal={refusal} roles={roles} />, 409)
}
