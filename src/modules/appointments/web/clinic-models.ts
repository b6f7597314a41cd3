import type { LocalDate } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { mayDo, rolesOf, type StaffActing } from '#modules/access'
import { clinicians, rooms } from '#modules/directory'
import { bookedOnDay, clinicsOfDay, type BookedPatient } from '../queries/clinics.ts'
import type { DayPageModel } from './day-page.tsx'
import type { SessionChoices } from './session-form.ts'

/** Who is booked on a day by slot, for staff who may see clinics; the look is in the audit trail. */
export async function whoIsBooked(
  tx: Tx<StaffActing>,
  day: LocalDate,
): Promise<{
  readonly booked: ReadonlyMap<string, BookedPatient> | undefined
  readonly mayPublish: boolean
}> {
  const roles = await rolesOf(tx, tx.acting)
  const mayPublish = mayDo(roles, 'publish-slots')
  if (!mayDo(roles, 'view-clinics')) return { booked: undefined, mayPublish }
  const patients = await bookedOnDay(tx, day)
  await recordEvent(tx, {
    type: 'appointments.clinics-viewed',
    details: { day, patientIds: [...new Set(patients.map((patient) => patient.patientId))] },
  })
  return { booked: new Map(patients.map((patient) => [patient.slotId, patient])), mayPublish }
}

/** What the page of a day shows. */
export async function dayOf(
  tx: Tx<StaffActing<'publish-slots'>>,
  day: LocalDate,
): Promise<DayPageModel> {
  const clinics = await clinicsOfDay(tx, day)
  const { booked } = await whoIsBooked(tx, day)
  return { day, now: tx.now, clinics, booked }
}

/** Who and where a new session can be given to. */
export async function choicesOf(tx: Tx<StaffActing<'publish-slots'>>): Promise<SessionChoices> {
  const [people, places] = await Promise.all([clinicians(tx), rooms(tx)])
  return { clinicians: people, rooms: places }
}
