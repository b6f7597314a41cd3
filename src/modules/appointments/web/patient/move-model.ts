import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import type { Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import { ownPractice } from '#modules/directory'
import { missingAnswers } from '../../domain/booking.ts'
import { decideMoving, type MovingRefusal } from '../../domain/moving.ts'
import type { SlotId } from '../../domain/slot.ts'
import { bookingFacts } from '../../queries/booking-facts.ts'
import type { OwnAppointment } from '../../queries/own-appointments.ts'
import { slotById } from '../../queries/slot-details.ts'
import { alsoInvitedTo } from '../../queries/slots.ts'
import { allFaults, type BookingNames, type GivenAnswers } from '../booking-form.ts'
import { ownNumbers } from '../booking-models.ts'
import type { MovePageModel } from './move-pages.tsx'
import type { ShownAppointment } from './own-model.ts'
import { othersNear } from './others.ts'

type PatientTx = Tx<Acting<'appointments'>>
type Moving = Pick<ShownAppointment, 'appointment' | 'practice'>

/** What is shown before moving to a slot, with a key of its own, or why it could not be moved now. */
export async function movePageOf(
  tx: PatientTx,
  from: Moving & Pick<ShownAppointment, 'rules'>,
  slotId: SlotId,
): Promise<Result<MovePageModel, MovingRefusal>> {
  const { appointment, rules } = from
  const idempotencyKey = newId<'Booking'>(tx.now)
  const { slot, held, patient } = await bookingFacts(tx, slotId, idempotencyKey)
  if (!slot) return refuse({ reason: 'slot-not-found' })
  const asked = {
    slot,
    answers: { reason: '' },
    patient: alsoInvitedTo(patient, appointment.slotTypeId),
  }
  const decision = decideMoving(appointment, asked, held, rules, tx.now)
  if (!decision.ok && decision.refusal.reason !== 'answers-missing') return decision
  const model = await formOf(tx, from, { slotId, idempotencyKey })
  return model ? accept(model) : refuse({ reason: 'slot-not-found' })
}

/** The same page after a try that had faults: all of them, and what was typed. */
export async function movePageAgain(
  tx: PatientTx,
  from: Moving & Pick<ShownAppointment, 'rules'>,
  names: BookingNames,
  given: GivenAnswers,
): Promise<MovePageModel | undefined> {
  const model = await formOf(tx, from, names)
  if (!model) return undefined
  const { rules } = from
  const missing = missingAnswers(model.slot, given.answers, rules)
  const faults = allFaults(
    given,
    missing.filter((one) => one === 'phone-needed'),
    { hasNumbers: model.numbers.length > 0, rules },
  )
  return { ...model, typed: given.typed, faults }
}

async function formOf(
  tx: PatientTx,
  { appointment, practice }: Moving,
  { slotId, idempotencyKey }: BookingNames,
): Promise<MovePageModel | undefined> {
  const found = await slotById(tx, slotId)
  if (!found) return undefined
  const isByPhone = found.slot.deliveryChannel === 'telephone'
  const numbers = isByPhone ? await numbersFor(tx, appointment) : []
  const [first] = numbers
  return {
    appointment,
    slot: found.slot,
    practice,
    numbers,
    idempotencyKey,
    ...(appointment.phone !== undefined && first !== undefined && { typed: { phone: first } }),
  }
}

/** The number given for the old appointment first, then those on record. */
async function numbersFor(tx: PatientTx, { phone }: OwnAppointment): Promise<readonly string[]> {
  const known = await ownNumbers(tx)
  return phone === undefined ? known : [phone, ...known.filter((number) => number !== phone)]
}

/** What is left near a slot that the appointment could not be moved to. */
export async function notMovedPageOf(tx: PatientTx, slotId: SlotId | undefined) {
  const [found, practice] = await Promise.all([slotId && slotById(tx, slotId), ownPractice(tx)])
  const others = await othersNear(tx, found ? found.slot : undefined)
  return { others, practice, terms: found?.slot.terms }
}
