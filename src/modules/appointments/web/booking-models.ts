import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { addDays, localDateOf, startOfDay } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { permissionsOf, type Acting } from '#modules/access'
import { clinicians, ownPractice, patientById } from '#modules/directory'
import { decideBooking, missingAnswers, type BookingRefusal } from '../domain/booking.ts'
import { daysOf, instantsOf } from '../domain/search.ts'
import type { SlotId } from '../domain/slot.ts'
import { bookingFacts } from '../queries/booking-facts.ts'
import { bookableSlots, nextRelease, slotById, slotsNear } from '../queries/slots.ts'
import { numbersOf, type BookPageModel } from './book-page.tsx'
import { allFaults, type BookingNames, type GivenAnswers } from './booking-form.ts'
import { pathAfter, type PagedSearch } from './slot-search.ts'
import type { SlotsPageModel } from './slots-page.tsx'

type PatientTx = Tx<Acting<'appointments'>>

const slotsShown = 60
const othersShown = 5

/** What the list of slots shows, or `undefined` for people who may not book. */
export async function slotsPageOf(
  tx: PatientTx,
  search: PagedSearch,
): Promise<SlotsPageModel | undefined> {
  const farthest = startOfDay(addDays(localDateOf(tx.now), 400))
  const { deliveryChannel, staffId, after } = search
  const [permissions, found, people] = await Promise.all([
    permissionsOf(tx),
    bookableSlots(tx, {
      ...instantsOf(daysOf(search.period, tx.now), farthest),
      ...(deliveryChannel && { deliveryChannel }),
      ...(staffId && { staffId }),
      ...(after && { after }),
    }),
    clinicians(tx),
  ])
  if (permissions.appointments !== 'manage') return undefined
  const slots = found.slice(0, slotsShown)
  const last = found.length > slotsShown ? slots.at(-1) : undefined
  return {
    search,
    clinicians: people,
    slots,
    isFirstPage: after === undefined,
    next: last && pathAfter(search, last.slotId),
    nothing: slots.length === 0 ? await nothingFound(tx) : undefined,
  }
}

async function nothingFound(tx: PatientTx): Promise<NonNullable<SlotsPageModel['nothing']>> {
  const [release, practice] = await Promise.all([nextRelease(tx), ownPractice(tx)])
  return { ...(release && { nextRelease: release }), ...(practice && { practice }) }
}

/** The form of one slot with a key of its own, or why this patient could not book it now. */
export async function bookPageOf(
  tx: PatientTx,
  slotId: SlotId,
): Promise<Result<BookPageModel, BookingRefusal>> {
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
): Promise<BookPageModel | undefined> {
  const model = await formOf(tx, names)
  if (!model) return undefined
  const missing = missingAnswers(model.slot, given.answers, model.rules)
  const faults = allFaults(given, missing, model.numbers.length > 0)
  return { ...model, typed: given.typed, faults }
}

async function formOf(tx: PatientTx, names: BookingNames): Promise<BookPageModel | undefined> {
  const [found, practice] = await Promise.all([slotById(tx, names.slotId), ownPractice(tx)])
  if (!found) return undefined
  const byPhone = found.slot.deliveryChannel === 'telephone'
  const numbers = byPhone ? await ownNumbers(tx) : []
  return { ...found, practice, numbers, idempotencyKey: names.idempotencyKey }
}

async function ownNumbers(tx: PatientTx): Promise<readonly string[]> {
  await recordEvent(tx, { type: 'appointments.phone-numbers-viewed' })
  return numbersOf(await patientById(tx, tx.acting.patientId))
}

/** What is left near a slot that could not be booked, and how to reach the practice. */
export async function refusedPageOf(tx: PatientTx, slotId: SlotId | undefined) {
  const [found, practice] = await Promise.all([slotId && slotById(tx, slotId), ownPractice(tx)])
  const others = await slotsNear(tx, found ? found.slot.startsAt : tx.now, othersShown)
  return { others, practice }
}
