import { newId, parseId } from '#kernel/id'
import { parseNhsNumber } from '#kernel/nhs-number'
import { addDays, localDateOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { rolesOf, type StaffActing } from '#modules/access'
import {
  contactOf,
  formatName,
  patientById,
  patientsFound,
  type PatientId,
} from '#modules/directory'
import { lastWaitingDay } from '../../domain/waitlist/joining.ts'
import { allWeekdays } from '../../domain/waitlist/wishes.ts'
import { practiceSettings } from '../../queries/stored-rules.ts'
import { wishChoices } from '../../queries/waitlist/choices.ts'
import { practicePlaces } from '../../queries/waitlist/practice-places.ts'
import { numbersOf } from '../book-page.tsx'
import type { AddPlacePageModel } from './staff-pages.tsx'
import type { TypedWishes } from './wishes-form.ts'

type DeskTx = Tx<StaffActing<'book-for-patients'>>

/** Who waits; that they were shown is in the audit trail. */
export async function practiceWaitlist(tx: DeskTx) {
  const places = await practicePlaces(tx)
  await recordEvent(tx, {
    type: 'appointments.waitlist-viewed',
    details: { patientIds: [...new Set(places.map((place) => place.patientId))] },
  })
  const { waitlistOpen } = await practiceSettings(tx)
  return { places, isOpen: waitlistOpen, roles: await rolesOf(tx, tx.acting), now: tx.now }
}

/** Patients found by name or NHS number; that they were shown is in the audit trail. */
export async function patientsAsked(tx: DeskTx, search: string) {
  const roles = await rolesOf(tx, tx.acting)
  if (search === '') return { search, roles, found: [] }
  const nhsNumber = parseNhsNumber(search)
  const found = await patientsFound(
    tx,
    nhsNumber.ok ? { nhsNumber: nhsNumber.value } : { name: search },
  )
  await recordEvent(tx, {
    type: 'appointments.patients-searched',
    details: { patientIds: found.map((patient) => patient.patientId) },
  })
  return { search, roles, found }
}

/** The form of wishes for a patient, as it begins or as it was typed. */
export async function addPlaceOf(
  tx: DeskTx,
  patientId: PatientId,
  shown: TypedWishes = fresh(tx.now),
): Promise<AddPlacePageModel | undefined> {
  const patient = await patientById(tx, patientId)
  if (!patient) return undefined
  const [choices, settings, roles] = [
    await wishChoices(tx),
    await practiceSettings(tx),
    await rolesOf(tx, tx.acting),
  ]
  await recordEvent(tx, { type: 'appointments.phone-numbers-viewed', about: patientId })
  return {
    ...shown,
    patientId,
    name: formatName(patient),
    choices,
    roles,
    numbers: numbersOf(await contactOf(tx, patientId)),
    today: localDateOf(tx.now),
    lastDay: lastWaitingDay(settings, tx.now),
    reasonMax: settings.reasonMax,
    idempotencyKey: parseId(shown.typed['idempotencyKey']) ?? newId<'Waitlist'>(tx.now),
  }
}

function fresh(now: Date): TypedWishes {
  return {
    typed: { until: addDays(localDateOf(now), 28) },
    channels: ['in-person'],
    weekdays: allWeekdays.map(String),
  }
}
