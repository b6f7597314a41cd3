import type { FastifyInstance } from 'fastify'
import { newId } from '#kernel/id'
import type { OdsCode } from '#kernel/ods-code'
import { sql, systemProof, type Database } from '#platform/db'
import {
  setBookingRules,
  type BookingRules,
  type NewSession,
  type NewSlot,
  type SlotId,
} from '#modules/appointments'
import { saveSites, type PatientId, type SiteId, type StaffId } from '#modules/directory'
import { createSlotType } from '../../src/modules/appointments/commands/templates/save-slot-type.ts'
import type { SlotType, SlotTypeId } from '../../src/modules/appointments/domain/slot-type.ts'
import { registerAppointments } from '../../src/modules/appointments/plugin.ts'
import { aClinic, aNewSlot } from './clinic.ts'
import { makeDatabase, type TestDatabase } from './database.ts'
import { aSlotType } from './planning.ts'
import { aPatient, aPractice, anAccount } from './surgery.ts'
import { hiddenField, openPages, signedIn, type Visitor } from './visitor.ts'

/** Somebody at the pages of appointments. */
export interface SomePatient {
  readonly patient: Visitor
  readonly patientId: PatientId
  /** After time has passed: whoever was signed in has been signed out by then. */
  readonly signInAgain: () => Promise<Visitor>
}

/** A practice of its own for one test, with what patients find there. */
export interface PatientSide {
  readonly practice: OdsCode
  someone(): Promise<SomePatient>
  slot(
    given: Partial<NewSlot> & { readonly startsAt: Date },
    session?: Partial<NewSession>,
  ): Promise<SlotId>
  rules(rules: Partial<BookingRules>): Promise<void>
  type(given: Partial<SlotType>): Promise<SlotTypeId>
  site(name: string): Promise<SiteId>
  invite(patientId: PatientId, slotTypeId: SlotTypeId, expiresOn: string): Promise<void>
  /** Says of a patient which site they use and who their own clinician is. */
  settle(
    patientId: PatientId,
    at: { readonly siteId?: SiteId; readonly staffId?: StaffId },
  ): Promise<void>
  /** What the desk would write of an appointment. */
  mark(appointmentId: string, as: Marked): Promise<void>
}

type Marked = 'missed' | 'booked-by-phone' | 'cancelled-by-staff'

/** The pages of appointments on a database of their own. */
export async function openPatientPages(now: Date): Promise<{
  readonly database: TestDatabase
  readonly app: FastifyInstance
  close(): Promise<void>
}> {
  const database = await makeDatabase(now)
  const app = await openPages(database.db, registerAppointments)
  return {
    database,
    app,
    close: async () => {
      await app.close()
      await database.drop()
    },
  }
}

/** A practice with every service on, and nobody and nothing in it yet. */
export async function aPatientSide(app: FastifyInstance): Promise<PatientSide> {
  const { db } = app
  const practice = await aPractice(db)
  const asSystem = systemProof(practice)
  return {
    practice,
    someone: () => someone(app, practice),
    slot: async (given, session) => {
      const [slotId] = await aClinic(db, practice, [aNewSlot(given)], session)
      if (!slotId) throw new Error('No slot')
      return slotId
    },
    rules: (rules) => db.transaction(asSystem, (tx) => setBookingRules(tx, rules)),
    type: async (given) => {
      const { slotTypeId, ...draft } = aSlotType(given)
      const made = await db.transaction(asSystem, (tx) => createSlotType(tx, slotTypeId, draft))
      if (!made.ok) throw new Error('No slot type')
      return made.value
    },
    site: async (name) => {
      const siteId = newId<'Site'>(db.now())
      const site = { siteId, name, addressLines: ['1 Mill Lane'], postcode: 'LS1 1AA' }
      await db.transaction(asSystem, (tx) => saveSites(tx, [site]))
      return siteId
    },
    invite: (patientId, slotTypeId, expiresOn) =>
      invite(db, practice, { patientId, slotTypeId, expiresOn }),
    settle: async (patientId, { siteId, staffId }) => {
      await db.transaction(asSystem, (tx) =>
        tx.run(sql`
          update directory.patient
          set site_id = ${siteId}, usual_staff_id = ${staffId}
          where practice = ${practice}
            and patient_id = ${patientId}
        `),
      )
    },
    mark: (appointmentId, as) => mark(db, practice, appointmentId, as),
  }
}

async function someone(app: FastifyInstance, practice: OdsCode): Promise<SomePatient> {
  const { db } = app
  const accountId = await anAccount(db, 'patient', { practice, subjectId: newId(db.now()) })
  const { patientId } = await aPatient(db, practice, { accountId })
  const link = { practice, subjectId: patientId, relation: 'self' as const }
  const signInAgain = () => signedIn(app, accountId, link)
  return { patient: await signInAgain(), patientId, signInAgain }
}

async function invite(
  db: Database,
  practice: OdsCode,
  given: {
    readonly patientId: PatientId
    readonly slotTypeId: SlotTypeId
    readonly expiresOn: string
  },
): Promise<void> {
  await db.transaction(systemProof(practice), (tx) =>
    tx.run(sql`
      insert into appointments.invitation
        (practice, invitation_id, patient_id, slot_type_id, kind, invited_at, expires_on)
      values (${practice}, ${newId(tx.now)}, ${given.patientId}, ${given.slotTypeId}, 'recall',
        ${tx.now}, ${given.expiresOn})
    `),
  )
}

async function mark(
  db: Database,
  practice: OdsCode,
  appointmentId: string,
  as: Marked,
): Promise<void> {
  await db.transaction(systemProof(practice), (tx) =>
    tx.run(sql`
      update appointments.appointment
      set missed_at = case when ${as}::text = 'missed' then starts_at end,
        method = case when ${as}::text = 'booked-by-phone' then 'phone' else method end,
        booked_by = case when ${as}::text = 'booked-by-phone' then 'staff' else booked_by end,
        cancelled_at = case when ${as}::text = 'cancelled-by-staff'
          then ${tx.now}::timestamptz end,
        cancelled_by = case when ${as}::text = 'cancelled-by-staff' then 'staff' end,
        cancel_reason = case when ${as}::text = 'cancelled-by-staff' then 'The doctor is ill' end
      where practice = ${practice}
        and appointment_id = ${appointmentId}
    `),
  )
}

/** Books a slot page by page. Gives the address of the appointment. */
export async function bookedBy(
  visitor: Visitor,
  slotId: SlotId,
  given: Readonly<Record<string, string>> = {},
): Promise<string> {
  const page = await visitor.get(`/appointments/slots/${slotId}`)
  const answer = await visitor.post('/appointments', {
    slot: hiddenField(page, 'slot'),
    idempotencyKey: hiddenField(page, 'idempotencyKey'),
    reason: 'My knee',
    ...given,
  })
  if (answer.status !== 303) throw new Error(`Not booked: ${answer.words}`)
  return (answer.location ?? '').replace(/\/booked$/, '')
}

/** The id at the end of an appointment's address. */
export function idIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
