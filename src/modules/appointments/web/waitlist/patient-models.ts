import type { FastifyRequest } from 'fastify'
import { newId, parseId } from '#kernel/id'
import { addDays, localDateOf, parseLocalDate } from '#kernel/time'
import type { Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import { ownPractice } from '#modules/directory'
import { missingAnswers } from '../../domain/booking.ts'
import { deliveryChannels, type PracticeSettings } from '../../domain/slot.ts'
import { lastWaitingDay } from '../../domain/waitlist/joining.ts'
import { allWeekdays } from '../../domain/waitlist/wishes.ts'
import { ownAppointment } from '../../queries/own-appointments.ts'
import { slotById } from '../../queries/slot-details.ts'
import { practiceSettings } from '../../queries/stored-rules.ts'
import { wishChoices } from '../../queries/waitlist/choices.ts'
import type { StoredOffer } from '../../queries/waitlist/offer-facts.ts'
import { ownNumbers } from '../booking-models.ts'
import { queryText } from '../query-text.ts'
import type { JoinPageModel } from './join-page.tsx'
import type { OfferPageModel } from './offer-page.tsx'
import type { TypedWishes } from './wishes-form.ts'

type PatientTx = Tx<Acting<'appointments'>>

/** What the form of wishes shows besides what was typed. */
export async function joinPageOf(
  tx: PatientTx,
  shown: TypedWishes & Pick<JoinPageModel, 'faults'>,
): Promise<JoinPageModel> {
  const [choices, settings, numbers, replaced] = await Promise.all([
    wishChoices(tx),
    practiceSettings(tx),
    ownNumbers(tx),
    replacedOf(tx, shown.typed['replaces']),
  ])
  return {
    ...shown,
    choices,
    numbers,
    rules: settings,
    today: localDateOf(tx.now),
    lastDay: lastWaitingDay(settings, tx.now),
    offerMinutes: settings.offerMinutes,
    maxMissedOffers: settings.maxMissedOffers,
    idempotencyKey: shown.typed['idempotencyKey'] ?? newId<'Waitlist'>(tx.now),
    ...(replaced && { replaced }),
  }
}

async function replacedOf(tx: PatientTx, given: string | undefined) {
  const appointmentId = parseId<'Appointment'>(given)
  if (!appointmentId) return undefined
  const { appointment } = (await ownAppointment(tx, appointmentId)) ?? {}
  if (!appointment || appointment.cancelledAt || appointment.startsAt <= tx.now) return undefined
  return { appointmentId, startsAt: appointment.startsAt }
}

/** Wishes as an address of a search, or an appointment, gives them: what it does not say is any. */
export async function wishesAsked(
  tx: PatientTx,
  request: FastifyRequest,
  settings: PracticeSettings,
): Promise<TypedWishes> {
  const replaced = await replacedOf(tx, queryText(request, 'replaces'))
  const how = queryText(request, 'how')
  const channels = deliveryChannels.filter((one) => how === undefined || one === how)
  const until = untilAsked(tx.now, request, settings, replaced?.startsAt)
  return {
    channels: how === undefined ? ['in-person'] : channels,
    weekdays: allWeekdays.map(String),
    typed: {
      with: queryText(request, 'with') ?? '',
      type: queryText(request, 'type') ?? '',
      site: queryText(request, 'site') ?? '',
      ...fromAsked(request),
      ...(until !== undefined && { until, prefilledUntil: until }),
      ...(replaced && { replaces: replaced.appointmentId }),
    },
  }
}

function fromAsked(request: FastifyRequest): { readonly from?: string } {
  const from = parseLocalDate(queryText(request, 'from') ?? '')
  return from ? { from } : {}
}

/** The last day of the search, or the day of the appointment that an earlier one is wanted for. */
function untilAsked(
  now: Date,
  request: FastifyRequest,
  settings: PracticeSettings,
  replacedStartsAt: Date | undefined,
): string | undefined {
  const last = lastWaitingDay(settings, now)
  const asked = parseLocalDate(queryText(request, 'until') ?? '')
  const own = replacedStartsAt ? localDateOf(replacedStartsAt) : asked
  if (!own) {
    const usual = addDays(localDateOf(now), 28)
    return usual <= last ? usual : last
  }
  return own <= last ? own : last
}

/** What the page of an offer shows; `undefined` where its slot is not there any more. */
export async function offerPageOf(
  tx: PatientTx,
  offer: StoredOffer,
): Promise<OfferPageModel | undefined> {
  const [found, practice] = await Promise.all([slotById(tx, offer.slot.slotId), ownPractice(tx)])
  if (!found) return undefined
  const { rules, reason, phone } = offer
  const missing = missingAnswers(
    offer.slot,
    { reason: reason.slice(0, rules.reasonMax), ...(phone !== undefined && { phone }) },
    rules,
  )
  const asksPhone = missing.includes('phone-needed')
  return {
    offerId: offer.offerId,
    expiresAt: offer.expiresAt,
    slot: found.slot,
    rules,
    practice,
    asks: { phone: asksPhone, reason: missing.includes('reason-needed') },
    numbers: asksPhone ? await ownNumbers(tx) : [],
    ...(offer.replaced && { replacedStartsAt: offer.replaced.startsAt }),
  }
}
