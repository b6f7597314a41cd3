import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { type Database, type Tx } from '#platform/db'
import { permissionsOf, type Acting, type StaffActing } from '#modules/access'
import type { DecidedBooking } from '../../domain/booking.ts'
import type { AppointmentId } from '../../domain/slot.ts'
import { decideAccepting, type AcceptingRefusal } from '../../domain/waitlist/accepting.ts'
import type { OfferId } from '../../domain/waitlist/line.ts'
import { lockPlaceOf, offerById, type StoredOffer } from '../../queries/waitlist/offer-facts.ts'
import { Overtaken, untilNotOvertaken } from '../overtaken.ts'
import { writeAcceptance, type Accepting, type TakenBy } from './write-acceptance.ts'

/** Which offer is taken, with what it still needs. The offer is its own key: it makes one appointment. */
export interface Acceptance {
  readonly offerId: OfferId
  /** For this appointment alone; what was written on joining, where not given. */
  readonly phone?: string
  readonly reason?: string
}

type Outcome = Result<AppointmentId, AcceptingRefusal>

/**
 * Takes what the patient acted for was offered: books it, ends their wait, and gives back the
 * appointment that it replaces, in one transaction. Taken twice, the answer is the same appointment.
 * Opens its own transaction, as booking does.
 *
 * Hazard: H-006 (two patients in one slot, a lost booking).
 */
export function acceptOffer(
  db: Database,
  acting: Acting<'appointments'>,
  acceptance: Acceptance,
): Promise<Outcome> {
  return untilNotOvertaken(db, acting, async (tx) => {
    const { patientId } = tx.acting
    const { appointments } = await permissionsOf(tx)
    const by = tx.acting.as === 'proxy' ? 'proxy' : 'patient'
    if (appointments !== 'manage') return noteRefusal(tx, acceptance, { reason: 'view-only' })
    return acceptOrSayWhyNot(tx, acceptance, { by, patientId })
  })
}

/** As `acceptOffer`, by staff for a patient whom they have on the phone. */
export function acceptOfferForPatient(
  db: Database,
  acting: StaffActing<'book-for-patients'>,
  acceptance: Acceptance,
): Promise<Outcome> {
  return untilNotOvertaken(db, acting, (tx) =>
    acceptOrSayWhyNot(tx, acceptance, { by: 'staff', staffId: tx.acting.staffId }),
  )
}

async function acceptOrSayWhyNot(
  tx: Accepting,
  acceptance: Acceptance,
  taker: TakenBy,
): Promise<Outcome> {
  const { offerId } = acceptance
  const asked = { offerId, ...(taker.patientId && { patientId: taker.patientId }) }
  const [, offer] = await Promise.all([lockPlaceOf(tx, asked), offerById(tx, asked)])
  if (!offer) return refuse({ reason: 'not-found' })
  const answers = answersOf(offer, acceptance)
  const decision = decideAccepting(offer, answers, tx.now)
  if (!decision.ok) return noteRefusal(tx, acceptance, decision.refusal)
  if ('appointmentId' in decision.value) return accept(decision.value.appointmentId)
  return accept(await take(tx, offer, { ...answers, ...decision.value }, taker))
}

async function take(
  tx: Accepting,
  offer: StoredOffer,
  decided: DecidedBooking & { readonly reason: string; readonly phone?: string },
  taker: TakenBy,
): Promise<AppointmentId> {
  const appointmentId = newId<'Appointment'>(tx.now)
  const isTaken = await writeAcceptance(tx, { ...decided, appointmentId, offer, taker })
  if (!isTaken) throw new Overtaken()
  return appointmentId
}

/** A number is kept only with an appointment by telephone: it is for that alone. */
function answersOf(offer: StoredOffer, given: Acceptance) {
  const isByPhone = offer.slot.deliveryChannel === 'telephone'
  const phone = isByPhone ? (given.phone ?? offer.phone) : undefined
  return {
    reason: (given.reason ?? offer.reason).slice(0, offer.rules.reasonMax),
    ...(phone !== undefined && { phone }),
  }
}

async function noteRefusal(
  tx: Tx,
  { offerId }: Acceptance,
  refusal: AcceptingRefusal,
): Promise<Outcome> {
  const isMissing = refusal.reason === 'cannot-book' && refusal.because.reason === 'answers-missing'
  if (isMissing) return refuse(refusal)
  await recordEvent(tx, {
    type: 'appointments.offer-accepted',
    outcome: 'refused',
    details: { offerId, reason: refusal.reason },
  })
  return refuse(refusal)
}
