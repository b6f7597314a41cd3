import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { systemProof } from '#platform/db'
import { setBookingRules, type SlotId } from '#modules/appointments'
import type { PatientId } from '#modules/directory'
import { bookForPatient } from '../../src/modules/appointments/commands/desk/book-for-patient.ts'
import { aSignedInPatient } from '../support/app.ts'
import { aClinic, aNewSlot } from '../support/clinic.ts'
import { openSite } from '../support/site.ts'
import { aPractice, aStaffMember } from '../support/surgery.ts'
import { visit, type Visitor } from './visitor.ts'

/** A practice that no other journey goes to, one patient of it at a browser, and its desk. */
export interface OwnPractice {
  readonly practice: OdsCode
  readonly patient: Visitor
  readonly patientId: PatientId
  readonly slotsAt: (
    startsAt: readonly Date[],
    given?: Partial<Parameters<typeof aNewSlot>[0]>,
  ) => Promise<readonly SlotId[]>
  readonly bookByPhone: (slotId: SlotId) => Promise<void>
}

/** Patients of it may book up to the last minute, and cancel or move until an hour before. */
export async function anOwnPractice(scripts: boolean): Promise<OwnPractice> {
  const site = await openSite()
  const { db } = site
  const practice = await aPractice(db)
  await db.transaction(systemProof(practice), (tx) =>
    setBookingRules(tx, { closesMinutesBefore: 0, cancelMinutesBefore: 60 }),
  )
  const { patientId, cookie } = await aSignedInPatient(db, practice)
  const patient = await visit({ scripts })
  const [name = '', value = ''] = cookie.split('=')
  await patient.context.addCookies([{ name, value, url: site.address }])
  return {
    practice,
    patient,
    patientId,
    slotsAt: (starts, given) =>
      aClinic(
        db,
        practice,
        starts.map((startsAt) => aNewSlot({ startsAt, ...given })),
      ),
    bookByPhone: async (slotId) => {
      const desk = await aStaffMember<'book-for-patients'>(db, practice, {
        name: 'Sam Desk',
        roles: ['receptionist'],
      })
      const booked = await bookForPatient(db, desk.acting, {
        patientId,
        slotId,
        method: 'phone',
        reason: '',
        seen: ['same-day'],
        idempotencyKey: newId<'Booking'>(db.now()),
      })
      if (!booked.ok) throw new Error(`Not booked by phone: ${JSON.stringify(booked.refusal)}`)
    },
  }
}
