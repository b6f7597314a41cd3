import type { LocalDate } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import type { Tx } from '#platform/db'
import { mayDo, rolesOf, type Role, type StaffActing } from '#modules/access'
import { bookedOnDay, clinicsOfDay, type BookedPatient } from '../queries/clinics.ts'
import type { DayPageModel } from './desk/day-model.ts'

interface WhoIsBooked {
  /** By slot; absent where the role sees no names. */
  readonly booked: ReadonlyMap<string, BookedPatient> | undefined
  readonly roles: readonly Role[]
  readonly mayPublish: boolean
  readonly mayBook: boolean
}

/** Who is booked on a day, for staff who may see clinics; the look is in the audit trail. */
export async function whoIsBooked(tx: Tx<StaffActing>, day: LocalDate): Promise<WhoIsBooked> {
  const roles = await rolesOf(tx, tx.acting)
  const may = {
    roles,
    mayPublish: mayDo(roles, 'publish-slots'),
    mayBook: mayDo(roles, 'book-for-patients'),
  }
  if (!mayDo(roles, 'view-clinics')) return { ...may, booked: undefined }
  const patients = await bookedOnDay(tx, day)
  await recordEvent(tx, {
    type: 'appointments.clinics-viewed',
    details: { day, patientIds: [...new Set(patients.map((patient) => patient.patientId))] },
  })
  return { ...may, booked: new Map(patients.map((patient) => [patient.slotId, patient])) }
}

/** What the page of a day shows. */
export async function dayOf(
  tx: Tx<StaffActing<'view-clinics' | 'publish-slots'>>,
  day: LocalDate,
): Promise<DayPageModel> {
  const clinics = await clinicsOfDay(tx, day)
  const who = await whoIsBooked(tx, day)
  return { day, now: tx.now, clinics, ...who }
}
