import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { maySeeContact, permissionsOf, type Acting } from '#modules/access'
import { ownNumbersOnRecord, ownPractice } from '#modules/directory'
import { decideBooking, missingAnswers, type BookingRefusal } from '../domain/booking.ts'
import type { SlotId } from '../domain/slot.ts'
import { bookingFacts } from '../queries/booking-facts.ts'
import { slotById } from '../queries/slot-details.ts'
import { numbersOf, type BookPageModel } from './book-page.tsx'
import { allFaults, type BookingNames, type GivenAnswers } from './booking-form.ts'
import { othersNear } from './patient/others.ts'

type PatientTx = Tx<Acting<'appointments'>>

/** What the form of a slot shows besides where it leads back to. */
type SlotForm = Omit<BookPageModel, 'back' | 'action'>

/** The form of one slot with a key of its own, or why this patient could not book it now. */
export async function bookPageOf(
  tx: PatientTx,
  slotId: SlotId,
): Promise<Result<SlotForm, BookingRefusal>> {
  const idempotencyKey = newId<'Booking'>(tx.now)
  const [permissions, facts] = await Promise.all([
    permissionsOf(tx),
    bookingFacts(tx, slotId, idempotencyKey),
  ])
  if (permissions.appointments !== 'manage') return refuse({ reason: 'view-only' } as const)
  if (!facts.slot) return refuse({ reason: 'slot-not-found' } as const)
  const asked = { slot: facts.slot, answers: { reason: '' }, patient: facts.patient }
  const decision = decideBooking(asked, facts.held, facts.rules, tx.now)
  if (!decision.ok && decision.refusal.reason !== 'answers-missing') return decision
  const model = await formOf(tx, { slotId, idempotencyKey })
  return model ? accept(model) : refuse({ reason: 'slot-not-found' } as const)
}

/** The same form after a try that had faults: all of them, and what was typed. */
export async function bookPageAgain(
  tx: PatientTx,
  names: BookingNames,
  given: GivenAnswers,
): Promise<SlotForm | undefined> {
  const model = await formOf(tx, names)
  if (!model) return undefined
  const missing = missingAnswers(model.slot, given.answers, model.rules)
  const faults = allFaults(given, missing, {
    hasNumbers: model.numbers.length > 0,
    rules: model.rules,
  })
  return { ...model, typed: given.typed, faults }
}

async function formOf(tx: PatientTx, names: BookingNames): Promise<SlotForm | undefined> {
  const [found, practice] = await Promise.all([slotById(tx, names.slotId), ownPractice(tx)])
  if (!found) return undefined
  const byPhone = found.slot.deliveryChannel === 'telephone'
  const numbers = byPhone ? await ownNumbers(tx) : []
  return { ...found, practice, numbers, idempotencyKey: names.idempotencyKey }
}

/**
 * The patient's numbers on record; that they were shown is noted. Who acts for the patient types one
 * instead, unless they may see how to reach the patient.
 */
export async function ownNumbers(tx: PatientTx): Promise<readonly string[]> {
  if (!(await maySeeContact(tx))) return []
  await recordEvent(tx, { type: 'appointments.phone-numbers-viewed' })
  return numbersOf(await ownNumbersOnRecord(tx, tx.acting.patientId))
}

/** What is left near a slot that could not be booked, and how to reach the practice. */
export async function refusedPageOf(tx: PatientTx, slotId: SlotId | undefined) {
  const [found, practice] = await Promise.all([slotId && slotById(tx, slotId), ownPractice(tx)])
  const others = await othersNear(tx, found ? found.slot : undefined)
  return { others, practice, terms: found?.slot.terms }
}
